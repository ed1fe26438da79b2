"""Loads the plan: its house, projects, goals and decisions. Dates it does not give are marked as an example."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from organisation import audit
from organisation.models import User
from organisation.transact import one_transaction
from organisation.workdays import local_day
from programme.models import Condition, Decision, Goal, GoalTarget, Light, Pillar, Programme, Project
from programme.plan import house, projects
from surveys.actions.add_outside import add_outside
from surveys.models import OutsideIndicator

FIRST_REASON = "Net ingelezen uit het plan. De eigenaar geeft de stand nog."


class AlreadyThere(Exception):
    """There is a programme; the plan is loaded once."""


def places() -> dict[str, Pillar | Condition]:
    """Short name → its place in the house."""
    held: dict[str, Pillar | Condition] = {pillar.short_name: pillar for pillar in Pillar.objects.all()}
    held.update((condition.short_name, condition) for condition in Condition.objects.all())
    return held


def held_by(place: Pillar | Condition) -> dict[str, Pillar | Condition]:
    """The keyword under which a row hangs in its place."""
    return {"pillar" if isinstance(place, Pillar) else "condition": place}


@one_transaction
def load_plan(*, by: User | None, at: datetime) -> Programme:
    """Once: `AlreadyThere` when there is a programme."""
    if Programme.objects.exists() or Pillar.objects.exists() or Condition.objects.exists():
        raise AlreadyThere
    programme = Programme.objects.create(
        pk=1,
        name=house.NAME,
        vision=house.VISION,
        values_in_words=house.VALUES,
        starts_on=house.STARTS_ON,
        ends_on=house.ENDS_ON,
    )
    for order, (name, short, icon, aim) in enumerate(house.PILLARS, start=1):
        Pillar.objects.create(order=order, name=name, short_name=short, icon=icon, aim=aim)
    for order, (name, short, icon, aim) in enumerate(house.CONDITIONS, start=1):
        Condition.objects.create(
            order=order, name=name, short_name=short, icon=icon, aim=aim, is_foundation=name == house.FOUNDATION
        )
    held = places()
    for order, one in enumerate(projects.PROJECTS, start=1):
        Project.objects.create(
            **held_by(held[one.place]),
            order=order,
            code=one.code,
            name=one.name,
            want=one.want,
            plan=one.plan,
            measure=one.measure,
            starts_on=house.STARTS_ON,
            ends_on=house.ENDS_ON,
            dates_are_example=True,
            light=Light.ATTENTION,
            light_reason=FIRST_REASON,
            light_moved_at=at,
        )
    _goals(held, local_day(at).year)
    for on, body, text in house.DECISIONS:
        Decision.objects.create(on=on, body=body, text=text)
    audit.record(by=by, action="programme.plan_loaded", obj=programme)
    return programme


def _goals(held: dict[str, Pillar | Condition], year: int) -> None:
    """Every goal with its norm as the target of this year; what others measure is in the surveys."""
    add_outside()
    measured = {one.code: one for one in OutsideIndicator.objects.all()}
    for order, one in enumerate(house.GOALS, start=1):
        goal = Goal.objects.create(
            **held_by(held[one.place]),
            order=order,
            name=one.name,
            explanation=one.explanation,
            kpi_code=one.kpi_code,
            unit=one.unit,
            indicator=measured[one.indicator] if one.indicator else None,
        )
        GoalTarget.objects.create(goal=goal, year=year, value=Decimal(one.target), source=one.source)


def month_from(day: date, months: int, day_of_month: int = 15) -> date:
    """The day in the month that lies so many months from this one."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, day_of_month)
