"""What was measured of each goal, its target of this year, and where the trend leads: numbers only, for every page and report.

A live goal is read as the dashboard reads it (`kpi.reading`), so its figure is the figure of that page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from kpi import reading
from kpi.measures.base import Tally
from kpi.open_days import OpenDays
from kpi.periods import QUARTER, YEAR, Period, period_of
from kpi.reach import SMALL
from kpi.registry import MEASURES
from kpi.scope import Scope
from kpi.target import value_of
from organisation.snapshot import organisation
from organisation.workdays import local_day
from programme.forecast import Forecast, forecast, year_of
from programme.models import Goal, GoalTarget
from surveys.models import OutsideResult

QUARTERS: Final = 9
"""This quarter and two years before it."""
MOST: Final = {Goal.Unit.PERCENT: 100.0, Goal.Unit.MARK: 10.0}


@dataclass(frozen=True)
class Value:
    """One measurement: of a period of a live figure, of a score from outside, or (neither) where the goal began."""

    at: float
    """In years: the middle of the period, or the day."""
    value: float | None
    """None without data, and of so few that it may point at somebody."""
    is_finished: bool = True
    is_small: bool = False
    period: Period | None = None
    tally: Tally = field(default_factory=Tally)
    score: OutsideResult | None = None


@dataclass(frozen=True)
class Began:
    """Where the goal began: what was written down with it, or the first result of others."""

    value: float
    year: int
    source: str


@dataclass(frozen=True)
class Measured:
    """One goal in numbers."""

    goal: Goal
    values: tuple[Value, ...]
    """In the order of time; of a live goal per quarter, the last one not over yet."""
    actual: Value | None
    """Of a live goal the year so far, in January the year before as long as this one says nothing yet; else the last measurement."""
    targets: tuple[GoalTarget, ...]
    target: GoalTarget | None
    """The one of this year, or of that year before; else the last before, else the first."""
    horizon: int
    """The year at the end of which the trend is told."""
    trend: Forecast | None
    began: Began | None = None

    @property
    def value(self) -> float | None:
        return self.actual.value if self.actual is not None else None

    @property
    def wanted(self) -> float | None:
        """What it must at least be."""
        return float(self.target.value) if self.target is not None and self.is_higher_better else None

    @property
    def is_met(self) -> bool | None:
        """None without data or without a target."""
        if self.value is None or self.target is None:
            return None
        wanted = float(self.target.value)
        return self.value >= wanted if self.is_higher_better else self.value <= wanted

    @property
    def is_higher_better(self) -> bool:
        return self.goal.direction == Goal.Direction.UP

    @property
    def reach(self) -> str:
        """Whether the trend reaches the last target: one of `programme.forecast`, empty when nothing can be said."""
        if self.trend is None or not self.targets:
            return ""
        return self.trend.reaches(float(self.targets[-1].value), is_higher_better=self.is_higher_better)


def measure(goals: Sequence[Goal], *, at: datetime) -> list[Measured]:
    """In the order of the goals, which bring `targets`, `indicator__results` and `team`; three queries a scope, however many goals."""
    today = local_day(at)
    live = _live([goal for goal in goals if goal.kpi_code in MEASURES], at, today)
    return [_measured(goal, live.get(goal.pk), today) for goal in goals]


def _live(goals: Sequence[Goal], at: datetime, today: date) -> dict[int, tuple[list[Value], Value]]:
    """Of each goal the quarters, and the year so far, or the one before."""
    by_scope: dict[tuple[str, int | None], list[Goal]] = defaultdict(list)
    for goal in goals:
        by_scope[goal.channel, goal.team_id].append(goal)
    held = reading.state() if by_scope else None
    year = period_of(YEAR, today)
    years = tuple(year.run_up(2))
    quarters = tuple(period_of(QUARTER, today).run_up(QUARTERS))
    found: dict[int, tuple[list[Value], Value]] = {}
    for (channel, team_id), some in by_scope.items():
        codes = tuple(sorted({goal.kpi_code for goal in some}))
        scope = Scope(year, frozenset({team_id}) if team_id else None, channel)
        asks = (reading.Ask(codes, years), reading.Ask(codes, quarters))
        whole, cut = _read(asks, scope, held or reading.state(), at, today)
        for goal in some:
            code = goal.kpi_code
            line = [_of(code, period, cut.get((code, n, ""), Tally()), today) for n, period in enumerate(quarters)]
            told = [_of(code, one, whole.get((code, n, ""), Tally()), today) for n, one in enumerate(years)]
            found[goal.pk] = line, next((one for one in reversed(told) if one.value is not None), told[-1])
    return found


_open_days: Final = OpenDays()


def _read(
    asks: Sequence[reading.Ask], scope: Scope, held: reading.State, at: datetime, today: date
) -> list[reading.Answer]:
    """As `kpi.reading.read`; what the rows of today say is kept until they change, as on the dashboard."""
    rows = _open_days.get(
        (asks, scope, organisation().version, today),
        held,
        at,
        lambda: reading.not_rolled_up(asks, scope, held, at=at, today=today),
    )
    return reading.joined(asks, scope, held, rows)


def _of(code: str, period: Period, tally: Tally, today: date) -> Value:
    measure_of_code = MEASURES[code]
    is_small = 0 < tally.denominator < max(SMALL, measure_of_code.min_answers)
    return Value(
        at=_middle(period),
        value=None if is_small else value_of(measure_of_code, tally),
        is_finished=period.last < today,
        is_small=is_small,
        period=period,
        tally=tally,
    )


@lru_cache(maxsize=64)
def _middle(period: Period) -> float:
    """In years; every live goal is measured over the same periods."""
    return year_of(date.fromordinal(period.first.toordinal() + period.days // 2))


def _outside(goal: Goal, today: date) -> list[Value]:
    """Where it began when that was written down, else what others found up to today."""
    if goal.indicator is None:
        began = _began(goal, [])
        return [Value(began.year + 0.5, began.value)] if began is not None else []
    return [
        Value(score.year + ((score.month - 0.5) / 12 if score.month else 0.5), float(score.value), score=score)
        for score in goal.indicator.results.all()
        if not score.is_removed and (score.year, score.month) <= (today.year, today.month)
    ]


def _began(goal: Goal, values: Sequence[Value]) -> Began | None:
    if goal.baseline is not None and goal.baseline_year is not None:
        return Began(float(goal.baseline), goal.baseline_year, goal.baseline_source)
    first = values[0].score if values else None
    return Began(float(first.value), first.year, first.source) if first is not None else None


def _measured(goal: Goal, live: tuple[list[Value], Value] | None, today: date) -> Measured:
    values, actual = live if live is not None else (_outside(goal, today), None)
    if live is None and values:
        actual = values[-1]
    targets = tuple(goal.targets.all())
    year = actual.period.first.year if actual is not None and actual.period is not None else today.year
    before = [one for one in targets if one.year <= year]
    horizon = max([today.year, *(one.year for one in targets)])
    return Measured(
        goal=goal,
        values=tuple(values),
        actual=actual,
        targets=targets,
        target=before[-1] if before else targets[0] if targets else None,
        horizon=horizon,
        began=_began(goal, values),
        trend=forecast(
            [(one.at, one.value) for one in values if one.is_finished and one.value is not None],
            horizon + 1.0,
            lowest=0.0,
            highest=MOST.get(Goal.Unit(goal.unit), float("inf")),
        ),
    )
