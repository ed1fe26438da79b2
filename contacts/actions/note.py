"""Adds an internal note: never for the customer, never an answer."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contacts import normalize
from contacts.access import lock_question
from contacts.models import Note, Question
from organisation.errors import Refused
from organisation.history import sign
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User


@one_transaction
def add_note(*, question: Question, by: User, at: datetime, text: str) -> Note:
    """Notes are only added, so two colleagues may write at once."""
    text = normalize.clean(text, 10_000)
    if not text:
        raise Refused(_("Write the note first."), "text")
    fresh = lock_question(by, question)
    note = Note(question=fresh, text=text, created_at=at, created_by=by)
    sign(note, by=by, at=at)
    note.save()
    return note
