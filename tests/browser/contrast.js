// Text of drawings against what is painted under it, which axe cannot judge: WCAG 2.2, 1.4.3 (4.5 to 1).
() => {
  const found = new Map();
  const parse = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ratio = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  for (const svg of document.querySelectorAll('svg')) {
    const shapes = [...svg.querySelectorAll('path, rect, circle')].filter((shape) => !shape.closest('defs, clipPath, pattern'));
    for (const text of svg.querySelectorAll('text')) {
      const box = text.getBBox(), to = text.getScreenCTM();
      if (!box.width || !to || !text.textContent.trim()) continue;
      for (const share of [0.1, 0.5, 0.9]) {
        const place = new DOMPoint(box.x + box.width * share, box.y + box.height / 2).matrixTransform(to);
        let ground = [255, 255, 255];
        for (const shape of shapes) {
          if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) break;  // painted over the text
          const look = getComputedStyle(shape), fill = look.fill;
          if (!fill.startsWith('rgb') || !shape.isPointInFill(place.matrixTransform(shape.getScreenCTM().inverse()))) continue;
          const [r, g, b, a = 1] = parse(fill), cover = a * look.fillOpacity * look.opacity;
          ground = [r, g, b].map((part, n) => part * cover + ground[n] * (1 - cover));
        }
        const seen = ratio(parse(getComputedStyle(text).fill), ground);
        if (seen < 4.5) found.set(text.textContent, `text of a drawing has a contrast of ${seen.toFixed(1)}: "${text.textContent.slice(0, 40)}"`);
      }
    }
  }
  return [...found.values()].slice(0, 8);
}
