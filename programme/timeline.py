"""The timeline of the projects as places on a drawing: days in, coordinates out. Knows neither Django nor a database.

The drawing has three columns (names, days, state in words); a project is one row. Units are those of the SVG's viewBox; the
template writes the markup with classes only. What a row says never depends on its colour: each state has a word, a sign and a
pattern.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from programme.timeline_scale import NAMES, WIDTH, WORDS, Scale, Tick, quarters_of, years_of

HEAD: Final = 46.0
GROUP: Final = 34.0
ROW: Final = 42.0
BAR: Final = 14.0
LETTERS: Final = 37
"""So many letters of a name fit on one line."""


@dataclass(frozen=True)
class Step:
    """A milestone: a name, the day it is planned for, the day it was done (if it was), the day it was promised at first."""

    name: str
    planned_on: date
    done_on: date | None = None
    first_planned_on: date | None = None


@dataclass(frozen=True)
class Plan:
    """One project as the timeline needs it."""

    key: str
    name: str
    group: str
    """Name of the pillar; projects of one group come together, in the order in which groups are met."""
    starts_on: date
    ends_on: date
    """The last day."""
    tone: str = "none"
    state: str = ""
    """The light in words."""
    href: str = ""
    steps: tuple[Step, ...] = ()
    waits_for: tuple[str, ...] = ()
    """Keys of the projects that have to be ready before this one can be."""


@dataclass(frozen=True)
class Mark:
    """A milestone on the drawing."""

    x: float
    y: float
    kind: str
    """done, planned or late (should have been done, is not)."""
    step: Step
    shifted_from: float | None = None
    """Where it stood at first, when it was moved."""


@dataclass(frozen=True)
class Row:
    """A project on the drawing."""

    plan: Plan
    y: float
    """The middle of the row."""
    lines: tuple[str, ...]
    """The name, on one or two lines."""
    x: float
    width: float
    passed: float
    """How much of the bar stands for days that are over."""
    marks: tuple[Mark, ...]
    is_cut: bool = False
    """The project goes on beyond the drawing."""

    @property
    def top(self) -> float:
        return self.y - ROW / 2

    @property
    def bar_top(self) -> float:
        return self.y - BAR / 2

    @property
    def end(self) -> float:
        return self.x + self.width

    def name_lines(self) -> list[tuple[float, str]]:
        """Baseline and text of each line."""
        return (
            [(self.y + 4.5, self.lines[0])]
            if len(self.lines) == 1
            else [
                (self.y - 3.5, self.lines[0]),
                (self.y + 12.5, self.lines[1]),
            ]
        )


@dataclass(frozen=True)
class Group:
    """The heading of a pillar."""

    name: str
    y: float
    count: int


@dataclass(frozen=True)
class Link:
    """`to` waits for `from_`; tight when it wants to be ready before the other is."""

    path: str
    arrow: str
    from_: Plan
    to: Plan
    is_tight: bool


@dataclass(frozen=True)
class Timeline:
    """Everything the drawing needs."""

    first: date
    last: date
    height: float
    years: list[Tick]
    quarters: list[Tick]
    groups: list[Group]
    rows: list[Row]
    links: list[Link]
    today_x: float | None
    width: float = WIDTH
    names: float = NAMES
    words: float = WORDS
    blocks: list[tuple[Group, list[Row]]] = field(default_factory=list)


def span_of(plans: Iterable[Plan], today: date, most_years: int = 12) -> tuple[date, date]:
    """Whole calendar years around all projects (1 January, 31 December); at most so many, the latest ones win."""
    rows = list(plans)
    first = min((plan.starts_on for plan in rows), default=today).year
    last = max((max([plan.ends_on, *(step.planned_on for step in plan.steps)]) for plan in rows), default=today).year
    last = min(max(first, last), max(first, today.year) + most_years)
    first = max(first, last - most_years + 1)
    return date(first, 1, 1), date(last, 12, 31)


def timeline(plans: Sequence[Plan], *, today: date, first: date | None = None, last: date | None = None) -> Timeline:
    """Places every project between two days (both included); by default whole years around all of them."""
    begin, end = span_of(plans, today)
    begin, end = first or begin, last or end
    scale = Scale(begin, end)
    groups: list[Group] = []
    rows: list[Row] = []
    blocks: list[tuple[Group, list[Row]]] = []
    y = HEAD
    for name in dict.fromkeys(plan.group for plan in plans):
        mine = [plan for plan in plans if plan.group == name]
        group = Group(name, y + GROUP / 2 + 5, len(mine))
        y += GROUP
        block = []
        for plan in mine:
            block.append(_row(plan, y + ROW / 2, scale, today))
            y += ROW
        groups.append(group)
        rows.extend(block)
        blocks.append((group, block))
    return Timeline(
        first=begin,
        last=end,
        height=y + 6,
        years=years_of(scale),
        quarters=quarters_of(scale),
        groups=groups,
        rows=rows,
        links=_links(rows),
        today_x=round(scale.x(today), 1) if begin <= today <= end else None,
        blocks=blocks,
    )


def step_kind(step: Step, today: date) -> str:
    if step.done_on is not None:
        return "done"
    return "late" if step.planned_on < today else "planned"


def next_step(plan: Plan) -> Step | None:
    """The milestone that comes first of those that are not done."""
    return min((step for step in plan.steps if step.done_on is None), key=lambda step: step.planned_on, default=None)


def wrap(name: str, letters: int = LETTERS, most: int = 2) -> tuple[str, ...]:
    """A name on at most two lines, cut between words where that can be; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    rest = " ".join(name.split())
    while rest and len(lines) < most:
        if len(rest) <= letters:
            lines.append(rest)
            rest = ""
        elif len(lines) == most - 1:
            lines.append(rest[: letters - 1].rstrip() + "…")
            rest = ""
        else:
            cut = rest.rfind(" ", 0, letters + 1)
            cut = cut if cut > 0 else letters
            lines.append(rest[:cut].rstrip())
            rest = rest[cut:].lstrip()
    return tuple(lines) or ("",)


def _row(plan: Plan, y: float, scale: Scale, today: date) -> Row:
    x = scale.x(plan.starts_on)
    end = max(scale.x(plan.ends_on + timedelta(days=1)), x + 3)
    until = end if plan.tone == "done" else min(end, max(x, scale.x(today)))
    marks = []
    for step in sorted(plan.steps, key=lambda one: one.done_on or one.planned_on):
        day = step.done_on or step.planned_on
        if not scale.first <= day <= scale.last:
            continue
        was = step.first_planned_on
        moved = was is not None and was != day and scale.first <= was <= scale.last
        marks.append(
            Mark(
                round(scale.x(day), 1),
                y,
                step_kind(step, today),
                step,
                round(scale.x(was), 1) if moved and was is not None else None,
            )
        )
    return Row(
        plan=plan,
        y=y,
        lines=wrap(plan.name),
        x=round(x, 1),
        width=round(end - x, 1),
        passed=round(until - x, 1),
        marks=tuple(marks),
        is_cut=plan.ends_on > scale.last,
    )


def is_tight(before: Plan, after: Plan) -> bool:
    """The one that waits wants to be ready before the other is."""
    return after.ends_on < before.ends_on


def _links(rows: Sequence[Row]) -> list[Link]:
    by_key = {row.plan.key: row for row in rows}
    links = []
    for row in rows:
        for key in row.plan.waits_for:
            before = by_key.get(key)
            if before is None or before is row:
                continue
            links.append(
                Link(
                    path=_path(before, row),
                    arrow=f"M{row.end + 1:.1f} {row.y:.1f}l6-4v8z",
                    from_=before.plan,
                    to=row.plan,
                    is_tight=is_tight(before.plan, row.plan),
                )
            )
    return links


def _path(before: Row, after: Row) -> str:
    """From the end of one bar to the end of the other, along rows and one column at the right of both."""
    turn = max(before.end, after.end) + 11
    return f"M{before.end:.1f} {before.y:.1f}H{turn:.1f}V{after.y:.1f}H{after.end + 4:.1f}"
