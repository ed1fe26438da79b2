"""Promises an answer to who wrote again, also when an answer of ours left meanwhile that could not know of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from contacts.actions.clocks import live_clocks, start_clocks
from contacts.actions.replace_clock import start_anew
from contacts.models import Contact, Question
from contacts.norms.promises import norms_to_start

if TYPE_CHECKING:
    from organisation.models import User


def promise_again(question: Question, contact: Contact, *, by: User | None, at: datetime, end: str = "open") -> None:
    """Starts what is not live yet, on the locked question, and what this contact was promised already anew; `end` as when a contact is registered."""
    codes = norms_to_start(channel=contact.channel, kind=question.kind, end=end, acknowledge=False)
    begins_at = _begins_at(question, contact)
    for clock in live_clocks(question):
        if clock.contact_id == contact.pk and clock.code in codes and clock.started_at < begins_at:
            start_anew(clock, by=by, at=at, cause="answer that could not know of it", starts_at=begins_at)
    start_clocks(question, contact, codes, by=by, at=at, starts_at=begins_at)


def _begins_at(question: Question, contact: Contact) -> datetime:
    """When it was received; just after an answer that left since then, for until that moment an earlier promise held."""
    if question.answered_at is None or question.answered_at < contact.received_at:
        return contact.received_at
    return question.answered_at + timedelta.resolution
