"""Sends what waits in the outbox: claimed by lease, once, with the same Message-ID at every try; ceilings on automatic mail."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from channels_app import reference
from channels_app.actions.compose import CannotSend, compose_mail, sender_of
from channels_app.actions.hand_over import hand_over
from channels_app.actions.hold_back import ROOM_AGAIN, Rooms, held_back
from channels_app.actions.mail_route import route_of
from channels_app.actions.sign_in import forget_token
from channels_app.actions.stop_number import is_stopped
from channels_app.adapters.email.smtp import MailServers, TokenRefused
from channels_app.adapters.messages import Later, Never
from channels_app.broken_off import broke_off, is_poison, note_accepted, take_back
from channels_app.files import Withheld
from channels_app.holding import KINDS, let_go, lock_key, note_held
from channels_app.models import Channel, OutboundMessage
from channels_app.models.outbox import OutboundQuerySet
from channels_app.reasons import kept
from channels_app.signals import Stop, Wait, outbound_leaves, outbound_settled
from organisation.failpoints import failpoint
from organisation.leaving import is_leaving
from organisation.nudge import nudge
from organisation.prepared import rows_prepared
from organisation.snapshot import organisation
from organisation.turns import SWEEP_SECONDS

log = logging.getLogger(__name__)
State = OutboundMessage.State
LEASE = timedelta(minutes=5)
"""Longer than the longest conversation with a mail server can take."""
GIVE_UP = timedelta(days=7)
GIVE_UP_TALK = timedelta(hours=24)
"""In a conversation an answer after a day is none."""
WAIT_FOR_COPIES = timedelta(minutes=15)
"""So long an answer waits with a mail server that asks to come back for a copy, as most do for a stranger; then it goes without."""
LONGEST_PAUSE = timedelta(hours=6)
_LEASE = (
    "UPDATE channels_app_outboundmessage SET state = %s, tries = %s, lease_until = %s, message_id = %s WHERE id = %s"
    " RETURNING pg_try_advisory_lock(%s, %s)"
)


@dataclass
class Delivered:
    """What one sweep did."""

    sent: int = 0
    failed: int = 0
    held: int = 0
    later: int = 0


def deliver(*, at: datetime, seconds: float = SWEEP_SECONDS, by_services: bool = False) -> Delivered:
    """Sends until nothing is due or the time is up. Two workers never send the same message.

    Mail, or what goes by services: a service, or a mailbox with a server of its own, that does not take a message gets nothing more in this sweep.
    """
    until = time.monotonic() + seconds
    done = Delivered()
    away: set[int] = set()
    silent: set[int] = set()
    rooms = Rooms()
    with MailServers() as server:
        while time.monotonic() < until and not is_leaving():
            message = _claim(partial(_next, by_services, away, silent, at), at, done, until, rooms)
            if message is None:
                break
            failpoint("after_claim", message.pk)
            if _send(message, server, at, done):
                continue
            if message.message_source_id is not None:
                away.add(message.message_source_id)
            elif message.mailbox is not None and message.mailbox.smtp_host:
                silent.add(message.mailbox.pk)
        else:
            nudge("channels_app.tasks.deliver_messages" if by_services else "channels_app.tasks.deliver")
    return done


def _next(by_services: bool, away: set[int], silent: set[int], at: datetime) -> OutboundMessage | None:
    """The first that is due and that nobody holds, locked; the statement is built once, as it is asked for every message."""

    def due(moment: datetime) -> OutboundQuerySet:
        rows = OutboundMessage.objects.filter(message_source__isnull=not by_services)
        rows = rows.filter(state__in=[State.QUEUED, State.SENDING], next_try_at__lte=moment)
        rows = rows.filter(Q(lease_until__isnull=True) | Q(lease_until__lte=moment))
        rows = rows.exclude(message_source__in=away) if away else rows
        rows = rows.exclude(mailbox__in=silent) if silent else rows
        return rows.select_for_update(skip_locked=True, of=("self",)).order_by("next_try_at", "id")[:1]

    if away or silent:
        return next(iter(due(at)), None)
    shape = ("message to send", by_services)
    return next(iter(rows_prepared(shape, lambda marks: due(marks["at"]), {"at": at})), None)


def _claim(
    following: Callable[[], OutboundMessage | None], at: datetime, done: Delivered, until: float, rooms: Rooms
) -> OutboundMessage | None:
    """The next message that is due, now ours. Automatic mail above a ceiling is held here, where nobody else can count.

    Thousands that must wait are put off one by one: not for longer than the sweep may take.
    """
    let_go(OutboundMessage)
    while time.monotonic() < until:
        with transaction.atomic():
            message = following()
            if message is None:
                if take_back(LEASE, at):
                    continue
                return None
            if is_poison(message):
                _settle(message, State.FAILED, at, broke_off())
                done.failed += 1
                continue
            told = _not_now(message, at, rooms)
            if isinstance(told, Stop):
                _settle(message, State.HELD, at, told.why)
                done.held += 1
                continue
            if told is not None:
                OutboundMessage.objects.filter(pk=message.pk).update(
                    next_try_at=told.until, lease_until=None, error=told.why[:500]
                )
                done.later += 1
                continue
            message.state = State.SENDING
            message.tries += 1
            message.lease_until = at + LEASE
            message.message_id = message.message_id or reference.message_id(message.pk)
            _lease(message)
            return message
    return None


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


def _send(message: OutboundMessage, server: MailServers, at: datetime, done: Delivered) -> bool:
    """Whether it is settled; False: it is tried again later."""
    try:
        note = ""
        if message.accepted_at is None:
            note = _hand_over(message, server, at)
            note_accepted(message, at)
        failpoint("after_smtp_ok")
        with transaction.atomic():
            _settle(message, State.SENT, at, note)
            failpoint("before_sent_commit")
        done.sent += 1
        return True
    except (CannotSend, Never) as error:
        with transaction.atomic():
            _settle(message, State.FAILED, at, str(error))
        done.failed += 1
        return True
    except Later as error:
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
        log.exception("a message could not be settled", extra={"outbound": message.pk})
        _postpone(message, at, kept("Sending failed: %(error)s", error=type(error).__name__), done)
    return False


def _hand_over(message: OutboundMessage, server: MailServers, at: datetime) -> str:
    """Gives the message to the mail server; in the demo there is none. The note is kept with the message."""
    if message.message_source is not None:
        return hand_over(message, message.message_source)
    if settings.DEMO_MODE and not settings.SMTP["host"]:
        return kept("No mail leaves the demo.")
    route = route_of(message.mailbox)
    if route is None:
        raise Later(kept("There is no mail server set for outgoing mail (SMTP_URL)."))
    mail = compose_mail(message, organisation().municipality)
    try:
        copies = [one.addr_spec for one in mail["Cc"].addresses] if mail["Cc"] else []
        waits = at - message.created_at < WAIT_FOR_COPIES
        to = mail["To"].addresses[0].addr_spec
        refused = server.send(mail, sender_of(message), to, route, copies, waits_for_copies=waits)
    except TokenRefused:
        if message.mailbox is not None:
            forget_token(message.mailbox)
        raise
    return (
        kept("No copy went to %(addresses)s: the mail server did not take it.", addresses=", ".join(refused))
        if refused
        else ""
    )


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
    give_up = GIVE_UP if message.message_source_id is None else GIVE_UP_TALK
    if at - message.created_at >= give_up and message.accepted_at is None:
        with transaction.atomic():
            _settle(message, State.FAILED, at, why)
        done.failed += 1
        return
    pause = max(min(timedelta(minutes=2 ** min(message.tries - 1, 10)), LONGEST_PAUSE), after)
    OutboundMessage.objects.filter(pk=message.pk, state=State.SENDING).update(
        lease_until=None, next_try_at=at + pause, error=why[:500]
    )
    done.later += 1
