/* The call above the workplace: its seconds go on between two looks, who listens hears of a new one once, and F2 opens the form that is filled with it. */
(() => {
  "use strict";
  const tick = () => {
    const strip = document.querySelector("[data-call-since]");
    const told = document.getElementById("gesprek-meldt");
    const says = strip ? strip.dataset.callSays : "";
    if (told && told.textContent !== says) told.textContent = says; // the place stays, so that it is read aloud
    if (!strip) return;
    const seconds = Math.max(0, Math.floor(Date.now() / 1000 - Number(strip.dataset.callSince)));
    const limit = Number(strip.dataset.callLimit);
    strip.querySelector("[data-call-seconds]").textContent = String(seconds);
    const bar = strip.querySelector("[data-call-bar]");
    if (bar) bar.value = Math.min(seconds, limit);
    strip.classList.toggle("call-strip--late", limit > 0 && seconds > limit);
  };
  setInterval(tick, 1000);
  document.addEventListener("keydown", (event) => {
    const take = document.querySelector("[data-call-take]");
    if (event.key !== "F2" || !take || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    const form = document.querySelector('input[name="call"]');
    if (form && form.value === take.dataset.callTake) {
      form.form.querySelector("textarea").focus(); // it is open already: what was typed stays
      return;
    }
    take.click();
  });
})();
