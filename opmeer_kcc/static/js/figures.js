/* Figures: with script the filters send themselves, so their button is not needed; arrow keys leaf through the periods. */
(() => {
  "use strict";
  document.querySelectorAll("[data-without-script]").forEach((button) => {
    button.hidden = true;
  });
  document.addEventListener("keydown", (event) => {
    if (document.body.dataset.shortcuts === "off" || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target.closest("input, select, textarea, summary, [tabindex='0']")) return;
    const link = { ArrowLeft: "[data-period='before']", ArrowRight: "[data-period='after']" }[event.key];
    const found = link && document.querySelector(link);
    if (found) found.click();
  });
})();
