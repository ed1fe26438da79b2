"""Writes down a conversation that was held with the customer."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from channels_app.models import Channel
from contacts import normalize, status
from contacts.actions.answer import MAX_TEXT, add_contact, after_message
from contacts.actions.call_made import reached
from contacts.actions.callback import promise_on
from contacts.actions.change import changing, refusal
from contacts.models import Contact, Question
from organisation.errors import Refused
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User


@one_transaction
def log_conversation(
    *,
    question: Question,
    by: User,
    at: datetime,
    channel: str,
    text: str,
    is_answer: bool,
    then: str = "stay",
    version: int | None = None,
) -> Contact:
    """A conversation that was held (phone, counter …): an answer when the employee says so. By phone it keeps a promise to call."""
    if channel not in Channel.values:
        raise Refused(_("Choose a channel."), "channel")
    text = normalize.clean(text, MAX_TEXT)
    if not text:
        raise Refused(_("Write down what was said."), "text")
    if then == "close" and not is_answer:
        raise Refused(_("Say whether the question was answered, or close it with a reason."), "is_answer")
    with changing(question, by=by, at=at, version=version, reason="conversation") as fresh:
        if not status.may("close" if then == "close" else "interim", fresh.status):
            raise Refused(refusal("close", fresh))
        contact = add_contact(fresh, by=by, at=at, text=text, channel=channel, is_answer=is_answer)
        called = reached(fresh, by=by, at=at) if channel == Channel.PHONE else None
        after_message(fresh, by=by, at=at, is_answer=is_answer, then=then)
        if called is not None:
            promise_on(fresh, called, by=by, at=at)
    return contact
