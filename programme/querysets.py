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


class OfProjectQuerySet(models.QuerySet[Any]):
    """What hangs under a project, or (without one) under the programme as a whole."""

    def visible_to(self, user: User) -> Self:
        return self if user.may(Right.PROGRAMME_READ) else self.filter(project__owner=user)


class ProgrammeQuerySet(models.QuerySet[Any]):
    """What stands in the house itself."""

    def visible_to(self, user: User) -> Self:
        return self if user.may(Right.PROGRAMME_READ) else self.none()


def one_place(name: str) -> models.CheckConstraint:
    """It belongs to a pillar or to a condition: to exactly one of the two."""
    return models.CheckConstraint(
        condition=Q(pillar__isnull=True, condition__isnull=False) | Q(pillar__isnull=False, condition__isnull=True),
        name=name,
    )
