(() => {
  if (CSS.supports("selector(::details-content)")) return; // there style alone opens them
  const open = () => document.querySelectorAll("details.long").forEach((folded) => (folded.open = true));
  if (matchMedia("(min-width:40.01rem)").matches) open();
  addEventListener("beforeprint", open);
})();
