"""A routing rule makes a question confidential: who sees it then, and the rows that say so.

The people that the rule names; when none of them works here any more the leads of its team, and without those the coordinators. A
question that nobody can see is worse than one that too many see: with nobody at all it is not made confidential.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contacts.models import ConfidentialAccess, Notice, Question
from contacts.routing.match import Rule
from organisation import audit
from organisation.models import Membership
from organisation.roles import Role
from organisation.workdays import local_day

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from contacts.models import RoutingRule
    from organisation.models.people import MembershipQuerySet


@dataclass(frozen=True)
class Seers:
    """Who sees what the rule makes confidential, by name; `is_other`: not those whom the rule means, for they left."""

    people: dict[int, str]
    is_other: bool

    @property
    def names(self) -> str:
        return ", ".join(self.people.values())


def seers(rule: Rule | RoutingRule, at: datetime, *, team_id: int | None = None) -> Seers:
    """One query as a rule: those who are meant are there. `team_id`: the team that was chosen by hand, whose leads see it as well."""
    held = _held(local_day(at))
    leads = held.filter(team_id=rule.team_id, role=Role.TEAM_LEAD)
    named = held.reading().filter(user_id__in=rule.confidential_for) if rule.confidential_for else leads
    for step, rows in enumerate((named, leads, held.filter(role=Role.COORDINATOR))):
        if people := _names(rows):
            if team_id is not None and team_id != rule.team_id:
                people |= _names(held.filter(team_id=team_id, role=Role.TEAM_LEAD))
            return Seers(people, is_other=step > 0)
    return Seers({}, is_other=True)


def stand_ins(team_id: int, at: datetime) -> list[int]:
    """Who gets to see a question of this team when nobody is left who can: its leads, without those the coordinators."""
    held = _held(local_day(at))
    return list(_names(held.filter(team_id=team_id, role=Role.TEAM_LEAD)) or _names(held.filter(role=Role.COORDINATOR)))


def can_read(day: date) -> QuerySet[Membership]:
    """The memberships by which somebody sees a question that he or she is named at."""
    return _held(day).reading()


def readers(day: date) -> list[tuple[int, str]]:
    """Whom a rule can name: id and name with teams, of everybody who may see questions on this day."""
    held = can_read(day)
    teams: dict[tuple[int, str], dict[str, None]] = {}
    for pk, name, team in held.order_by("user__name", "user_id", "team__name").values_list(
        "user_id", "user__name", "team__name"
    ):
        teams.setdefault((pk, name), {})[team or ""] = None
    return [(pk, f"{name} ({', '.join(filter(None, found))})") for (pk, name), found in teams.items()]


def _held(day: date) -> MembershipQuerySet:
    return Membership.objects.valid_on(day).filter(user__is_active=True)


def _names(rows: QuerySet[Membership]) -> dict[int, str]:
    return dict(rows.order_by("user__name", "user_id").values_list("user_id", "user__name"))


def reason_of(rule: Rule, seen: Seers) -> str:
    """In words, as it stands with the question."""
    if not seen.is_other:
        return _("By the rule “%(rule)s”") % {"rule": rule.name}
    return _("By the rule “%(rule)s”; whom it names works here no more") % {"rule": rule.name}


def make_confidential(
    question: Question, seen: Seers, *, rule: Rule, besides: Collection[int], by: int | None, at: datetime
) -> list[Model]:
    """The rows that let these people in, and `besides` (who was given the question); each but `by` is told. Not saved."""
    reason = reason_of(rule, seen)[:300]
    audit.record(by=None, action="question.confidential", obj=question, is_confidential=True, rule=rule.id)
    people = {*seen.people, *besides}
    access = [ConfidentialAccess(question=question, user_id=one, reason=reason, from_at=at) for one in sorted(people)]
    notices = [
        Notice(user_id=one, kind=Notice.Kind.NAMED, question=question, key=f"named:{question.pk}", at=at)
        for one in sorted(set(seen.people) - {by, *besides})
    ]
    return [*access, *notices]
