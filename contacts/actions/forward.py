"""Hands a question over to another team, with a reason; the same clocks run on and the receiving team inherits them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contacts import normalize
from contacts.actions.assign import move_to
from contacts.actions.change import changing
from contacts.actions.clocks import hand_over_clocks
from contacts.actions.confidential import let_in
from contacts.actions.tell import tell
from contacts.models import ConfidentialAccess, Notice, Question
from organisation.clock import local_day
from organisation.errors import Refused
from organisation.models import Membership
from organisation.roles import Role
from organisation.snapshot import organisation
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User


@one_transaction
def forward(
    *,
    question: Question,
    by: User | None,
    at: datetime,
    team_id: int,
    reason: str,
    assignee_id: int | None = None,
    version: int | None = None,
) -> Question:
    """The new team sees why; of a confidential question its leads are named. Refused without a reason."""
    team = organisation().teams.get(team_id)
    reason = normalize.clean_line(reason, 300)
    if team is None or not team.is_active:
        raise Refused(_("Choose a team that is in use."), "team")
    if not reason:
        raise Refused(_("Write in a few words why this team should answer."), "reason")
    if assignee_id is not None and not _works_in(assignee_id, team_id, at):
        raise Refused(_("This colleague does not work in that team."), "assignee")
    with changing(question, by=by, at=at, act="forward", version=version, reason=reason) as fresh:
        if fresh.team_id == team_id and assignee_id is None:
            raise Refused(_("The question is already with this team."), "team")
        if fresh.team_id != team_id:
            fresh.transfer_count += 1
        move_to(fresh, team=team, assignee_id=assignee_id, reason=reason, by=by, at=at)
        hand_over_clocks(fresh, team_id=team_id, by=by, at=at, cause="forwarded")
        named = []
        if fresh.is_confidential and by is not None:
            named = let_in(fresh, _readers(fresh, assignee_id, at), by=by, at=at, reason=reason)
    key = f"question:{question.pk}:{question.version}"
    tell([assignee_id], kind=Notice.Kind.ASSIGNED, question=question, key=key, at=at, by=by)
    tell(set(named) - {assignee_id}, kind=Notice.Kind.NAMED, question=question, key=key, at=at, by=by)
    return question


def _readers(question: Question, assignee_id: int | None, at: datetime) -> list[int]:
    """Who can go on with a confidential question in its new team: the colleague it is for, else the leads, who give it to somebody."""
    if assignee_id is not None:
        return [assignee_id]
    members = (
        Membership.objects.valid_on(local_day(at)).reading().filter(user__is_active=True, team_id=question.team_id)
    )
    leads = list(members.filter(role=Role.TEAM_LEAD).values_list("user_id", flat=True))
    named = ConfidentialAccess.objects.filter(question=question, until_at=None, user__in=members.values("user"))
    if not leads and not named.exists():
        raise Refused(
            _(
                "This question is confidential, and nobody of that team may see it."
                " Name a colleague of that team first, under “Confidential”."
            ),
            "team",
        )
    return leads


def _works_in(user_id: int, team_id: int, at: datetime) -> bool:
    members = Membership.objects.valid_on(local_day(at)).reading()
    return members.filter(user_id=user_id, user__is_active=True, team_id=team_id).exists()
