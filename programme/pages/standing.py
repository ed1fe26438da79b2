"""How each goal stands: baseline, targets, actual and where the trend leads, with the source of every number.

A live goal is read as the dashboard reads it (`kpi.reading`), so its figure is the figure of that page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from kpi import reading
from kpi.measures.base import COUNT, SHARE, Tally
from kpi.periods import QUARTER, YEAR, Period, period_of
from kpi.reach import SMALL
from kpi.registry import MEASURES
from kpi.scope import Asked, Scope, query
from kpi.target import value_of
from kpi.words import period_name, points
from organisation import wording
from organisation.workdays import local_day
from programme.forecast import LIKELY, UNLIKELY, Forecast, forecast, year_of
from programme.models import Goal, GoalTarget
from programme.pages.lights import Badge

QUARTERS = 9
"""This quarter and two years before it."""


@dataclass(frozen=True)
class Point:
    """One measured value: its name, place in time (years) and where it comes from."""

    name: str
    at: float
    value: float | None
    text: str
    source: str
    count: str = ""
    href: str = ""
    is_example: bool = False
    is_finished: bool = True
    pk: int = 0


@dataclass(frozen=True)
class Standing:
    """One goal as the templates show it."""

    goal: Goal
    badge: Badge
    now: str
    now_name: str
    """Which measurement that is."""
    source: str
    source_href: str
    is_example: bool
    """The actual number is an example."""
    baseline: str
    targets: tuple[GoalTarget, ...]
    target: GoalTarget | None
    """The one of this year, else the last before, else the first."""
    target_words: str
    target_list: tuple[tuple[int, str, str, bool], ...]
    """Year, value, source, whether it is an example."""
    points: tuple[Point, ...]
    line: Forecast | None
    outlook: str
    is_met: bool | None

    @property
    def href(self) -> str:
        return reverse("programme:goal", args=[self.goal.pk])

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

    @property
    def has_example(self) -> bool:
        return self.is_example or any(is_example for _y, _v, _s, is_example in self.target_list)


def shown(unit: str, value: float | Decimal | None) -> str:
    """`87,5 %`, `7,1`, `26 sec.`."""
    if value is None:
        return "–"
    if unit == Goal.Unit.PERCENT:
        return f"{points(float(value))} %"
    if unit == Goal.Unit.MARK:
        return wording.number(round(float(value), 1), 1)
    if unit == Goal.Unit.SECONDS:
        return _("%(count)s sec.") % {"count": wording.number(round(float(value)))}
    return wording.number(round(float(value), 1))


def standings(goals: Sequence[Goal], *, at: datetime) -> list[Standing]:
    """In the order of the goals, which bring `targets`, `scores` and `team`; three queries a scope, however many goals."""
    today = local_day(at)
    live = _live_points([goal for goal in goals if goal.kpi_code], at, today)
    return [_standing(goal, live.get(goal.pk) or _outside_points(goal), today) for goal in goals]


def _live_points(goals: Sequence[Goal], at: datetime, today: date) -> dict[int, list[Point]]:
    by_scope: dict[tuple[str, int | None], list[Goal]] = defaultdict(list)
    for goal in goals:
        by_scope[goal.channel, goal.team_id].append(goal)
    found: dict[int, list[Point]] = {}
    if not by_scope:
        return found
    held = reading.state()
    year = period_of(YEAR, today)
    quarters = period_of(QUARTER, today).run_up(QUARTERS)
    for (channel, team_id), some in by_scope.items():
        codes = tuple(sorted({goal.kpi_code for goal in some if goal.kpi_code in MEASURES}))
        if not codes:
            continue
        scope = Scope(year, frozenset({team_id}) if team_id else None, channel)
        asks = [reading.Ask(codes, (year,)), reading.Ask(codes, tuple(quarters))]
        whole, cut = reading.read(asks, scope, at=at, today=today, held=held)
        for goal in some:
            if goal.kpi_code not in codes:
                continue
            line = [
                _live_point(goal, period, cut.get((goal.kpi_code, index, ""), Tally()), today)
                for index, period in enumerate(quarters)
            ]
            line.append(_live_point(goal, year, whole.get((goal.kpi_code, 0, ""), Tally()), today))
            found[goal.pk] = line
    return found


def _live_point(goal: Goal, period: Period, tally: Tally, today: date) -> Point:
    measure = MEASURES[goal.kpi_code]
    is_small = 0 < tally.denominator < max(SMALL, measure.min_answers)
    value = None if is_small else value_of(measure, tally)
    asked = Asked(period, team=goal.team.code if goal.team else "", channel=goal.channel)
    middle = period.first.toordinal() + period.days / 2
    return Point(
        name=period_name(period, today) if period.kind != YEAR else _("%(year)s so far") % {"year": period.first.year},
        at=year_of(date.fromordinal(int(middle))),
        value=value,
        text=_("too few") if is_small else shown(goal.unit, value),
        source=str(measure.name),
        count=_("%(hits)s of %(all)s")
        % {"hits": wording.number(tally.numerator), "all": wording.number(tally.denominator)}
        if measure.kind == SHARE and value is not None
        else wording.number(tally.denominator)
        if measure.kind != COUNT and value is not None
        else "",
        href=f"{reverse('kpi:figure', args=[goal.kpi_code])}?{query(asked)}",
        is_finished=period.last < today,
    )


def _outside_points(goal: Goal) -> list[Point]:
    line = []
    if goal.baseline is not None and goal.baseline_year is not None:
        line.append(
            Point(
                str(goal.baseline_year),
                goal.baseline_year + 0.5,
                float(goal.baseline),
                shown(goal.unit, goal.baseline),
                goal.baseline_source,
            )
        )
    for score in goal.scores.all():
        if goal.baseline_year == score.on.year:
            continue  # the baseline stands there already
        line.append(
            Point(
                name=str(score.on.year),
                at=year_of(score.on),
                value=float(score.value),
                text=shown(goal.unit, score.value),
                source=score.source,
                count=wording.number(score.sample_size) if score.sample_size is not None else "",
                is_example=score.is_example,
                pk=score.pk,
            )
        )
    return line


def _standing(goal: Goal, line: Sequence[Point], today: date) -> Standing:
    targets = tuple(goal.targets.all())
    now_target = _target_of(targets, today.year)
    last = line[-1] if line else None
    value = last.value if last is not None else None
    is_met = _is_met(goal, value, now_target)
    trend = forecast(
        [(one.at, one.value) for one in _for_trend(goal, line) if one.value is not None],
        _horizon(targets, today) + 1.0,
        lowest=0.0,
        highest={"percent": 100.0, "mark": 10.0}.get(goal.unit, float("inf")),
    )
    return Standing(
        goal=goal,
        badge=_badge(goal, value, is_met),
        now=last.text if last is not None else "–",
        now_name=last.name if last is not None else "",
        source=last.source if last is not None else "",
        source_href=last.href if last is not None else "",
        is_example=last is not None and last.is_example,
        baseline=f"{shown(goal.unit, goal.baseline)} ({goal.baseline_year})" if goal.baseline is not None else "–",
        targets=targets,
        target=now_target,
        target_words=_target_words(goal, now_target, targets),
        target_list=tuple((one.year, shown(goal.unit, one.value), one.source, one.is_example) for one in targets),
        points=tuple(line),
        line=trend,
        outlook=_outlook(goal, trend, targets, today),
        is_met=is_met,
    )


def _for_trend(goal: Goal, line: Sequence[Point]) -> list[Point]:
    """Finished quarters of a live goal; every measurement of another."""
    return [one for one in line[:-1] if one.is_finished] if goal.kpi_code else list(line)


def _target_of(targets: Sequence[GoalTarget], year: int) -> GoalTarget | None:
    before = [one for one in targets if one.year <= year]
    return before[-1] if before else targets[0] if targets else None


def _is_met(goal: Goal, value: float | None, target: GoalTarget | None) -> bool | None:
    if value is None or target is None:
        return None
    wanted = float(target.value)
    return value >= wanted if goal.direction == Goal.Direction.UP else value <= wanted


def _badge(goal: Goal, value: float | None, is_met: bool | None) -> Badge:
    if value is None:
        return Badge(_("no data"), "inactive", "circle-dashed")
    if is_met is None:
        return Badge(_("no target"), "inactive", "circle-dashed")
    if is_met:
        return Badge(_("reached"), "success", "circle-check", "ok")
    worse = goal.baseline is not None and (
        value < float(goal.baseline) if goal.direction == Goal.Direction.UP else value > float(goal.baseline)
    )
    if worse:
        return Badge(_("worse than at the start"), "danger", "clock-x", "late")
    return Badge(_("not reached yet"), "warning", "alert-triangle", "warn")


def _target_words(goal: Goal, now_target: GoalTarget | None, targets: Sequence[GoalTarget]) -> str:
    if now_target is None:
        return _("no target yet")
    last = targets[-1]
    first = shown(goal.unit, now_target.value)
    if last.value != now_target.value:
        return _("target %(now)s → %(later)s") % {"now": first, "later": shown(goal.unit, last.value)}
    return _("target %(now)s") % {"now": first}


def _horizon(targets: Sequence[GoalTarget], today: date) -> int:
    return max([today.year, *(one.year for one in targets)])


def _outlook(goal: Goal, trend: Forecast | None, targets: Sequence[GoalTarget], today: date) -> str:
    """The forecast in words, with how sure it is."""
    if trend is None:
        return _("Too few measurements for a forecast: three are needed.")
    year = _horizon(targets, today)
    text = _("If it goes on like this: about %(value)s at the end of %(year)s (probably %(low)s to %(high)s).") % {
        "value": shown(goal.unit, trend.value),
        "year": year,
        "low": shown(goal.unit, trend.low),
        "high": shown(goal.unit, trend.high),
    }
    if not targets:
        return text
    reach = trend.reaches(float(targets[-1].value), is_higher_better=goal.direction == Goal.Direction.UP)
    verdict = {
        LIKELY: _("The target of %(target)s is then within reach."),
        UNLIKELY: _("The target of %(target)s is then not reached."),
    }.get(reach, _("Whether the target of %(target)s is reached is not certain."))
    return f"{text} {verdict % {'target': shown(goal.unit, targets[-1].value)}}"
