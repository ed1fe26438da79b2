"""One message through intake, reading and registration at once: for the command and the proof mail."""

from __future__ import annotations

from datetime import datetime

from channels_app.actions.parse_inbox import parse_inbox
from channels_app.actions.take_in import take_in
from channels_app.adapters.email.sandbox import Sandbox
from channels_app.models import InboundMessage, Mailbox
from contacts.actions.register_mail import register_mail
from contacts.mail_result import Result, result_of


def take_in_mail(
    *, raw: bytes, source: str, at: datetime, mailbox: Mailbox | None = None, sandbox: Sandbox | None = None
) -> Result:
    """The very steps that mail from a mailbox takes, one after the other; what became of it."""
    taken = take_in(raw=raw, source=source, received_at=at, at=at, mailbox=mailbox)
    row = taken.message
    if row.state in (InboundMessage.State.RECEIVED, InboundMessage.State.PARSED):
        parse_inbox(at=at, only=[row.pk], sandbox=sandbox)
        register_mail(at=at, only=[row.pk])
    row.refresh_from_db()
    return result_of(row, is_known=not taken.is_new)
