"""Marks a message on its way out as sent, failed, held or dropped, once, and tells whoever listens."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from channels_app.models import OutboundMessage
from channels_app.signals import outbound_settled

State = OutboundMessage.State


def settle(message: OutboundMessage, state: str, at: datetime, note: str) -> None:
    """Marks it and tells whoever listens, in the caller's transaction; once, whoever else tries."""
    told: dict[str, Any] = {
        "state": state,
        "sent_at": message.accepted_at if state == State.SENT else None,
        "error": note[:500],
        "lease_until": None,
    }
    if OutboundMessage.objects.filter(pk=message.pk, state__in=[State.QUEUED, State.SENDING]).update(**told):
        message.__dict__.update(told)
        outbound_settled.send(sender=OutboundMessage, message=message)
