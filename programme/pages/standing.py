"""How each goal stands, in words: baseline, targets, actual and where the trend leads, with the source of every number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from kpi.measures.base import COUNT, SHARE, Measure
from kpi.periods import YEAR, Period
from kpi.registry import MEASURES
from kpi.scope import Asked, query
from kpi.words import period_name
from organisation import wording
from organisation.addresses import address
from organisation.rounding import beside
from organisation.workdays import local_day
from programme.forecast import LIKELY, UNLIKELY, Forecast
from programme.goal_values import Measured, Value, measure
from programme.models import Goal, GoalTarget
from programme.pages.lights import Badge
from surveys.pages.outside import moment


@dataclass(frozen=True)
class Point:
    """One measured value: its name and where it comes from."""

    name: str
    value: float | None
    text: str
    source: str
    count: str = ""
    href: str = ""
    is_example: bool = False


@dataclass(frozen=True)
class Standing:
    """One goal as the templates show it, in words when they are asked: a list shows little of what stands on a goal's own page."""

    measured: Measured
    today: date

    @property
    def goal(self) -> Goal:
        return self.measured.goal

    @cached_property
    def badge(self) -> Badge:
        return _badge(self.measured)

    @cached_property
    def last(self) -> Point | None:
        """The actual number."""
        actual = self.measured.actual
        return _point(self.goal, actual, self.today, self.measured.wanted) if actual is not None else None

    @property
    def now(self) -> str:
        return self.last.text if self.last is not None else "–"

    @property
    def now_name(self) -> str:
        """Which measurement that is."""
        return self.last.name if self.last is not None else ""

    @property
    def source(self) -> str:
        return self.last.source if self.last is not None else ""

    @property
    def source_href(self) -> str:
        return self.last.href if self.last is not None else ""

    @property
    def is_example(self) -> bool:
        """The actual number is an example."""
        return self.last is not None and self.last.is_example

    @property
    def baseline(self) -> str:
        began = self.measured.began
        return f"{shown(self.goal.unit, began.value)} ({began.year})" if began is not None else "–"

    @property
    def baseline_source(self) -> str:
        return self.measured.began.source if self.measured.began is not None else ""

    @property
    def targets(self) -> tuple[GoalTarget, ...]:
        return self.measured.targets

    @property
    def target(self) -> GoalTarget | None:
        """The one that the actual number is held against."""
        return self.measured.target

    @property
    def target_words(self) -> str:
        return _target_words(self.measured)

    @cached_property
    def target_list(self) -> tuple[tuple[int, str, str, bool], ...]:
        """Year, value, source, whether it is an example."""
        unit = self.goal.unit
        return tuple((row.year, shown(unit, row.value), row.source, row.is_example) for row in self.targets)

    @cached_property
    def points(self) -> tuple[Point, ...]:
        return tuple(_point(self.goal, value, self.today) for value in self.measured.values)

    @property
    def year_so_far(self) -> Point | None:
        """Of a live goal; in January the year before."""
        actual = self.measured.actual
        return self.last if actual is not None and actual.period is not None else None

    @property
    def line(self) -> Forecast | None:
        return self.measured.trend

    @property
    def outlook(self) -> str:
        return _outlook(self.measured)

    @property
    def is_met(self) -> bool | None:
        return self.measured.is_met

    @property
    def rows(self) -> list[Point]:
        """Every measurement; of a live goal that of the year as the last one."""
        return [*self.points, *([self.year_so_far] if self.year_so_far is not None else [])]

    @property
    def href(self) -> str:
        return address("programme:goal", self.goal.pk)

    @property
    def target_spans(self) -> list[tuple[str, str, bool]]:
        """Years with the same target together: `2025–2027`, value, whether it is an example."""
        spans: list[tuple[int, int, str, bool]] = []
        for year, value, _source, is_example in self.target_list:
            if spans and spans[-1][2:] == (value, is_example):
                spans[-1] = (spans[-1][0], year, value, is_example)
            else:
                spans.append((year, year, value, is_example))
        return [
            (str(first) if first == last else f"{first}–{last}", value, is_example)
            for first, last, value, is_example in spans
        ]


def shown(unit: str, value: float | Decimal | None, target: float | None = None) -> str:
    """`87,5 %`, `7,1`, `26 sec.`. `target`: that it is held against."""
    if value is None:
        return "–"
    if unit == Goal.Unit.PERCENT:
        return f"{wording.points(beside(float(value), target))}{wording.percent_sign()}"
    if unit == Goal.Unit.MARK:
        return wording.number(round(beside(float(value), target), 1), 1)
    if unit == Goal.Unit.SECONDS:
        return _("%(count)s sec.") % {"count": wording.number(round(float(value)))}
    return wording.number(round(float(value), 1))


def standings(goals: Sequence[Goal], *, at: datetime) -> list[Standing]:
    """In the order of the goals, in words."""
    today = local_day(at)
    return [Standing(one, today) for one in measure(goals, at=at)]


def _point(goal: Goal, value: Value, today: date, target: float | None = None) -> Point:
    if value.period is not None:
        return _live_point(goal, value, value.period, today, target)
    score = value.score
    if score is None:
        name, text = str(goal.baseline_year), shown(goal.unit, goal.baseline)
        return Point(name, value.value, text, goal.baseline_source)
    return Point(
        name=moment(score),
        value=value.value,
        text=shown(goal.unit, score.value, target),
        source=score.source,
        count=wording.number(score.sample_size) if score.sample_size is not None else "",
        is_example=score.is_example,
        href=address("surveys:outside_indicator", goal.indicator.code) if goal.indicator else "",
    )


def _live_point(goal: Goal, value: Value, period: Period, today: date, target: float | None) -> Point:
    figure = MEASURES[goal.kpi_code]
    asked = Asked(period, team=goal.team.code if goal.team else "", channel=goal.channel)
    return Point(
        name=_("%(year)s so far") % {"year": period.first.year}
        if period.kind == YEAR and period.holds(today)
        else period_name(period, today),
        value=value.value,
        text=_("too few") if value.is_small else shown(goal.unit, value.value, target),
        source=str(figure.name),
        count=_count(figure, value),
        href=f"{address('kpi:figure', goal.kpi_code)}?{query(asked)}",
    )


def _count(figure: Measure, value: Value) -> str:
    """What stands behind the number."""
    if value.value is None or figure.kind == COUNT:
        return ""
    among = wording.number(value.tally.denominator)
    if figure.kind != SHARE:
        return among
    return _("%(hits)s of %(all)s") % {"hits": wording.number(value.tally.numerator), "all": among}


def _badge(one: Measured) -> Badge:
    if one.value is None:
        return Badge(_("no data"), "inactive", "circle-dashed")
    if one.is_met is None:
        return Badge(_("no target"), "inactive", "circle-dashed")
    if one.is_met:
        return Badge(_("goal met"), "success", "circle-check", "ok")
    base = one.began.value if one.began is not None else None
    if base is not None and (one.value < base if one.is_higher_better else one.value > base):
        return Badge(_("worse than at the start"), "danger", "clock-x", "late")
    return Badge(_("not reached yet"), "warning", "alert-triangle", "warn")


def _target_words(one: Measured) -> str:
    if one.target is None:
        return _("no target yet")
    last, unit = one.targets[-1], one.goal.unit
    first = shown(unit, one.target.value)
    if last.value != one.target.value:
        return _("target %(now)s → %(later)s") % {"now": first, "later": shown(unit, last.value)}
    return _("target %(now)s") % {"now": first}


def _outlook(one: Measured) -> str:
    """The forecast in words, with how sure it is."""
    trend, unit = one.trend, one.goal.unit
    if trend is None:
        return _("Too few measurements for a forecast: three are needed.")
    text = _("If it goes on like this: about %(value)s at the end of %(year)s (probably %(low)s to %(high)s).") % {
        "value": shown(unit, trend.value),
        "year": one.horizon,
        "low": shown(unit, trend.low),
        "high": shown(unit, trend.high),
    }
    if not one.reach:
        return text
    verdict = {
        LIKELY: _("The target of %(target)s is then within reach."),
        UNLIKELY: _("The target of %(target)s is then not reached."),
    }.get(one.reach, _("Whether the target of %(target)s is reached is not certain."))
    return f"{text} {verdict % {'target': shown(unit, one.targets[-1].value)}}"
