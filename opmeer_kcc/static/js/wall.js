/* The wallboard keeps itself up to date: asks every 20 seconds, waits longer while nothing answers, and never goes blank. */
(() => {
  "use strict";

  const EVERY = 20000;
  const LONGEST = 60000;
  const PATIENCE = 10000;
  const body = document.body;
  const place = document.getElementById("nu");
  const clock = document.getElementById("klok");
  const updated = document.getElementById("bijgewerkt");
  const lost = document.getElementById("geen-verbinding");
  const time = new Intl.DateTimeFormat("nl-NL", { timeZone: "Europe/Amsterdam", hour: "2-digit", minute: "2-digit" });
  const exact = new Intl.DateTimeFormat("nl-NL", {
    timeZone: "Europe/Amsterdam",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  let ahead = Number(body.dataset.at) - Date.now();
  let etag = body.dataset.etag;
  let heard = Date.now();
  let pause = EVERY;
  let next = 0;

  const moment = (at) => new Date(at + ahead);
  const tick = () => {
    const shown = time.format(moment(Date.now()));
    if (clock.textContent !== shown) clock.textContent = shown;
  };
  const wellKnown = () => {
    updated.textContent = updated.dataset.words.replace("{time}", exact.format(moment(heard)));
  };
  const tell = (words) => {
    const line = lost.lastElementChild;
    if (line.textContent !== words) line.textContent = words;
    lost.hidden = false;
    place.classList.add("wall-fresh--old");
  };
  const lose = (status) => {
    if (status === 401 || status === 403) tell(lost.dataset.out);
    else if (status === 404) tell(lost.dataset.gone);
    else tell(lost.dataset.since.replace("{time}", time.format(moment(heard))));
    pause = Math.min(LONGEST, Math.round(pause * 1.5));
  };
  const show = (html) => {
    const made = new DOMParser().parseFromString(html, "text/html");
    place.replaceChildren(...made.body.childNodes);
  };

  const look = async () => {
    window.clearTimeout(next);
    const stop = new AbortController();
    const patience = window.setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(body.dataset.now, {
        headers: { "If-None-Match": etag, "HX-Request": "true" },
        cache: "no-store",
        redirect: "error",
        signal: stop.signal,
      });
      if (answer.status !== 200 && answer.status !== 304) {
        lose(answer.status);
        return;
      }
      const isOther = answer.headers.get("X-Wall-Release") !== body.dataset.release;
      const isNight = answer.headers.get("X-Wall-Day") !== body.dataset.day;
      if (isOther || isNight) {
        window.location.reload(); // a release or a new day: the page begins anew, now that it is known to answer
        return;
      }
      if (answer.status === 200) show(await answer.text());
      ahead = Number(answer.headers.get("X-Wall-At")) - Date.now();
      etag = answer.headers.get("ETag") || "";
      heard = Date.now();
      pause = EVERY;
      lost.hidden = true;
      place.classList.remove("wall-fresh--old");
      wellKnown();
    } catch {
      lose(0);
    } finally {
      window.clearTimeout(patience);
      next = window.setTimeout(look, pause + Math.random() * 2000); // twenty screens do not ask in the same instant
    }
  };

  window.addEventListener("online", look);
  window.addEventListener("offline", () => lose(0));
  window.setInterval(tick, 1000);
  tick();
  wellKnown();
  next = window.setTimeout(look, EVERY);
})();
