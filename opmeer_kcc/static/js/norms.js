/* Norms: while somebody fills in other terms, the box says what they would do to the deadlines that run now. */
(() => {
  "use strict";

  const form = document.querySelector("[data-norm-form]");
  const box = document.getElementById("gevolgen");
  if (!form || !box) return;
  let waiting = 0;
  form.addEventListener("input", (event) => {
    if (event.target.name === "reason") return;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => box.dispatchEvent(new CustomEvent("norm-changed")), 400);
  });
})();
