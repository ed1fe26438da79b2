"""One project: its three questions, how it stands and why, milestones, what it waits for, risks, money, and how the light moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Sum

from organisation.models import User
from organisation.workdays import local_day
from programme.access import may_update, may_write
from programme.forms.rows import DependencyForm, StateForm, WithdrawForm
from programme.models import Decision, Dependency, Light, Milestone, MoneyEntry, Project, Risk
from programme.pages.lights import Badge, light_badge, project_badge
from programme.pages.money import euros

MOST_MOVES = 12


@dataclass(frozen=True)
class Step:
    milestone: Milestone
    is_late: bool


@dataclass(frozen=True)
class Move:
    """The light as it was given once."""

    at: datetime
    badge: Badge
    reason: str
    who: str


@dataclass(frozen=True)
class ProjectPage:
    project: Project
    badge: Badge
    steps: tuple[Step, ...]
    waits_for: tuple[tuple[Dependency, Badge, bool], ...]
    needed_by: tuple[Project, ...]
    risks: tuple[Risk, ...]
    decisions: tuple[Decision, ...]
    spent: str
    committed: str
    moves: tuple[Move, ...]
    may_write: bool
    may_update: bool
    withdraw: forms.Form | None
    state: forms.ModelForm | None
    dependency: forms.Form | None
    is_past: bool
    """Its last day is over, and it is not ready."""


def project_page(
    user: User, project: Project, *, at: datetime, state: Any = None, dependency: Any = None, withdraw: Any = None
) -> ProjectPage:
    """`state`, `dependency` and `withdraw`: the forms as filled in, when something was wrong with them."""
    today = local_day(at)
    writes = may_write(user)
    updates = may_update(user, project)
    money = dict(
        MoneyEntry.objects.filter(project=project).order_by().values_list("kind").annotate(total=Sum("amount"))
    )
    return ProjectPage(
        project=project,
        badge=project_badge(project),
        steps=tuple(Step(step, step.done_on is None and step.due_on < today) for step in project.milestones.all()),
        waits_for=tuple(
            (row, project_badge(row.needs), row.needs.done_on is None and row.needs.ends_on > project.ends_on)
            for row in project.dependencies.select_related("needs").filter(needs__withdrawn_on=None)
        ),
        needed_by=tuple(
            row.project for row in project.needed_by.select_related("project").filter(project__withdrawn_on=None)
        ),
        risks=tuple(sorted(project.risks.all(), key=lambda one: (one.state == Risk.State.CLOSED, -one.weight, one.pk))),
        decisions=tuple(project.decisions.all()),
        spent=euros(money["spent"]) if money.get("spent") else "",
        committed=euros(money["committed"]) if money.get("committed") else "",
        moves=_moves(project),
        may_write=writes,
        may_update=updates,
        withdraw=(withdraw or WithdrawForm(initial={"version": project.version}))
        if writes and project.withdrawn_on is None
        else None,
        state=(state or StateForm(instance=project)) if updates else None,
        dependency=(dependency or DependencyForm().offer(project)) if writes and updates else None,
        is_past=project.withdrawn_on is None and project.done_on is None and project.ends_on < today,
    )


def _moves(project: Project) -> tuple[Move, ...]:
    """Each time state or reason was given, newest first."""
    moves: list[Move] = []
    seen: set[datetime] = set()
    rows = project.history.select_related("light_moved_by").order_by("-history_date", "-history_id")[:60]
    for row in rows:
        if row.light_moved_at in seen or row.light not in Light.values:
            continue
        seen.add(row.light_moved_at)
        who = str(row.light_moved_by) if row.light_moved_by_id and row.light_moved_by else ""
        moves.append(Move(row.light_moved_at, light_badge(row.light), row.light_reason, who))
        if len(moves) == MOST_MOVES:
            break
    return tuple(moves)
