"""Drawings of the report: a goal's line with its targets, and the timeline in parts that fit a page. Words stand beside each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from programme.reports import words
from programme.timeline import Plan, Step, Timeline, timeline

STYLE: Final = """text{font-family:'Public Sans';font-size:13px;fill:#12201f}.plan__group{font-weight:700;font-size:14px}.plan__year{font-weight:700;font-size:14px}
.plan__quarter{fill:#50605f;font-size:12px}.plan__grid{stroke:#dbe3e3}.plan__grid--year{stroke:#9fb0b1}.plan__rule{stroke:#dbe3e3}.plan__bar{fill:#e9eeee;stroke:#758786}
.plan__passed--ok{fill:#0c5f6d}.plan__passed--done{fill:#758786}.plan__passed--none{fill:#b8c6c7}.plan__link{fill:none;stroke:#50605f;stroke-width:1.2}
.plan__link--tight{stroke:#a9231a;stroke-dasharray:4 3}.plan__arrow{fill:#50605f}.plan__arrow--tight{fill:#a9231a}.plan__step{fill:#fff;stroke:#12201f;stroke-width:1.75}
.plan__step--done{fill:#12201f}.plan__step--late{fill:#fff;stroke:#a9231a;stroke-width:2.5}.plan__was{fill:none;stroke:#758786;stroke-dasharray:2 2}.plan__was-line{stroke:#758786;stroke-dasharray:2 2}
.plan__now{stroke:#a9231a;stroke-width:1.5;stroke-dasharray:3 3}.plan__nowmark{fill:#a9231a}.plan__state{font-weight:600}.plan__state--ok,.plan__sign--ok{fill:#1b6a38}
.plan__state--warn,.plan__sign--warn{fill:#7c4f00}.plan__state--late,.plan__sign--late{fill:#a9231a}.plan__sign--done,.plan__sign--none{fill:#50605f}
.plan__hatch-warn{fill:#d99a2b}.plan__hatch-warn-line{stroke:#7c4f00;stroke-width:2}.plan__hatch-late{fill:#a9231a}.plan__hatch-late-line{stroke:#fff;stroke-width:1.5}
.aim__grid{stroke:#dbe3e3}.aim__target{stroke:#12201f;stroke-width:1.5;stroke-dasharray:5 3}.aim__line{fill:none;stroke:#0c5f6d;stroke-width:2.25}.aim__dot{fill:#0c5f6d}
.aim__base{fill:#fff;stroke:#0c5f6d;stroke-width:2}.aim__ahead{stroke:#0c5f6d;stroke-width:1.75;stroke-dasharray:2 3}.aim__axis{fill:#50605f;font-size:11px}.aim__value,.aim__halo{font-weight:700;font-size:13px}.aim__halo{stroke:#fff;stroke-width:4;stroke-linejoin:round}"""
"""The light colours of the house style: a picture in a PDF knows no stylesheet but its own."""
ON_A_PAGE: Final = 665.0
"""Height of a drawing that fits a landscape page with its heading."""
FLOOR: Final = 128.0
ROOF: Final = 22.0
ROOM: Final = 284.0
"""Of a goal's chart: bottom and top of its plane, and the last place with room for a value to the right."""


def plans(facts: Mapping[str, Any], href: Mapping[str, str] | None = None) -> list[Plan]:
    """The projects of these facts for the timeline."""
    names = {place["key"]: place["name"] for place in facts["places"]}
    return [
        Plan(
            key=one["code"],
            name=one["name"],
            group=names[one["place"]],
            starts_on=date.fromisoformat(one["from"]),
            ends_on=date.fromisoformat(one["until"]),
            tone=words.tone(one["light"], is_done=bool(one["done"])),
            state=words.light(one["light"], is_done=bool(one["done"])),
            href=(href or {}).get(one["code"], ""),
            steps=tuple(
                Step(
                    step["name"],
                    date.fromisoformat(step["due"]),
                    date.fromisoformat(step["done"]) if step["done"] else None,
                    date.fromisoformat(step["first"]),
                )
                for step in one["milestones"]
            ),
            waits_for=tuple(one["needs"]),
        )
        for one in facts["projects"]
    ]


def drawing(plan: Timeline, *, style: str = "", name: str = "") -> SafeString:
    return render_to_string("programme/timeline_svg.html", {"plan": plan, "style": style, "name": name})


def pages_of(rows: Sequence[Plan], today: date) -> list[Timeline]:
    """The timeline in drawings that each fit a page, cut between groups where that can be."""
    whole = timeline(rows, today=today)
    parts: list[list[Plan]] = [[]]
    height = 0.0
    for _group, block in whole.blocks:
        for chunk in [block[start : start + 12] for start in range(0, len(block), 12)]:
            need = 34 + 42 * len(chunk)
            if parts[-1] and height + need > ON_A_PAGE:
                parts.append([])
                height = 0.0
            parts[-1] += [row.plan for row in chunk]
            height += need
    return [timeline(part, today=today, first=whole.first, last=whole.last) for part in parts if part]


def goal_rows(goal: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each measurement in words, oldest first: the same as the drawing."""
    return [(str(name), words.value(float(value), goal["unit"])) for _at, value, name in goal["points"]]


def goal_chart(goal: Mapping[str, Any], *, style: str = "") -> SafeString | None:
    """The measured values, where it began, the target of each year as a stripe, and where the trend leads. None without data."""
    marks = _marks(goal)
    if not marks.points and marks.base is None:
        return None
    plane = _plane(marks)
    said = [f"{name}: {value}" for name, value in goal_rows(goal)]
    return format_html(
        '<svg class="aim" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 152" {}>{}{}{}{}{}{}{}</svg>',
        format_html('role="img" aria-label="{}: {}" data-chart="line"', goal["name"], "; ".join(said))
        if not style
        else "",
        format_html("<style>{}</style>", style) if style else "",
        _grid(plane, goal["unit"]),
        _stripes(marks, plane),
        _trend(marks, plane),
        format_html(
            '<polyline class="aim__line" points="{}"/>', " ".join(f"{plane.x(a)},{plane.y(b)}" for a, b in marks.points)
        )
        if len(marks.points) > 1
        else "",
        format_html('<circle class="aim__base" cx="{}" cy="{}" r="4"/>', plane.x(marks.base[0]), plane.y(marks.base[1]))
        if marks.base and not marks.is_live
        else "",
        _dots(marks, plane, said if not style else [], goal["unit"]),
    )


Place = tuple[float, float]
"""A year and a value."""


@dataclass(frozen=True)
class _Marks:
    """What is drawn of a goal, in years and values."""

    points: Sequence[Place]
    base: Place | None
    targets: Sequence[tuple[int, float]]
    ahead: Place | None
    is_live: bool


def _marks(goal: Mapping[str, Any]) -> _Marks:
    return _Marks(
        points=[(float(x), float(y)) for x, y, _name in goal["points"]],
        base=(float(goal["base_year"]) + 0.5, float(goal["base"])) if goal["base"] is not None else None,
        targets=[(int(year), float(value)) for year, value, _source in goal["targets"]],
        ahead=(float(goal["ahead_year"]) + 1, float(goal["ahead"])) if goal["ahead"] is not None else None,
        is_live=bool(goal["is_live"]),
    )


@dataclass(frozen=True)
class _Plane:
    """Years from left to right and values from below, on the paper of the drawing."""

    left: int
    right: int
    low: float
    high: float
    pad: float
    """Air below the lowest and above the highest value."""

    def x(self, year: float) -> str:
        inside = min(self.right, max(self.left, year))
        return f"{58 + 278 * (inside - self.left) / (self.right - self.left):.1f}"

    def y(self, value: float) -> str:
        return f"{FLOOR - (FLOOR - ROOF) * (value - self.low) / (self.high - self.low):.1f}"


def _plane(marks: _Marks) -> _Plane:
    """As wide as what was measured and promised; of a live goal without the years before it was measured."""
    first = int(marks.points[0][0]) if marks.points else None
    years = [year for year, _value in marks.targets if not marks.is_live or (first is not None and year >= first)]
    xs = [x for x, _y in marks.points] + [float(year + step) for year in years for step in (0, 1)]
    xs += [marks.base[0]] if marks.base and not marks.is_live else []
    xs += [marks.ahead[0]] if marks.ahead else []
    ys = [y for _x, y in marks.points] + [value for _year, value in marks.targets]
    ys += [one[1] for one in (marks.ahead, marks.base) if one is not None]
    left, low, high = int(min(xs or [2000.0])), min(ys), max(ys)
    right = max(left + 1, -int(-max(xs or [2001.0]) // 1))
    pad = (high - low) * 0.15 or max(1.0, abs(high) * 0.1)
    return _Plane(left, right, low - pad, high + pad, pad)


def _grid(plane: _Plane, unit: str) -> SafeString:
    """At most six years below, the lowest and the highest value beside it."""
    step = max(1, -(-(plane.right - plane.left) // 6))
    return format_html(
        "{}{}",
        format_html_join(
            "",
            '<line class="aim__grid" x1="{0}" x2="{0}" y1="16" y2="132"/><text class="aim__axis" x="{0}" y="147" text-anchor="{2}">{1}</text>',
            (
                (plane.x(year), year, "end" if year == plane.right else "middle")
                for year in range(plane.left, plane.right + 1, step)
            ),
        ),
        format_html_join(
            "",
            '<line class="aim__grid" x1="58" x2="336" y1="{0}" y2="{0}"/><text class="aim__axis" x="52" y="{0}" dy="4" text-anchor="end">{1}</text>',
            ((plane.y(value), words.value(value, unit)) for value in (plane.low + plane.pad, plane.high - plane.pad)),
        ),
    )


def _stripes(marks: _Marks, plane: _Plane) -> SafeString:
    """The target of each year."""
    return format_html_join(
        "",
        '<line class="aim__target" x1="{}" x2="{}" y1="{}" y2="{}"/>',
        (
            (plane.x(year), plane.x(year + 1), plane.y(value), plane.y(value))
            for year, value in marks.targets
            if plane.left <= year < plane.right
        ),
    )


def _trend(marks: _Marks, plane: _Plane) -> SafeString | str:
    if not marks.points or marks.ahead is None:
        return ""
    (from_x, from_y), (to_x, to_y) = marks.points[-1], marks.ahead
    return format_html(
        '<line class="aim__ahead" x1="{}" y1="{}" x2="{}" y2="{}"/>',
        plane.x(from_x),
        plane.y(from_y),
        plane.x(to_x),
        plane.y(to_y),
    )


def _dots(marks: _Marks, plane: _Plane, said: Sequence[str], unit: str) -> SafeString | str:
    """Every measurement, and the last value in words; `said` is what each says to a pointer, nothing on paper."""
    if not marks.points:
        return ""
    last_x, last_y = marks.points[-1]
    return format_html(
        '{}<text class="aim__halo" {at}>{value}</text><text class="aim__value" {at}>{value}</text>',
        format_html_join(
            "",
            '<circle class="aim__dot" cx="{}" cy="{}" r="3.5">{}</circle>',
            (
                (plane.x(x), plane.y(y), format_html("<title>{}</title>", said[place]) if said else "")
                for place, (x, y) in enumerate(marks.points)
            ),
        ),
        at=_place_of_value(
            float(plane.x(last_x)),
            float(plane.y(last_y)),
            [float(plane.y(value)) for _at, value in marks.points[-2:-1]],
            [float(plane.y(value)) for year, value in marks.targets if int(last_x) <= year <= int(last_x) + 1],
            (float(plane.x(marks.ahead[0])), float(plane.y(marks.ahead[1]))) if marks.ahead else None,
        ),
        value=words.value(last_y, unit),
    )


def _place_of_value(
    x: float, y: float, before: Sequence[float], targets: Sequence[float], ahead: tuple[float, float] | None
) -> SafeString:
    """Where the last value stands: to the right of its point, off the target and the trend; at the edge on the free side of the line."""
    if x > ROOM:
        below = bool(before) and before[0] < y <= FLOOR - 13
        return format_html('x="{}" y="{}" text-anchor="end"', f"{x:.1f}", f"{y + 17 if below else y - 9:.1f}")
    lines = list(targets)
    if ahead is not None:
        lines.append(y + (ahead[1] - y) * min(1.0, 30 / max(1.0, ahead[0] - x)))
    middle = max((y, y - 11, y + 11), key=lambda at: (_free(at, lines), -abs(at - y)))
    return format_html('x="{}" y="{}" text-anchor="start"', f"{x + 8:.1f}", f"{middle + 4.5:.1f}")


def _free(at: float, lines: Sequence[float]) -> float:
    """How far the nearest line is; more than enough is enough."""
    return min((abs(at - line) for line in lines), default=10.0) if any(abs(at - line) < 10 for line in lines) else 10.0
