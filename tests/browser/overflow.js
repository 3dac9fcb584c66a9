// What does not fit the screen's width: the page as a whole, or an element outside anything that scrolls by itself.
() => {
  const found = [];
  const width = document.documentElement.clientWidth;
  const scroll = document.documentElement.scrollWidth;
  if (scroll > window.innerWidth) found.push(`page scrolls sideways: ${scroll} px wide on a screen of ${window.innerWidth} px`);
  const inScroller = (element) => {
    for (let up = element.parentElement; up && up !== document.body && up !== document.documentElement; up = up.parentElement)
      if (['auto', 'scroll'].includes(getComputedStyle(up).overflowX)) return true;
    return false;
  };
  for (const element of document.body.querySelectorAll('*')) {
    if (element.closest('svg') && element.tagName.toLowerCase() !== 'svg') continue;  // an svg cuts off what is outside its box
    const box = element.getBoundingClientRect();
    const seen = box.width > 1 && box.height > 1 && getComputedStyle(element).visibility !== 'hidden';
    if (!seen || (box.right <= width + 0.5 && box.left >= -0.5) || inScroller(element)) continue;
    const name = element.tagName.toLowerCase() + (element.classList.length ? '.' + element.classList[0] : '');
    found.push(`sticks out of the screen (${Math.round(box.left)} to ${Math.round(box.right)} px): ${name}`);
  }
  return found.slice(0, 8);
}
