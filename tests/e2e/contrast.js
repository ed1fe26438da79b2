// Has axe judge the contrast of every text whose look is not known to be clear: gives what is wrong, and the looks that are clear now.
// A look is all that contrast follows from: the colour and size of the text, and what shines through of everything it lies on.
// What axe does not judge (switched off, out of sight, over something else) is known only where the same thing stands in the same place.
async (known) => {
  const clear = new Set(known), behind = new Map(), looks = new Map();
  const stack = (element) => {
    if (!element) return "";
    if (!behind.has(element)) {
      const s = getComputedStyle(element);
      const own = [s.backgroundColor, s.backgroundImage, s.opacity, s.filter, s.mixBlendMode, s.position === "static" ? "" : s.position].join();
      behind.set(element, own === "rgba(0, 0, 0, 0),none,1,none,normal," ? stack(element.parentElement) : own + "|" + stack(element.parentElement));
    }
    return behind.get(element);
  };
  const short = (text) => {  // two hashes of 32 bits
    let a = 0x811c9dc5, b = 5381;
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      a = Math.imul(a ^ c, 0x01000193);
      b = Math.imul(b, 33) + c | 0;
    }
    return (a >>> 0).toString(36) + (b >>> 0).toString(36);
  };
  const look = (element) => {
    if (!looks.has(element)) {
      const s = getComputedStyle(element);
      looks.set(element, short([s.color, s.fontSize, s.fontWeight, s.textShadow, s.webkitTextFillColor, stack(element)].join(";")));
    }
    return looks.get(element);
  };
  const thing = (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return short([look(element), element.outerHTML, x, y, width, height, innerWidth].join(";"));
  };
  const speaks = (element) => element.matches("input:not([type=radio], [type=checkbox], [type=hidden]), textarea") ||
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const shows = (element) => element.checkVisibility() && element.offsetWidth > 1;  // not for screen readers only
  const include = [...document.body.querySelectorAll("*:not(svg *, select *)")].filter(
    (element) => speaks(element) && shows(element) && !clear.has(look(element)) && !clear.has(thing(element)));
  if (!include.length) return { violations: [], clear: [] };
  const { violations, passes } = await axe.run({ include }, {
    preload: false, resultTypes: ["violations", "passes"], elementRef: true, runOnly: { type: "rule", values: ["color-contrast"] } });
  const passed = new Set(passes.flatMap((rule) => rule.nodes.map((node) => look(node.element))));
  const wrong = new Set();
  for (const node of violations.flatMap((rule) => rule.nodes)) {
    passed.delete(look(node.element));
    wrong.add(node.element);
    delete node.element;
  }
  const unjudged = include.filter((element) => !wrong.has(element) && !passed.has(look(element)));
  return { violations, clear: [...passed, ...unjudged.map(thing)] };
}
