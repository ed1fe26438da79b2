"""Charts as SVG with classes only (no style attributes): numbers in, markup out. A table or words stand beside each chart."""

from __future__ import annotations

import math
from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from organisation import wording
from organisation.chart_places import Run, free_place, outline
from organisation.rounding import beside as beside_target

_END = mark_safe("</g>")


def spark(values: Sequence[float | None], target: float | None, label: str, said: Sequence[str] = ()) -> SafeString:
    """The small line on a tile; a period without data is a gap. `said` has the words of each period, for who hovers or listens."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return mark_safe("")
    low, high = (
        min([*known, *([target] if target is not None else [])]),
        max([*known, *([target] if target is not None else [])]),
    )
    spread = (high - low) or 1.0

    def y(value: float) -> str:
        return f"{32 - 28 * (value - low) / spread:.1f}"

    step = 112 / max(1, len(values) - 1)
    places = [
        (f"{3 + step * index:.1f}", y(value)) if value is not None else None for index, value in enumerate(values)
    ]
    lines, run = [], []
    for place in [*places, None]:
        if place is not None:
            run.append(place)
        elif run:
            lines.append(" ".join(f"{a},{b}" for a, b in run))
            run = []
    last = next(place for place in reversed(places) if place is not None)
    return format_html(
        '<svg class="spark" viewBox="0 0 120 36" role="img" data-chart="spark"><title>{}</title>{}{}<circle class="spark__dot" cx="{}" cy="{}" r="3"/></svg>',
        "\n".join([label, *said]),
        format_html('<line class="spark__norm" x1="0" x2="120" y1="{0}" y2="{0}"/>', y(target))
        if target is not None
        else "",
        format_html_join("", '<polyline class="spark__line" points="{}"/>', ((line,) for line in lines)),
        *last,
    )


def bullet(value: float | None, target: float | None) -> SafeString:
    """A bar from 50 to 100 % with a stripe at the norm; decorative, the figures stand beside it."""
    if value is None:
        return mark_safe("")
    below = target is not None and value < target
    return format_html(
        '<svg class="bullet" viewBox="0 0 160 16" aria-hidden="true" focusable="false">'
        '<rect class="bullet__track" width="160" height="10" y="3" rx="3"/>'
        '<rect class="bullet__bar{}" width="{}" height="10" y="3" rx="3"/>{}</svg>',
        " bullet__bar--below" if below else "",
        f"{_half(value):.1f}",
        format_html('<line class="bullet__norm" x1="{0}" x2="{0}" y1="0" y2="16"/>', f"{_half(target):.1f}")
        if target is not None
        else "",
    )


def _half(value: float) -> float:
    return max(0.0, min(160.0, (value - 50) / 50 * 160))


def stacked(columns: Sequence[tuple[str, Sequence[int], str]], title: str, summary: str) -> SafeString:
    """Stacked columns: (name under it, parts from below, what it says). The second part is hatched. A column without parts is hidden."""
    top = _round_up(max([sum(parts) for _name, parts, _said in columns], default=0))
    wide, floor, roof = 760, 242.0, 18.0
    left = 44 if top < 10_000 else 64  # room for longer numbers
    grid = []
    for index in range(5):
        value = top * index / 4
        grid.append((f"{floor - (floor - roof) * index / 4:.1f}", wording.number(int(value)), left, left - 8))
    slot = (wide - left) / max(1, len(columns))
    width = min(max(34.0, slot * 0.3), slot * 0.6)
    marks = []
    for index, (name, parts, said) in enumerate(columns):
        x, y = left + slot * index + (slot - width) / 2, floor
        marks.append(
            format_html(
                '<g class="chart__point"><title>{}</title><rect class="chart__slot" x="{}" y="{}" width="{}" height="{}"/>',
                said,
                f"{left + slot * index:.1f}",
                roof,
                f"{slot:.1f}",
                floor - roof,
            )
        )
        for number, part in enumerate(parts, start=1):
            height = (floor - roof) * part / top
            if height > 0:
                marks.append(
                    format_html(
                        '<rect class="chart__bar chart__bar--{}" x="{}" y="{}" width="{}" height="{}" rx="1.5"/>',
                        number,
                        f"{x:.1f}",
                        f"{y - height:.1f}",
                        f"{width:.1f}",
                        f"{max(0.5, height - 1.5):.1f}",
                    )
                )
            y -= height
        marks.append(_END)
        is_now = index == len(columns) - 1
        if parts and (index == 0 or is_now):
            marks.append(_text("chart__label", x + width / 2, y - 6, wording.number(sum(parts)), "middle"))
        marks.append(
            _text("chart__axis chart__axis--now" if is_now else "chart__axis", x + width / 2, 260, name, "middle")
        )
    return format_html(
        '<svg class="chart" viewBox="0 0 760 268" role="img" aria-label="{}. {}" data-chart="wide">'
        '<defs><pattern id="hatch" class="chart-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect class="chart-hatch__ground" width="6" height="6"/><line class="chart-hatch__line" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>{}{}</svg>',
        title,
        summary,
        format_html_join(
            "",
            '<line class="chart__grid" x1="{2}" x2="760" y1="{0}" y2="{0}"/><text class="chart__axis" x="{3}" y="{0}" dy="4" text-anchor="end">{1}</text>',
            grid,
        ),
        mark_safe("".join(marks)),  # noqa: S308 - each mark was made by format_html
    )


def bars(columns: Sequence[tuple[str, int, str]], title: str) -> SafeString:
    """How often each of some answers was given: (name under the column, how often, what it says)."""
    wide, floor, most = 640, 180.0, 150.0
    top = max([count for _name, count, _said in columns], default=0) or 1
    slot = wide / max(1, len(columns))
    width = min(slot * 0.7, 90.0)
    marks = []
    for index, (name, count, said) in enumerate(columns):
        middle, height = slot * (index + 0.5), most * count / top
        bar = '<g class="chart__point"><title>{}</title><rect class="chart__bar chart__bar--1" x="{}" y="{}" width="{}" height="{}" rx="3"/></g>'
        marks.append(
            format_html(bar, said, *(f"{one:.1f}" for one in (middle - width / 2, floor - height, width, height)))
        )
        marks.append(_text("chart__label", middle, floor - height - 7, wording.number(count), "middle"))
        marks.append(_text("chart__axis", middle, floor + 24, name, "middle"))
    return format_html(
        '<svg class="chart chart--bars" viewBox="0 0 640 220" role="img" aria-label="{0}" data-chart="wide">'
        '<line class="chart__grid" x1="0" x2="640" y1="{1}" y2="{1}"/>{2}</svg>',
        title,
        f"{floor:.1f}",
        mark_safe("".join(marks)),  # noqa: S308 - each mark was made by format_html
    )


def line(
    points: Sequence[tuple[str, float | None, str]],
    target: float | None,
    label: str,
    above: str,
    unit: str = "",
    beside: float | None = None,
) -> SafeString:
    """A line over periods with the norm as a stripe and the ground above it as a band; below-norm dots are hollow.

    Each point: the name under it, its value, and what it says. `beside` is another stripe, to compare with.
    """
    known = [value for _name, value, _said in points if value is not None]
    if not known:
        return mark_safe("")
    low, high, step = _scale([*known, *(one for one in (target, beside) if one is not None)])
    left, right, floor, roof = 36.0, 380.0, 176.0, 14.0

    def y(value: float) -> float:
        return floor - (floor - roof) * (value - low) / (high - low)

    marks = []
    if target is not None:
        marks.append(
            format_html(
                '<rect class="chart__band" x="36" y="14" width="344" height="{}"/>', f"{max(0.0, y(target) - roof):.1f}"
            )
        )
    for index in range(round((high - low) / step) + 1):
        at = y(low + step * index)
        marks.append(format_html('<line class="chart__grid" x1="36" x2="380" y1="{0}" y2="{0}"/>', f"{at:.1f}"))
        marks.append(_text("chart__axis", 30, at + 4, wording.number(low + step * index), "end"))
    if target is not None:
        marks.append(format_html('<line class="chart__norm" x1="36" x2="380" y1="{0}" y2="{0}"/>', f"{y(target):.1f}"))
    if beside is not None:
        at = y(beside)
        marks.append(format_html('<line class="chart__beside" x1="36" x2="380" y1="{0}" y2="{0}"/>', f"{at:.1f}"))
    slot = (right - left - 26) / max(1, len(points) - 1)
    places = [(left + 10 + slot * index, value) for index, (_name, value, _said) in enumerate(points)]
    runs: list[list[tuple[float, float]]] = [[]]
    for x, value in places:
        if value is not None:
            runs[-1].append((x, y(value)))
        elif runs[-1]:
            runs.append([])
    runs = [run for run in runs if run]
    for run in runs:
        drawn = " ".join(f"{x:.1f},{at:.1f}" for x, at in run)
        marks.append(format_html('<polyline class="chart__line" points="{}"/>', drawn))
    stripes: list[Run] = [[(left, y(one)), (right, y(one))] for one in (target, beside) if one is not None]
    taken: list[Run] = []
    every = max(1, round(len(points) / 5))
    for index, ((x, value), (name, _value, said)) in enumerate(zip(places, points, strict=True)):
        if value is not None:
            css = "chart__dot chart__dot--below" if target is not None and value < target else "chart__dot"
            marks.append(
                format_html(
                    '<circle class="{}" cx="{}" cy="{}" r="3.5"><title>{}</title></circle>',
                    css,
                    f"{x:.1f}",
                    f"{y(value):.1f}",
                    said,
                )
            )
        if (len(points) - 1 - index) % every == 0:
            marks.append(_text("chart__axis", x, 194, name, "middle"))
    last_x, last = next((place for place in reversed(places) if place[1] is not None), (0.0, None))
    if last is not None:
        rises = len(known) > 1 and known[-2] < last  # the line comes from below: the words stand above it
        over = y(last) - 10 if (rises and y(last) > roof + 16) or y(last) > floor - 24 else y(last) + 18
        last_told = beside_target(last, target)
        shown = wording.points(last_told) if unit else wording.number(round(last_told, 1))
        words = f"{shown}{unit}"
        end = min(last_x + 12, 378)  # right of the dot: further to the left it often lies on a line that falls steeply
        heights = [over, *(y(last) + up for gap in (10, 17, 26, 33, 40, 56) for up in (-gap, gap + 8))]
        around = [(end - aside, at) for aside in (0, 24, 48) for at in heights if roof + 10 <= at <= floor - 4]
        if y(last) < roof + 30:
            around.append((end, roof - 5))  # over the drawing: no line comes there
        place = free_place(around, words, "end", [*runs, *stripes]) or free_place(around, words, "end", runs)
        marks.append(_text("chart__label", *(place or (end, over)), words, "end"))
        taken = outline(place or (end, over), words)
    if target is not None and above and y(target) - roof > 18:
        heights = [27.0, *(y(target) - up for up in (6, 20, 34) if y(target) - up > 27)]
        band = [(x, at) for at in heights for x in (42.0, 86.0, 130.0, 175.0, 220.0, 265.0)]
        place = free_place(band, above, "start", [*runs, *stripes, *taken]) or free_place(band, above, "start", taken)
        marks.append(_text("chart__axis", *(place or band[0]), above, "start"))
    return format_html(
        '<svg class="chart" viewBox="0 0 380 200" role="img" aria-label="{}" data-chart="line">{}</svg>',
        label,
        mark_safe("".join(marks)),  # noqa: S308 - each mark was made by format_html
    )


def _text(css: str, x: float, y: float, text: str, anchor: str) -> SafeString:
    return format_html(
        '<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>', css, f"{x:.1f}", f"{y:.1f}", anchor, text
    )


def _round_up(value: int) -> int:
    """The next number that is easy to read in quarters."""
    if value <= 4:
        return 4
    size = 10 ** (len(str(value)) - 1)
    for step in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10):
        if value <= step * size and step * size % 4 == 0:
            return int(step * size)
    return size * 12 if value <= size * 12 else size * 20


def _scale(values: Sequence[float]) -> tuple[float, float, float]:
    """Low and high end with a little air, and the step between lines: round numbers, at most six of them, shares within 0 to 100."""
    low, high = min(values), max(values)
    spread = high - low
    air = max(0.5, spread * 0.1 if spread > high * 0.02 else high * 0.05)
    bottom, top = max(0.0, low - air), high + air
    if high <= 100:
        top = min(top, 100.0)
    wanted = (top - bottom) / 4
    size = 10.0 ** math.floor(math.log10(wanted))
    step = next(one * size for one in ((1, 2, 2.5, 5, 10) if size >= 10 else (1, 2, 5, 10)) if one * size >= wanted)
    return math.floor(bottom / step) * step, math.ceil(top / step) * step, step
