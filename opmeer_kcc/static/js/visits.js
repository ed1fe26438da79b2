/* The reception: the hands are on the name, on a phone only when asked, for there the list would slide out of sight; a key brings them there. */
(() => {
  "use strict";

  const isWide = window.matchMedia("(width > 75rem)").matches;
  if (isWide && document.activeElement === document.body) document.getElementById("id_name").focus();
  window.opmeerKeys.show("reception");
  document.addEventListener("keydown", (event) => {
    const isField = event.target.closest("input, select, textarea, dialog[open]");
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isField) return;
    if (document.body.dataset.shortcuts !== "on" || window.opmeerKeys.pressed(event, "reception") !== "b") return;
    event.preventDefault();
    document.querySelector("[data-visit-new]").click();
  });
})();
