"""Gives a question to a person of its team, or takes it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from contacts import status
from contacts.actions.change import changing, refusal
from contacts.actions.confidential import let_in
from contacts.actions.tell import tell
from contacts.models import Assignment, Notice, Question
from organisation.clock import local_day
from organisation.errors import Refused
from organisation.models import Membership
from organisation.roles import Right
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import Team, User


@one_transaction
def assign(
    *, question: Question, by: User | None, at: datetime, to: User | None, version: int | None = None
) -> Question:
    """Makes this person the assignee; None puts the question back in the team's queue."""
    return _hold(question, by=by, at=at, to=to, version=version, act="take" if to is not None else "release")


@one_transaction
def take(*, question: Question, by: User, at: datetime, version: int | None = None) -> Question:
    """ "Pak op": one's own from now on. Of two at once one wins; the other is told who has it."""
    return _hold(question, by=by, at=at, to=by, version=version, act="take", only_free=True)


def _hold(
    question: Question,
    *,
    by: User | None,
    at: datetime,
    to: User | None,
    version: int | None,
    act: str,
    only_free: bool = False,
) -> Question:
    with changing(question, by=by, at=at, version=version) as fresh:
        if only_free and fresh.assignee_id not in (None, by.pk if by else None):
            raise Refused(_("%(name)s already took this question.") % {"name": fresh.assignee})
        if not status.may(act, fresh.status):
            raise Refused(refusal(act, fresh))
        is_new = to is not None and fresh.assignee_id != to.pk
        if to is not None and is_new and to != by and not _may_hold(to, fresh, at):
            raise Refused(_("%(name)s does not work in this team.") % {"name": to}, "assignee")
        if by is not None and to is not None and to != by and not _may_give(by, fresh):
            raise PermissionDenied
        fresh.status = status.after(act, fresh.status)
        if fresh.assignee_id != (to.pk if to else None):
            reason = _("Taken by %(name)s") % {"name": to} if to == by else _("Assigned by %(name)s") % {"name": by}
            move_to(fresh, team=fresh.team, assignee_id=to.pk if to else None, reason=reason, by=by, at=at)
            if fresh.is_confidential and to is not None and by is not None:
                let_in(fresh, [to.pk], by=by, at=at, reason=reason)
    if to is not None and is_new:
        key = f"question:{question.pk}:{question.version}"
        tell([to.pk], kind=Notice.Kind.ASSIGNED, question=question, key=key, at=at, by=by)
    return question


def hold_if_nobody_does(question: Question, *, by: User | None, at: datetime, reason: str) -> None:
    """Who answers what nobody held is the assignee; not of a confidential question, for that takes being named. On the locked question."""
    if by is not None and question.assignee_id is None and not question.is_confidential:
        move_to(question, team=question.team, assignee_id=by.pk, reason=reason, by=by, at=at)


def _may_hold(user: User, question: Question, at: datetime) -> bool:
    if not user.is_active:
        return False
    return Membership.objects.valid_on(local_day(at)).reading().filter(user=user, team_id=question.team_id).exists()


def _may_give(by: User, question: Question) -> bool:
    return by.may(Right.QUESTIONS_ASSIGN_TEAM) or by.may(Right.QUESTIONS_FORWARD_ANY) or question.team_id in by.team_ids


def move_to(
    question: Question,
    *,
    team: Team,
    assignee_id: int | None,
    reason: str,
    by: User | None,
    at: datetime,
    rule_id: int | None = None,
) -> None:
    """Ends the current assignment and begins the next; changes the (locked) question, does not save it."""
    Assignment.objects.filter(question=question, until_at__isnull=True).update(until_at=at)
    Assignment.objects.create(
        question=question,
        team=team,
        assignee_id=assignee_id,
        rule_id=rule_id,
        reason=reason[:300],
        assigned_by=by,
        from_at=at,
    )
    question.team = team
    question.assignee_id = assignee_id
