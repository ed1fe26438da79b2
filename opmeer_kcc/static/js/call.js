/* The call above the workplace: the open line says when it changed, without one the page looks every two seconds. Its seconds go on by themselves, who listens hears of a new one once, and F2 opens the form that is filled with it. */
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

  const FIRST = 1000, LONGEST = 60000, SILENT = 8000, OUT_OF_SIGHT = 10000;
  const place = () => document.getElementById("gesprek");
  const look = () => place() && window.htmx && window.htmx.trigger(place(), "kijk");
  let line = null, heard = 0, begun = 0, pause = FIRST, again = 0, closing = 0;
  const close = () => {
    if (line) line.close();
    line = null;
  };
  const later = () => {
    close();
    clearTimeout(again);
    again = setTimeout(open, pause * (0.75 + Math.random() / 2));
    pause = Math.min(LONGEST, pause * 2);
  };
  const open = () => {
    const told = document.getElementById("gesprek-meldt");
    if (line || document.hidden || !told || !window.EventSource) return;
    line = new EventSource(told.dataset.stream);
    heard = 0; // until the first word the page looks by itself
    begun = Date.now();
    line.addEventListener("gesprek", (event) => {
      heard = Date.now();
      pause = FIRST;
      const mark = event.data === "-" ? "" : event.data;
      if (place() && place().dataset.mark !== mark) look();
    });
    line.addEventListener("leeft", () => {
      heard = Date.now();
    });
    line.onerror = () => {
      heard = 0; // from now on the page looks by itself
      later();
    };
  };
  setInterval(() => {
    if (Date.now() - heard < SILENT) return;
    if (line && (line.readyState === 2 || Date.now() - Math.max(heard, begun) > SILENT)) later(); // refused without an error, or dead
    if (!document.hidden) look();
  }, 2000);
  document.addEventListener("visibilitychange", () => {
    clearTimeout(closing);
    if (document.hidden) {
      closing = setTimeout(() => { close(); heard = 0; }, OUT_OF_SIGHT); // a browser opens few lines: only a page in sight has one
      return;
    }
    if (line) return;
    look();
    open();
  });
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);
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
