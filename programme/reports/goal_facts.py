"""Each goal as plain values that a report keeps: where it began, the targets, what was measured, and where that leads."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from organisation.rounding import beside
from programme.goal_values import Measured, Value, measure
from programme.models import Condition, Goal, Pillar

Facts = dict[str, Any]


def place_key(place: Pillar | Condition) -> str:
    return f"{'pillar' if isinstance(place, Pillar) else 'condition'}:{place.pk}"


def goal_facts(at: datetime) -> list[Facts]:
    goals = (
        Goal.objects.standing()
        .select_related("pillar", "condition", "team", "indicator")
        .prefetch_related("targets", "indicator__results")
    )
    return [_facts(one) for one in measure(list(goals), at=at)]


def _facts(one: Measured) -> Facts:
    goal, actual, began = one.goal, one.actual, one.began
    score = actual.score if actual is not None else None
    is_live = actual is not None and actual.period is not None
    return {
        "id": goal.pk,
        "name": goal.name,
        "place": place_key(goal.place),
        "unit": goal.unit,
        "is_up": one.is_higher_better,
        "source": goal.kpi_code if is_live else score.source if score else began.source if began else "",
        "is_live": is_live,
        "is_example": (score is not None and score.is_example) or any(row.is_example for row in one.targets),
        "base": began.value if began else None,
        "base_year": began.year if began else None,
        "base_source": began.source if began else "",
        "targets": [[row.year, float(row.value), row.source] for row in one.targets],
        "target": float(one.target.value) if one.target else None,
        "target_year": one.target.year if one.target else None,
        "points": [
            [round(value.at, 3), round(value.value, 2), _name(value)]
            for value in one.values
            if value.value is not None and value.is_finished and (value.period or value.score)
        ],
        "actual": round(one.value, 2) if one.value is not None else None,
        "told": round(beside(one.value, one.wanted), 2) if one.value is not None else None,
        "actual_of": _year(one),
        "met": one.is_met,
        "ahead": round(one.trend.value, 2) if one.trend else None,
        "ahead_year": one.horizon,
        "reaches": one.reach,
    }


def _name(value: Value) -> str:
    if value.period is not None:
        return f"{value.period.first.year} Q{value.period.quarter}"
    return str(value.score.year) if value.score else ""


def _year(one: Measured) -> str:
    actual = one.actual
    if actual is not None and actual.period is not None:
        return str(actual.period.first.year)
    if actual is not None and actual.score is not None:
        return str(actual.score.year)
    return str(one.began.year) if one.began is not None else ""
