/* The desk's chats: new lines once, Enter sends, the title says how many wait. Without it the page works by plain posts. */
(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const log = byId("chat-lines");
  const text = byId("chat-text");
  const title = document.title.replace(/^\(\d+\) /, "");
  const down = () => log && (log.scrollTop = log.scrollHeight);
  const place = byId("chat-state-place");
  if (place && byId("chat-state")) place.append(byId("chat-state"));
  down();
  if (text) text.focus();

  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    if (event.detail.target !== log) return;
    event.detail.fragment.querySelectorAll("li[id]").forEach((line) => byId(line.id) && log.contains(byId(line.id)) && line.remove());
  });
  document.addEventListener("htmx:oobAfterSwap", (event) => event.detail.target === log && down());
  document.addEventListener("htmx:afterSwap", () => {
    const tick = byId("chats-tick");
    if (!tick) return;
    const waiting = Number(tick.dataset.waiting);
    document.title = waiting ? `(${waiting}) ${title}` : title;
    if (tick.dataset.state === "closed") keepTyped();
    const form = byId("chat-say");
    const isMine = tick.dataset.mine === "yes";
    if (tick.dataset.mine !== undefined && Boolean(form) !== isMine && !(text && text.value)) window.location.reload();
  });

  /* What was typed when the visitor left goes to the reply of the question (question.js puts it there). */
  const keepTyped = () => {
    const left = byId("chat-left");
    if (!left || !text.value.trim()) return;
    const key = `opmeer-writing ${document.body.dataset.person} ${left.dataset.question.split("/", 3).join("/")}`;
    const others = JSON.parse(window.sessionStorage.getItem(key) || "[]").filter(([id]) => id !== "tekst");
    window.sessionStorage.setItem(key, JSON.stringify([...others, ["tekst", text.value]]));
    text.readOnly = true;
    byId("chat-error").textContent = "";
    left.textContent = left.dataset.words;
  };

  const form = byId("chat-say");
  if (!form) return;
  const newKey = () => [...window.crypto.getRandomValues(new Uint8Array(12))].map((one) => one.toString(16).padStart(2, "0")).join("");
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (text.value.trim() && !text.readOnly) form.requestSubmit();
  });
  document.querySelectorAll("form[data-ends-talk]").forEach((one) =>
    one.addEventListener("submit", (event) => {
      if (!text.value.trim() || one.dataset.asked === text.value) return;
      event.preventDefault();
      one.dataset.asked = text.value;
      byId("chat-error").textContent = text.dataset.unsent;
      text.focus();
    }),
  );
  let sent = "";
  form.addEventListener("htmx:beforeRequest", () => (sent = text.value));
  form.addEventListener("htmx:afterRequest", (event) => {
    delete form.dataset.sent; // the next line may follow at once
    if (event.detail.xhr.status !== 204) return;
    if (text.value.startsWith(sent)) text.value = text.value.slice(sent.length).trimStart(); // what was typed meanwhile stays
    form.elements.namedItem("key").value = newKey();
    byId("chat-error").textContent = "";
    text.focus();
  });
})();
