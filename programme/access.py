"""Who may open and change what; absent and forbidden look alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet
from django.http import Http404

from organisation.roles import Right
from programme.models import Goal, Milestone, Programme, Project, Risk

if TYPE_CHECKING:
    from organisation.models import User


def may_write(user: User) -> bool:
    """Everything of the programme."""
    return user.may(Right.PROGRAMME_WRITE)


def may_add(user: User) -> bool:
    """There is a house to add to."""
    return may_write(user) and Programme.objects.exists()


def may_update(user: User, project: Project | None) -> bool:
    """Light, reason, milestones and risks of this project: who writes the programme, and its owner; of a withdrawn one nobody."""
    if project is not None and project.withdrawn_on is not None:
        return False
    return may_write(user) or (project is not None and user.is_active and project.owner_id == user.pk)


def updatable(user: User) -> QuerySet[Project]:
    """The projects of `may_update`."""
    projects = Project.objects.standing()
    return projects if may_write(user) else projects.filter(owner=user)


def get_project(user: User, pk: int) -> Project:
    found = (
        Project.objects.visible_to(user).select_related("pillar", "condition", "owner", "light_moved_by").filter(pk=pk)
    ).first()
    if found is None:
        raise Http404
    return found


def goals_of(user: User) -> QuerySet[Goal]:
    """With all that is needed to measure them."""
    visible: QuerySet[Goal] = Goal.objects.visible_to(user)
    return visible.select_related("pillar", "condition", "team", "indicator").prefetch_related(
        "targets", "indicator__results"
    )


def get_goal(user: User, pk: int) -> Goal:
    found = goals_of(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def may_change(user: User, row: Model) -> bool:
    """A milestone or risk also by the owner of its project; anything else only with the right."""
    if isinstance(row, Milestone | Risk):
        return may_update(user, row.project if row.project_id else None)
    return may_write(user)


def owner_kinds() -> tuple[type[Any], ...]:
    """What owners of projects add and change themselves."""
    return (Milestone, Risk)
