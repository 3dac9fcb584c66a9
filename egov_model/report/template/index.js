(() => {
  const box = document.querySelector(".search");
  const field = box.querySelector("input");
  const said = box.querySelector("[role=status]");
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const items = [...document.querySelectorAll("[data-find]")].map((one) => [one, plain(one.dataset.find)]);
  const groups = [...document.querySelectorAll("[data-group]")];
  const off = (one) => one.classList.contains("off");
  const find = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    for (const [one, text] of items) one.classList.toggle("off", !words.every((word) => text.includes(word)));
    for (const group of groups) group.hidden = [...group.querySelectorAll("[data-find]")].every(off);
    for (const folded of document.querySelectorAll("details.long")) folded.open ||= words.length > 0;
    const left = items.filter(([one]) => "status" in one.dataset && !off(one)).length;
    said.textContent = words.length ? box.dataset.found.replace("{n}", left) : "";
  };
  for (const time of document.querySelectorAll("time")) {
    const days = Math.floor((Date.now() - Date.parse(time.dateTime)) / 864e5);
    if (days >= 0) time.textContent += ` (${days ? box.dataset.days.replace("{n}", days) : box.dataset.today})`;
  }
  field.addEventListener("input", find);
  box.hidden = false;
  find();
})();
