{% load i18n %}/* The chat of the municipality on a website: <script src="https://…/chat/widget.js" defer></script>. Nothing else is needed. */
(() => {
  "use strict";

  const own = document.currentScript;
  if (!own || window.opmeerChat) return;
  window.opmeerChat = true;
  const origin = new URL(own.src).origin;
  const words = {
    open: own.dataset.open || "{% translate 'Chat with us' %}",
    news: own.dataset.news || "{% translate 'We answered in the chat' %}",
    close: own.dataset.close || "{% translate 'Close the chat' %}",
    title: own.dataset.title || "{% translate 'Chat with the municipality' %}",
  };
  const style = (element, rules) => Object.entries(rules).forEach(([name, value]) => element.style.setProperty(name, value));
  const begin = () => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words.open;
    button.setAttribute("aria-expanded", "false");
    style(button, {
      position: "fixed", "inset-block-end": "1rem", "inset-inline-end": "1rem", "z-index": "2147483000",
      "min-block-size": "3rem", padding: "0 1.25rem", border: "2px solid #fff", "border-radius": "1.5rem",
      background: own.dataset.color || "#0c5f6d", color: "#fff", font: "600 1rem system-ui, sans-serif", cursor: "pointer",
    });
    let frame = null;
    const fit = () => {
      const small = window.innerWidth < 560;
      style(frame, {
        "inset-block-end": small ? "4.5rem" : "5rem", "inset-inline-end": small ? "0" : "1rem",
        "inline-size": small ? "100vw" : "24rem", "block-size": small ? "calc(100dvh - 5rem)" : "min(40rem, calc(100dvh - 7rem))",
        "border-radius": small ? "0" : "0.75rem",
      });
    };
    const show = (open) => {
      if (open && !frame) {
        frame = document.createElement("iframe");
        frame.src = `${origin}/chat/`;
        frame.title = words.title;
        style(frame, { position: "fixed", "z-index": "2147483000", border: "1px solid #8a9aa0", background: "#fff", "max-inline-size": "100vw" });
        document.body.insertBefore(frame, button);
        window.addEventListener("resize", fit);
      }
      fit();
      style(frame, { display: open ? "block" : "none" });
      button.textContent = open ? words.close : words.open;
      button.setAttribute("aria-expanded", String(open));
      if (open) frame.focus();
    };
    button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || button.getAttribute("aria-expanded") !== "true") return;
      show(false);
      button.focus();
    });
    window.addEventListener("message", (event) => {
      if (!frame || event.origin !== origin || event.source !== frame.contentWindow) return;
      if (event.data === "opmeer-chat-news" && button.getAttribute("aria-expanded") !== "true") button.textContent = words.news;
      if (event.data !== "opmeer-chat-close") return;
      show(false);
      button.focus();
    });
    document.body.append(button);
  };
  if (document.body) begin();
  else document.addEventListener("DOMContentLoaded", begin);
})();
