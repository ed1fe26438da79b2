// What axe has against the page as it is shown now, with the element; and the looks of texts whose contrast is clear from now on.
// `rules`: axe's options, or nothing where only contrast is to be judged again.
//
// Two rules take most of axe's time, and are put to it only where they can find something: contrast at texts whose look is not `known`
// to be clear, the size of targets at those that are small or lie under another one. All in one run: half of a run is getting ready.
// In another width of the same page only what follows from measures is judged again, unless other parts are seen than before, or around
// the page other ones than on any page so far.
async ({ known, rules }) => {
  const MEASURES = ["color-contrast", ...(rules ? ["target-size", "scrollable-region-focusable"] : [])];
  const clear = new Set(known), behind = new Map(), looks = new Map();

  // A look is all that contrast follows from: the colour and size of the text, and what shines through of everything it lies on.
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
  // What axe does not judge (switched off, out of sight, over something else) is known only where the same thing stands in the same place.
  const thing = (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return short([look(element), element.outerHTML, x, y, width, height, innerWidth].join(";"));
  };
  const speaks = (element) => element.matches("input:not([type=radio], [type=checkbox], [type=hidden]), textarea") ||
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const shows = (element) => element.checkVisibility() && element.offsetWidth > 1;  // not for screen readers only
  const unclear = new Set([...document.body.querySelectorAll("*:not(svg *, select *)")].filter(
    (element) => speaks(element) && shows(element) && !clear.has(look(element)) && !clear.has(thing(element))));

  // A target is large enough for axe when it has 24 pixels each way and no other one lies on it.
  const tight = () => {
    const widgets = "a, area, button, input, select, textarea, option, summary";
    const targets = [...document.body.querySelectorAll(`${widgets}, [role], [tabindex]`)].filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .map((element) => ({ element, box: element.getBoundingClientRect() })).filter(({ box }) => box.width && box.height);
    const covers = targets.filter(({ element }) => element.matches(`${widgets}, [role][tabindex]:not([role=region], [role=group], [role=log])`));
    const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    return new Set(targets.filter(({ element, box }) => box.width < 24 || box.height < 24 ||
      covers.some((other) => other.element !== element && meet(box, other.box))).map(({ element }) => element));
  };

  const put = (id, elements) => {
    const rule = axe._audit.rules.find((one) => one.id === id);
    const before = rule.before ??= rule.matches;
    rule.matches = (element, ...more) => elements.has(element) && before(element, ...more);
  };
  const passed = new Set(), check = axe._audit.checks["color-contrast"], judge = check.judge ??= check.evaluate;
  check.evaluate = function (element, ...more) {
    const answer = judge.call(this, element, ...more);
    if (answer === true) passed.add(element);
    return answer;
  };
  put("color-contrast", unclear);
  if (rules) put("target-size", tight());

  const seen = (elements, name) => short(elements.map((element) => name(element) +
    (element.checkVisibility({ visibilityProperty: true }) ? element.offsetWidth === 1 ? "h" : "s" : "")).join(";"));
  const own = seen([...document.querySelectorAll("main *")], () => "");
  const around = "around " + seen([...document.querySelectorAll("body *:not(main, main *)")], (element) =>
    element.tagName + element.className + [...element.attributes].map(({ name }) => name) + element.role);
  const whole = rules && !(document.documentElement.judged === own && clear.has(around)) && rules;
  if (whole) document.documentElement.judged = own;

  const violations = !rules && !unclear.size ? [] : (await axe.run(rules ? document : { include: [...unclear] },
    { preload: false, resultTypes: ["violations"], elementRef: true, runOnly: whole || MEASURES })).violations;
  const wrong = new Set(violations.filter(({ id }) => id === "color-contrast").flatMap(({ nodes }) => nodes.map(({ element }) => element)));
  const wrongLooks = new Set([...wrong].map(look));
  const fine = new Set([...passed].map(look).filter((one) => !wrongLooks.has(one)));
  const unjudged = [...unclear].filter((element) => !wrong.has(element) && !fine.has(look(element)));
  return {
    found: violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${id}: ${node.target} ${node.failureSummary}`)),
    clear: [...fine, ...unjudged.map(thing), ...(whole ? [around] : [])],
    width: document.documentElement.scrollWidth,
    window: innerWidth,
  };
}
