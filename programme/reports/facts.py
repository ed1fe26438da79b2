"""How the programme stands, as plain values: what a report freezes and what two rounds are compared by. No customer stands in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db.models import Max, Prefetch

from organisation.snapshot import organisation
from organisation.workdays import local_day
from programme.models import (
    BudgetLine,
    Condition,
    Decision,
    Light,
    Milestone,
    Pillar,
    Programme,
    Project,
    Risk,
)
from programme.reports.goal_facts import Facts, goal_facts, place_key

WORST: Final = [Light.BEHIND, Light.ATTENTION, Light.ON_TRACK]
RISKS: Final = 8
"""So many are told; of the others only that they are there, so that none is taken for new when a heavier one is over."""
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
    goals = goal_facts(at)
    risks = _risks()
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
        "newest_decision": Decision.objects.aggregate(newest=Max("pk"))["newest"] or 0,
        "risks": risks[:RISKS],
        "risk_ids": [risk["id"] for risk in risks],
    }


def places() -> list[Any]:
    """Pillars, then conditions."""
    return [*Pillar.objects.all(), *Condition.objects.all()]


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
        "is_done": bool(mine) and all(project["done"] for project in mine),
        "projects": len(mine),
        "milestones": len(steps),
        "milestones_done": sum(1 for step in steps if step["done"]),
        "goals": [goal["id"] for goal in goals if goal["place"] == key],
    }


def project_facts(day: date, updates: dict[int, Any] | None = None) -> list[Facts]:
    """In the order of the house; four queries."""
    updates = updates or {}
    rows = (
        Project.objects.standing()
        .select_related("pillar", "condition", "owner")
        .prefetch_related(Prefetch("milestones", Milestone.objects.order_by("due_on", "pk")), "dependencies")
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
    """All that are not over, the heaviest first."""
    rows = Risk.objects.standing().select_related("project").exclude(state=Risk.State.CLOSED)
    return [
        {
            "id": row.pk,
            "text": row.text,
            "measure": row.measure,
            "weight": row.weight,
            "project": row.project.name if row.project else "",
        }
        for row in sorted(rows, key=lambda one: (-one.weight, one.pk))
    ]
