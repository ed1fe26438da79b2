"""Promises an answer to who wrote again, also when an answer of ours left meanwhile that could not know of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from contacts.actions.clocks import start_clocks
from contacts.models import Contact, Question
from contacts.norms.promises import norms_to_start

if TYPE_CHECKING:
    from organisation.models import User


def promise_again(question: Question, contact: Contact, *, by: User | None, at: datetime, end: str = "open") -> None:
    """Starts what is not live yet, on the locked question; `end` as when a contact is registered."""
    codes = norms_to_start(channel=contact.channel, kind=question.kind, end=end, acknowledge=False)
    start_clocks(question, contact, codes, by=by, at=at, starts_at=_begins_at(question, contact))


def _begins_at(question: Question, contact: Contact) -> datetime:
    """When it was received; just after an answer that left since then, for until that moment an earlier promise held."""
    if question.answered_at is None or question.answered_at < contact.received_at:
        return contact.received_at
    return question.answered_at + timedelta.resolution
