"""What is counted for the page of one figure: its trend, its parts, and where it comes from."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date, datetime

from kpi import seasons
from kpi.measures.base import Measure, Tally
from kpi.pages.cuts import by_quarter, parts_of, summed
from kpi.pages.filters import Question
from kpi.pages.tiles import series
from kpi.periods import Period
from kpi.reading import QUARTERS, Ask, read
from kpi.registry import MEASURES
from kpi.scope import Scope

TREND = {"day": 14, "week": 12, "month": 12, "quarter": 8, "year": 3, "dates": 6}
BESIDE = {
    "phone.pickup": ("phone.wait", "phone.given_up", "phone.length", "phone.outside_hours"),
    "phone.direct": ("phone.repeat",),
    "questions.asked": ("contacts.per_question", "transfers.per_question", "transfers.none", "questions.digital"),
    "transfers.none": ("transfers.per_question", "teams.held"),
}
"""Figures that stand beside a figure."""


@dataclass(frozen=True)
class Counted:
    line: tuple[Period, ...]
    trend: list[Tally]
    by_part: list[Tally] = field(default_factory=list)
    by_team: dict[str, Tally] = field(default_factory=dict)
    by_channel: dict[str, Tally] = field(default_factory=dict)
    quarters: dict[int, Tally] = field(default_factory=dict)
    beside: dict[str, Tally] = field(default_factory=dict)
    year: Tally = field(default_factory=Tally)
    """The same period a year before; empty when it cannot stand beside this one."""

    @property
    def key(self) -> Hashable:
        """Every count in its place, for what is kept under them; the periods follow from the question."""
        groups = (enumerate(self.trend), enumerate(self.by_part), *(
            group.items() for group in (self.by_team, self.by_channel, self.quarters, self.beside, {"": self.year})
        ))  # fmt: skip
        return tuple(tuple((place, t.numerator, t.denominator, t.highest) for place, t in group) for group in groups)


def has_quarters(measure: Measure, scope: Scope) -> bool:
    """Only calls are kept per quarter of an hour, and only of the whole municipality."""
    return measure.source.name == "call" and scope.team_ids is None and scope.subject_ids is None


def count(measure: Measure, question: Question, at: datetime, today: date) -> Counted:
    """In one round trip (two when today is part of it), and one for each figure that is not rolled up."""
    scope, period = question.scope, question.asked.period
    line = period.run_up(TREND[period.kind])
    others = [MEASURES[code] for code in BESIDE.get(measure.code, ())]
    beside = {other.code: other.count(scope, at) for other in others if not other.is_rolled_up}
    if not measure.is_rolled_up:
        return Counted(line[-2:], [measure.count(scope.over(one), at) for one in line[-2:]], beside=beside)
    parts, _word = parts_of(period)
    asks = [
        Ask((measure.code,), line),
        Ask((measure.code,), tuple(parts)),
        Ask((measure.code,), (period,), "team"),
        Ask((measure.code,), (period,), "channel"),
        Ask(tuple(other.code for other in others if other.is_rolled_up), (period,)),
    ]
    if has_quarters(measure, scope):
        asks.append(Ask((measure.code,), (period,), QUARTERS))
    before_year = len(asks)
    asks += seasons.asks((measure.code,), seasons.year_before(period, today))
    answers = read(asks, scope, at=at, today=today)
    return Counted(
        line=line,
        trend=series(answers[0], measure.code, len(line)),
        by_part=series(answers[1], measure.code, len(parts)),
        by_team=summed(answers[2]),
        by_channel=summed(answers[3]),
        quarters=by_quarter(answers[5]) if before_year > 5 else {},
        beside=beside | {code: one for (code, _bucket, _key), one in answers[4].items()},
        year=seasons.known(answers[before_year:]).get(measure.code, Tally()),
    )
