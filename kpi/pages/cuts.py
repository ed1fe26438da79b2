"""One figure cut by day, team, channel or hour, as tables."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from contacts.models import ServiceNorm
from kpi import words
from kpi.measures.base import SHARE, Measure, Tally
from kpi.periods import DATES, MONTH, WEEK, Period, between, period_of
from kpi.shares import hidden_in_groups, hidden_of, hidden_words, instead_of, is_few
from kpi.target import meets, value_of
from kpi.words import shown as value_words
from organisation import charts, wording
from organisation.addresses import address


class Cell(NamedTuple):
    """One part of a figure, with the norm that its own page is judged by."""

    name: str
    query: str
    """Of its own page; empty when it has none."""
    tally: Tally
    norm: ServiceNorm | None


@dataclass(frozen=True)
class Line:
    """One row of a table: a day, a team, a channel."""

    name: str
    href: str
    count: str
    hits: str
    bar: SafeString | str
    value: str
    is_met: bool | None
    icon: str = ""
    is_hidden: bool = False


def parts_of(period: Period) -> tuple[list[Period], str]:
    """The days of a short period, the weeks or months of a longer one."""
    if period.days <= 31:
        return [between(day, day) for day in period.all_days()], _("day")
    kind, word = (WEEK, _("week")) if period.days <= 92 else (MONTH, _("month"))
    parts = []
    first = period.first
    while first <= period.last:
        whole = period_of(kind, first)
        last = min(whole.last, period.last)
        parts.append(whole if (whole.first, whole.last) == (first, last) else Period(DATES, first, last))
        first = last + timedelta(days=1)
    return parts, word


def part_name(part: Period, today: date) -> str:
    return wording.day(part.first, today) if part.days == 1 else words.period_name(part, today)


def summed(answer: Mapping[tuple[str, int, str], Tally]) -> dict[str, Tally]:
    found: dict[str, Tally] = {}
    for (_code, _bucket, key), one in answer.items():
        found[key] = found.get(key, Tally()) + one
    return dict(sorted(found.items(), key=lambda pair: -pair[1].denominator))


def by_quarter(answer: Mapping[tuple[str, int, str], Tally]) -> dict[int, Tally]:
    """Quarters of an hour since local midnight, in their order."""
    return {int(key): one for (_code, _bucket, key), one in sorted(answer.items(), key=_quarter) if key}


def _quarter(cell: tuple[tuple[str, int, str], Tally]) -> int:
    return int(cell[0][2] or -1)


def by_hour(quarters: Mapping[int, Tally]) -> dict[int, Tally]:
    found: dict[int, Tally] = {}
    for quarter, one in quarters.items():
        found[quarter // 4] = found.get(quarter // 4, Tally()) + one
    return found


def hidden_quarters(quarters: Mapping[int, Tally]) -> list[bool]:
    """Which quarters of an hour are hidden from who sees aggregates only: the hours stand beside them, so none may follow from its hour."""
    hours = by_hour(quarters)
    hidden = hidden_of([one.denominator for one in hours.values()])
    hidden_hours = {hour for hour, is_hidden in zip(hours, hidden, strict=True) if is_hidden}
    within = hidden_in_groups([one.denominator for one in quarters.values()], [quarter // 4 for quarter in quarters])
    return [is_hidden or quarter // 4 in hidden_hours for quarter, is_hidden in zip(quarters, within, strict=True)]


def quarter_name(quarter: int) -> str:
    """`9:15–9:30`."""
    return "–".join(f"{at // 4}:{at % 4 * 15:02d}" for at in (quarter, quarter + 1))


def lines_of(
    measure: Measure,
    cells: Iterable[Cell],
    small: bool,
    *levels: Sequence[Hashable],
    hidden: Sequence[bool] = (),
) -> list[Line]:
    """Cells of a table; those that are too small, and what would give them away, are hidden from who sees aggregates only, and the table
    when nothing is left. `levels` and `hidden` as in `instead_of`."""
    filled = [cell for cell in cells if not cell.tally.is_empty]
    said = instead_of(measure, [cell.tally for cell in filled], *levels, hidden=hidden) if small else [""] * len(filled)
    if said is None:
        return []
    page = address("kpi:figure", measure.code)
    return [_line(measure, page, cell, instead) for cell, instead in zip(filled, said, strict=True)]


def _line(measure: Measure, page: str, cell: Cell, instead: str) -> Line:
    one, norm = cell.tally, cell.norm
    value = None if instead else value_of(measure, one)
    return Line(
        name=cell.name,
        href=f"{page}?{cell.query}" if cell.query else "",
        count=instead or wording.number(one.denominator),
        hits="–" if instead else wording.number(one.numerator),
        bar=charts.bullet(value, float(norm.target) if norm else None) if measure.kind == SHARE else "",
        value=value_words(measure, value, norm.target if norm else None),
        is_met=None if value is None or norm is None else meets(measure, one, norm),
        is_hidden=bool(instead),
    )


def by_size(lines: Iterable[Line]) -> list[Line]:
    """Lines that were made the largest first, with what is hidden behind them in the order of the names: its place would tell its size."""
    return sorted(lines, key=lambda line: (line.is_hidden, line.name if line.is_hidden else ""))


def hits_words(measure: Measure, one: Tally, small: bool) -> str:
    """`412 van 471 gesprekken`; hidden when it is too small for who sees aggregates only."""
    if one.is_empty:
        return ""
    return hidden_words(one.denominator) if small and is_few(measure, one) else words.hits_of(measure, one)
