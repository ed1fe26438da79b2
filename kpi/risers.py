"""Which subjects are asked most and which rise: the same for the dashboard and for a report (no queries)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from kpi import words
from kpi.periods import DAY, MONTH, QUARTER, WEEK, YEAR, Period
from kpi.reading import Answer
from organisation import wording
from organisation.snapshot import Organisation

if TYPE_CHECKING:
    from organisation.models import Subject

PERIODS: Final = {MONTH: 5, QUARTER: 2, YEAR: 2}
"""This period and those before it that it is measured against; of weeks, days and dates five."""
RISING: Final = 5


@dataclass(frozen=True)
class Rise:
    """A subject in this period; `more` than usual, also as a part."""

    subject: Subject
    count: int
    more: int
    part: str


def line(period: Period) -> tuple[Period, ...]:
    """The periods to ask for, this one last."""
    return period.run_up(PERIODS.get(period.kind, 5))


def rises(answer: Answer, last: int, house: Organisation, least: int) -> list[Rise]:
    """Every subject that was asked `least` times or more; `last` is the place of this period in the line."""
    now: dict[int, int] = {}
    before: dict[int, int] = {}
    for (_code, bucket, key), tally in answer.items():
        if key and int(key) in house.subjects:
            counts = now if bucket == last else before
            counts[int(key)] = counts.get(int(key), 0) + tally.denominator
    rows = []
    for pk, count in now.items():
        if count >= least:
            usual = before.get(pk, 0) / max(1, last)
            more = count - round(usual)
            part = wording.percent(more / usual, 0) if usual >= 1 else _("new")
            rows.append(Rise(house.subjects[pk], count, more, part))
    return rows


def rising(rows: Sequence[Rise]) -> list[Rise]:
    """Those with more than usual, the strongest first."""
    up = [row for row in rows if row.more > 0]
    return sorted(up, key=lambda row: (-row.more, -row.count, row.subject.name))[:RISING]


def most(rows: Sequence[Rise], count: int) -> list[Rise]:
    """Those that were asked most."""
    return sorted(rows, key=lambda row: (-row.count, row.subject.name))[:count]


def against(kind: str, count: int) -> str:
    """`vergeleken met het kwartaal ervoor`, `vergeleken met de 4 weken ervoor`."""
    if count != 1:
        return _("compared with the %(periods)s before") % {"periods": words.some_periods(kind, count)}
    alone = {
        DAY: _("compared with the day before"),
        WEEK: _("compared with the week before"),
        MONTH: _("compared with the month before"),
        QUARTER: _("compared with the quarter before"),
        YEAR: _("compared with the year before"),
    }
    return alone.get(kind, _("compared with the period before"))
