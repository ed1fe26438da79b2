/* The visitor's chat: a line is shown as sent when the server has stored it; what was not stored yet is tried again. */
(() => {
  "use strict";

  const place = document.getElementById("chat");
  if (!place || !window.fetch || !window.crypto) return;
  place.hidden = false;
  const byId = (id) => document.getElementById(id);
  const words = place.dataset;
  const language = document.documentElement.lang;
  const QUICK = 1500;
  const SLOW = 15_000;
  const random = (bytes) =>
    btoa(String.fromCharCode(...window.crypto.getRandomValues(new Uint8Array(bytes)))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  const store = {
    get: (name) => {
      try {
        return JSON.parse(window.sessionStorage.getItem(name));
      } catch {
        return null;
      }
    },
    set: (name, value) => {
      try {
        if (value === null) window.sessionStorage.removeItem(name);
        else window.sessionStorage.setItem(name, JSON.stringify(value));
      } catch {
        /* a browser that keeps nothing: the talk lasts as long as the page */
      }
    },
  };
  let token = store.get("chat") || "";
  let waiting = store.get("chat-waiting") || [];
  let mark = "";
  let seen = 0;
  let isOver = false;
  let left = { key: "", text: "" }; // what is sent after the talk: once, however often it is tried
  let wasLeft = false;

  const INVALID = "utrecht-textbox--invalid";
  const say = (text, field = null) => {
    const error = byId("chat-error");
    place.querySelectorAll("[aria-invalid]").forEach((one) => {
      one.removeAttribute("aria-invalid");
      one.classList.remove(INVALID);
    });
    if (field) field.before(error);
    else place.append(error);
    error.hidden = !text;
    error.textContent = text;
    if (!field) return;
    field.setAttribute("aria-invalid", "true");
    field.classList.add(INVALID);
    field.focus();
  };
  const ask = async (address, body) => {
    const there = new URL(address, window.location.href);
    if (language !== "nl") there.searchParams.set("taal", language); // what is refused comes back in words
    const stop = new AbortController();
    const timer = window.setTimeout(() => stop.abort(), 20_000);
    const headers = { "X-Chat": token };
    const settings = body ? { method: "POST", headers, body: new URLSearchParams({ ...body, na: String(seen) }) } : { headers };
    try {
      const answer = await fetch(there, { ...settings, signal: stop.signal, cache: "no-store", credentials: "omit" });
      if (answer.status === 204) return { status: 204 };
      const told = await answer.json().catch(() => ({}));
      return { status: answer.status, told };
    } catch {
      return { status: 0 };
    } finally {
      window.clearTimeout(timer);
    }
  };

  /* --- Showing ------------------------------------------------------------------------------------------ */
  const lineOf = (line) => {
    const row = document.createElement("li");
    row.className = `chat-line chat-line--${line.who}`;
    const head = document.createElement("span");
    head.className = "chat-line__head";
    head.textContent = [line.who === "visitor" ? words.visitor : line.name, line.at].filter(Boolean).join(" · ");
    const text = document.createElement("span");
    text.className = "chat-line__text";
    text.textContent = line.text;
    row.append(head, text);
    return row;
  };
  const showWaiting = () => {
    byId("chat-lines").querySelectorAll("[data-waiting]").forEach((row) => row.remove());
    waiting.forEach((one) => {
      const row = lineOf({ who: "visitor", at: words.notSent, text: one.text });
      row.dataset.waiting = "yes";
      byId("chat-lines").append(row);
    });
  };
  const show = (told) => {
    mark = told.mark;
    const log = byId("chat-lines");
    const wasDown = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
    if (seen && told.lines.some((line) => line.who === "desk" && line.number > seen)) call();
    told.lines.forEach((line) => {
      if (line.number <= seen) return;
      seen = line.number;
      log.append(lineOf(line));
    });
    showWaiting();
    if (wasDown || told.lines.some((line) => line.who === "visitor")) log.scrollTop = log.scrollHeight;
    isOver = told.state === "closed";
    const state = isOver
      ? ended(told)
      : told.state === "open"
        ? words.going
        : told.place === 1
          ? words.next
          : words.place.replace("PLACE", told.place);
    if (byId("chat-state").textContent !== state) byId("chat-state").textContent = state;
    const had = document.activeElement;
    byId("chat-begin").hidden = byId("chat-closed").hidden = byId("chat-instead").hidden = true;
    byId("chat-talk").hidden = false;
    byId("chat-stop").hidden = isOver;
    byId("chat-after").hidden = !isOver;
    keepTyped();
    if (byId("chat-left").textContent) say(""); // the talk has ended: that was why it was refused
    byId("chat-mail").hidden = told.hasMail;
    if (place.contains(had)) goOn(had);
  };
  /* Whoever looks at something else sees in the name of the tab, or on the button of the website, that we said something. */
  const title = document.title;
  const call = () => {
    if (document.hidden) document.title = `(1) ${title}`;
    if (window.parent !== window) window.parent.postMessage("opmeer-chat-news", "*"); // says nothing else
  };
  const ended = (told) => {
    const came = wasLeft ? [words.messageCame] : [];
    const mail = told.hasMail ? [words.mailed] : wasLeft ? [words.noAddress] : [];
    return [words.ended, words.number.replace("NUMBER", told.number), ...came, ...mail].join(" ");
  };
  /* What was typed and not sent when the talk ended stays in its box. */
  const keepTyped = () => {
    const isLeft = isOver && byId("chat-text").value.trim() !== "";
    byId("chat-say").hidden = isOver && !isLeft;
    const told = isLeft ? words.left : "";
    if (byId("chat-left").textContent !== told) byId("chat-left").textContent = told;
    byId("chat-send").textContent = isLeft ? words.asMessage : words.send;
  };
  /* Whoever was at something that is gone from the page goes on at what stands in its place. */
  const isShown = (one) => one.getClientRects().length > 0;
  const goOn = (had) => {
    if (isShown(had)) return;
    const next = ["chat-state", "chat-first", "chat-closed"].map(byId).find(isShown);
    if (next) next.focus();
  };
  const beginAgain = () => {
    const had = document.activeElement;
    const typed = [byId("chat-first").value, byId("chat-text").value, ...waiting.map((one) => one.text)];
    say("");
    byId("chat-text").value = "";
    byId("chat-first").value = typed.filter(Boolean).join("\n"); // what was not said yet can be said in the next talk
    token = "";
    mark = "";
    seen = 0;
    isOver = wasLeft = false;
    keepTyped();
    waiting = [];
    store.set("chat", null);
    store.set("chat-waiting", null);
    byId("chat-lines").replaceChildren();
    byId("chat-talk").hidden = true;
    const closed = byId("chat-begin").dataset.closed !== undefined;
    byId("chat-begin").hidden = closed;
    byId("chat-closed").hidden = byId("chat-instead").hidden = !closed;
    if (place.contains(had)) goOn(had);
  };

  /* --- Hearing: every second or two while the page is in sight ------------------------------------------- */
  let timer = 0;
  const later = () => {
    window.clearTimeout(timer);
    if (token && !isOver) timer = window.setTimeout(hear, document.hidden ? SLOW : QUICK);
  };
  let hearing = false;
  async function hear() {
    if (hearing || !token) return;
    hearing = true;
    const { status, told } = await ask(`${words.news}?na=${seen}&stand=${encodeURIComponent(mark)}`);
    hearing = false;
    if (status === 200) show(told);
    if (status === 404) beginAgain();
    if (status === 0) byId("chat-state").textContent = words.offline;
    else if (status === 204 && byId("chat-state").textContent === words.offline) mark = "";
    if (waiting.length) pass();
    later();
  }
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    document.title = title;
    hear();
  });
  window.addEventListener("online", () => hear());

  /* --- Saying: one line after the other, each until it is stored -------------------------------------------- */
  let passing = false;
  async function pass() {
    if (passing) return;
    passing = true;
    while (waiting.length) {
      const [line] = waiting;
      const { status, told } = await ask(words.line, line);
      if (status === 0 || status === 429 || status >= 500) {
        if (told && told.reason) say(told.reason);
        break;
      }
      waiting = waiting.slice(1);
      store.set("chat-waiting", waiting);
      if (status === 200) {
        say("");
        show(told);
      } else {
        showWaiting();
        if (told && told.reason && !isOver) say(told.reason);
        byId("chat-text").value = [byId("chat-text").value, line.text].filter(Boolean).join("\n");
        mark = "";
        keepTyped();
      }
    }
    passing = false;
    later();
  }
  byId("chat-say").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = byId("chat-text").value.trim();
    if (!text) return;
    if (isOver) {
      sayAfter(text);
      return;
    }
    waiting = [...waiting, { key: random(12), text }];
    store.set("chat-waiting", waiting);
    byId("chat-text").value = "";
    showWaiting();
    byId("chat-lines").scrollTop = byId("chat-lines").scrollHeight;
    byId("chat-text").focus();
    pass();
  });
  byId("chat-text").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || isOver) return;
    event.preventDefault();
    byId("chat-say").requestSubmit();
  });
  async function sayAfter(text) {
    if (left.text !== text) left = { key: random(12), text };
    const { status, told } = await ask(words.after, left);
    if (status === 200) {
      byId("chat-text").value = "";
      wasLeft = true;
      say("");
      show(told);
    } else {
      say((told && told.reason) || words.again, byId("chat-text"));
    }
  }

  /* --- Beginning and ending ------------------------------------------------------------------------------------ */
  const site = () => {
    try {
      return window.parent === window ? "" : (window.location.ancestorOrigins ? window.location.ancestorOrigins[0] : new URL(document.referrer).origin);
    } catch {
      return "";
    }
  };
  byId("chat-begin").addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = byId("chat-begin").querySelector("button");
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    token = token || random(32);
    const body = { text: byId("chat-first").value, name: byId("chat-name").value, email: byId("chat-email").value, site: site() };
    const { status, told } = await ask(words.begin, body);
    button.removeAttribute("aria-disabled");
    if (status === 200) {
      store.set("chat", token);
      say("");
      byId("chat-first").value = "";
      show(told);
      byId("chat-text").focus();
      later();
    } else {
      const field = told && byId({ text: "chat-first", email: "chat-email" }[told.field]);
      say((told && told.reason) || words.again, field);
      if (status !== 422 || field) return;
      byId("chat-instead").hidden = false; // closed since the page was opened, or too busy
      place.append(byId("chat-instead"));
    }
  });
  byId("chat-stop").addEventListener("click", async () => {
    const button = byId("chat-stop");
    if (!button.dataset.asked) {
      button.dataset.asked = button.textContent;
      button.textContent = words.sure;
      window.setTimeout(() => {
        if (!button.dataset.asked) return;
        button.textContent = button.dataset.asked;
        delete button.dataset.asked;
      }, 6000);
      return;
    }
    button.textContent = button.dataset.asked;
    delete button.dataset.asked;
    await pass();
    const { status, told } = await ask(words.end, {});
    if (status === 200) show(told);
    else say(words.again);
  });
  byId("chat-mail").addEventListener("submit", async (event) => {
    event.preventDefault();
    const { status, told } = await ask(words.mail, { email: byId("chat-mail-email").value });
    if (status === 200) {
      say("");
      show(told);
    } else {
      say((told && told.reason) || words.again, told && told.field === "email" ? byId("chat-mail-email") : null);
    }
  });
  byId("chat-new").addEventListener("click", beginAgain);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && window.parent !== window) window.parent.postMessage("opmeer-chat-close", "*"); // says nothing else
  });
  if (token) hear();
})();
