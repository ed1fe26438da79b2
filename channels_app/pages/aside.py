"""Messages that stand aside: incoming ones that were not registered, outgoing ones that were not sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from channels_app.account_words import account_words
from channels_app.actions.parked import is_waiting_for_a_person
from channels_app.models import InboundMessage, InboundRaw, OutboundMessage
from channels_app.models.outbox import ASKS_FOR
from channels_app.signals import unsent_shown
from organisation import wording
from organisation.paging import Page, page_newest_first

if TYPE_CHECKING:
    from organisation.models import User

RAW_SHOWN = 60_000
_OF_WHOM = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+|\+?\d{9,}")
"""An address or number in what a mail server or service said."""
KINDS = ("parked", "refused", "ignored")
STATES = ("failed", "held")


@dataclass(frozen=True)
class IncomingRow:
    """`sender` and `subject` stay empty for whoever may only see that there is a message."""

    pk: int
    received: str
    mailbox: str
    sender: str
    subject: str
    reason: str
    size: str


@dataclass(frozen=True)
class Incoming:
    """One message: its facts, its raw text when the person may read it, and what can be done."""

    row: IncomingRow
    state: str
    may_retry: bool
    may_dismiss: bool
    is_ignored: bool
    tries: int
    handled_by: str
    raw: str | None
    is_cut: bool


@dataclass(frozen=True)
class OutgoingRow:
    pk: int
    created: str
    purpose: str
    to: str
    subject: str
    reason: str
    number: str
    is_held: bool
    is_human: bool


def incoming_list(kind: str, query: QueryDict, *, with_content: bool) -> Page:
    rows: QuerySet[InboundMessage] = InboundMessage.objects.select_related("mailbox", "message_source").defer("parsed")
    rows = rows.filter(state="parked") if kind == "parked" else rows.filter(outcome=kind)
    page = page_newest_first(rows, query, moment="id")
    return Page([_incoming_row(row, with_content) for row in page.rows], page.next_query, page.first_query)


def incoming(row: InboundMessage, *, with_content: bool) -> Incoming:
    """The raw text as the bytes are: every byte above 127 that is no UTF-8 shows as a replacement sign."""
    raw, is_cut = None, False
    kept = raw_of(row)
    if with_content and kept is not None:
        data = bytes(kept.data)
        raw, is_cut = data[:RAW_SHOWN].decode("utf-8", "replace").replace("\x00", "\ufffd"), len(data) > RAW_SHOWN
    return Incoming(
        row=_incoming_row(row, with_content),
        state=row.state,
        may_retry=is_waiting_for_a_person(row),
        may_dismiss=row.state == InboundMessage.State.PARKED,
        is_ignored=row.outcome == InboundMessage.Outcome.IGNORED,
        tries=row.tries,
        handled_by=str(row.handled_by) if row.handled_by else "",
        raw=raw,
        is_cut=is_cut,
    )


def outgoing_list(state: str, query: QueryDict, user: User, at: datetime, *, with_content: bool) -> Page:
    """What a message says of a question that this person may not see stays out of it."""
    messages = OutboundMessage.objects
    rows: QuerySet[OutboundMessage] = (
        messages.not_sent(at - ASKS_FOR) if state == "failed" else messages.for_people().filter(state=state)
    )
    rows = rows.defer("body")
    page = page_newest_first(rows, query, moment="id")
    told = unsent_shown.send(sender=OutboundMessage, user=user, messages=page.rows) if with_content else []
    hidden = {pk for _who, found in told for pk in found}
    return Page(
        [_outgoing_row(row, with_content, is_hidden=row.pk in hidden) for row in page.rows],
        page.next_query,
        page.first_query,
    )


def size_in_words(size: int) -> str:
    if size >= 1_048_576:
        return _("%(size)s MB") % {"size": wording.number(size / 1_048_576, 1)}
    return _("%(size)s kB") % {"size": wording.number(max(1, round(size / 1024)), 0)}


def raw_of(row: InboundMessage) -> InboundRaw | None:
    """The bytes as they came: its own, or those of the call in which it stood."""
    return InboundRaw.objects.filter(message__in=[row.pk, row.envelope_id or row.pk]).first()


def _where(row: Any) -> str:
    """The mailbox or account through which it came."""
    if row.message_source_id is not None:
        return str(row.message_source.name)
    return row.mailbox.name if row.mailbox else _("taken in by hand")


def _incoming_row(row: Any, with_content: bool) -> IncomingRow:
    return IncomingRow(
        pk=row.pk,
        received=wording.moment(row.received_at),
        mailbox=_where(row),
        sender=(account_words(row.sender) or _("unknown")) if with_content else "",
        subject=row.subject if with_content else "",
        reason=row.reason,
        size=size_in_words(row.size),
    )


def _outgoing_row(row: Any, with_content: bool, *, is_hidden: bool) -> OutgoingRow:
    is_told = with_content and not is_hidden
    return OutgoingRow(
        pk=row.pk,
        created=wording.moment(row.created_at),
        purpose=row.get_purpose_display(),
        to=account_words(row.to_address, row.to_name) if is_told else "",
        subject=row.subject if is_told else _("Confidential") if is_hidden else "",
        reason=row.error if is_told else _OF_WHOM.sub("…", row.error),
        number=row.reference_number if is_told else "",
        is_held=row.state == OutboundMessage.State.HELD,
        is_human=row.purpose in ("reply", "interim", "question_back"),
    )
