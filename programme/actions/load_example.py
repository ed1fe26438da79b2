"""Loads the demo's example on top of the plan: courses of projects, risks, scores, money. Every number is marked as an example."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from organisation.models import User
from organisation.transact import one_transaction
from organisation.workdays import day_start
from programme.actions.load_plan import held_by, load_plan, month_from, places
from programme.models import (
    BudgetLine,
    Decision,
    Dependency,
    Goal,
    GoalTarget,
    Milestone,
    MoneyEntry,
    Programme,
    Project,
    Risk,
)
from programme.plan import example
from surveys.models import OutsideResult

SOURCE = "voorbeeld voor de demo"


@one_transaction
def load_example(*, day: date) -> None:
    """The programme as it stands on this day."""
    load_plan(by=None, at=day_start(day))
    Project.history.update(light_moved_at=day_start(month_from(day, -30)))
    Programme.objects.filter(pk=1).update(ends_on=date(day.year + 1, 12, 31))
    people = {user.username: user for user in User.objects.all()}
    projects = {project.code: project for project in Project.objects.all()}
    for code, course in example.COURSES.items():
        _course(projects[code], course, people, day)
    for waits, needs in example.DEPENDENCIES:
        Dependency.objects.create(project=projects[waits], needs=projects[needs])
    for code, text, chance, impact, measure, state in example.RISKS:
        Risk.objects.create(
            project=projects.get(code), text=text, chance=chance, impact=impact, measure=measure, state=state
        )
    for months, body, text, code in example.DECISIONS:
        Decision.objects.create(
            on=month_from(day, months, 12), body=body, text=text, project=projects[code], is_example=True
        )
    _goals(day)
    _money(day)


def _course(project: Project, course: example.Course, people: dict[str, User], day: date) -> None:
    owner = people.get(course.owner)
    project.owner = owner
    project.starts_on = month_from(day, course.begins, 1)
    project.ends_on = month_from(day, course.ends, 28)
    project.done_on = month_from(day, course.done, 20) if course.done is not None else None
    project.light, project.light_reason = course.light, course.reason
    project.light_moved_at, project.light_moved_by = day_start(month_from(day, -1, 20)), owner
    project.save()
    for name, due, first, reached in course.steps:
        Milestone.objects.create(
            project=project,
            name=name,
            due_on=month_from(day, due),
            first_due_on=month_from(day, first),
            done_on=month_from(day, reached) if reached is not None else None,
        )


def _goals(day: date) -> None:
    for goal in Goal.objects.prefetch_related("targets"):
        norm = goal.targets.all()[0]
        rise = example.RISE.get(goal.name)
        for index, offset in enumerate(example.YEARS):
            value, source, is_example = (
                (Decimal(rise[index]), SOURCE, True) if rise else (norm.value, norm.source, False)
            )
            GoalTarget.objects.update_or_create(
                goal=goal,
                year=day.year + offset,
                defaults={"value": value, "source": source, "is_example": is_example},
            )
        for years, score, answers in example.SCORES.get(goal.name, ()):
            OutsideResult.objects.update_or_create(
                indicator=goal.indicator,
                year=day.year + years,
                month=0,
                source=SOURCE,
                defaults={"value": Decimal(score), "sample_size": answers, "is_example": True},
            )


def _money(day: date) -> None:
    held = places()
    lines = {}
    for place, amounts in example.BUDGET.items():
        for offset, amount in zip(example.YEARS, amounts, strict=True):
            lines[place, offset] = BudgetLine.objects.create(
                year=day.year + offset, amount=amount, source=SOURCE, is_example=True, **held_by(held[place])
            )
    for place, offset, kind, amount, months, note in example.MONEY:
        MoneyEntry.objects.create(
            line=lines[place, offset],
            kind=kind,
            amount=amount,
            on=month_from(day, months, 10),
            note=note,
            is_example=True,
        )
