"""Reminds the assignee of a question that waits: a notice, and a note so that everybody reads who asked and when."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from contacts.access import lock_question
from contacts.actions.note import add_note
from contacts.actions.tell import tell
from contacts.models import Notice, Question
from organisation.clock import local_day
from organisation.errors import Refused
from organisation.roles import Right
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User


@one_transaction
def remind(*, question: Question, by: User, at: datetime) -> Question:
    """At most once a day per question, whoever asks; refused when nobody holds the question or it is closed."""
    fresh = lock_question(by, question)
    if not may_remind(by, fresh.team_id):
        raise PermissionDenied
    if not fresh.is_open:
        raise Refused(_("This question is closed."))
    if fresh.assignee_id is None:
        raise Refused(_("Nobody holds this question yet. Give it to a colleague."))
    if fresh.assignee_id == by.pk:
        raise Refused(_("You hold this question yourself."))
    key = f"remind:{fresh.pk}:{local_day(at).isoformat()}"
    if Notice.objects.filter(kind=Notice.Kind.REMINDED, question=fresh, key=key).exists():
        raise Refused(_("A reminder was already given today."))
    tell([fresh.assignee_id], kind=Notice.Kind.REMINDED, question=fresh, key=key, at=at, by=by)
    add_note(question=fresh, by=by, at=at, text=_("Reminded %(name)s of this question.") % {"name": fresh.assignee})
    return fresh


def may_remind(by: User, team_id: int) -> bool:
    """Who may give the question to somebody may also ask after it."""
    return by.may(Right.QUESTIONS_ASSIGN_TEAM) or by.may(Right.QUESTIONS_FORWARD_ANY) or team_id in by.team_ids
