/* A file dropped anywhere on the form is the chosen file; without script the field itself takes it. */
(() => {
  "use strict";

  const form = document.querySelector("[data-drop-file]");
  const field = form && form.querySelector("input[type=file]");
  if (!field) return;
  const holds = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  form.addEventListener("dragover", (event) => {
    if (!holds(event)) return;
    event.preventDefault();
    form.classList.add("is-over");
  });
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("is-over");
  });
  form.addEventListener("drop", (event) => {
    form.classList.remove("is-over");
    if (!holds(event) || !event.dataTransfer.files.length) return;
    event.preventDefault();
    const one = new DataTransfer();
    one.items.add(event.dataTransfer.files[0]);
    field.files = one.files;
    field.focus();
  });
})();
