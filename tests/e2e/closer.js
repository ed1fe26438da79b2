// Has axe judge what it takes longest for, only where it can have something against it.
//
// Contrast: every text whose look is not known to be clear; gives the looks that are clear now too. A look is all that contrast follows
// from: the colour and size of the text, and what shines through of everything it lies on. What axe does not judge (switched off, out of
// sight, over something else) is known only where the same thing stands in the same place.
//
// Targets (when `whole`): every one that is less than 24 pixels high or wide, or that another one lies over or next to on the same pixels.
// For all others axe's rule cannot be false: it is false for what is too small, or is left too small by a target that covers a part.
async ({ known, whole }) => {
  const NO_TARGET = "[role=region], [role=group], [role=log], [role=list], [role=status], [role=img], [tabindex]:not(a, area, button, input, select, textarea, summary, [role])";
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
  const tight = () => {
    const inGrid = ":is([role=grid], [role=treegrid]) *";
    const targets = [...document.body.querySelectorAll(`a, area, button, input, select, textarea, option, summary, progress, meter, [role], ${inGrid}, [tabindex]`)]
      .map((element) => ({ element, box: element.getBoundingClientRect() })).filter(({ box }) => box.width && box.height);
    const covers = targets.filter(({ element }) => !element.matches(NO_TARGET));
    const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    return targets.filter(({ element, box }) => box.width < 24 || box.height < 24 ||
      covers.some((other) => other.element !== element && meet(box, other.box))).map(({ element }) => element);
  };
  const texts = [...document.body.querySelectorAll("*:not(svg *, select *)")].filter(
    (element) => speaks(element) && shows(element) && !clear.has(look(element)) && !clear.has(thing(element)));
  const targets = whole ? tight() : [];
  const include = [...new Set([...texts, ...targets])];
  if (!include.length) return { violations: [], clear: [] };
  const values = [...(texts.length ? ["color-contrast"] : []), ...(targets.length ? ["target-size"] : [])];
  const { violations, passes } = await axe.run({ include }, {
    preload: false, resultTypes: ["violations", "passes"], elementRef: true, runOnly: { type: "rule", values } });
  const nodes = (rules, id) => rules.filter((rule) => rule.id === id).flatMap((rule) => rule.nodes);
  const passed = new Set(nodes(passes, "color-contrast").map((node) => look(node.element)));
  const wrong = new Set();
  for (const node of nodes(violations, "color-contrast")) {
    passed.delete(look(node.element));
    wrong.add(node.element);
  }
  violations.flatMap((rule) => rule.nodes).forEach((node) => delete node.element);
  const unjudged = texts.filter((element) => !wrong.has(element) && !passed.has(look(element)));
  return { violations, clear: [...passed, ...unjudged.map(thing)] };
}
