"""Who talks with the visitor: somebody takes the chat, or hands it over to a colleague or a team."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from contacts.actions.assign import assign
from contacts.actions.chat_line import add_line, lock_chat
from contacts.actions.forward import forward
from contacts.models import Chat, ChatLine, Question
from organisation.errors import Refused
from organisation.models import Membership
from organisation.snapshot import organisation
from organisation.transact import one_transaction
from organisation.workdays import local_day

if TYPE_CHECKING:
    from organisation.models import User


@one_transaction
def chat_take(*, chat: Chat, by: User, at: datetime, was: int | None = None) -> Chat:
    """Of two at once one wins, the other is told who has it. `was`: from which colleague it is taken over."""
    question = Question.objects.get(pk=chat.question_id)
    if question.is_open:
        assign(question=question, by=by, at=at, to=by)
    fresh = lock_chat(chat.pk)
    if fresh.state == Chat.State.CLOSED:
        raise Refused(_("The visitor is gone: this talk has ended."))
    if fresh.taken_by_id == by.pk:
        return fresh
    if fresh.taken_by_id is not None and fresh.taken_by_id != was:
        raise Refused(_("%(name)s is talking with this visitor already.") % {"name": fresh.taken_by})
    fresh.state, fresh.taken_by, fresh.taken_at = Chat.State.OPEN, by, fresh.taken_at or at
    _tell(fresh, by, at)
    return fresh


@one_transaction
def chat_to_colleague(*, chat: Chat, to: User, by: User, at: datetime) -> Chat:
    """The question goes along: in its own team, else in a team of the colleague."""
    question = Question.objects.get(pk=chat.question_id)
    teams = list(
        Membership.objects.valid_on(local_day(at))
        .reading()
        .filter(user=to, user__is_active=True, team__is_active=True)
        .order_by("team_id")
        .values_list("team_id", flat=True)
    )
    if not teams or to.pk == by.pk:
        raise Refused(_("Choose a colleague or a team."), "to")
    if question.is_open:
        if question.team_id in teams:
            assign(question=question, by=by, at=at, to=to)
        else:
            forward(
                question=question,
                by=by,
                at=at,
                team_id=teams[0],
                assignee_id=to.pk,
                reason=_("Handed over in the chat"),
            )
    fresh = _own(chat, by)
    fresh.taken_by = to
    _tell(fresh, to, at)
    return fresh


@one_transaction
def chat_to_team(*, chat: Chat, team_id: int, by: User, at: datetime) -> Chat:
    """It waits again, for the people of that team."""
    question = Question.objects.get(pk=chat.question_id)
    team = organisation().teams.get(team_id)
    if team is None or not team.is_active:
        raise Refused(_("Choose a colleague or a team."), "to")
    if question.is_open:
        if question.team_id == team_id:
            assign(question=question, by=by, at=at, to=None)
        else:
            forward(question=question, by=by, at=at, team_id=team_id, reason=_("Handed over in the chat"))
    fresh = _own(chat, by)
    fresh.state, fresh.taken_by, fresh.waits_since = Chat.State.WAITING, None, at
    with translation.override("nl"):
        text = _("A colleague of %(team)s takes over. One moment please.") % {"team": team.name}
    add_line(fresh, who=ChatLine.Who.HOUSE, text=text, key=f"h:{fresh.line_count}", at=at)
    return fresh


def _own(chat: Chat, by: User) -> Chat:
    fresh = lock_chat(chat.pk)
    if fresh.state != Chat.State.OPEN or fresh.taken_by_id != by.pk:
        raise Refused(_("Take this talk first."))
    return fresh


def _tell(chat: Chat, who: User, at: datetime) -> None:
    """The visitor reads who it is; by first name."""
    with translation.override("nl"):
        text = _("%(name)s is in the talk now.") % {"name": who.get_short_name()}
    add_line(chat, who=ChatLine.Who.HOUSE, text=text, key=f"h:{chat.line_count}", at=at)
