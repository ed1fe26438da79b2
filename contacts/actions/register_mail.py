"""Brings each message that was read to its question: one outcome per message, in one transaction (email-cases, last lines)."""

from __future__ import annotations

import logging
import time
from datetime import datetime

from django.db import transaction
from django.utils import translation

from channels_app.actions.parse_inbox import own_addresses
from channels_app.adapters.email.mail import ParsedMail
from channels_app.claims import claim_inbound, give_back, locked
from channels_app.models import Channel, InboundMessage
from channels_app.reasons import kept
from contacts.actions.receive_letter import receive_letter
from contacts.actions.receive_mail import Outcome, receive_mail
from organisation.errors import Refused
from organisation.failpoints import failpoint
from organisation.leaving import is_leaving
from organisation.nudge import nudge
from organisation.turns import SWEEP_SECONDS

log = logging.getLogger(__name__)
State = InboundMessage.State


def register_mail(*, at: datetime, only: list[int] | None = None, seconds: float = SWEEP_SECONDS) -> int:
    """Handles until nothing waits or the time is up; gives how many messages were handled. A failing one stops no other."""
    until = time.monotonic() + seconds
    count = 0
    own = own_addresses()
    with translation.override("nl"):  # reasons are kept in the rows
        while time.monotonic() < until and not is_leaving():
            row = claim_inbound(State.PARSED, at, only)
            if row is None:
                break
            failpoint("after_register_claim", row.pk)
            _handle(row, own, at)
            count += 1
            if only is not None and count >= len(only):
                break
        else:
            nudge("contacts.tasks.register_mail")
    return count


def _handle(row: InboundMessage, own: frozenset[str], at: datetime) -> None:
    try:
        with transaction.atomic():
            fresh = locked(row, State.PARSED)
            if fresh is None:
                return
            if fresh.channel == Channel.LETTER:
                outcome = receive_letter(row=fresh, at=at)
            else:
                mail = ParsedMail.from_dict(fresh.parsed or {})
                outcome = receive_mail(row=fresh, mail=mail, own=own, at=at)
            _done(fresh, outcome, at)
            failpoint("before_commit")
        failpoint("after_commit")
    except Refused as error:
        give_back(row, at, error.message, is_final=True)
    except Exception as error:  # whatever is wrong with one message, the next must be handled
        log.exception("a message could not be registered", extra={"inbound": row.pk})
        give_back(row, at, kept("Registering failed: %(error)s", error=type(error).__name__))


def _done(row: InboundMessage, outcome: Outcome, at: datetime) -> None:
    row.state = State.DONE
    row.outcome = outcome.code
    row.reason = outcome.reason[:500]
    row.done_at = at
    row.tries, row.lease_until, row.next_try_at = 0, None, None
    row.save(update_fields=["state", "outcome", "reason", "done_at", "tries", "lease_until", "next_try_at"])
