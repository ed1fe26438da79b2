/* The wallboard keeps itself up to date: asks every 20 seconds, waits longer while nothing answers, says since when its
   figures are old, and goes on by itself when something answers again, the next morning too. */
(() => {
  "use strict";

  const EVERY = 20000;
  const LONGEST = 60000;
  const PATIENCE = 10000;
  const OLD = 90000; // longer than two rounds: the screen slept, or its timers did
  const GONE = 3;
  const body = document.body;
  const place = document.getElementById("nu");
  const clock = document.getElementById("klok");
  const updated = document.getElementById("bijgewerkt");
  const lost = document.getElementById("geen-verbinding");
  const zone = { timeZone: "Europe/Amsterdam" };
  const minutes = { ...zone, hour: "2-digit", minute: "2-digit" };
  const time = new Intl.DateTimeFormat("nl-NL", minutes);
  const exact = new Intl.DateTimeFormat("nl-NL", { ...minutes, second: "2-digit" });
  const date = new Intl.DateTimeFormat("sv-SE", zone); // 2026-11-29
  const dated = new Intl.DateTimeFormat(document.documentElement.lang, {
    ...minutes,
    weekday: "long",
    day: "numeric",
    month: "long",
  });
  let ahead = Number(body.dataset.at) - Date.now();
  let etag = body.dataset.etag;
  let heard = Date.now();
  let pause = EVERY;
  let next = 0;
  let gone = 0;

  const moment = (at) => new Date(at + ahead);
  const since = () => {
    const then = moment(heard);
    return date.format(then) === date.format(moment(Date.now())) ? time.format(then) : dated.format(then);
  };
  const tick = () => {
    const shown = time.format(moment(Date.now()));
    if (clock.textContent !== shown) clock.textContent = shown;
    if (Date.now() - heard > OLD && gone < GONE && !lost.dataset.said) say(lost.dataset.since);
    else if (lost.dataset.said) say(lost.dataset.said); // past midnight the day belongs to it
  };
  const wellKnown = () => {
    updated.textContent = updated.dataset.words.replace("{time}", exact.format(moment(heard)));
  };
  const say = (words) => {
    const line = lost.lastElementChild;
    const full = words.replace("{time}", since());
    lost.dataset.said = words;
    if (line.textContent !== full) line.textContent = full;
    lost.hidden = false;
    place.classList.add("wall-fresh--old");
  };
  const lose = (status) => {
    gone = status === 404 ? gone + 1 : 0;
    if (status === 401 || status === 403) say(lost.dataset.out);
    else if (status === 404) say(lost.dataset.gone);
    else if (status === 429) say(lost.dataset.busy);
    else say(lost.dataset.since);
    if (gone >= GONE) place.hidden = true; // whoever ended the link wants no figures here
    pause = Math.min(LONGEST, Math.round(pause * 1.5));
  };
  const show = (html) => {
    const made = new DOMParser().parseFromString(html, "text/html");
    place.replaceChildren(...made.body.childNodes);
  };
  const ask = (address, headers, signal) =>
    fetch(address, { headers, cache: "no-store", redirect: "error", signal });
  const begin = async (signal) => {
    try {
      const page = await ask(window.location.href, {}, signal); // only to a page that is known to be there
      if (page.ok) window.location.reload();
    } catch {
      // the next round tries again
    }
  };

  const look = async () => {
    window.clearTimeout(next);
    const stop = new AbortController();
    const patience = window.setTimeout(() => stop.abort(), PATIENCE);
    try {
      const known = place.hidden ? "" : etag;
      const answer = await ask(body.dataset.now, { "If-None-Match": known, "HX-Request": "true" }, stop.signal);
      if (answer.status !== 200 && answer.status !== 304) {
        lose(answer.status);
        return;
      }
      if (answer.status === 200) show(await answer.text());
      ahead = Number(answer.headers.get("X-Wall-At")) - Date.now();
      etag = answer.headers.get("ETag") || "";
      heard = Date.now();
      pause = EVERY;
      gone = 0;
      place.hidden = false;
      lost.hidden = true;
      delete lost.dataset.said;
      place.classList.remove("wall-fresh--old");
      wellKnown();
      if (answer.headers.get("X-Wall-Release") !== body.dataset.release) await begin(stop.signal);
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
