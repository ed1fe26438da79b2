"""Each goal as plain values: where it began, the targets, what was measured, and where that leads."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any, Final

from kpi.measures.base import Tally
from kpi.periods import QUARTER, YEAR, Period, period_of
from kpi.reach import SMALL
from kpi.reading import Ask, read, state
from kpi.registry import MEASURES
from kpi.scope import Scope
from kpi.target import value_of
from organisation.workdays import local_day
from programme.forecast import forecast
from programme.models import Condition, Goal, Pillar

Facts = dict[str, Any]
QUARTERS: Final = 8
"""Finished ones, before this one; the actual value is that of the year so far, as on the front page."""


def place_key(place: Pillar | Condition) -> str:
    return f"{'pillar' if isinstance(place, Pillar) else 'condition'}:{place.pk}"


def goal_facts(at: datetime) -> list[Facts]:
    goals = list(Goal.objects.select_related("pillar", "condition", "team").prefetch_related("targets", "scores"))
    day = local_day(at)
    periods = (*period_of(QUARTER, day).previous().run_up(QUARTERS), period_of(YEAR, day))
    live = _live([goal for goal in goals if goal.kpi_code in MEASURES], periods, at)
    return [_goal(goal, live.get(goal.pk) or [None] * len(periods), periods, day) for goal in goals]


def _live(goals: list[Goal], periods: tuple[Period, ...], at: datetime) -> dict[int, list[float | None]]:
    """The value of each goal in each period: one round trip for each part of the organisation that is asked for."""
    by_scope: dict[tuple[int | None, str], list[Goal]] = defaultdict(list)
    for goal in goals:
        by_scope[goal.team_id, goal.channel].append(goal)
    held = state() if by_scope else None
    found: dict[int, list[float | None]] = {}
    for (team_id, channel), mine in by_scope.items():
        scope = Scope(periods[-1], team_ids=frozenset({team_id}) if team_id else None, channel=channel)
        codes = tuple(dict.fromkeys(goal.kpi_code for goal in mine))
        quarters, year = read(
            [Ask(codes, periods[:-1]), Ask(codes, periods[-1:])], scope, at=at, today=local_day(at), held=held
        )
        for goal in mine:
            tallies = [quarters.get((goal.kpi_code, number, ""), Tally()) for number in range(len(periods) - 1)]
            tallies.append(year.get((goal.kpi_code, 0, ""), Tally()))
            found[goal.pk] = [_told(goal, tally) for tally in tallies]
    return found


def _told(goal: Goal, tally: Tally) -> float | None:
    """None also for so few that it may point at somebody."""
    measure = MEASURES[goal.kpi_code]
    return None if 0 < tally.denominator < max(SMALL, measure.min_answers) else value_of(measure, tally)


def _goal(goal: Goal, live: list[float | None], periods: tuple[Period, ...], day: date) -> Facts:
    base = float(goal.baseline) if goal.baseline is not None else None
    if goal.kpi_code:
        points = [
            [_moment(period.last), round(value, 2), f"{period.first.year} Q{period.quarter}"]
            for period, value in zip(periods[:-1], live[:-1], strict=True)
            if value is not None
        ]
        line = [(x, y) for x, y, _name in points]
        actual = round(live[-1], 2) if live[-1] is not None else None
        actual_of, source, is_example = str(day.year), goal.kpi_code, False
    else:
        scores = [one for one in goal.scores.all() if one.on <= day and one.on.year != goal.baseline_year]
        points = [[_moment(score.on), float(score.value), str(score.on.year)] for score in scores]
        line = [(goal.baseline_year + 0.5, base)] if base is not None and goal.baseline_year else []
        line += [(x, y) for x, y, _name in points]
        actual = float(scores[-1].value) if scores else base
        actual_of = str(scores[-1].on.year if scores else goal.baseline_year or "")
        source = scores[-1].source if scores else goal.baseline_source
        is_example = bool(scores) and scores[-1].is_example
    rows = list(goal.targets.all())
    targets = [[one.year, float(one.value), one.source] for one in rows]
    before = [one for one in targets if one[0] <= day.year]
    aimed = before[-1] if before else targets[0] if targets else None
    end_year = max([day.year, *(one[0] for one in targets)])
    most = {Goal.Unit.PERCENT: 100.0, Goal.Unit.MARK: 10.0}.get(Goal.Unit(goal.unit), float("inf"))
    ahead = forecast(line, end_year + 1.0, lowest=0.0, highest=most)
    is_up = goal.direction == Goal.Direction.UP
    return {
        "id": goal.pk,
        "name": goal.name,
        "place": place_key(goal.place),
        "unit": goal.unit,
        "is_up": is_up,
        "source": source,
        "is_live": bool(goal.kpi_code),
        "is_example": is_example or any(one.is_example for one in rows),
        "base": base,
        "base_year": goal.baseline_year,
        "base_source": goal.baseline_source,
        "targets": targets,
        "target": aimed[1] if aimed else None,
        "target_year": aimed[0] if aimed else None,
        "points": points,
        "actual": actual,
        "actual_of": actual_of,
        "met": None if actual is None or aimed is None else (actual >= aimed[1] if is_up else actual <= aimed[1]),
        "ahead": round(ahead.value, 2) if ahead else None,
        "ahead_year": end_year,
        "reaches": ahead.reaches(targets[-1][1], is_higher_better=is_up) if ahead and targets else "",
    }


def _moment(day: date) -> float:
    return round(day.year + (day.timetuple().tm_yday - 1) / 366, 3)
