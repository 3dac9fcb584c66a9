// axe-core's findings as sentences. Rows of a table that are built alike are judged by the first two of them, in `thin`.
async ([rules, thin]) => {
  if (thin) {
    for (const part of document.querySelectorAll('details')) part.open = true;
    for (const box of document.querySelectorAll('.scroll')) box.style.background = '#fff';  // its shade at the side is no ground of text
    // neither where a long word may be broken nor a cell's value makes a row another kind
    const bare = (html) => html.replace(/<wbr>/g, '').replace(/ (?!class=)[\w-]+="[^"]*"/g, '').replace(/(^|>)[^<]*/g, '$1');
    const built = (cell) => cell.tagName + cell.className + bare(cell.innerHTML);
    for (const body of document.querySelectorAll('tbody')) {
      const seen = new Map();
      for (const row of [...body.rows]) {
        const kind = row.className + [...row.cells].map(built).join();
        seen.set(kind, (seen.get(kind) || 0) + 1);
        if (seen.get(kind) > 2) row.remove();
      }
    }
  }
  const { violations } = await axe.run({ exclude: rules.values.includes('color-contrast') ? ['svg'] : [] }, {
    runOnly: rules, resultTypes: ['violations'], ...(rules.type === 'tag' && { rules: { 'color-contrast': { enabled: false } } }),
  });
  return violations.map(({ id, help, nodes }) => `axe ${id}: ${help}: ${nodes.length} x ${nodes[0].html.slice(0, 120)}`);
}
