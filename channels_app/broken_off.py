"""Messages on their way out whose worker died: free again at once, and after five times left to a person."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, connection

from channels_app.holding import abandoned
from channels_app.models import OutboundMessage
from channels_app.reasons import kept

MOST = 5
PATIENCE_SECONDS = 30.0
"""Less than what `holding` gives after a restart before another worker takes the message."""
_ACCEPTED = "UPDATE channels_app_outboundmessage SET accepted_at = %s WHERE id = %s"
SENDING = OutboundMessage.State.SENDING


def broke_off() -> str:
    return kept("The program stopped while it sent this message.")


def take_back(lease: timedelta, at: datetime) -> int:
    """What a worker held that died waits no longer for the end of its lease; gives how many."""
    left = abandoned(OutboundMessage, [SENDING], lease, at)
    held = OutboundMessage.objects.filter(pk__in=left, state=SENDING, lease_until__isnull=False)
    return held.update(lease_until=None, error=broke_off()) if left else 0


def is_poison(message: OutboundMessage) -> bool:
    """Whether the program stopped on it again and again."""
    return message.tries >= MOST and message.error == broke_off()


def note_accepted(message: OutboundMessage, at: datetime) -> None:
    """A database that restarts at this moment is waited for: without this mark the customer gets the mail twice."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with connection.cursor() as cursor:  # for everything that leaves: no statement is built for it
                cursor.execute(_ACCEPTED, [at, message.pk])
            break
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block or time.monotonic() > end:
                raise
            connection.close()
            time.sleep(0.3)
    message.accepted_at = at
