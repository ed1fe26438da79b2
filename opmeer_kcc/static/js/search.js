/* The full search page: Ctrl Enter on a hit begins a new contact with that customer; arrows walk through the hits. */
(() => {
  "use strict";

  const page = document.getElementById("search-results");
  if (!page) return;
  const links = () => [...page.querySelectorAll("a[data-hit]")];

  document.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const all = links();
    const at = all.indexOf(document.activeElement);
    const inField = document.activeElement && document.activeElement.id === "search-q";
    if (!all.length || (at < 0 && !inField)) return;
    event.preventDefault();
    const next = at < 0 ? 0 : at + (event.key === "ArrowDown" ? 1 : -1);
    if (next < 0) document.getElementById("search-q").focus();
    else if (all[next]) all[next].focus();
  });
  page.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey && document.activeElement.dataset.new) {
      event.preventDefault();
      window.location.assign(document.activeElement.dataset.new);
    }
  });
})();
