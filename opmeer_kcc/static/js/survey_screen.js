/* A screen at the exit: who walks away half-way leaves nothing behind for the next visitor. */
(() => {
  "use strict";
  const SECONDS = 60;
  const again = document.querySelector("[data-begin-again]");
  let timer = 0;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => again && location.replace(again.href), SECONDS * 1000);
  };
  ["input", "pointerdown", "keydown", "scroll"].forEach((name) => document.addEventListener(name, wait, { passive: true }));
  wait();
})();
