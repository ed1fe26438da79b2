// What axe has against the page as it is shown now, with the element; and the looks of texts whose contrast is clear from now on.
// `rules`: axe's options, or nothing where only contrast is to be judged again. `known`: one text, as thousands of texts are work to hand over.
//
// Two rules take most of axe's time, and are put to it only where they can find something: contrast at texts of which arithmetic cannot say
// that it is enough, and whose look is not `known` to be clear; the size of targets at those that are small and near another one, or lie
// under one. All in one run: half of a run is getting ready.
// A page that is built as one that had no barrier (in another width, for another person) is judged again only by what follows from
// measures: the same elements with the same attributes, of which the same ones are seen and say something; and around it as on some page so far.
async ({ known, rules }) => {
  const MEASURES = ["color-contrast", ...(rules ? ["target-size", "scrollable-region-focusable"] : [])];
  const clear = new Set(known.split(" "));
  const once = (make) => {
    const made = new Map();
    return (key) => {
      if (!made.has(key)) made.set(key, make(key));
      return made.get(key);
    };
  };
  const style = once((element) => getComputedStyle(element));
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

  // Arithmetic is for texts in one plain colour on another, where nothing fades and nothing lies over anything else. Of what stands on a
  // picture axe says nothing either.
  const colour = once((text) => {
    const numbers = (text.match(/-?[\d.]+(e-?\d+)?/g) || []).map(Number);
    if (/^rgba?\(/.test(text)) return [...numbers, 1].slice(0, 4);
    if (/^color\(srgb /.test(text)) return [...numbers.slice(0, 3).map((n) => n * 255), numbers[3] ?? 1];
    return null;
  });
  const over = ([r, g, b, a], under) => [r, g, b].map((n, i) => n * a + under[i] * (1 - a));
  const FADED = "faded", PICTURE = "picture";
  const ground = once((element) => {
    if (!element) return null;
    const s = style(element), under = ground(element.parentElement);
    if (under === FADED || s.opacity !== "1" || s.filter !== "none" || s.mixBlendMode !== "normal") return FADED;
    const own = colour(s.backgroundColor);
    if (s.backgroundImage !== "none") return PICTURE;
    if (!own) return null;
    if (own[3] === 1) return own.slice(0, 3);
    if (!under || ["absolute", "fixed", "sticky"].includes(s.position)) return null;
    return under === PICTURE ? PICTURE : over(own, under);
  });
  const brightness = (rgb) => rgb.map((n) => n / 255).map((n) => n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4)
    .reduce((sum, n, i) => sum + n * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (text, under) => {
    const [low, high] = [brightness(over(text, under)), brightness(under)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const least = (element) => {
    const s = style(element), size = parseFloat(s.fontSize);
    return size >= 24 || (size >= 19 && s.fontWeight >= 700) ? 3 : 4.5;
  };
  const isEnough = (element) => {
    const s = style(element), text = colour(s.color), under = ground(element);
    if (!text || !Array.isArray(under) || s.textShadow !== "none" || s.webkitTextFillColor !== s.color) return false;
    return ratio(text, under) >= least(element);
  };
  const isPainted = (element) => style(element).backgroundColor !== "rgba(0, 0, 0, 0)" || style(element).backgroundImage !== "none" ||
    element.matches("img, svg, canvas, video");
  const painted = [...document.body.querySelectorAll("*")].filter((element) => isPainted(element) && element.checkVisibility())
    .map((element) => ({ element, box: element.getBoundingClientRect() }));
  // Text may be wider than its element, or be moved off what its ancestors paint: what counts is where its lines stand. A field shows nothing
  // beside itself.
  const lines = once((element) => {
    const range = document.createRange(), texts = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const boxes = texts.flatMap((text) => (range.selectNodeContents(text), [...range.getClientRects()]));
    return boxes.length ? boxes : [element.getBoundingClientRect()];
  });
  const painter = once((element) => !element || colour(style(element).backgroundColor)?.[3] === 1 ? element : painter(element.parentElement));
  const holds = ({ left, right, top, bottom }, line) =>  // but for the leading around letters, of which nothing is drawn
    line.left >= left - 1 && line.right <= right + 1 && line.top >= top - 4 && line.bottom <= bottom + 4;
  const liesOnItsGround = (element) => {
    const under = painter(element);
    if (!under || under === document.body || under === document.documentElement) return true;  // of the whole window
    const box = under.getBoundingClientRect();
    return lines(element).every((line) => holds(box, line));
  };
  // Whichever of two lies over the other: if the text is clear on both, it is clear where it is seen.
  const isClearOn = (element, other) => {
    const text = colour(style(element).color), own = colour(style(other).backgroundColor), under = ground(other);
    return !!text && own?.[3] === 1 && Array.isArray(under) && !other.matches("img, svg, canvas, video") && ratio(text, under) >= least(element);
  };
  const liesAlone = (element) => {
    const boxes = [element.getBoundingClientRect(), ...lines(element)];
    return !painted.some((one) => boxes.some((box) => meet(one.box, box)) && !one.element.contains(element) && !element.contains(one.element) &&
      !isClearOn(element, one.element));
  };

  // A look is all that contrast follows from: the colour and size of the text, and what shines through of everything it lies on.
  const stack = once((element) => {
    if (!element) return "";
    const s = style(element);
    const own = [s.backgroundColor, s.backgroundImage, s.opacity, s.filter, s.mixBlendMode, s.position === "static" ? "" : s.position].join();
    return own === "rgba(0, 0, 0, 0),none,1,none,normal," ? stack(element.parentElement) : own + "|" + stack(element.parentElement);
  });
  const short = (text) => {  // two hashes of 32 bits
    let a = 0x811c9dc5, b = 5381;
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      a = Math.imul(a ^ c, 0x01000193);
      b = Math.imul(b, 33) + c | 0;
    }
    return (a >>> 0).toString(36) + (b >>> 0).toString(36);
  };
  const look = once((element) => {
    const s = style(element);
    return short([s.color, s.fontSize, s.fontWeight, s.textShadow, s.webkitTextFillColor, stack(element)].join(";"));
  });
  // What axe does not judge (switched off, out of sight, over something else) is known only where the same thing stands in the same place.
  const thing = (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return short([look(element), element.outerHTML, x, y, width, height, innerWidth].join(";"));
  };
  const speaks = (element) => element.matches("input:not([type=radio], [type=checkbox], [type=hidden]), textarea") ||
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const isForReadersOnly = once((element) => !!element && ((element.offsetWidth <= 1 && style(element).overflow !== "visible") || isForReadersOnly(element.parentElement)));
  const shows = (element) => element.checkVisibility() && element.offsetWidth > 1 && !isForReadersOnly(element);
  const unclear = new Set([...document.body.querySelectorAll("*:not(svg *, select *)")].filter((element) => speaks(element) && shows(element) &&
    !(liesAlone(element) && (ground(element) === PICTURE || (isEnough(element) && liesOnItsGround(element)))) && !clear.has(look(element)) && !clear.has(thing(element))));

  // A target is large enough for axe when it has 24 pixels each way, or none comes within a circle of that size around its middle; and when no
  // other one lies on it, or it is the one that lies on the other.
  const tight = () => {
    const WIDGETS = "a, area, button, input, select, textarea, option, summary";
    const HOLDERS = ["region", "group", "radiogroup", "log", "search", "status", "alert"].map((role) => `[role=${role}]`).join();
    const targets = [...document.body.querySelectorAll(`${WIDGETS}, [role]:not(${HOLDERS})`)]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .map((element) => ({ element, box: element.getBoundingClientRect() })).filter(({ box }) => box.width && box.height);
    const covers = targets.filter(({ element }) => element.matches(`${WIDGETS}, [tabindex]`));
    const isSmall = ({ width, height }) => width < 24 || height < 24;
    const middle = ({ left, right, top, bottom }) => [(left + right) / 2, (top + bottom) / 2];
    const distance = ([x, y], { left, right, top, bottom }) => Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
    const isNear = (box, other) => distance(middle(box), other) < 12.5 ||
      (isSmall(other) && Math.hypot(middle(box)[0] - middle(other)[0], middle(box)[1] - middle(other)[1]) < 24.5);
    const inner = ({ left, right, top, bottom }) => ({ left: left + 0.5, right: right - 0.5, top: top + 0.5, bottom: bottom - 0.5 });
    const liesOn = (element, box, other) => {  // known in the window only
      const left = Math.max(box.left, other.left), right = Math.min(box.right, other.right), top = Math.max(box.top, other.top);
      return element.contains(document.elementFromPoint((left + right) / 2, (top + Math.min(box.bottom, other.bottom)) / 2));
    };
    return new Set(targets.filter(({ element, box }) => covers.some((other) => other.element !== element &&
      ((meet(inner(box), other.box) && !(liesOn(element, box, other.box) && !element.contains(other.element))) || (isSmall(box) && isNear(box, other.box)))))
      .map(({ element }) => element));
  };
  const scrolls = () => [...document.body.querySelectorAll("*")].some((element) => /auto|scroll/.test(style(element).overflow) && element.tabIndex < 0 &&
    (element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight));

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
  const small = rules ? tight() : new Set();
  put("color-contrast", unclear);
  if (rules) put("target-size", small);

  const seen = (elements, name) => short(elements.map((element) => name(element) +
    (element.checkVisibility({ visibilityProperty: true }) ? element.offsetWidth === 1 ? "h" : "s" : "")).join(";"));
  const VARIES = /^(href|src|srcset|action|value|content|d|points|data-.*|hx-.*)$/;  // axe asks only whether there is any
  const build = (element) => element.tagName + [...element.attributes].map(({ name, value }) => name + (VARIES.test(name) ? !!value : value)) +
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const own = "own:" + seen([...document.querySelectorAll("main, main *")], build);
  const head = [!!document.title, document.documentElement.lang, document.querySelector("meta[name=viewport]")?.content].join().replaceAll(" ", "");
  const around = "around:" + head + seen([...document.querySelectorAll("body *:not(main, main *)")], (element) =>
    element.tagName + element.className + [...element.attributes].map(({ name }) => name) + element.role);
  const whole = !(clear.has(own) && clear.has(around)) && rules;

  const asks = whole || unclear.size || small.size || (rules && scrolls());
  const violations = !asks ? [] : (await axe.run(rules ? document : { include: [...unclear] },
    { preload: false, resultTypes: ["violations"], elementRef: true, runOnly: whole || MEASURES })).violations;
  const wrong = new Set(violations.filter(({ id }) => id === "color-contrast").flatMap(({ nodes }) => nodes.map(({ element }) => element)));
  const wrongLooks = new Set([...wrong].map(look));
  const fine = new Set([...passed].map(look).filter((one) => !wrongLooks.has(one)));
  const unjudged = [...unclear].filter((element) => !wrong.has(element) && !fine.has(look(element)));
  return {
    found: violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${id}: ${node.target} ${node.failureSummary}`)),
    clear: [...fine, ...unjudged.map(thing), ...(whole && !violations.length ? [own, around] : [])],
    width: document.documentElement.scrollWidth,
    window: innerWidth,
  };
}
