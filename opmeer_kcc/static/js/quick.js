/* Quick reports on a phone: kept on the phone first, then sent, each exactly once. Without it the form works by a plain post. */
(() => {
  "use strict";

  const form = document.getElementById("snel");
  if (!form || !window.indexedDB || !window.fetch || !window.snelSend) return;
  const byId = (id) => document.getElementById(id);
  const field = (name) => form.elements.namedItem(name);
  const words = form.dataset;
  const SIDE = 1600;
  const AGAIN = 15_000;
  const SHOWN_FOR = 12 * 3600 * 1000;
  let person = words.person || "";
  let photos = [];

  const { FIELDS, put, drop, get, reports, alone, waitingOf } = window.snelSend;

  /* --- The form ------------------------------------------------------------------------------------------ */
  const typed = () => ({ ...Object.fromEntries(FIELDS.map((name) => [name, field(name).value])), solved: field("solved").checked });
  const isEmpty = (values) => !photos.length && ["text", "place", "name", "phone", "email", "lat"].every((name) => !values[name].trim());
  const fill = (values, kept) => {
    FIELDS.forEach((name) => (field(name).value = values[name] || ""));
    if (!field("channel").value) field("channel").selectedIndex = 0;
    if (field("subject").selectedIndex < 0) field("subject").selectedIndex = 0;
    field("solved").checked = Boolean(values.solved);
    photos = kept || [];
    byId("snel-wie").open = Boolean(values.name || values.phone || values.email);
    showPhotos();
    showPlace();
    askKnown(values.customer);
  };
  let later = 0;
  const keepTyping = () => {
    window.clearTimeout(later);
    const values = typed();
    const draft = isEmpty(values) ? null : { name: "draft", owner: person, values, photos };
    return (draft ? put("facts", draft) : drop("facts", "draft")).catch(() => {});
  };
  const soonKept = () => {
    window.clearTimeout(later);
    later = window.setTimeout(keepTyping, 200);
  };
  form.addEventListener("input", soonKept);
  window.addEventListener("pagehide", keepTyping);
  document.addEventListener("visibilitychange", () => (document.hidden ? keepTyping() : send()));

  /* --- What the page says: above the form, and what is wrong with a field at that field -------------------- */
  const tell = (text, isWrong) => {
    const box = byId("snel-meldt");
    box.dataset.kind = text && (isWrong ? "error" : "ok");
    box.classList.toggle("utrecht-alert--error", Boolean(isWrong));
    box.classList.toggle("utrecht-alert--ok", !isWrong);
    box.lastElementChild.textContent = text;
    if (isWrong) box.scrollIntoView({ block: "nearest" });
  };
  const wrong = (control, text) => {
    const place = control.closest(".utrecht-form-field");
    const id = `${control.id}_error`;
    const old = byId(id);
    if (old) old.remove();
    place.classList.toggle("utrecht-form-field--invalid", Boolean(text));
    control.classList.toggle("utrecht-textbox--invalid", Boolean(text));
    if (!text) {
      control.removeAttribute("aria-invalid");
      if (control.getAttribute("aria-describedby") === id) control.removeAttribute("aria-describedby");
      return;
    }
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", id);
    const said = document.createElement("p");
    said.className = "utrecht-form-field-error-message";
    said.id = id;
    said.setAttribute("role", "alert");
    said.append(byId("snel-meldt").children[1].cloneNode(true), Object.assign(document.createElement("span"), { textContent: text }));
    control.before(said);
  };

  /* --- Photos: made smaller here, which also leaves out what they tell of the place -------------------- */
  const shrunk = async (file) => {
    const picture = await window.createImageBitmap(file, { imageOrientation: "from-image" });
    const factor = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * factor));
    canvas.height = Math.max(1, Math.round(picture.height * factor));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
    return { name: `${file.name.replace(/\.[^.]*$/, "") || "foto"}.jpg`, type: "image/jpeg", data: await blob.arrayBuffer() };
  };
  const preview = async (photo, canvas) => {
    try {
      const picture = await window.createImageBitmap(new Blob([photo.data], { type: photo.type }));
      const side = Math.min(picture.width, picture.height);
      canvas.getContext("2d").drawImage(picture, (picture.width - side) / 2, (picture.height - side) / 2, side, side, 0, 0, canvas.width, canvas.height);
      picture.close();
    } catch {
      canvas.hidden = true;
    }
  };
  const button = (text, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "utrecht-button utrecht-button--subtle utrecht-button--s";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  };
  function showPhotos() {
    const rows = photos.map((photo, index) => {
      const row = document.createElement("li");
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = 96;
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", `${words.photo} ${index + 1}`);
      preview(photo, canvas);
      const remove = button(words.remove, () => {
        photos = photos.filter((one) => one !== photo);
        showPhotos();
        keepTyping();
        byId("files").focus();
      });
      remove.setAttribute("aria-label", `${words.remove}: ${words.photo} ${index + 1}`);
      row.append(canvas, remove);
      return row;
    });
    byId("snel-fotos").replaceChildren(...rows);
  }
  byId("snel-kies").hidden = false;
  byId("files").classList.add("quick-photo__field");
  byId("files").addEventListener("change", async () => {
    const chosen = [...byId("files").files];
    byId("files").value = "";
    wrong(byId("files"), "");
    for (const file of chosen) {
      if (photos.length >= Number(words.most)) {
        wrong(byId("files"), words.many);
        break;
      }
      try {
        photos = [...photos, await shrunk(file)];
      } catch {
        wrong(byId("files"), words.strange);
      }
    }
    showPhotos();
    keepTyping();
  });

  /* --- The place of the phone ------------------------------------------------------------------------------ */
  function showPlace() {
    const metres = field("metres").value;
    const isKnown = Boolean(field("lat").value);
    byId("snel-geen-plek").hidden = !isKnown;
    byId("snel-waar").textContent = isKnown ? words.located.replace("METRES", metres || "?") : "";
  }
  if (navigator.geolocation && window.isSecureContext) {
    byId("snel-plek").hidden = false;
    byId("snel-bepaal").addEventListener("click", () => {
      byId("snel-waar").textContent = words.locating;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          field("lat").value = coords.latitude.toFixed(6);
          field("long").value = coords.longitude.toFixed(6);
          field("metres").value = String(Math.round(coords.accuracy));
          showPlace();
          keepTyping();
        },
        () => {
          byId("snel-waar").textContent = words.notLocated;
        },
        { enableHighAccuracy: true, timeout: 20_000, maximumAge: 30_000 },
      );
    });
    byId("snel-geen-plek").addEventListener("click", () => {
      ["lat", "long", "metres"].forEach((name) => (field(name).value = ""));
      showPlace();
      keepTyping();
      byId("snel-bepaal").focus();
    });
  }

  /* --- Who has the number or address already: offered as long as there is a connection --------------------- */
  let asking = 0;
  async function askKnown(chosen = "") {
    const turn = ++asking;
    const place = byId("snel-bekend");
    place.replaceChildren(Object.assign(document.createElement("input"), { type: "hidden", name: "customer", value: chosen }));
    const { name, phone, email } = typed();
    if (!navigator.onLine || !(phone.trim() || email.trim())) return;
    const headers = { "HX-Request": "true", "X-CSRFToken": token(), "X-Person": person };
    try {
      const answer = await fetch(words.known, { method: "POST", headers, body: new URLSearchParams({ name, phone, email }), redirect: "error" });
      const html = new DOMParser().parseFromString(answer.status === 200 ? await answer.text() : "", "text/html");
      if (turn !== asking || !html.body.querySelector("input")) return;
      place.replaceChildren(...html.body.childNodes);
    } catch {
      return; // the server knows it as well, when the report arrives
    }
    const radio = place.querySelector(`input[value="${window.CSS.escape(chosen)}"]`);
    if (radio) radio.checked = true;
    keepTyping();
  }
  field("name").addEventListener("change", () => askKnown(typed().customer));
  ["phone", "email"].forEach((name) => field(name).addEventListener("change", () => askKnown()));

  /* --- Saving: on the phone first ---------------------------------------------------------------------------- */
  const newKey = () => [...window.crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  async function save() {
    const values = typed();
    if (!values.text.trim()) {
      tell("");
      wrong(field("text"), words.empty);
      field("text").focus();
      return;
    }
    wrong(field("text"), "");
    wrong(byId("files"), "");
    const report = { key: newKey(), owner: person, savedAt: Date.now(), state: "kept", values, photos };
    try {
      await put("reports", report);
    } catch {
      tell(words.full, true);
      return;
    }
    fill({ channel: values.channel, place: "", text: "" });
    await keepTyping();
    tell(words.saved);
    field("text").focus();
    await show();
    send();
    askSync();
  }

  /* --- Where the browser can: its worker sends when there is a connection again, also after this page was closed ------ */
  async function askSync() {
    try {
      const worker = await navigator.serviceWorker.ready;
      if (worker.sync) await worker.sync.register("snel");
    } catch {
      /* it goes when the page is opened again */
    }
  }

  /* --- Sending: one at a time, by whoever saved it; the server knows a key that came before -------------------- */
  const token = () => {
    const cookie = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
    const own = field("csrfmiddlewaretoken");
    return cookie ? decodeURIComponent(cookie[1]) : own ? own.value : "";
  };
  const sendOne = (report) => window.snelSend.sendOne(report, form.action, token(), words.big);
  let again = 0;
  let sending = "";
  const sendAll = async () => {
    window.clearTimeout(again);
    const waiting = await waitingOf(person);
    let came = "sent";
    for (const report of waiting) {
      sending = report.key;
      await show();
      came = await sendOne(report);
      sending = "";
      if (came === "signed-out" || came === "later") break;
    }
    await show();
    byId("snel-uit").hidden = came !== "signed-out";
    if (waiting.length && came === "sent") tell(words.sent);
    if (came === "refused") tell(words.refused, true);
    if (came === "later" || came === "signed-out") again = window.setTimeout(send, AGAIN);
  };
  let running = Promise.resolve();
  function send() {
    running = running.then(() => alone(sendAll)).catch(() => {});
    return running;
  }

  /* --- What is on this phone --------------------------------------------------------------------------------------- */
  const BADGES = { kept: "warning", sending: "active", sent: "success", refused: "danger" };
  const line = (report) => {
    const state = report.key === sending ? "sending" : report.state;
    const row = document.createElement("li");
    row.className = "visit quick-report";
    row.dataset.state = state;
    const main = document.createElement("span");
    main.className = "visit__main";
    const title = document.createElement(report.number ? "a" : "strong");
    title.textContent = report.number || report.values.text.slice(0, 60);
    if (report.number) title.href = report.address;
    const small = document.createElement("span");
    small.className = "small muted";
    small.textContent = report.reason || new Date(report.savedAt).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    main.append(title, small);
    const badge = document.createElement("span");
    badge.className = `utrecht-status-badge utrecht-status-badge--${BADGES[state]}`;
    badge.textContent = words[state];
    row.append(main, badge);
    if (state === "refused") {
      const change = button(words.change, async () => {
        if (!isEmpty(typed())) return;
        fill(report.values, report.photos);
        await keepTyping();
        await drop("reports", report.key);
        await show();
        field("text").focus();
      });
      const away = button(words.throw, async () => {
        if (away.dataset.asked) {
          await drop("reports", report.key);
          await show();
          field("text").focus();
        } else {
          away.dataset.asked = "yes";
          away.textContent = words.sure;
        }
      });
      const acts = document.createElement("span");
      acts.className = "row";
      acts.append(change, away);
      row.append(acts);
    }
    return row;
  };
  async function show() {
    const all = await reports();
    const own = all.filter((one) => one.owner === person).sort((one, other) => other.savedAt - one.savedAt);
    const others = all.filter((one) => one.owner !== person && one.state !== "sent").length;
    byId("snel-lijst").replaceChildren(...own.map(line));
    byId("snel-anderen").hidden = !others;
    byId("snel-anderen").textContent = words.others.replace("COUNT", others);
    byId("snel-staat").hidden = !own.length && !others;
  }

  /* --- Beginning ------------------------------------------------------------------------------------------------------- */
  const connection = () => {
    byId("snel-offline").hidden = navigator.onLine;
    if (navigator.onLine) send();
  };
  if (navigator.serviceWorker) navigator.serviceWorker.addEventListener("message", (event) => event.data === "snel" && show());
  window.addEventListener("online", connection);
  window.addEventListener("offline", connection);
  const begin = async () => {
    if (person) await put("facts", { name: "person", value: person });
    else person = ((await get("facts", "person")) || {}).value || "";
    for (const report of await reports()) {
      if (person && !report.owner) await put("reports", { ...report, owner: person });
      if (report.state === "sent" && report.savedAt < Date.now() - SHOWN_FOR) await drop("reports", report.key);
    }
    const draft = await get("facts", "draft");
    if (draft && draft.owner === person && isEmpty(typed())) fill(draft.values, draft.photos);
    await show();
    connection();
  };
  begin().catch(() => {});
  if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
  if (navigator.serviceWorker) navigator.serviceWorker.register(words.worker).catch(() => {});
})();
