"""Which colleagues a person may look up in the management screens (quality §4)."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404

from organisation.clock import today
from organisation.models import Membership, User
from organisation.roles import Right


def people_visible_to(user: User) -> QuerySet[User]:
    """Administrators and the coordinator: everybody. A team lead: who is in a team of theirs. Others: nobody."""
    if user.may(Right.PEOPLE_WRITE) or (user.may(Right.PEOPLE_READ) and user.may(Right.QUESTIONS_ALL_TEAMS)):
        return User.objects.all()
    if user.may(Right.PEOPLE_READ):
        mine = Membership.objects.valid_on(today()).filter(user=OuterRef("pk"), team_id__in=user.team_ids)
        return User.objects.filter(Exists(mine))
    return User.objects.none()


def get_person(user: User, pk: int) -> User:
    """The person, or 404: absent and out of reach look alike."""
    return get_object_or_404(people_visible_to(user), pk=pk)
