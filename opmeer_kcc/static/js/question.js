/* One question: reply, note or conversation in one place; keys R X B, A D P, J K, Ctrl Enter; who else is looking. Works without it. */
(() => {
  "use strict";

  const composer = document.querySelector("[data-composer]");
  const panels = composer ? [...composer.querySelectorAll("[data-tab-panel]")] : [];
  const tabs = composer ? [...composer.querySelectorAll("[data-opens-tab]")] : [];
  let dirty = false;

  const isTyping = (target) =>
    target.isContentEditable ||
    ["TEXTAREA", "SELECT"].includes(target.tagName) ||
    (target.tagName === "INPUT" && !["checkbox", "radio", "button", "submit"].includes(target.type));

  /* --- Tabs --------------------------------------------------------------------------------------- */
  const openTab = (name, focus) => {
    const tab = tabs.find((one) => one.dataset.opensTab === name);
    if (!tab) return;
    tabs.forEach((one) => one.setAttribute("aria-pressed", String(one === tab)));
    panels.forEach((panel) => (panel.hidden = panel.dataset.tabPanel !== name));
    composer.classList.toggle("composer--note", name === "notitie");
    if (focus) {
      const text = panels.find((panel) => panel.dataset.tabPanel === name).querySelector("textarea.composer__text");
      text.focus();
      composer.scrollIntoView({ block: "nearest" });
    }
  };
  if (composer) {
    composer.querySelector("[data-tabs]").hidden = false;
    const first = tabs.some((tab) => tab.dataset.opensTab === composer.dataset.tab) ? composer.dataset.tab : "notitie";
    openTab(first, false);
    composer.addEventListener("click", (event) => {
      const tab = event.target.closest("[data-opens-tab]");
      if (tab) openTab(tab.dataset.opensTab, true);
    });
    const error = composer.querySelector("[data-focus]");
    if (error) error.focus();
  }

  /* --- The fields of the chosen channel; what belongs to another is hidden and not sent ---------------- */
  const via = document.querySelector("[data-via]");
  if (via) {
    const shown = [...composer.querySelectorAll("[data-for-via]")];
    const text = document.getElementById("tekst");
    const most = { service: text.dataset.limitOfService, text: text.dataset.limitOfText, letter: 20000 };
    const fit = () => {
      const beside = via.dataset.viaText; /* text messages, when the talk goes by another service */
      const own =
        { email: "email", letter: "letter", [via.dataset.via]: "service", [beside]: "text" }[via.value] || "hand";
      shown.forEach((part) => {
        part.hidden = !part.dataset.forVia.split(" ").includes(own);
        if (part.tagName === "FIELDSET") part.disabled = part.hidden;
      });
      text.maxLength = Number(most[own] || 50000);
    };
    const all = composer.querySelector("[data-checks]");
    if (all) {
      const copies = [...composer.querySelectorAll(`input[name="${all.dataset.checks}"]`)];
      all.addEventListener("change", () => copies.forEach((one) => (one.checked = all.checked)));
      copies.forEach((one) =>
        one.addEventListener("change", () => (all.checked = copies.every((other) => other.checked))),
      );
    }
    via.addEventListener("change", fit);
    fit(); /* a page that is gone back to keeps the choice that was made */
  }

  /* --- A mail begins with its greeting once somebody begins to write; alone it is no text ---------------- */
  const reply = composer && document.getElementById("tekst");
  const greeting = (reply && reply.dataset.greeting) || "";
  const isGreeted = () => greeting && !reply.value && (!via || via.value === "email");
  if (greeting) {
    const takeBack = () => {
      if (reply.value.trim() === greeting) reply.value = "";
    };
    reply.addEventListener("focus", () => {
      if (!isGreeted()) return;
      reply.value = `${greeting}\n\n`;
      reply.setSelectionRange(reply.value.length, reply.value.length);
    });
    reply.addEventListener("blur", takeBack);
    reply.form.addEventListener("submit", takeBack, true);
  }

  /* --- Text that is not sent yet is not lost by a wrong click, nor by another button of this page ------ */
  const writing = [...document.querySelectorAll("form[data-keeps-text]")].map((form) => ({
    form,
    text: form.querySelector("textarea.composer__text"),
    files: [...form.querySelectorAll("input[type=file]")],
  }));
  const isBegun = ({ text, files }) => text.value !== text.defaultValue || files.some((one) => one.files.length);
  const KEPT = `opmeer-writing ${document.body.dataset.person} ${window.location.pathname.split("/", 3).join("/")}`;
  const left = JSON.parse(window.sessionStorage.getItem(KEPT) || "[]").filter(([id, value]) => {
    const one = writing.find(({ text }) => text.id === id);
    if (!one) return true; // a closed question takes no reply: it stands there again when it is opened again
    if (one.text.value) return false;
    one.text.value = value;
    dirty = true;
    openTab(one.form.dataset.tabPanel, false);
    return false;
  });
  window.sessionStorage.setItem(KEPT, JSON.stringify(left));
  document.addEventListener("submit", (event) => {
    const sent = event.target;
    if (event.defaultPrevented || sent.method !== "post" || !sent.closest("main")) return;
    const others = writing.filter(({ form, text }) => form !== sent && text.value !== text.defaultValue);
    window.sessionStorage.setItem(KEPT, JSON.stringify([...left, ...others.map(({ text }) => [text.id, text.value])]));
    dirty = writing.some(({ form, files }) => form !== sent && files.some((one) => one.files.length)); // files cannot be kept
  });
  writing.forEach(({ form }) => {
    form.addEventListener("input", () => (dirty = writing.some(isBegun)));
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        form.requestSubmit(form.querySelector(".command-bar button"));
      }
    });
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });

  /* --- Templates and text blocks: where the cursor stands, or at the end of what nobody went into -------- */
  const entered = new WeakSet();
  document.addEventListener("focusin", (event) => {
    if (event.target.tagName === "TEXTAREA") entered.add(event.target);
  });
  const putIn = (text, block) => {
    const greets = /,\s*$/.test(block.split("\n", 1)[0]);
    const body = text === reply && isGreeted() && !greets ? `${greeting}\n\n${block}` : block;
    const at = entered.has(text) ? text.selectionStart : text.value.length;
    const before = text.value.slice(0, at).trimEnd();
    const after = text.value.slice(entered.has(text) ? text.selectionEnd : at).trimStart();
    const begin = before ? `${before}\n\n${body}` : body;
    text.value = after ? `${begin.trimEnd()}\n\n${after}` : begin;
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.focus();
    text.setSelectionRange(begin.length, begin.length);
  };
  document.querySelectorAll("form[data-templates]").forEach((chooser) => {
    const fill = async () => {
      const id = chooser.elements.sjabloon.value;
      if (!id) return;
      const headers = { Accept: "application/json", "HX-Request": "true", "X-Person": document.body.dataset.person };
      const answer = await fetch(chooser.dataset.templates.replace(/0\/$/, `${id}/`), { headers });
      window.opmeerSignedOut(answer);
      if (!answer.ok) return;
      putIn(document.getElementById(chooser.dataset.for), (await answer.json()).text);
      chooser.elements.sjabloon.value = "";
    };
    chooser.addEventListener("submit", (event) => {
      event.preventDefault();
      fill();
    });
    chooser.elements.sjabloon.addEventListener("change", fill);
  });

  /* --- Approved templates of a service: the text is begun anew, its open places are dots ------------------ */
  document.querySelectorAll("[data-puts-text]").forEach((button) => {
    button.addEventListener("click", () => {
      const text = document.getElementById("tekst");
      text.value = button.dataset.putsText;
      text.dispatchEvent(new Event("input", { bubbles: true }));
      text.focus();
      const open = text.value.indexOf("…");
      if (open >= 0) text.setSelectionRange(open, open + 1);
    });
  });

  /* --- Answers of the knowledge base, put in the reply ------------------------------------------------- */
  document.querySelectorAll("[data-knowledge]").forEach((menu) => {
    menu.addEventListener("click", async (event) => {
      const button = event.target.closest("[data-puts-short], [data-puts-whole]");
      if (!button) return;
      let body = button.dataset.putsShort;
      if (button.dataset.putsWhole) {
        const headers = { Accept: "application/json", "HX-Request": "true", "X-Person": document.body.dataset.person };
        const answer = await fetch(button.dataset.putsWhole, { headers }).catch(() => null);
        if (answer) window.opmeerSignedOut(answer);
        const failed = button.closest("section").querySelector("[role=alert]");
        failed.textContent = answer && answer.status === 200 ? "" : menu.dataset.failed;
        if (failed.textContent) return;
        body = (await answer.json()).text;
      }
      menu.open = false;
      openTab("antwoord", false);
      putIn(document.getElementById("tekst"), body);
      const said = document.querySelector("[data-inserted]");
      if (said) said.textContent = button.dataset.in || "";
      const form = new URLSearchParams({ csrfmiddlewaretoken: window.opmeerToken(), kind: "inserted" });
      fetch(button.dataset.used, { method: "POST", body: form, headers: { "HX-Request": "true" } }).catch(() => {});
    });
  });

  /* --- Who else looks: said every 20 seconds, and at once when writing begins --------------------------- */
  const place = document.querySelector("[data-heartbeat]");
  if (place) {
    const near = document.querySelector("[data-viewers]");
    let first = true;
    let wasWriting = false;
    const body = (extra) => new URLSearchParams({ csrfmiddlewaretoken: window.opmeerToken(), version: place.dataset.version, ...extra });
    const beat = async () => {
      if (document.hidden && !first) return;
      wasWriting = dirty;
      const extra = { writing: dirty ? "1" : "", first: first ? "1" : "" };
      first = false;
      try {
        const answer = await fetch(place.dataset.heartbeat, { method: "POST", body: body(extra), headers: { "HX-Request": "true", "X-Person": document.body.dataset.person } });
        if (!answer.ok) return;
        const html = new DOMParser().parseFromString(await answer.text(), "text/html");
        const typing = [...html.querySelectorAll(".typing > *, .typing")].filter((one) => one.classList.contains("typing"));
        const notice = html.querySelector(".notice-bar");
        if (near) near.replaceChildren(...typing);
        place.replaceChildren(...(near ? [] : typing), ...(notice ? [notice] : []));
      } catch {
        /* no connection: the page says so by itself */
      }
    };
    beat();
    window.setInterval(beat, 20000);
    document.addEventListener("input", () => {
      if (dirty && !wasWriting) beat();
    });
    window.addEventListener("pagehide", () => navigator.sendBeacon(place.dataset.heartbeat, body({ gone: "1" })));
  }

  /* --- A reply that leaves in some seconds: they run, and then the page shows that it left --------------- */
  document.querySelectorAll("[data-leaves]").forEach((badge) => {
    const until = Date.now() + Number(badge.dataset.leaves) * 1000;
    const words = badge.querySelector("[data-words]");
    const tick = window.setInterval(() => {
      const left = Math.ceil((until - Date.now()) / 1000);
      if (left > 0) {
        words.textContent = left === 1 ? badge.dataset.one : badge.dataset.more.replace("#", left);
      } else if (left > -7) {
        words.textContent = badge.dataset.now;
      } else {
        window.clearInterval(tick);
        const isIdle = !dirty && !isTyping(document.activeElement || document.body) && !document.querySelector("dialog[open]");
        if (isIdle && !new URLSearchParams(window.location.search).has("terug")) window.location.reload();
      }
    }, 1000);
  });

  /* --- Keys -------------------------------------------------------------------------------------------- */
  window.opmeerKeys.show("question");
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const menuForm = event.target.tagName === "SELECT" && event.target.closest("details.menu form");
    if (event.key === "Enter" && menuForm) {
      event.preventDefault(); // as in the queue: a colleague or team, Enter
      menuForm.requestSubmit();
      return;
    }
    /* Out of the text, which stays: the keys of the page work again. */
    if (event.key === "Escape" && event.target.tagName === "TEXTAREA" && !document.querySelector("dialog[open], details.menu[open]")) {
      event.target.blur();
      return;
    }
    if (document.body.dataset.shortcuts !== "on" || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    const key = window.opmeerKeys.pressed(event, "question");
    const tab = { r: "antwoord", x: "notitie", b: "gebeld" }[key];
    if (tab && composer) {
      event.preventDefault();
      openTab(tab, true);
      return;
    }
    const target = /^[adijkp]$/.test(key) ? document.querySelector(`[data-key="${key}"]`) : null;
    if (!target) return;
    event.preventDefault();
    if (target.tagName === "DETAILS") {
      target.open = true;
      (target.querySelector("select") || target.querySelector("button, a")).focus();
    } else {
      target.click();
    }
  });
})();
