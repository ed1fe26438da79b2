"""One message through intake, reading and registration at once: for the command and the proof mail."""

from __future__ import annotations

import time
from datetime import datetime

from channels_app.actions.parse_inbox import parse_inbox
from channels_app.actions.take_in import take_in
from channels_app.adapters.email.sandbox import Sandbox
from channels_app.models import InboundMessage, Mailbox
from contacts.actions.register_mail import register_mail
from contacts.mail.result import Result, result_of

UNDONE = (InboundMessage.State.RECEIVED, InboundMessage.State.PARSED)
PATIENCE = 30.0
"""Seconds to wait for a worker that was at this message first: longer than reading one may take (20)."""
BREATH = 0.05


def take_in_mail(
    *, raw: bytes, source: str, at: datetime, mailbox: Mailbox | None = None, sandbox: Sandbox | None = None
) -> Result:
    """The very steps that mail from a mailbox takes, one after the other; what became of it.

    The worker wakes for every message and may be first: then its outcome is waited for, as a message in work is not parked.
    """
    taken = take_in(raw=raw, source=source, received_at=at, at=at, mailbox=mailbox)
    row = taken.message
    _bring_to_an_end(row, at, sandbox)
    original_id = (row.parsed or {}).get("duplicate_of")
    if original_id and (original := InboundMessage.objects.filter(pk=original_id).first()):
        _bring_to_an_end(original, at, sandbox)
    return result_of(row, is_known=not taken.is_new)


def _bring_to_an_end(row: InboundMessage, at: datetime, sandbox: Sandbox | None) -> None:
    until = time.monotonic() + PATIENCE
    while row.state in UNDONE:
        parse_inbox(at=at, only=[row.pk], sandbox=sandbox)
        register_mail(at=at, only=[row.pk])
        row.refresh_from_db()
        if row.state not in UNDONE or _is_postponed(row, at) or time.monotonic() > until:
            break
        time.sleep(BREATH)


def _is_postponed(row: InboundMessage, at: datetime) -> bool:
    """A try failed; the next one is not ours to wait for."""
    return row.lease_until is None and row.next_try_at is not None and row.next_try_at > at
