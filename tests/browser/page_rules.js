// What every built page must keep; runs in the page, returns its findings as sentences that name the element.
(language) => {
  const found = [];
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const name = (element) => {
    const words = (element.textContent || '').trim().replace(/\s+/g, ' ').slice(0, 40);
    const text = element.getAttribute('id') ? '#' + element.id : words;
    return element.tagName.toLowerCase() + ' "' + text + '"';
  };

  const lang = document.documentElement.getAttribute('lang');
  if (lang !== language) found.push(`html lang is ${JSON.stringify(lang)}, not "${language}"`);
  if (!document.title.trim()) found.push('no title');

  for (const selector of ['.jp-InputArea', '.input_area', '.jp-CodeCell .jp-Cell-inputWrapper', 'div.input', '.highlight pre',
                          '.jp-InputPrompt', '.jp-OutputPrompt'])
    if (all(selector).length) found.push(`code is visible: ${all(selector).length} x ${selector}`);

  const headings = all('h1, h2, h3, h4, h5, h6');
  if (all('h1').length !== 1) found.push(`${all('h1').length} h1, exactly one must be`);
  headings.reduce((before, heading) => {
    const level = Number(heading.tagName[1]);
    if (level > before + 1) found.push(`heading level skips from ${before} to ${level}: ${name(heading)}`);
    return level;
  }, 0);

  const described = (element) => {
    const ids = (element.getAttribute('aria-labelledby') || '').split(/\s+/);
    const by = ids.map((id) => document.getElementById(id)?.textContent || '').join('');
    return (element.getAttribute('aria-label') || by || element.querySelector(':scope > title')?.textContent || '').trim();
  };
  for (const image of all('img')) {
    const decoration = image.getAttribute('aria-hidden') === 'true' || image.getAttribute('role') === 'presentation';
    const alt = image.getAttribute('alt');
    if (!decoration && (!alt || !alt.trim() || alt.startsWith('No description has been provided')))
      found.push(`image without alternative text: ${(image.getAttribute('src') || '').slice(0, 40)}`);
  }
  for (const image of all('[role=img]'))
    if (image.tagName !== 'IMG' && !described(image)) found.push(`role=img without alternative text: ${name(image)}`);
  for (const svg of all('svg'))
    if (!svg.closest('[role=img], [aria-hidden=true]')) found.push('svg is neither role=img nor aria-hidden');

  for (const cell of all('th')) if (!cell.getAttribute('scope')) found.push(`th without scope: ${name(cell)}`);
  for (const table of all('table')) {
    const caption = table.querySelector(':scope > caption');
    if (!caption || !caption.textContent.trim()) found.push(`table without caption: ${name(table)}`);
  }

  // what is only loaded later (lazy images, prefetch, another medium) leaves no request now, so addresses are read too
  const loading = 'script[src], iframe, object, embed, img, source, video, audio, track, image, use, feImage, input[type=image]';
  for (const element of all(loading))
    for (const attribute of ['src', 'srcset', 'data', 'poster', 'href', 'xlink:href']) {
      const value = (element.getAttribute(attribute) || '').trim();
      const inside = !value || /^(data:|#)/.test(value);
      if (!inside) found.push(`loads from outside the file: ${element.tagName.toLowerCase()} ${attribute}=${value.slice(0, 60)}`);
    }
  for (const link of all('link[href]')) {
    const rel = (link.getAttribute('rel') || '').toLowerCase();
    const plain = /^(canonical|alternate|author|license|help|next|prev|up)$/.test(rel);
    if (!plain && !/^data:/.test(link.getAttribute('href'))) found.push(`loads from outside the file: link rel=${rel}`);
  }
  for (const style of all('style'))
    for (const [, address] of style.textContent.replace(/\/\*[^]*?\*\//g, '').matchAll(/(?:url\(|@import)\s*["']?([^"')\s;]+)/g))
      if (!/^(data:|#|url\()/.test(address)) found.push(`loads from outside the file: css ${address.slice(0, 60)}`);
  for (const refresh of all('meta[http-equiv=refresh i]')) found.push('refreshes itself: ' + refresh.getAttribute('content'));

  for (const anchor of all('a[href^="#"]')) {
    const id = decodeURIComponent(anchor.getAttribute('href').slice(1));
    if (id && !document.getElementById(id)) found.push(`link to a place that is not there: #${id}`);
  }
  return found;
}
