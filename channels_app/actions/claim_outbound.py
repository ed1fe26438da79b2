"""How a line takes the next message to send: one short transaction, a lease, a try counted, and automatic mail above a ceiling held."""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta

from django.db import connection, transaction

from channels_app import reference
from channels_app.actions.hold_back import ROOM_AGAIN, Rooms, held_back
from channels_app.actions.settle_outbound import settle
from channels_app.actions.stop_number import is_stopped
from channels_app.broken_off import broke_off, give_up, has_left, is_away, is_poison, take_back
from channels_app.holding import KINDS, let_go, lock_key, note_held
from channels_app.lines import Delivered, Sweep
from channels_app.models import Channel, OutboundMessage
from channels_app.models.outbox import OutboundQuerySet
from channels_app.reasons import kept
from channels_app.signals import Stop, Wait, outbound_leaves
from organisation.prepared import rows_prepared

log = logging.getLogger(__name__)
State = OutboundMessage.State
LOOK_AGAIN = timedelta(minutes=1)
"""Whether what left and could not be noted is noted by now."""
_LEASE = (
    "UPDATE channels_app_outboundmessage SET state = %s, tries = %s, lease_until = %s, message_id = %s WHERE id = %s"
    " RETURNING pg_try_advisory_lock(%s, %s)"
)


def claim_outbound(sweep: Sweep, done: Delivered, lease: timedelta) -> OutboundMessage | None:
    """The next message that is due, now ours. Automatic mail above a ceiling is held here, where nobody else can count.

    Thousands that must wait are put off one by one: not for longer than the sweep may take.
    """
    let_go(OutboundMessage)
    at, message = sweep.at, None
    try:
        while time.monotonic() < sweep.until:
            with transaction.atomic():
                message = _next(sweep)
                if message is None:
                    if take_back(lease, at):
                        continue
                    return None
                if _may_go(message, sweep, done):
                    message.state = State.SENDING
                    message.tries += 1
                    message.lease_until = at + lease
                    message.message_id = message.message_id or reference.message_id(message.pk)
                    _lease(message)
                    return message
    except Exception as error:
        if message is not None and is_away(error):  # it may be ours by now
            give_up(message)
        raise
    return None


def _next(sweep: Sweep) -> OutboundMessage | None:
    """The first that is due and that nobody holds, locked; the statement is built once, as it is asked for every message."""
    away, silent = set(sweep.away), set(sweep.silent)

    def due(at: datetime, now: datetime) -> OutboundQuerySet:
        rows = OutboundMessage.objects.due(at, now=now, by_services=sweep.by_services)
        rows = rows.exclude(message_source__in=away) if away else rows
        rows = rows.exclude(mailbox__in=silent) if silent else rows
        return rows.select_for_update(skip_locked=True, of=("self",))[:1]

    if away or silent:
        return next(iter(due(sweep.at, sweep.now)), None)
    shape = ("message to send", sweep.by_services)
    told = {"at": sweep.at, "moment": sweep.now}
    return next(iter(rows_prepared(shape, lambda marks: due(marks["at"], marks["moment"]), told)), None)


def _may_go(message: OutboundMessage, sweep: Sweep, done: Delivered) -> bool:
    """Else what becomes of it is written."""
    at = sweep.at
    if is_poison(message):
        settle(message, State.FAILED, at, broke_off())
        done.failed += 1
        return False
    told = _not_now(message, at, sweep.rooms)
    if isinstance(told, Stop):
        settle(message, State.DROPPED if told.asks_nobody else State.HELD, at, told.why)
        done.held += 1
    elif told is not None:
        OutboundMessage.objects.filter(pk=message.pk).update(
            next_try_at=told.until, lease_until=None, error=told.why[:500]
        )
        done.later += 1
    return told is None


def _lease(message: OutboundMessage) -> None:
    """Writes that it is ours and locks it in the same statement, so that no lease is ever seen without its lock."""
    key = lock_key(message.pk)
    kind = KINDS[OutboundMessage._meta.db_table]
    told = (message.state, message.tries, message.lease_until, message.message_id)
    with connection.cursor() as cursor:
        cursor.execute(_LEASE, [*told, message.pk, kind, key])
        if cursor.fetchone()[0]:  # else a worker whose lease ended still has it
            note_held(OutboundMessage, key)


def _not_now(message: OutboundMessage, at: datetime, rooms: Rooms) -> Wait | Stop | None:
    """Why it must wait or stay, by the ceilings and by who made it; None for what may go, or was taken by the mail server already."""
    if message.accepted_at is not None:
        return None
    if message.state == State.SENDING and has_left(message):
        return Wait(at + LOOK_AGAIN, kept("This message left, and that cannot be written down yet."))
    if message.channel == Channel.SMS and is_stopped(message.to_address):
        return Stop(kept("This number asked for no more text messages (STOP)."))
    told = held_back(message, at, rooms) if message.is_automatic and message.state == State.QUEUED else None
    if told is not None:
        return told
    try:
        with transaction.atomic():
            said = [told for _who, told in outbound_leaves.send(sender=OutboundMessage, message=message, at=at) if told]
    except Exception as error:  # one message must not stop the next
        log.exception("nobody could say whether a message may go", extra={"outbound": message.pk})
        return Wait(at + ROOM_AGAIN, kept("Sending failed: %(error)s", error=type(error).__name__))
    stops = [one for one in said if isinstance(one, Stop)]
    waits = [one for one in said if isinstance(one, Wait) and one.until > at]
    return stops[0] if stops else max(waits, key=lambda one: one.until, default=None)
