/* The shell on every page: keys, menus, dialogs, toasts, search, lost connections. Everything also works without it. */
(() => {
  "use strict";

  const TOAST_SECONDS = 8;
  const body = document.body;
  const byId = (id) => document.getElementById(id);
  const isTyping = (target) =>
    target.isContentEditable ||
    target.tagName === "TEXTAREA" ||
    target.tagName === "SELECT" ||
    (target.tagName === "INPUT" && !["checkbox", "radio", "button", "submit", "reset"].includes(target.type));

  /* --- Own keys: what a person pressed, said in the keys of the house; hints show the own key ------- */
  const ownKeys = body.dataset.keys ? JSON.parse(body.dataset.keys) : {};
  const shown = {};
  const showKeys = () => {
    document.querySelectorAll("kbd:not([data-own])").forEach((hint) => {
      const before = hint.previousElementSibling;
      const own = shown[hint.textContent.trim().toLowerCase()];
      if (own === undefined || hint.closest(".keys") || (before && before.textContent === "Ctrl")) return;
      hint.dataset.own = "";
      hint.textContent = own.toUpperCase();
      hint.hidden = !own;
    });
  };
  const isGoing = () => document.querySelector("form:is([data-asks], [data-sent]):not([hx-post], [target], [data-stays])");
  window.opmeerKeys = {
    pressed: (event, place) => {
      if (isGoing()) return ""; // what is typed already is meant for the page that comes
      const key = event.key.toLowerCase();
      const meant = ownKeys[place] || {};
      return Object.hasOwn(meant, key) ? meant[key] : key;
    },
    show: (place) => {
      const meant = Object.entries(ownKeys[place] || {});
      meant.filter(([, house]) => !house).forEach(([key]) => (shown[key] = ""));
      meant.filter(([, house]) => house).forEach(([key, house]) => (shown[house] = key));
      showKeys();
    },
  };
  window.opmeerKeys.show("everywhere");

  /* --- Tabs that do not fit a phone: the one of this page is in sight ------------------------------ */
  document.querySelectorAll(".tabs--page").forEach((tabs) => {
    const here = tabs.querySelector("[aria-current]");
    if (here) tabs.scrollLeft = here.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - here.offsetWidth) / 2;
  });
  if (body.dataset.keys) ["htmx:afterSwap", "htmx:oobAfterSwap"].forEach((name) => document.addEventListener(name, showKeys));

  /* --- What is not right in a form that came back: in sight and read aloud, however far down ------- */
  const wrong = document.querySelector("main [role='alert'][tabindex='-1']");
  if (wrong && document.activeElement === body) {
    wrong.focus({ preventScroll: true });
    wrong.scrollIntoView({ block: "center" });
  }

  /* --- After an act that comes back here, the hands are on the same button, when that is still there ---- */
  const HANDS = "opmeer-hands";
  const actOf = (button) =>
    button.form && button.form.getAttribute("action") ? [button.form.getAttribute("action"), button.name, button.value].join(" ") : "";
  const ofAct = (act) => [...document.querySelectorAll("main button")].filter((button) => act && actOf(button) === act);
  const held = JSON.parse(window.sessionStorage.getItem(HANDS) || "null");
  window.sessionStorage.removeItem(HANDS);
  const takeUp = () => {
    const usable = (one) => one && !one.disabled && one.checkVisibility();
    const fields = [...document.querySelectorAll("main select")].filter((one) => one.name === held.field);
    const field = fields.find(usable);
    if (field && document.activeElement === body) field.focus({ preventScroll: true });
    const found = ofAct(held.act);
    const same = usable(found[held.place]) ? found[held.place] : found.find(usable);
    if (same && document.activeElement === body) same.focus();
  };
  /* Not earlier: a browser that goes to the place named after # takes the focus away. */
  if (held && held.path === window.location.pathname) window.addEventListener("load", takeUp);
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    const hand = document.activeElement;
    if (event.defaultPrevented || !event.target.closest("main")) return;
    const path = window.location.pathname;
    if (hand.tagName === "SELECT" && hand.form === event.target) {
      window.sessionStorage.setItem(HANDS, JSON.stringify({ path, field: hand.name })); // a filter that sends by itself
    } else if (button) {
      const act = actOf(button);
      window.sessionStorage.setItem(HANDS, JSON.stringify({ path, act, place: ofAct(act).indexOf(button) }));
    }
  });

  /* What is replaced takes the focus with it: it goes on in what came, or at the beginning of the page. */
  let wasIn = "";
  document.addEventListener("htmx:beforeSwap", (event) => {
    const place = event.detail.target;
    wasIn = place && place.id && place.contains(document.activeElement) ? place.id : "";
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!wasIn) return;
    const place = byId(wasIn);
    wasIn = "";
    if (document.activeElement !== body) return;
    const next = (place && place.querySelector("button:not([disabled]), a[href], input:not([type='hidden']), select")) || document.querySelector("main");
    next.focus({ preventScroll: true });
  });

  /* A page for one act: the hands begin in its first field. */
  const first = document.querySelector(".card.act-card input:not([type='hidden']), .card.act-card select, .card.act-card textarea");
  if (first && document.activeElement === body) first.focus();

  const reveal = (id) => {
    const bar = byId(id);
    if (bar) bar.hidden = false;
    return bar;
  };

  /* --- Forms: only sent while the person of this page is signed in, so that typed text stays in sight (ADR 20) --- */
  const person = body.dataset.person;
  const signedOut = (answer) => {
    const [bar, before] = answer === "other" ? ["somebody-else", "signed-out"] : ["signed-out", "somebody-else"];
    if (byId(before)) byId(before).hidden = true;
    return reveal(bar);
  };
  const forgetWriting = (but) =>
    Object.keys(window.sessionStorage)
      .filter((key) => key.startsWith("opmeer-writing ") && !(but && key.startsWith(`opmeer-writing ${but} `)))
      .forEach((key) => window.sessionStorage.removeItem(key));
  if (person) forgetWriting(person); // half an answer that this tab kept is nobody's but its writer's, and gone when that one logs out
  if (byId("log-out")) byId("log-out").addEventListener("submit", () => forgetWriting(""));
  window.opmeerSignedOut = (answer) => answer.status === 401 && signedOut(answer.headers.get("X-Signed-In"));
  let passed = null;
  const ASKS_SECONDS = 15;
  const barInTheWay = async () => {
    const patience = new AbortController(); // a line that swallows the question must not swallow every next press as well
    const ends = window.setTimeout(() => patience.abort(), ASKS_SECONDS * 1000);
    try {
      const answer = await fetch(body.dataset.session, {
        cache: "no-store",
        headers: { "HX-Request": "true", "X-Person": person },
        signal: patience.signal,
      });
      if (answer.status === 401) return signedOut(answer.headers.get("X-Signed-In"));
      ["signed-out", "somebody-else", "offline"].forEach((id) => byId(id) && (byId(id).hidden = true));
      return null; // whatever else is wrong, the answer to the form says it
    } catch {
      return reveal("offline");
    } finally {
      window.clearTimeout(ends);
    }
  };
  document.addEventListener(
    "submit",
    async (event) => {
      const form = event.target;
      if (!person || form.method.toLowerCase() !== "post" || passed === form) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (form.dataset.asks) return;
      form.dataset.asks = "yes";
      const bar = await barInTheWay();
      delete form.dataset.asks;
      if (bar) bar.scrollIntoView({ block: "center" });
      if (bar || !form.isConnected) return;
      passed = form;
      try {
        form.requestSubmit(event.submitter);
      } finally {
        passed = null; // also when the button left the form meanwhile: nothing of this page goes past the question
      }
    },
    true,
  );

  /* --- A page with several forms: what was typed in one is not lost without a word by the button of another -- */
  const begun = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && form.dataset.guarded !== undefined) begun.add(form);
  });
  document.addEventListener("submit", (event) => event.defaultPrevented || begun.delete(event.target));
  window.addEventListener("beforeunload", (event) => {
    if (begun.size) event.preventDefault();
  });

  /* --- Forms: a fresh token after logging in again in another tab, and no second press ------------- */
  const csrfToken = () => {
    const cookie = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
    const meta = document.querySelector('meta[name="csrf-token"]');
    return cookie ? decodeURIComponent(cookie[1]) : meta ? meta.content : "";
  };

  window.opmeerToken = csrfToken;

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method.toLowerCase() !== "post") return;
    const field = form.querySelector('input[name="csrfmiddlewaretoken"]');
    const token = csrfToken();
    if (field && token) field.value = token;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    window.setTimeout(() => delete form.dataset.sent, 5000);
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  });

  /* --- htmx: token, log-in that ended, errors ---------------------------------------------------- */
  document.addEventListener("htmx:configRequest", (event) => {
    const { headers, parameters } = event.detail;
    headers["X-CSRFToken"] = csrfToken();
    if (person) headers["X-Person"] = person;
    if (parameters.csrfmiddlewaretoken) parameters.csrfmiddlewaretoken = csrfToken(); // the form's own may be of before
  });
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr } = event.detail;
    if (xhr.status === 401) signedOut(xhr.getResponseHeader("X-Signed-In"));
    else reveal("failed");
  });
  document.addEventListener("htmx:sendError", () => reveal("offline"));
  document.addEventListener("htmx:timeout", () => reveal("failed"));
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) ["signed-out", "somebody-else", "failed", "offline"].forEach((id) => byId(id) && (byId(id).hidden = true));
  });

  const showConnection = () => {
    const bar = byId("offline");
    if (bar) bar.hidden = navigator.onLine;
  };
  window.addEventListener("online", showConnection);
  window.addEventListener("offline", showConnection);
  showConnection();

  /* --- Toasts -------------------------------------------------------------------------------------- */
  const arm = (toast) => {
    const undo = toast.querySelector("form .toast__action");
    if (toast.classList.contains("toast--error") && !undo) return;
    const count = document.createElement("span"); // seen, not read out every second
    count.setAttribute("aria-hidden", "true");
    let left = TOAST_SECONDS;
    const show = () => (count.textContent = ` (${left})`);
    const tick = window.setInterval(() => {
      if (!toast.isConnected) {
        window.clearInterval(tick);
        return;
      }
      if (toast.matches(":hover") || toast.contains(document.activeElement)) return;
      left -= 1;
      show();
      if (left <= 0) {
        window.clearInterval(tick);
        toast.remove();
      }
    }, 1000);
    if (undo) {
      show();
      undo.append(count);
    }
  };
  document.querySelectorAll("[data-toast]").forEach(arm);
  document.querySelectorAll("[data-chooses-all]").forEach((button) => (button.hidden = false));

  /* A view that answers htmx says HX-Trigger: {"toast": {"text": "…", "undo": "/…", "level": "success"}} */
  const icon = (name) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    const known = document.querySelector("svg.icon use");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    use.setAttribute("href", `${known ? known.getAttribute("href").split("#")[0] : ""}#i-${name}`);
    svg.append(use);
    return svg;
  };
  document.addEventListener("toast", (event) => {
    const place = byId("toasts");
    if (!place || !event.detail.text) return;
    const toast = document.createElement("div");
    toast.className = event.detail.level === "error" ? "toast toast--error" : "toast";
    const text = document.createElement("span");
    text.className = "grow";
    text.textContent = event.detail.text;
    toast.append(icon(event.detail.level === "error" ? "alert-circle" : "circle-check"), text);
    if (event.detail.undo) {
      const form = document.createElement("form");
      form.method = "post";
      form.action = event.detail.undo;
      const token = document.createElement("input");
      token.type = "hidden";
      token.name = "csrfmiddlewaretoken";
      token.value = csrfToken();
      const button = document.createElement("button");
      button.className = "toast__action";
      button.setAttribute("aria-keyshortcuts", "Control+Z");
      button.textContent = place.dataset.undoWord;
      form.append(token, button);
      toast.append(form);
    }
    place.append(toast);
    arm(toast);
  });

  /* What is pasted and does not fit is not put in by halves: the browser would cut it without a word */
  document.addEventListener("paste", (event) => {
    const field = event.target.closest("input[maxlength], textarea[maxlength]");
    const place = byId("toasts");
    if (!field || !place || !event.clipboardData) return;
    const pasted = event.clipboardData.getData("text");
    const kept = field.value.length - ((field.selectionEnd || 0) - (field.selectionStart || 0));
    const room = field.maxLength - kept;
    const given = (field.tagName === "INPUT" ? pasted.replace(/[\r\n]/g, "") : pasted.replace(/\r\n/g, "\n")).length;
    if (given <= room) return;
    event.preventDefault();
    const text = place.dataset.tooLong.replace("GIVEN", given).replace("ROOM", Math.max(0, room));
    document.dispatchEvent(new CustomEvent("toast", { detail: { text, level: "error" } }));
  });

  /* --- Menus and dialogs ----------------------------------------------------------------------------- */
  const closeMenus = (except) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (menu !== except) menu.open = false;
    });
  };
  /* A panel that begins under its button and would leave the window at the right ends under it instead; one below the window comes up. */
  const fitPanel = (event) => {
    const panel = event.target.matches("details.menu[open]") && event.target.querySelector(":scope > .menu__panel");
    if (!panel) return;
    panel.classList.remove("menu__panel--end");
    const width = document.documentElement.clientWidth;
    panel.classList.toggle("menu__panel--end", panel.getBoundingClientRect().right > width);
    if (panel.getBoundingClientRect().bottom > window.innerHeight) panel.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("toggle", fitPanel, true); // this event does not bubble
  const openDialog = (id) => {
    const dialog = byId(id);
    if (!dialog || dialog.open) return;
    closeMenus();
    dialog.showModal();
  };

  document.addEventListener("click", (event) => {
    const target = event.target;
    closeMenus(target.closest("details.menu"));
    const opener = target.closest("[data-opens]");
    if (opener && byId(opener.dataset.opens)) {
      event.preventDefault();
      openDialog(opener.dataset.opens);
      return;
    }
    const closer = target.closest("[data-closes]");
    if (closer) byId(closer.dataset.closes).close();
    if (target.tagName === "DIALOG" && target.classList.contains("overlay")) target.close();
    if (target.closest("[data-close-toast]")) target.closest("[data-toast]").remove();
    const hider = target.closest("[data-hide]");
    if (hider) byId(hider.dataset.hide).hidden = true;
    if (target.closest("[data-try-connection]")) {
      fetch("/health/live", { cache: "no-store" }).then(
        () => (byId("offline").hidden = true),
        () => reveal("offline"),
      );
    }
    const chooser = target.closest("[data-chooses-all]");
    if (chooser) {
      const boxes = [...chooser.form.querySelectorAll(`input[name=${chooser.dataset.choosesAll}]`)];
      const on = !boxes.every((box) => box.checked);
      boxes.forEach((box) => (box.checked = on));
    }
    const eye = target.closest("[data-shows-password]");
    if (eye) {
      const field = byId(eye.dataset.showsPassword);
      const hidden = field.type === "password";
      field.type = hidden ? "text" : "password";
      eye.setAttribute("aria-pressed", String(hidden));
    }
    const copier = target.closest("[data-copies]");
    if (copier && navigator.clipboard) {
      navigator.clipboard.writeText(byId(copier.dataset.copies).innerText.trim());
    }
    if (target.closest("[data-reload]")) window.location.reload();
    if (target.closest("[data-prints]")) window.print();
  });

  /* Selects and boxes that filter a list send their form at once; a button does the same without script. */
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-sends-on-change]");
    if (form) form.requestSubmit();
  });

  /* --- Search: a dialog over the page, results as options ------------------------------------------ */
  const palette = byId("palette");
  const results = byId("palette-results");
  const input = byId("palette-input");
  const options = () => (results ? [...results.querySelectorAll('[role="option"]')] : []);
  const choose = (option) => {
    options().forEach((other) => other.setAttribute("aria-selected", String(other === option)));
    if (option) {
      if (!option.id) option.id = `palette-${options().indexOf(option)}`;
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };
  const openSearch = () => {
    if (!palette) return;
    const typed = byId("zoek");
    openDialog("palette");
    if (typed && typed.value && !input.value) input.value = typed.value;
    input.focus();
    input.select();
  };
  if (palette) {
    document.addEventListener("htmx:afterSwap", (event) => {
      if (event.detail.target !== results) return;
      const found = options();
      input.setAttribute("aria-expanded", String(found.length > 0));
      choose(found[0]);
    });
    input.addEventListener("keydown", (event) => {
      const found = options();
      const at = found.findIndex((option) => option.getAttribute("aria-selected") === "true");
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (!found.length) return;
        event.preventDefault();
        choose(found[(at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length]);
      } else if (event.key === "Enter" && at >= 0 && found[at].dataset.href) {
        event.preventDefault();
        window.location.assign((event.ctrlKey && found[at].dataset.new) || found[at].dataset.href);
      } else if (event.key === "Escape") {
        event.preventDefault(); // a field for searching would only be emptied by the first one
        palette.close();
      }
    });
    results.addEventListener("click", (event) => {
      const option = event.target.closest('[role="option"][data-href]');
      if (option && !event.target.closest("a")) window.location.assign(option.dataset.href);
    });
    const top = byId("zoek");
    if (top) {
      /* Not on focus: who walks past with Tab would find a dialog over the page. Clicking opens it, and so does the first letter. */
      top.addEventListener("click", openSearch);
      top.addEventListener("input", () => {
        if (!top.value) return;
        input.value = top.value;
        top.value = "";
        openSearch();
        input.setSelectionRange(input.value.length, input.value.length);
        input.dispatchEvent(new Event("input", { bubbles: true }));
      });
    }
    palette.addEventListener("close", () => {
      if (document.activeElement === top) top.blur();
    });
  }

  let hasTyped = false; // from then on Ctrl Z in a field takes back letters
  document.addEventListener("input", () => (hasTyped = true), true);

  /* --- Keys (design/README.md "Keys") ---------------------------------------------------------------- */
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      openSearch();
      return;
    }
    const whole = event.target.closest("form[data-ctrl-enter]");
    if (whole && (event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      whole.requestSubmit(whole.querySelector("button.utrecht-button--primary-action"));
      return;
    }
    /* The button to undo stands at the end of the page and stays for eight seconds: too far to walk to with Tab. */
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "z") {
      const undo = [...document.querySelectorAll("#toasts form .toast__action")].pop();
      if (!undo || (isTyping(event.target) && hasTyped) || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      undo.click();
      return;
    }
    if (event.key === "Escape") {
      const menu = document.querySelector("details.menu[open]");
      if (menu) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || body.dataset.shortcuts !== "on") return;
    if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
    const key = window.opmeerKeys.pressed(event, "everywhere");
    if (key === "/") {
      event.preventDefault();
      openSearch();
    } else if (key === "?") {
      event.preventDefault();
      openDialog("keys");
    } else if (key === "l" && document.querySelector("[data-news-read]")) {
      event.preventDefault();
      document.querySelector("[data-news-read]").click();
    } else if (key === "n" && body.dataset.newContact) {
      event.preventDefault();
      window.location.assign(body.dataset.newContact);
    }
  });
})();
