"""About whose data a person decides as the second: as far as the role reaches that gives this (quality §4)."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from contacts.models import Customer, Question
from organisation.role_reach import teams_with
from organisation.roles import Right

if TYPE_CHECKING:
    from contacts.querysets import CustomerQuerySet
    from organisation.models import User


def people_to_decide_about(user: User) -> CustomerQuerySet:
    """A coordinator: everybody. A lead: who has a question with a led team, or a confidential one at which the lead was named. Another role
    of the lead, at the desk or in another team, adds nobody."""
    seen = Customer.objects.visible_to(user)
    if not user.may(Right.PERSON_ERASE_APPROVE):
        return seen.none()
    teams = teams_with(user, Right.PERSON_ERASE_APPROVE)
    if teams is None:
        return seen
    theirs = Question.objects.visible_to(user).filter(Q(team_id__in=teams) | Q(is_confidential=True))
    return seen.filter(Exists(theirs.filter(customer=OuterRef("pk"))))


def shape_to_decide(user: User) -> Hashable:
    """What this adds to the text of a statement: which of a person's teams, in their order, and not which teams these are."""
    whole, teams = teams_with(user, Right.PERSON_ERASE_APPROVE), sorted(user.team_ids)
    return None if whole is None else tuple(teams.index(pk) for pk in sorted(whole))
