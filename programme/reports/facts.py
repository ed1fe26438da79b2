"""How the programme stands, as plain values: what a report freezes and what two rounds are compared by. No customer stands in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db.models import Prefetch

from kpi.measures.base import Tally
from kpi.periods import QUARTER, YEAR, Period, period_of
from kpi.reach import SMALL
from kpi.reading import Ask, read, state
from kpi.registry import MEASURES
from kpi.scope import Scope
from kpi.target import value_of
from organisation.snapshot import organisation
from organisation.workdays import local_day
from programme.forecast import forecast
from programme.models import (
    BudgetLine,
    Condition,
    Decision,
    Goal,
    Light,
    Milestone,
    Pillar,
    Programme,
    Project,
    Risk,
)

Facts = dict[str, Any]
QUARTERS: Final = 8
"""Finished ones, before this one; the actual value is that of the year so far, as on the front page."""
WORST: Final = [Light.BEHIND, Light.ATTENTION, Light.ON_TRACK]
RISKS: Final = 8
DECISIONS: Final = 12


def facts(*, at: datetime, updates: Iterable[Any] = ()) -> Facts | None:
    """Everything of the programme at this moment; None when there is no programme. A fixed number of queries.

    `updates`: what the owners handed in, told beside their projects.
    """
    programme = Programme.objects.first()
    if programme is None:
        return None
    day = local_day(at)
    rows = places()
    projects = project_facts(day, {update.project_id: update for update in updates})
    goals = _goals(at)
    return {
        "municipality": organisation().municipality.name,
        "programme": {
            "name": programme.name,
            "vision": programme.vision,
            "from": programme.starts_on.isoformat(),
            "until": programme.ends_on.isoformat(),
        },
        "day": day.isoformat(),
        "places": [_place(place, projects, goals) for place in rows],
        "projects": projects,
        "goals": goals,
        "money": _money(rows, day),
        "decisions": _decisions(day),
        "risks": _risks(),
    }


def places() -> list[Any]:
    """Pillars, then conditions."""
    return [*Pillar.objects.all(), *Condition.objects.all()]


def place_key(place: Any) -> str:
    return f"{'pillar' if isinstance(place, Pillar) else 'condition'}:{place.pk}"


def worst(lights: Sequence[str]) -> str:
    """The light of several projects: that of the one that stands worst; empty when there is none."""
    return next((light.value for light in WORST if light in lights), "")


def _place(place: Any, projects: list[Facts], goals: list[Facts]) -> Facts:
    key = place_key(place)
    mine = [project for project in projects if project["place"] == key]
    steps = [step for project in mine for step in project["milestones"]]
    return {
        "key": key,
        "kind": "pillar" if isinstance(place, Pillar) else "foundation" if place.is_foundation else "condition",
        "name": place.name,
        "short": place.short_name,
        "aim": place.aim,
        "light": worst([project["light"] for project in mine if not project["done"]])
        or (Light.ON_TRACK.value if mine else ""),
        "projects": len(mine),
        "milestones": len(steps),
        "milestones_done": sum(1 for step in steps if step["done"]),
        "goals": [goal["id"] for goal in goals if goal["place"] == key],
    }


def project_facts(day: date, updates: dict[int, Any] | None = None) -> list[Facts]:
    """In the order of the house; four queries."""
    updates = updates or {}
    rows = Project.objects.select_related("pillar", "condition", "owner").prefetch_related(
        Prefetch("milestones", Milestone.objects.order_by("due_on", "pk")), "dependencies"
    )
    rows = list(rows)
    codes = {row.pk: row.code for row in rows}
    found = []
    for row in sorted(rows, key=lambda one: (one.pillar is None, one.place.order, one.order, one.pk)):
        told = updates.get(row.pk)
        handed_in = told is not None and told.handed_in_at is not None
        found.append(
            {
                "id": row.pk,
                "code": row.code,
                "name": row.name,
                "place": place_key(row.place),
                "owner": str(row.owner) if row.owner else "",
                "from": row.starts_on.isoformat(),
                "until": row.ends_on.isoformat(),
                "is_example": row.dates_are_example,
                "done": row.done_on.isoformat() if row.done_on else "",
                "light": row.light,
                "reason": row.light_reason,
                "was_done": told.done if handed_in else "",
                "ahead": told.ahead if handed_in else "",
                "told": handed_in,
                "milestones": [
                    {
                        "id": step.pk,
                        "name": step.name,
                        "due": step.due_on.isoformat(),
                        "first": step.first_due_on.isoformat(),
                        "done": step.done_on.isoformat() if step.done_on and step.done_on <= day else "",
                    }
                    for step in row.milestones.all()
                ],
                "needs": [codes[one.needs_id] for one in row.dependencies.all() if one.needs_id in codes],
            }
        )
    return found


def _goals(at: datetime) -> list[Facts]:
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


def _money(places: Sequence[Any], day: date) -> list[Facts]:
    """Per place in whole euros: budget of all years, and what was committed and spent up to this day."""
    lines = BudgetLine.objects.prefetch_related("entries")
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    example: set[str] = set()
    years: dict[str, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for line in lines:
        key = f"pillar:{line.pillar_id}" if line.pillar_id else f"condition:{line.condition_id}"
        sums[key]["budget"] += line.amount
        years[key][line.year] += line.amount
        if line.is_example:
            example.add(key)
        for entry in line.entries.all():
            if entry.on <= day:
                sums[key][entry.kind] += entry.amount
    return [
        {
            "key": key,
            "name": place.short_name,
            "budget": round(sums[key]["budget"]),
            "committed": round(sums[key]["committed"]),
            "spent": round(sums[key]["spent"]),
            "years": {str(year): round(amount) for year, amount in sorted(years[key].items())},
            "is_example": key in example,
        }
        for place in places
        if (key := place_key(place)) in sums
    ]


def _decisions(day: date) -> list[Facts]:
    rows = Decision.objects.select_related("project").filter(on__lte=day)[:DECISIONS]
    return [
        {
            "id": row.pk,
            "on": row.on.isoformat(),
            "body": row.body,
            "text": row.text,
            "project": row.project.name if row.project else "",
        }
        for row in rows
    ]


def _risks() -> list[Facts]:
    rows = Risk.objects.select_related("project").exclude(state=Risk.State.CLOSED)
    return [
        {
            "id": row.pk,
            "text": row.text,
            "measure": row.measure,
            "weight": row.weight,
            "project": row.project.name if row.project else "",
        }
        for row in sorted(rows, key=lambda one: (-one.weight, one.pk))[:RISKS]
    ]
