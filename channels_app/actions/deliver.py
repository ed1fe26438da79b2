"""Sends what waits in the outbox: claimed by lease, once, with the same Message-ID at every try; ceilings on automatic mail."""

from __future__ import annotations

import logging
import time
from concurrent.futures import Future, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from channels_app import reference
from channels_app.actions.compose import CannotSend
from channels_app.actions.hold_back import ROOM_AGAIN, Rooms, held_back
from channels_app.actions.ready import ready_to_leave
from channels_app.actions.stop_number import is_stopped
from channels_app.adapters.email.smtp import MailServers
from channels_app.adapters.messages import Later, Never
from channels_app.broken_off import broke_off, give_up, is_away, is_poison, note_accepted, take_back
from channels_app.files import Withheld
from channels_app.holding import KINDS, let_go, lock_key, note_held
from channels_app.lines import FEW, Delivered, Lines, Sweep
from channels_app.models import Channel, OutboundMessage
from channels_app.models.outbox import OutboundQuerySet
from channels_app.reasons import kept
from channels_app.signals import Stop, Wait, outbound_leaves, outbound_settled
from organisation.failpoints import failpoint
from organisation.leaving import is_leaving
from organisation.nudge import nudge
from organisation.prepared import rows_prepared
from organisation.turns import SWEEP_SECONDS

log = logging.getLogger(__name__)
State = OutboundMessage.State
LEASE = timedelta(minutes=5)
"""Longer than the longest conversation with a mail server can take."""
GIVE_UP = timedelta(days=7)
GIVE_UP_TALK = timedelta(hours=24)
"""In a conversation an answer after a day is none."""
LONGEST_PAUSE = timedelta(hours=6)
_LEASE = (
    "UPDATE channels_app_outboundmessage SET state = %s, tries = %s, lease_until = %s, message_id = %s WHERE id = %s"
    " RETURNING pg_try_advisory_lock(%s, %s)"
)


def deliver(
    *, at: datetime, seconds: float = SWEEP_SECONDS, by_services: bool = False, lines: Lines | None = None
) -> Delivered:
    """Sends until nothing is due or the time is up. Two workers, or two lines of one, never send the same message.

    Mail, or what goes by services: a service, or a mailbox with a server of its own, that does not take a message gets nothing more in this sweep.
    With `lines` much mail goes over several at once.
    """
    sweep = Sweep(at, time.monotonic() + seconds, by_services, lines, lines.rooms if lines is not None else Rooms())
    done = _on_a_line(sweep, is_first=True)
    if time.monotonic() >= sweep.until or is_leaving():
        nudge("channels_app.tasks.deliver_messages" if by_services else "channels_app.tasks.deliver")
    return done


def _on_a_line(sweep: Sweep, *, is_first: bool) -> Delivered:
    done = Delivered()
    others: list[Future[Delivered]] = []
    try:
        with MailServers() as server:
            while time.monotonic() < sweep.until and not is_leaving():
                message = _claim(sweep, done)
                if message is None:
                    break
                failpoint("after_claim", message.pk)
                if is_first and sweep.lines is not None and done.sent == FEW and not others:
                    others = sweep.lines.open(partial(_on_a_line, sweep, is_first=False))
                if not _send(message, server, sweep.at, done):
                    sweep.note_failed(message)
        let_go(OutboundMessage)
    except BaseException:
        sweep.until = 0.0
        raise
    finally:
        wait(others)  # whoever stops this process must not cut a line that it knows nothing of
    for other in others:
        done.add(other.result())
    return done


def _next(sweep: Sweep) -> OutboundMessage | None:
    """The first that is due and that nobody holds, locked; the statement is built once, as it is asked for every message."""
    away, silent = set(sweep.away), set(sweep.silent)

    def due(moment: datetime) -> OutboundQuerySet:
        rows = OutboundMessage.objects.filter(message_source__isnull=not sweep.by_services)
        rows = rows.filter(state__in=[State.QUEUED, State.SENDING], next_try_at__lte=moment)
        rows = rows.filter(Q(lease_until__isnull=True) | Q(lease_until__lte=moment))
        rows = rows.exclude(message_source__in=away) if away else rows
        rows = rows.exclude(mailbox__in=silent) if silent else rows
        return rows.select_for_update(skip_locked=True, of=("self",)).order_by("next_try_at", "id")[:1]

    if away or silent:
        return next(iter(due(sweep.at)), None)
    shape = ("message to send", sweep.by_services)
    return next(iter(rows_prepared(shape, lambda marks: due(marks["at"]), {"at": sweep.at})), None)


def _claim(sweep: Sweep, done: Delivered) -> OutboundMessage | None:
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
                    if take_back(LEASE, at):
                        continue
                    return None
                if _may_go(message, sweep, done):
                    message.state = State.SENDING
                    message.tries += 1
                    message.lease_until = at + LEASE
                    message.message_id = message.message_id or reference.message_id(message.pk)
                    _lease(message)
                    return message
    except Exception as error:
        if message is not None and is_away(error):  # it may be ours by now
            give_up(message)
        raise
    return None


def _may_go(message: OutboundMessage, sweep: Sweep, done: Delivered) -> bool:
    """Else what becomes of it is written."""
    at = sweep.at
    if is_poison(message):
        _settle(message, State.FAILED, at, broke_off())
        done.failed += 1
        return False
    told = _not_now(message, at, sweep.rooms)
    if isinstance(told, Stop):
        _settle(message, State.HELD, at, told.why)
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


@dataclass
class _Hands:
    """What is known of a message while the database may go away."""

    may_have_left: bool = False


def _send(message: OutboundMessage, server: MailServers, at: datetime, done: Delivered) -> bool:
    """Whether it is settled; False: it is tried again later."""
    hands = _Hands()
    try:
        return _settled(message, server, at, done, hands)
    except Exception as error:
        if is_away(error) and not hands.may_have_left:
            give_up(message)
        raise


def _settled(message: OutboundMessage, server: MailServers, at: datetime, done: Delivered, hands: _Hands) -> bool:
    try:
        note = ""
        if message.accepted_at is None:
            give = ready_to_leave(message, server, at)
            hands.may_have_left = True
            note = give()
            note_accepted(message, at)
            hands.may_have_left = False
        failpoint("after_smtp_ok")
        with transaction.atomic():
            _settle(message, State.SENT, at, note)
            failpoint("before_sent_commit")
        done.sent += 1
        return True
    except (CannotSend, Never) as error:
        hands.may_have_left = False
        with transaction.atomic():
            _settle(message, State.FAILED, at, str(error))
        done.failed += 1
        return True
    except Later as error:
        hands.may_have_left = False
        _postpone(message, at, str(error), done, error.after)
    except Withheld as error:  # a file that goes along is not checked yet, or holds a virus
        if not error.is_final:
            _postpone(message, at, str(error), done)
            return False
        with transaction.atomic():
            _settle(message, State.FAILED, at, str(error))
        done.failed += 1
        return True
    except Exception as error:  # whoever listens failed, or a file is gone: one message must not stop the next
        if is_away(error):
            raise
        log.exception("a message could not be settled", extra={"outbound": message.pk})
        _postpone(message, at, kept("Sending failed: %(error)s", error=type(error).__name__), done)
    return False


def _settle(message: OutboundMessage, state: str, at: datetime, note: str) -> None:
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


def _postpone(
    message: OutboundMessage, at: datetime, why: str, done: Delivered, after: timedelta = timedelta(0)
) -> None:
    """Tries again after a pause that doubles, at most six hours, for seven days (by a service one); then it has failed."""
    longest = GIVE_UP if message.message_source_id is None else GIVE_UP_TALK
    if at - message.created_at >= longest and message.accepted_at is None:
        with transaction.atomic():
            _settle(message, State.FAILED, at, why)
        done.failed += 1
        return
    pause = max(min(timedelta(minutes=2 ** min(message.tries - 1, 10)), LONGEST_PAUSE), after)
    OutboundMessage.objects.filter(pk=message.pk, state=State.SENDING).update(
        lease_until=None, next_try_at=at + pause, error=why[:500]
    )
    done.later += 1
