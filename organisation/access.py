"""Which colleagues a person may look up in the management screens (quality §4)."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404

from organisation.clock import today
from organisation.models import Membership, User
from organisation.role_reach import teams_with
from organisation.roles import Right


def people_visible_to(user: User) -> QuerySet[User]:
    """Administrators and the coordinator: everybody. A team lead: who is in a team that this person leads, whatever other roles this
    person has. Others: nobody."""
    teams = teams_with(user, Right.PEOPLE_READ)
    if teams is None or user.may(Right.PEOPLE_WRITE):
        return User.objects.all()
    if not teams:
        return User.objects.none()
    mine = Membership.objects.valid_on(today()).filter(user=OuterRef("pk"), team_id__in=teams)
    return User.objects.filter(Exists(mine))


def get_person(user: User, pk: int) -> User:
    """The person, or 404: absent and out of reach look alike."""
    return get_object_or_404(people_visible_to(user), pk=pk)
