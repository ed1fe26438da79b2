"""Scans of letters that wait until somebody registers them at the desk."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from channels_app.models import Channel, InboundMessage
from contacts.models import Contact
from organisation.errors import Refused
from organisation.roles import Right

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from organisation.models import User

State, Outcome = InboundMessage.State, InboundMessage.Outcome
MOST = 30


def scans_for(user: User) -> QuerySet[InboundMessage]:
    """Those that wait, for whoever looks after the post."""
    rows = InboundMessage.objects.filter(channel=Channel.LETTER, state=State.DONE, outcome=Outcome.DESK)
    return rows if user.may(Right.QUESTIONS_ALL_TEAMS) else rows.none()


def scan_of(user: User, pk: int | None) -> InboundMessage | None:
    """A scan that somebody brought to the desk: being read, waiting, taken apart, or one that cannot be read."""
    if pk is None or not user.may(Right.QUESTIONS_ALL_TEAMS):
        return None
    row = InboundMessage.objects.filter(pk=pk, channel=Channel.LETTER).first()
    facts: dict[str, Any] = (row.parsed or {}) if row is not None else {}
    return row if facts.get("for_desk") else None


def lock_scan(user: User, pk: int) -> InboundMessage | None:
    """For registering, in the caller's transaction; None when a colleague was first."""
    return scans_for(user).select_for_update(of=("self",)).filter(pk=pk).first()


def registered(row: InboundMessage, *, by: User, at: datetime) -> None:
    row.outcome, row.done_at, row.handled_by = Outcome.REGISTERED, at, by
    row.save(update_fields=["outcome", "done_at", "handled_by"])


def let_go(contact: Contact) -> None:
    """The registration is undone: the scan waits again. The caller saves the contact."""
    row = contact.inbound
    if row is None or not (row.parsed or {}).get("for_desk"):
        return
    contact.inbound = None
    row.outcome, row.done_at, row.handled_by = Outcome.DESK, None, None
    row.save(update_fields=["outcome", "done_at", "handled_by"])


def refuse_taken() -> Refused:
    return Refused(_("This scan was registered by a colleague already. Choose another one."), "scan")
