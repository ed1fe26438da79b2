"""Who sees what of the programme: readers all of it, the owner of a project at least that one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from organisation.roles import Right

if TYPE_CHECKING:
    from organisation.models import User


class ProjectQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """All of them, or one's own."""
        return self if user.may(Right.PROGRAMME_READ) else self.filter(owner=user)

    def standing(self) -> Self:
        """Without what was withdrawn."""
        return self.filter(withdrawn_on=None)


class OfProjectQuerySet(models.QuerySet[Any]):
    """What hangs under a project, or (without one) under the programme as a whole."""

    def visible_to(self, user: User) -> Self:
        return self if user.may(Right.PROGRAMME_READ) else self.filter(project__owner=user)

    def standing(self) -> Self:
        """Without what hangs under a project that was withdrawn."""
        return self.filter(Q(project=None) | Q(project__withdrawn_on=None))


class ProgrammeQuerySet(models.QuerySet[Any]):
    """What stands in the house itself."""

    def visible_to(self, user: User) -> Self:
        return self if user.may(Right.PROGRAMME_READ) else self.none()


class GoalQuerySet(ProgrammeQuerySet):
    def standing(self) -> Self:
        """Without what was withdrawn."""
        return self.filter(withdrawn_on=None)


def withdrawn_says_why(name: str) -> models.CheckConstraint:
    """What was withdrawn has a day and a reason; what stands has neither."""
    return models.CheckConstraint(
        condition=Q(withdrawn_on=None, withdrawn_why="") | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_why="")),
        name=name,
    )


def one_place(name: str) -> models.CheckConstraint:
    """It belongs to a pillar or to a condition: to exactly one of the two."""
    return models.CheckConstraint(
        condition=Q(pillar__isnull=True, condition__isnull=False) | Q(pillar__isnull=False, condition__isnull=True),
        name=name,
    )
