/* The place of the device in the public form, when the customer presses for it. Without it the place is written in words. */
(() => {
  "use strict";

  const box = document.getElementById("plek");
  if (!box || !navigator.geolocation || !window.isSecureContext) return;
  const byId = (id) => document.getElementById(id);
  const field = (name) => box.closest("form").elements.namedItem(name);
  const show = () => {
    const isKnown = Boolean(field("lat").value);
    byId("plek-weg").hidden = !isKnown;
    byId("plek-waar").textContent = isKnown ? box.dataset.located.replace("METRES", field("metres").value || "?") : "";
  };
  box.hidden = false;
  show();
  byId("plek-bepaal").addEventListener("click", () => {
    byId("plek-waar").textContent = box.dataset.locating;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        field("lat").value = coords.latitude.toFixed(6);
        field("long").value = coords.longitude.toFixed(6);
        field("metres").value = String(Math.round(coords.accuracy));
        show();
      },
      () => (field("lat").value ? show() : (byId("plek-waar").textContent = box.dataset.notLocated)),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 30_000 },
    );
  });
  byId("plek-weg").addEventListener("click", () => {
    ["lat", "long", "metres"].forEach((name) => (field(name).value = ""));
    show();
    byId("plek-bepaal").focus();
  });
})();
