/* The hint on plain language under a field in which somebody writes; a tip is taken over with one press. The field works without it. */
(() => {
  "use strict";

  document.querySelectorAll("[data-plain-text]").forEach((hint) => {
    const field = document.getElementById(hint.dataset.for);
    if (!field) return;
    let waiting = 0;
    let asked = 0;
    const look = async () => {
      if (!field.value.trim()) {
        hint.hidden = true;
        return;
      }
      const mine = ++asked;
      const body = new URLSearchParams({ csrfmiddlewaretoken: window.opmeerToken(), text: field.value });
      try {
        const answer = await fetch(hint.dataset.plainText, { method: "POST", body, headers: { "HX-Request": "true", "X-Person": document.body.dataset.person } });
        if (!answer.ok || mine !== asked) return;
        const html = new DOMParser().parseFromString(await answer.text(), "text/html");
        hint.replaceChildren(...html.body.childNodes);
        hint.hidden = "quiet" in hint.dataset && !hint.querySelector(".b1__scale, .b1__tips");
      } catch {
        /* no connection: writing goes on without the hint */
      }
    };
    field.addEventListener("input", () => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(look, 700);
    });
    hint.addEventListener("click", (event) => {
      const tip = event.target.closest("[data-take]");
      if (!tip) return;
      // whole words only ("innen" stands in "binnen"), over the end of a line too
      const words = tip.dataset.take.trim().split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")).join("\\s+");
      const found = new RegExp(`(?<![\\p{L}\\p{N}])${words}(?![\\p{L}\\p{N}])`, "u").exec(field.value);
      if (!found) return look();
      field.setRangeText(tip.dataset.instead, found.index, found.index + found[0].length, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
    look();
  });
})();
