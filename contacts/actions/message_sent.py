"""A message of ours left: how hard it is to read is kept, and what was undone when it did not arrive before is done after all."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from channels_app.models import OutboundMessage
from contacts import status
from contacts.actions.change import changing
from contacts.actions.clocks import pause_clocks, stop_clocks
from contacts.actions.keep_level import keep_level
from contacts.actions.message_not_delivered import NOT_DELIVERED
from contacts.answers import said_since
from contacts.models import Contact, Question
from contacts.norms.promises import CALLBACK, STOPPED_BY_REACTION
from organisation.history import sign

SENT_AFTER_ALL: Final = "sent after all"


def message_sent(contact: Contact, message: OutboundMessage, *, at: datetime) -> None:
    """It counts from when it left. A person sent it again, or the service tells that it arrived although it said before that it did not."""
    left_at = message.sent_at or at
    questions = list(contact.questions.order_by("pk"))
    if not questions:
        return
    keep_level(contact, questions[0], left_at=left_at)
    undone = [one for one in questions if one.is_open and _is_undone(one, contact)]
    if not undone:
        return
    contact.received_at = left_at
    sign(contact, by=None, at=at, reason=SENT_AFTER_ALL)
    contact.save()
    for one in undone:
        _do_after_all(one, contact, message, left_at=left_at, at=at)


def _is_undone(question: Question, contact: Contact) -> bool:
    """Whether this failed or was held before, and is still what was said last: what was written before somebody asked anew answers it not."""
    since = said_since(question, contact)
    if contact.is_answer:
        is_unanswered = question.answered_at is None or question.answered_at < contact.received_at
        return is_unanswered and not since.filter(direction=Contact.Direction.IN).exists()
    undone = question.history.filter(history_change_reason=NOT_DELIVERED, history_date__gte=contact.received_at)  # type: ignore[attr-defined]
    return undone.exists() and not since.exists()


def _do_after_all(
    one: Question, contact: Contact, message: OutboundMessage, *, left_at: datetime, at: datetime
) -> None:
    with changing(one, by=None, at=at, reason=SENT_AFTER_ALL, is_edit=False) as question:
        question.last_contact_at = max(question.last_contact_at, left_at)
        if contact.is_answer:
            question.answered_at = max(question.answered_at or left_at, left_at)
            stop_clocks(question, by=None, at=left_at, cause="answered", besides=frozenset({CALLBACK}))
        else:
            stop_clocks(question, by=None, at=left_at, cause="reaction", codes=STOPPED_BY_REACTION)
        if message.purpose == OutboundMessage.Purpose.QUESTION_BACK and question.status != Question.Status.WAITING:
            question.status = status.after("ask_customer", question.status)
            pause_clocks(question, by=None, at=at, cause="waiting for customer")
