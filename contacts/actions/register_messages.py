"""Brings each message that a service told to its question: one outcome per message, in one transaction."""

from __future__ import annotations

import logging
import time
from datetime import datetime

from django.db import transaction
from django.utils import translation

from channels_app.adapters.messages import Incoming
from channels_app.claims import ITEMS, claim_inbound, give_back, locked
from channels_app.models import InboundMessage
from channels_app.reasons import kept
from contacts.actions.receive_message import receive_message
from organisation.errors import Refused
from organisation.failpoints import failpoint
from organisation.nudge import nudge
from organisation.turns import SWEEP_SECONDS

log = logging.getLogger(__name__)
State = InboundMessage.State


def register_messages(*, at: datetime, only: list[int] | None = None, seconds: float = SWEEP_SECONDS) -> int:
    """Handles until nothing waits or the time is up; gives how many messages were handled. A failing one stops no other."""
    until = time.monotonic() + seconds
    count = 0
    with translation.override("nl"):  # reasons are kept in the rows
        while time.monotonic() < until:
            row = claim_inbound(State.PARSED, at, only, of=ITEMS)
            if row is None:
                break
            _handle(row, at)
            count += 1
        else:
            nudge("contacts.tasks.register_messages")
    return count


def _handle(row: InboundMessage, at: datetime) -> None:
    try:
        with transaction.atomic():
            fresh = locked(row, State.PARSED)
            if fresh is None:
                return
            said = Incoming.from_dict(fresh.parsed or {})
            receive_message(row=fresh, said=said, at=at).mark(fresh, at)
            failpoint("before_commit")
        failpoint("after_commit")
    except Refused as error:
        give_back(row, at, error.message, is_final=True)
    except Exception as error:  # whatever is wrong with one message, the next must be handled
        log.exception("a message could not be registered", extra={"inbound": row.pk})
        give_back(row, at, kept("Registering failed: %(error)s", error=type(error).__name__))
