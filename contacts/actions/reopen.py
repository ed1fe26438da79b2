"""Reopens a closed or cancelled question; the customer gets a new clock, the old one keeps its result."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contacts import normalize
from contacts.actions.back_in_use import to_a_team_in_use
from contacts.actions.change import changing
from contacts.actions.clocks import start_clocks
from contacts.models import Contact, Note, Question, QuestionContact
from contacts.models.contact import REOPENED
from contacts.norms.promises import norms_to_start
from organisation.errors import Refused
from organisation.history import sign
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User


@one_transaction
def reopen(*, question: Question, by: User | None, at: datetime, reason: str, version: int | None = None) -> Question:
    """By an employee, with a reason; the clock starts at this moment, under the norm of the question's channel.

    One that was answered in its first call stays so: coming back changes no share of a finished day (norms-and-kpis §4).
    """
    reason = normalize.clean_line(reason, 300)
    if not reason:
        raise Refused(_("Write in a few words why the question is opened again."), "reason")
    with changing(question, by=by, at=at, act="reopen", version=version, reason=reason) as fresh:
        if fresh.merged_into_id:
            raise Refused(_("This question was merged with another one. Open that one."))
        fresh.close_reason = ""
        fresh.closed_at = None
        fresh.closed_on = None
        if by is not None:
            Note.objects.create(question=fresh, text=reason, created_at=at, created_by=by)
        to_a_team_in_use(fresh, by=by, at=at)
        contact = _reopening_contact(fresh, by=by, at=at, reason=reason)
        codes = norms_to_start(channel=fresh.channel, kind=fresh.kind, end="open", acknowledge=False)
        start_clocks(fresh, contact, codes, by=by, at=at)
    return question


def _reopening_contact(question: Question, *, by: User | None, at: datetime, reason: str) -> Contact:
    """A record of the reopening: the new clock belongs to a contact, and the old contact has its own."""
    contact = Contact(
        customer=question.customer,
        channel=question.channel,
        received_at=at,
        registered_at=at,
        registered_by=by,
        text=reason,
        remarks=[REOPENED],
    )
    sign(contact, by=by, at=at)
    contact.save()
    QuestionContact.objects.create(question=question, contact=contact)
    question.contact_count += 1
    question.last_contact_at = max(question.last_contact_at, at)
    return contact
