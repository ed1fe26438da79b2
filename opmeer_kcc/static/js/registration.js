/* The registration screen by keyboard: comboboxes, channel keys, endings, autosave. Without it the same form works by plain posts. */
(() => {
  "use strict";

  const form = document.getElementById("contact");
  if (!form) return;
  const byId = (id) => document.getElementById(id);
  const field = (name) => form.elements.namedItem(name);
  const hidden = (name) => form.querySelector(`input[type="hidden"][name="${name}"]`);
  const shortcuts = () => document.body.dataset.shortcuts === "on";
  const query = byId("f-customer_query");
  const isTyping = (target) =>
    target.tagName === "TEXTAREA" ||
    target.tagName === "SELECT" ||
    (target.tagName === "INPUT" && !["checkbox", "radio", "button", "submit"].includes(target.type));

  /* What was typed just before a reload may be kept while this page is already made without it: then the draft is shown anew. */
  const LEFT = "opmeer-left";
  const LEFT_FOR = 5000;
  const [leftAt, leftToken, leftSeen] = (window.sessionStorage.getItem(LEFT) || "").split(" ");
  window.sessionStorage.removeItem(LEFT);
  const isReload = window.performance.getEntriesByType("navigation")[0].type === "reload";
  const isStale = leftToken === hidden("token").value ? leftSeen === hidden("seen").value : isReload;
  if (leftToken && Date.now() - leftAt < LEFT_FOR && isStale) {
    window.location.replace(`${form.dataset.deskUrl}?concept=${leftToken}`);
    return;
  }

  /* --- Pieces of the page that the server shows again after a step ---------------------------------- */
  const blockCount = () => form.querySelectorAll(".question-block").length;
  const allAnswers = () => [...Array(blockCount()).keys()].map((index) => `answer-${index}`).join(",");
  let running = Promise.resolve();
  const ask = (address, settings) => {
    running = running.then(() => window.htmx.ajax("POST", address, { source: form, ...settings })).catch(() => {});
    return running;
  };
  const refresh = (parts, act = "") =>
    ask(form.dataset.partsUrl, { swap: "none", values: { parts: parts.replace("answers", allAnswers()), act } });

  /* --- Comboboxes ------------------------------------------------------------------------------------ */
  const listOf = (input) => byId(input.getAttribute("aria-controls"));
  const optionsOf = (input) => {
    const list = listOf(input);
    return list ? [...list.querySelectorAll('[role="option"]:not([aria-disabled])')] : [];
  };
  const activeOf = (input) => optionsOf(input).find((option) => option.getAttribute("aria-selected") === "true");
  const activate = (input, option) => {
    optionsOf(input).forEach((other) => other.setAttribute("aria-selected", String(other === option)));
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };
  const opened = (input, open) => input.setAttribute("aria-expanded", String(open));

  const chooseCustomer = async (option, move) => {
    if (option.dataset.new) {
      await refresh("candidates,pane,answers,ending", "new");
      const name = byId("f-new_name");
      if (name && move) {
        name.focus();
        name.setSelectionRange(name.value.length, name.value.length); // what is typed on comes behind it
      }
      touched();
      return;
    }
    hidden("customer").value = option.dataset.id;
    hidden("customer_state").value = "chosen";
    opened(query, false);
    if (move) subjectField(0).focus();
    touched();
    await refresh("candidates,pane,answers,ending");
  };
  const unknownCustomer = async () => {
    subjectField(0).focus();
    touched();
    await refresh("candidates,pane,answers,ending", "unknown");
  };
  const subjectField = (index) => byId(`f-q${index}-subject_query`);
  const indexOf = (element) => Number(element.closest(".question-block").dataset.index);
  const chooseTopic = (input, option, move) => {
    const index = indexOf(input);
    hidden(`q${index}-subject`).value = option.dataset.id;
    input.value = option.dataset.name;
    input.dataset.asked = input.value;
    activate(input, option);
    optionsOf(input).forEach((other) => other !== option && other.remove());
    opened(input, false);
    const note = byId(`f-q${index}-text`);
    if (move) note.focus();
    touched();
    refresh(`answer-${index},candidates,ending`).then(() => {
      if (document.activeElement === note) note.scrollIntoView({ block: "nearest" }); // the answer pushed it down
    });
  };
  const choose = (input, option, move = true) =>
    input.dataset.combo === "customer" ? chooseCustomer(option, move) : chooseTopic(input, option, move);

  form.addEventListener("input", (event) => {
    const input = event.target;
    delete input.dataset.asked;
    if (input.dataset.combo === "customer") {
      hidden("customer").value = "";
      hidden("customer_state").value = "";
    } else if (input.dataset.combo === "topic") {
      hidden(`q${indexOf(input)}-subject`).value = "";
    }
    touched();
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    const input = event.detail.requestConfig && event.detail.requestConfig.elt;
    if (!input || !input.dataset || !input.dataset.combo) return;
    const found = optionsOf(input);
    opened(input, found.length > 0);
    activate(input, found[0]);
  });
  /* A number or address that names one customer in full picks that customer by itself. */
  document.addEventListener("htmx:afterSettle", () => {
    const hits = byId("customer-hits");
    if (!hits || !hits.dataset.pick) return;
    const option = optionsOf(query).find((one) => one.dataset.id === hits.dataset.pick);
    delete hits.dataset.pick;
    if (option && !hidden("customer").value) chooseCustomer(option, false);
  });

  const isChosen = (input) =>
    input.dataset.combo === "customer"
      ? Boolean(hidden("customer").value || hidden("customer_state").value)
      : Boolean(hidden(`q${indexOf(input)}-subject`).value);

  let choosing = Promise.resolve();
  /* Enter: the hands go on to the next field at once; the choice follows when the list of exactly these letters is there. */
  const enter = (input) => {
    const isCustomer = input.dataset.combo === "customer";
    const next = isCustomer ? subjectField(0) : byId(`f-q${indexOf(input)}-text`);
    if (isChosen(input) || !input.value.trim()) {
      next.focus();
      return;
    }
    const isSeen = input.dataset.asked === input.value && !input.classList.contains("htmx-request");
    if (isSeen) {
      const option = activeOf(input);
      if (option) choose(input, option);
      else if (!isCustomer) next.focus();
      return;
    }
    next.focus();
    choosing = Promise.all([choosing, fresh(input)]).then(() => {
      const found = optionsOf(input);
      const option = activeOf(input) || found[0];
      if (!option || isChosen(input)) return undefined;
      const isOneOfMany = isCustomer && found.filter((one) => one.dataset.id).length > 1;
      if (!isOneOfMany) return choose(input, option, false);
      input.focus(); // nobody saw this list yet: the person chooses
      return undefined;
    });
  };

  const comboKeys = (event) => {
    const input = event.target;
    const found = optionsOf(input);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!found.length) return;
      event.preventDefault();
      const at = found.indexOf(activeOf(input));
      activate(input, found[(at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length]);
    } else if (event.key === "Enter" && !event.ctrlKey) {
      event.preventDefault();
      enter(input);
    } else if (event.key === "Escape" && input.dataset.combo === "customer") {
      event.preventDefault();
      unknownCustomer();
    } else if (window.opmeerKeys.pressed(event, "registration") === "+" && !input.value && shortcuts()) {
      const guard = form.querySelector("[data-guard]");
      if (guard) {
        event.preventDefault();
        guard.click();
      }
    }
  };
  /* Enter right after the last letter: the list of exactly these letters is asked before one is chosen. */
  const fresh = async (input) => {
    if (input.dataset.asked === input.value) {
      if (input.classList.contains("htmx-request")) {
        await new Promise((done) => input.addEventListener("htmx:afterRequest", done, { once: true }));
      }
      return;
    }
    await window.htmx
      .ajax("POST", input.getAttribute("hx-post"), { source: input, target: input.getAttribute("hx-target"), swap: "innerHTML" })
      .catch(() => {});
  };
  document.addEventListener("htmx:confirm", (event) => {
    const input = event.detail.elt;
    if (!input || !input.dataset || !input.dataset.combo) return;
    if (input.dataset.asked === input.value) event.preventDefault();
    else input.dataset.asked = input.value;
  });

  form.addEventListener("click", (event) => {
    const option = event.target.closest('[role="option"]:not([aria-disabled])');
    if (option) {
      const input = form.querySelector(`[aria-controls="${option.parentElement.id}"]`);
      activate(input, option);
      choose(input, option);
      return;
    }
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.unknown !== undefined) {
      unknownCustomer();
    } else if (button.dataset.step !== undefined) {
      event.preventDefault();
      const isGuard = button.dataset.guard !== undefined;
      const [verb, index, number] = button.value.split(":");
      if (verb === "add_to" || verb === "separate") hidden(`q${index}-add_to`).value = number || "";
      refresh(verb === "scan_off" ? "scan" : "candidates,pane,answers,ending", button.value).then(() => {
        if (button.value === "search") query.select();
      });
      if (isGuard) byId("f-q0-text").focus();
      touched();
    } else if (button.dataset.panel !== undefined) {
      event.preventDefault();
      openPanel(button.dataset.panel);
    } else if (button.dataset.closesPanel !== undefined) {
      event.preventDefault();
      closePanel();
    }
  });

  /* --- Answers of the knowledge base: opened without leaving, put in the note, counted ----------------- */
  const used = (details) => {
    hidden(`q${indexOf(details)}-article`).value = details.dataset.article;
    touched();
    if (details.dataset.seen) return; // saving counts that it answered the question
    details.dataset.seen = "yes";
    const body = new URLSearchParams({ csrfmiddlewaretoken: window.opmeerToken(), kind: "shown" });
    fetch(details.dataset.used, { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => {});
  };
  const showWhole = async (details) => {
    details.dataset.loaded = "yes";
    const place = details.querySelector(".answer__full");
    try {
      const headers = { "HX-Request": "true", "X-Person": document.body.dataset.person };
      const answer = await fetch(details.dataset.whole, { headers });
      window.opmeerSignedOut(answer);
      if (answer.status !== 200) throw new Error("nothing to show");
      const html = new DOMParser().parseFromString(await answer.text(), "text/html");
      place.replaceChildren(...html.body.childNodes);
    } catch {
      delete details.dataset.loaded; // tried again at the next opening
      place.textContent = details.dataset.failed;
    }
  };
  form.addEventListener(
    "toggle",
    (event) => {
      const details = event.target;
      if (!details.matches("details[data-article]") || !details.open) return;
      if (!details.dataset.loaded) showWhole(details);
      used(details);
    },
    true,
  );
  let reading = [];
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const open = event.detail.target.querySelectorAll("details[data-article][open]");
    if (open.length) reading = [...open].map((details) => details.dataset.article);
  });
  document.addEventListener("htmx:oobAfterSwap", () => {
    form.querySelectorAll("details[data-article]:not([open])").forEach((details) => {
      if (!reading.includes(details.dataset.article)) return;
      details.dataset.seen = "yes";
      details.open = true;
    });
    reading = [];
  });
  form.addEventListener("click", (event) => {
    const putter = event.target.closest("[data-puts]");
    if (!putter) return;
    const note = byId(putter.dataset.puts);
    note.value = note.value.trim() ? `${note.value.trimEnd()}\n${putter.dataset.text}` : putter.dataset.text;
    used(putter.closest("details"));
    note.focus();
    note.setSelectionRange(note.value.length, note.value.length);
  });

  /* --- Endings ----------------------------------------------------------------------------------------- */
  const openPanel = async (name) => {
    await refresh("ending", name);
    const ending = byId("ending");
    const first =
      ending.querySelector(".end-panel [data-first]") || ending.querySelector(".end-panel select, .end-panel input, [data-main]");
    if (first) first.focus();
    const panel = ending.querySelector(".end-panel");
    if (panel) panel.scrollIntoView({ block: "nearest" });
    touched();
  };
  const closePanel = async () => {
    await refresh("ending", "close_panel");
    const main = byId("ending").querySelector("[data-main]");
    if (main) main.focus();
  };

  /* --- Channel ------------------------------------------------------------------------------------------ */
  form.addEventListener("change", (event) => {
    const target = event.target;
    touched();
    if (target.name === "channel") {
      const panel = form.querySelector('#ending input[name="panel"]');
      if (panel) panel.value = "";
      refresh("shape,scan,answers,ending");
      return;
    }
    if (target.dataset.scanPick !== undefined) {
      if (target.value) refresh("scan", `scan_pick:${target.value}`).then(() => query.focus());
      return;
    }
    if (target.dataset.refreshes) {
      refresh(target.dataset.refreshes).then(() => {
        const next = target.dataset.focus && byId(target.dataset.focus);
        if (next && target.value) next.focus();
      });
    }
  });
  const pressChannel = (key) => {
    const radio = form.querySelector(`input[name="channel"][data-key="${key}"]`);
    if (!radio) return false;
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    query.focus();
    query.select();
    return true;
  };

  /* --- Keys ------------------------------------------------------------------------------------------------ */
  window.opmeerKeys.show("registration");
  document.addEventListener("keydown", (event) => {
    const target = event.target;
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      choosing.then(() => running).then(() => form.querySelector("[data-main]").click());
      return;
    }
    if (event.key === "F2") {
      if (document.querySelector("[data-call-take]")) return; // a call that waits goes first (call.js)
      event.preventDefault();
      const known = hidden("customer").value || hidden("customer_state").value === "unknown";
      (known ? subjectField(0) : query).focus();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.dataset && target.dataset.combo) return void comboKeys(event);
    if (event.key === "Escape" && byId("ending").querySelector(".end-panel") && !document.querySelector("details.menu[open]")) {
      event.preventDefault();
      closePanel();
      return;
    }
    if (event.key === "Enter" && target.name === "channel") {
      event.preventDefault();
      query.focus();
      return;
    }
    if (event.key === "Enter" && target.tagName === "INPUT" && form.contains(target)) {
      event.preventDefault();
      return;
    }
    if (!shortcuts() || isTyping(target)) return;
    const key = window.opmeerKeys.pressed(event, "registration");
    if (/^[0-9]$/.test(key) && pressChannel(key)) {
      event.preventDefault();
    } else if (key === "+") {
      const guard = form.querySelector("[data-guard]");
      if (guard) guard.click();
    } else if (target.closest && target.closest(".ends")) {
      const button = form.querySelector(`.ends [data-letter="${key}"]`);
      if (button) {
        event.preventDefault();
        button.click();
      }
    }
  });

  /* --- Tabs of the customer -------------------------------------------------------------------------------- */
  const showTab = (tab) => {
    tab.parentElement.querySelectorAll('[role="tab"]').forEach((other) => {
      const on = other === tab;
      other.setAttribute("aria-selected", String(on));
      other.tabIndex = on ? 0 : -1;
      byId(other.getAttribute("aria-controls")).hidden = !on;
    });
  };
  const armTabs = () => {
    const second = document.querySelector("#customer-pane [data-second]");
    if (second && !second.dataset.armed) {
      second.dataset.armed = "yes";
      second.hidden = true;
    }
  };
  document.addEventListener("click", (event) => {
    const tab = event.target.closest('#customer-pane [role="tab"]');
    if (tab) showTab(tab);
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.getAttribute("role") !== "tab" || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const tabs = [...event.target.parentElement.querySelectorAll('[role="tab"]')];
    const next = tabs[(tabs.indexOf(event.target) + 1) % tabs.length];
    showTab(next);
    next.focus();
  });
  document.addEventListener("htmx:oobAfterSwap", armTabs);
  armTabs();

  /* --- Autosave: each two seconds when something changed, and when the page is left ------------------------ */
  let isDirty = false;
  let isSaving = false;
  let isLeaving = false;
  let isRefused = false; // the session ended: tried again when the person types or comes back from signing in
  const touched = () => {
    isDirty = true;
    isRefused = false;
  };
  const saveDraft = async () => {
    if (!isDirty || isRefused || isLeaving || !navigator.onLine) return;
    isDirty = false;
    isSaving = true;
    await ask(form.dataset.draftUrl, { target: "#saved", swap: "innerHTML" });
    isSaving = false;
    const address = `${form.dataset.deskUrl}?concept=${hidden("token").value}`;
    if (byId("draft-tabs").querySelector("[aria-current]")) window.history.replaceState(null, "", address);
  };
  document.addEventListener("htmx:sendError", () => {
    isDirty = true;
  });
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.requestConfig.path !== form.dataset.draftUrl) return;
    isDirty = isRefused = true;
    byId("saved").textContent = byId("saved").dataset.not;
  });
  window.addEventListener("focus", () => (isRefused = false));
  window.setInterval(saveDraft, 2000);
  form.addEventListener("submit", () => {
    isLeaving = true;
    window.setTimeout(() => (isLeaving = false), 4000);
  });
  const leave = () => {
    if (!(isDirty || isSaving) || isLeaving) return; // a save under way is broken off
    const typed = new FormData(form);
    typed.set("csrfmiddlewaretoken", window.opmeerToken());
    typed.set("person", document.body.dataset.person);
    navigator.sendBeacon(form.dataset.draftUrl, typed);
    window.sessionStorage.setItem(LEFT, `${Date.now()} ${hidden("token").value} ${hidden("seen").value}`);
  };
  window.addEventListener("beforeunload", (event) => {
    if (isDirty && !isLeaving && (isRefused || !navigator.onLine)) event.preventDefault(); // nowhere to keep it: the browser asks
    leave(); // before the next page is asked for
  });
  window.addEventListener("pagehide", leave); // and where a browser tells no sooner

  /* The draft that was left for this page is kept while this page is made: then its tab comes a moment later. */
  const isLeft = leftToken && Date.now() - leftAt < LEFT_FOR && leftToken !== hidden("token").value;
  if (isLeft && !byId("draft-tabs").querySelector(`[href$="${leftToken}"]`)) {
    window.setTimeout(() => ask(form.dataset.draftUrl, { target: "#saved", swap: "innerHTML" }), 500);
  }

  const showOwnTab = () => {
    const list = byId("draft-tabs");
    const own = list.querySelector("[aria-current]") || list.querySelector(".draft-tabs__tab--new");
    if (own) list.scrollLeft = own.offsetLeft - list.offsetLeft;
  };
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    if (event.detail.target && event.detail.target.id === "draft-tabs") showOwnTab();
  });
  showOwnTab();

  /* --- Where the page begins -------------------------------------------------------------------------------- */
  const summary = byId("error-summary");
  const begun = new URLSearchParams(window.location.search);
  if (summary) {
    summary.focus();
  } else if (begun.has("nieuw")) {
    const radio = form.querySelector('input[name="channel"]:checked');
    if (radio) radio.focus();
  } else if (hidden("customer").value || hidden("customer_state").value) {
    const last = form.querySelectorAll(".question-block").length - 1; // one more question: the hands go on there
    const empty = [subjectField(last), byId(`f-q${last}-text`)].find((one) => !one.value);
    (empty || byId(`f-q${last}-text`)).focus();
  } else {
    query.focus();
  }
})();
