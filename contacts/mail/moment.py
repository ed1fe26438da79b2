"""When a message was received: for the clocks, and for whether its sender still wants to hear that it arrived."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from channels_app.models import InboundMessage

OLDEST = timedelta(days=3650)
ACKNOWLEDGED_WITHIN = timedelta(days=7)
"""Older mail (a mailbox that is read for the first time) is registered without an acknowledgement: it would only puzzle."""


def moment_of(row: InboundMessage, at: datetime) -> datetime:
    """When the mail server received it; a moment that cannot be (the future, before e-mail) becomes when we took it in."""
    return row.received_at if at - OLDEST < row.received_at <= at else min(row.taken_in_at, at)


def is_recent(received_at: datetime, at: datetime) -> bool:
    """Whether an acknowledgement still says something new."""
    return received_at > at - ACKNOWLEDGED_WITHIN
