"""Takes in a customer's reaction on a question: added, reopened, or (too late for that) a new question that follows the old one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contacts import normalize
from contacts.access import lock_question
from contacts.actions.acknowledge import acknowledge
from contacts.actions.asked import Asked
from contacts.actions.attach import attach, may_reopen
from contacts.actions.build_question import MAX_TEXT
from contacts.actions.clocks import project, start_clocks
from contacts.actions.confidential import close_off, keep_seen
from contacts.actions.link import link
from contacts.actions.register import register
from contacts.mail.rules import title_of
from contacts.merged import where_merged
from contacts.models import Contact, Question, QuestionLink
from contacts.norms.promises import ACKNOWLEDGE
from organisation.history import sign
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from channels_app.models import InboundMessage, Mailbox, MessageSource
    from contacts.models import Customer


@dataclass(frozen=True)
class Received:
    """`outcome`: attached, reopened or new."""

    contact: Contact
    question: Question
    outcome: str


@one_transaction
def receive_reply(
    *,
    question: Question,
    at: datetime,
    received_at: datetime,
    channel: str,
    customer: Customer | None,
    text: str,
    quoted_text: str = "",
    subject_line: str = "",
    address: str = "",
    address_name: str = "",
    remarks: Sequence[str] = (),
    inbound: InboundMessage | None = None,
    is_automatic: bool = False,
    mailbox: Mailbox | None = None,
    may_acknowledge: bool = True,
    source: MessageSource | None = None,
) -> Received:
    """The caller has made sure that the sender may add to this question (reference and address both fit)."""
    question = _locked(question)
    contact = Contact(
        customer=customer,
        channel=channel,
        received_at=received_at,
        registered_at=at,
        text=normalize.clean(text, MAX_TEXT),
        quoted_text=normalize.clean(quoted_text, MAX_TEXT),
        subject_line=normalize.clean_line(subject_line, 300),
        address=normalize.clean_line(address, 320),
        address_name=normalize.clean_line(address_name, 200),
        is_automatic=is_automatic,
        remarks=list(remarks),
        inbound=inbound,
    )
    if _belongs(question, contact):
        return _add(question, contact, at=at, mailbox=mailbox, may_acknowledge=may_acknowledge)
    return _follow_up(question, contact, at=at, mailbox=mailbox, may_acknowledge=may_acknowledge, source=source)


def _belongs(question: Question, contact: Contact) -> bool:
    """What a machine says always stands with its question; what a person says unless that ended too long ago, or was none."""
    if contact.is_automatic or question.status not in (Question.Status.CLOSED, Question.Status.CANCELLED):
        return True
    return may_reopen(question, contact.received_at)


def _add(
    question: Question, contact: Contact, *, at: datetime, mailbox: Mailbox | None, may_acknowledge: bool
) -> Received:
    """A question that opens again by it is promised anew, and the customer hears that it arrived."""
    sign(contact, by=None, at=at)
    contact.save()
    was_closed = question.status == Question.Status.CLOSED
    question = attach(question_id=question.pk, contact=contact, by=None, at=at)
    if question.is_confidential and question.is_open:
        keep_seen(question, at=at)
    reopened = was_closed and question.is_open
    if reopened and may_acknowledge and contact.channel in ACKNOWLEDGE and "@" in contact.address:
        start_clocks(question, contact, [ACKNOWLEDGE[contact.channel]], by=None, at=at)
        project(question)
        question.save_without_historical_record()  # type: ignore[attr-defined]
        acknowledge(contact=contact, question=question, at=at, mailbox=mailbox)
    return Received(contact, question, "reopened" if reopened else "attached")


def _follow_up(
    question: Question,
    contact: Contact,
    *,
    at: datetime,
    mailbox: Mailbox | None,
    may_acknowledge: bool,
    source: MessageSource | None,
) -> Received:
    """A question of its own, about the same subject and for the same people; `contact` is not saved, but made anew with it."""
    asked = Asked(
        title=title_of(contact.subject_line, contact.text) if contact.subject_line else "",
        subject_id=question.subject_id,
        kind=question.kind,
        is_confidential=question.is_confidential,
    )
    made = register(
        by=None,
        at=at,
        channel=contact.channel,
        received_at=contact.received_at,
        asked=[asked],
        customer=contact.customer,
        text=contact.text,
        quoted_text=contact.quoted_text,
        subject_line=contact.subject_line,
        address=contact.address,
        address_name=contact.address_name,
        remarks=contact.remarks,
        inbound=contact.inbound,
        mailbox=mailbox,
        acknowledge=may_acknowledge,
        source=source,
    )
    new = made.questions[0]
    if new.is_confidential:
        close_off(new, like=question, at=at)
    reason = _("Reaction on a closed question")
    link(question=new, other=question, by=None, at=at, kind=QuestionLink.Kind.FOLLOW_UP, reason=reason)
    return Received(made.contact, new, "new")


def _locked(question: Question) -> Question:
    """Where it is now, and stays until the end: whoever closes, cancels or merges it at this moment waits."""
    while (fresh := lock_question(None, where_merged(question))).merged_into_id is not None:
        question = fresh
    return fresh
