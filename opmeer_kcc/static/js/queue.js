/* The queue by keyboard: J K up and down, Enter opens, Space selects, A gives, D hands over, P takes, 1-6 lists. Works without it. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-queue]");
  const tabs = [...document.querySelectorAll(".tabs > a.tabs__tab")];
  const rows = form ? [...form.querySelectorAll(".queue__row")] : [];
  const boxes = form ? [...form.querySelectorAll('input[name="pick"]')] : [];
  const count = form && form.querySelector("[data-picked]");
  const bar = form && form.querySelector(".bulk");
  const all = form && form.querySelector("[data-pick-all]");
  let at = -1;

  const filters = document.querySelector("details.filters");
  if (filters && window.matchMedia("(max-width: 48rem)").matches) filters.open = false;

  const isTyping = (target) =>
    target.isContentEditable ||
    ["TEXTAREA", "SELECT"].includes(target.tagName) ||
    (target.tagName === "INPUT" && !["checkbox", "radio"].includes(target.type));

  const show = () => {
    let picked = 0;
    boxes.forEach((box, index) => {
      rows[index].classList.toggle("utrecht-table__row--selected", box.checked);
      picked += box.checked ? 1 : 0;
    });
    if (count) count.textContent = `${picked} ${count.dataset.word}`;
    if (bar) bar.classList.toggle("bulk--idle", picked === 0);
    if (all) {
      all.checked = picked > 0 && picked === boxes.length;
      all.indeterminate = picked > 0 && picked < boxes.length;
    }
  };
  const move = (step) => {
    if (!rows.length) return;
    at = Math.max(0, Math.min(rows.length - 1, at + step));
    rows.forEach((row, index) => row.classList.toggle("queue__row--cursor", index === at));
    const link = rows[at].querySelector(".queue__title a");
    link.focus({ preventScroll: true });
    rows[at].scrollIntoView({ block: "nearest" });
  };
  const pickAtCursor = () => {
    if (at < 0) move(1);
    if (boxes[at] && !boxes.some((box) => box.checked)) {
      boxes[at].checked = true;
      show();
    }
    return boxes.some((box) => box.checked);
  };
  /* What the act of a menu needs is asked before it is sent: afterwards nothing is chosen any more. */
  const asks = (menu) =>
    form.querySelectorAll(".bulk__menu input, .bulk__menu select").forEach((field) => {
      field.required = Boolean(menu) && menu.contains(field);
    });
  const send = (act) => {
    asks(null);
    const button = form.querySelector(`button[name="act"][value="${act}"]`);
    form.requestSubmit(button);
  };
  const openMenu = (key) => {
    const menu = form.querySelector(`details[data-key="${key}"]`);
    menu.open = true;
    menu.querySelector("select").focus();
  };

  if (form) {
    if (all) {
      all.hidden = false;
      all.addEventListener("change", () => {
        boxes.forEach((box) => (box.checked = all.checked));
        show();
      });
    }
    form.addEventListener("change", (event) => {
      if (event.target.name === "pick") show();
    });
    form.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) asks(button.closest(".bulk__menu"));
    });
    form.addEventListener("reset", () => window.setTimeout(show));
    /* Enter in a field of a menu does that menu's act, not the first button of the form. */
    form.querySelectorAll(".bulk__menu").forEach((menu) => {
      menu.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || !["INPUT", "SELECT"].includes(event.target.tagName)) return;
        event.preventDefault();
        asks(menu);
        form.requestSubmit(menu.querySelector("button"));
      });
    });
    rows.forEach((row, index) => {
      row.addEventListener("focusin", () => {
        at = index;
        rows.forEach((other, place) => other.classList.toggle("queue__row--cursor", place === at));
      });
    });
    show();
  }

  document.querySelectorAll(".tabs details.menu, .page-head details.menu").forEach((menu) => {
    const field = menu.querySelector("input:not([type=hidden])");
    menu.addEventListener("toggle", () => menu.open && field.focus({ preventScroll: true })); // the tabs would scroll along
  });

  window.opmeerKeys.show("queue");
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && form && !isTyping(event.target) && !document.querySelector("details.menu[open]")) {
      form.reset();
      return;
    }
    if (document.body.dataset.shortcuts !== "on" || isTyping(event.target)) return;
    const key = window.opmeerKeys.pressed(event, "queue");
    const onButton = ["BUTTON", "SUMMARY"].includes(event.target.tagName);
    if (key >= "1" && key <= "6" && tabs[Number(key) - 1]) {
      event.preventDefault();
      window.location.assign(tabs[Number(key) - 1].href);
    } else if (!form) {
      return;
    } else if (key === "j" || key === "k") {
      event.preventDefault();
      move(key === "j" ? 1 : -1);
    } else if (key === " " && !onButton && event.target.type !== "checkbox") {
      event.preventDefault();
      if (at < 0) move(1);
      if (boxes[at]) boxes[at].checked = !boxes[at].checked;
      show();
    } else if (key === "enter" && at >= 0 && event.target === document.body) {
      window.location.assign(rows[at].querySelector(".queue__title a").href);
    } else if ((key === "a" || key === "d") && pickAtCursor()) {
      event.preventDefault();
      openMenu(key);
    } else if (key === "p" && pickAtCursor()) {
      event.preventDefault();
      send("take");
    }
  });
})();
