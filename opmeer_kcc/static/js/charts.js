/* Charts: the value under the pointer, and arrow keys from value to value. What it says stands in the <title>s of the drawing: without
   script those are hover texts. The table beside each chart holds the same values. Positions are SVG attributes, never styles. */
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const words = document.currentScript.dataset;
  const make = (name, attributes = {}) => {
    const element = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    return element;
  };
  const spoken = document.createElement("p");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  document.body.append(spoken);
  const say = (text) => (spoken.textContent = text.replaceAll("\n", ", "));
  const step = (key, at, last) => ({ ArrowRight: Math.min(last, at + 1), ArrowLeft: Math.max(0, at - 1), Home: 0, End: last })[key];

  /* Where a value lies: the middle of the top of its mark, in the drawing's own units. */
  const placed = (mark, text) => {
    const { x, y, width } = mark.getBBox();
    return { mark, text, x: x + width / 2, y, half: width / 2 };
  };
  /* The small line of a tile has one title with a line per period; its places are the corners of the line. */
  const ofSpark = (svg, [, ...lines]) => {
    const corners = [...svg.querySelectorAll("polyline")].flatMap((line) => [...line.points]);
    return lines.flatMap((text, index) => {
      const x = 3 + (112 * index) / Math.max(1, lines.length - 1);
      const corner = corners.find((one) => Math.abs(one.x - x) < 0.2);
      return corner ? [{ text, x: corner.x, y: corner.y }] : [];
    });
  };

  const ready = (svg) => {
    const kind = svg.dataset.chart;
    const isSpark = kind === "spark";
    const isSmall = isSpark || kind === "row"; // only for the pointer: the words stand beside it
    let values = null;
    let at = -1;
    let tip = null;
    const prepare = () => {
      if (values) return;
      const titles = [...svg.querySelectorAll(isSpark ? ":scope > title" : ":scope * > title")];
      values = isSpark
        ? ofSpark(svg, titles[0].textContent.split("\n"))
        : titles.map((title) => placed(title.parentNode, title.textContent));
      if (isSpark) svg.setAttribute("aria-label", titles[0].textContent.replaceAll("\n", ", "));
      titles.forEach((title) => title.remove()); // else the browser shows its own text over ours
    };
    const hide = () => {
      if (tip) tip.remove();
      if (at >= 0 && values[at].mark) values[at].mark.classList.remove("is-on");
      tip = null;
      at = -1;
    };
    const show = (index) => {
      if (index === at) return;
      hide();
      const value = values[index];
      if (!value) return;
      at = index;
      if (value.mark) value.mark.classList.add("is-on");
      const { x, y, width, height } = svg.viewBox.baseVal;
      const real = svg.getBoundingClientRect();
      const unit = Math.max(width / real.width, height / real.height); // of the drawing, per pixel
      tip = make("g", { class: "chart-tip", "aria-hidden": "true" });
      const text = make("text", { class: "chart-tip__text", x: 8, y: 2 });
      value.text.split("\n").forEach((line, number) => {
        const row = make("tspan", { x: 8, dy: 16, class: number ? "" : "chart-tip__first" });
        row.textContent = line;
        text.append(row);
      });
      tip.append(text);
      svg.append(tip);
      const box = text.getBBox();
      const [wide, high] = [box.width + 16, box.height + 10];
      tip.prepend(make("rect", { width: wide, height: high, rx: 4 }));
      const most = Math.max(x, x + width - wide * unit);
      let left = isSpark ? x + width - wide * unit : Math.min(most, Math.max(x, value.x - (wide * unit) / 2));
      let top = isSmall ? y - high * unit : value.y - (high + 8) * unit;
      if (top < y && !isSmall) {
        const gap = value.half + 8 * unit; // no room above: beside it
        top = Math.min(value.y, y + height - high * unit);
        left = value.x + gap + wide * unit < x + width ? value.x + gap : value.x - gap - wide * unit;
      }
      tip.setAttribute("transform", `translate(${left} ${top}) scale(${unit})`);
    };
    const nearest = (event) => {
      const here = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      const far = (one) => Math.abs(one.x - here.x) + (kind === "plan" ? 4 * Math.abs(one.y + 8 - here.y) : 0);
      return values.reduce((best, one, index) => (best < 0 || far(one) < far(values[best]) ? index : best), -1);
    };
    const point = (event) => {
      prepare();
      if (values.length) show(nearest(event));
    };
    svg.addEventListener("pointermove", point);
    svg.addEventListener("pointerdown", point);
    svg.addEventListener("pointerleave", hide);
    if (isSmall) return;

    /* A drawing with links in it is stepped through from the frame around it, which can already have focus. */
    const host = kind === "plan" ? svg.closest("[tabindex]") : svg;
    if (!host) return;
    if (host === svg) {
      svg.setAttribute("tabindex", "0");
      svg.setAttribute("role", "application");
      svg.setAttribute("aria-roledescription", words.chart);
    }
    host.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (event.key === "Escape" && at >= 0) {
        event.stopPropagation();
        hide();
      }
      prepare();
      const from = at < 0 && event.key === "ArrowRight" ? -1 : at < 0 ? values.length : at;
      const next = step(event.key, from, values.length - 1);
      if (next === undefined || !values.length) return;
      event.preventDefault();
      show(next);
      say(values[next].text);
      if (values[next].mark) values[next].mark.scrollIntoView({ block: "nearest", inline: "nearest" });
    });
    host.addEventListener("focusout", hide);
    host.addEventListener("focusin", () => host === svg && host.matches(":focus-visible") && say(words.hint));
  };
  document.querySelectorAll("svg[data-chart]").forEach(ready);

  /* A heat map is a table: the arrows go from cell to cell, its row and column light up. */
  document.querySelectorAll("table.heat").forEach((table) => {
    const host = table.closest("[tabindex]");
    const rows = [...table.tBodies[0].rows];
    const hours = [...table.tHead.rows[0].cells];
    let [row, column] = [-1, -1];
    const light = (on) => {
      if (row < 0) return;
      [rows[row].cells[column], rows[row].cells[0], hours[column]].forEach((cell) => cell.classList.toggle("is-on", on));
    };
    const go = (toRow, toColumn) => {
      light(false);
      [row, column] = [toRow, toColumn];
      light(true);
    };
    const off = () => go(-1, -1);
    table.addEventListener("pointerover", (event) => {
      const cell = event.target.closest("td.heat__cell");
      if (cell) go(rows.indexOf(cell.parentNode), cell.cellIndex);
      else off();
    });
    table.addEventListener("pointerleave", off);
    if (!host) return;
    host.addEventListener("focusout", off);
    host.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !rows.length) return;
      const down = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const across = step(event.key, Math.max(0, column - 1), hours.length - 2);
      if (down === undefined && across === undefined) return;
      event.preventDefault();
      if (row < 0) go(0, 1);
      else if (down) go(Math.min(rows.length - 1, Math.max(0, row + down)), column);
      else go(row, across + 1);
      const cell = rows[row].cells[column];
      const day = rows[row].cells[0].querySelector("abbr");
      cell.scrollIntoView({ block: "nearest", inline: "nearest" });
      say(`${day ? day.title : rows[row].cells[0].textContent} ${hours[column].textContent}: ${cell.textContent}`);
    });
  });

  /* On paper nothing opens: the tables of the charts stand open there. */
  const tables = document.querySelectorAll("details.figures-table");
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...tables].filter((one) => !one.open);
    opened.forEach((one) => (one.open = true));
  });
  window.addEventListener("afterprint", () => opened.forEach((one) => (one.open = false)));
})();
