// axe-core's findings as sentences. Rows of a table, and boxes within a box, that are built alike are judged by the first two, in `thin`.
async ([rules, thin]) => {
  if (thin) {
    for (const part of document.querySelectorAll('details')) part.open = true;
    for (const box of document.querySelectorAll('.scroll')) box.style.background = '#fff';  // its shade at the side is no ground of text
    for (const part of document.querySelectorAll('svg > :not(title, desc)')) part.remove();  // contrast.js judges what is drawn
    // neither where a long word may be broken nor a cell's value makes it another kind
    const bare = (html) => html.replace(/<wbr>/g, '').replace(/ (?!class=)[\w-]+="[^"]*"/g, '').replace(/(^|>)[^<]*/g, '$1');
    const built = (one) => one.className + bare(one.innerHTML);
    const thinned = (all) => {
      const seen = new Map();
      for (const one of [...all]) {
        const kind = built(one);
        seen.set(kind, (seen.get(kind) || 0) + 1);
        if (seen.get(kind) > 2) one.remove();
      }
    };
    for (const body of document.querySelectorAll('tbody')) thinned(body.rows);
    thinned(document.querySelectorAll('details details'));
  }
  const { violations } = await axe.run({ exclude: rules.values.includes('color-contrast') ? ['svg'] : [] }, {
    runOnly: rules, resultTypes: ['violations'], ...(rules.type === 'tag' && { rules: { 'color-contrast': { enabled: false } } }),
  });
  return violations.map(({ id, help, nodes }) => `axe ${id}: ${help}: ${nodes.length} x ${nodes[0].html.slice(0, 120)}`);
}
