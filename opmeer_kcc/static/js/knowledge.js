/* The knowledge base: counts that an answer was opened or copied, sends the choice of a theme at once, and asks before what was typed is left
   behind, as by handing in what was saved before. Everything works without it. */
(() => {
  "use strict";

  const count = (address, kind) =>
    fetch(address, {
      method: "POST",
      keepalive: true,
      headers: { "HX-Request": "true" },
      body: new URLSearchParams({ csrfmiddlewaretoken: window.opmeerToken(), kind }),
    }).catch(() => {});
  const article = document.querySelector("[data-counts]");
  if (article) {
    // once a day in this tab: loading the page again, or coming back from a form on it, is no other use
    const address = article.dataset.counts;
    const day = new Date().toDateString();
    try {
      if (sessionStorage.getItem(address) !== day) count(address, "shown");
      sessionStorage.setItem(address, day);
    } catch {
      /* a browser that keeps nothing counts nothing */
    }
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-counts-insert]");
    if (button) count(button.dataset.countsInsert, "inserted");
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("select[data-sends]")) event.target.form.requestSubmit();
  });

  const text = document.querySelector("form[data-keeps]");
  if (text) {
    let dirty = false;
    const fields = [...text.querySelectorAll("input, textarea")];
    text.addEventListener("input", () => (dirty = fields.some((one) => one.value !== one.defaultValue)));
    text.addEventListener("submit", () => (dirty = false));
    window.addEventListener("beforeunload", (event) => {
      if (dirty) event.preventDefault();
    });
  }
})();
