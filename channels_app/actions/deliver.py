"""Sends what waits in the outbox: claimed by lease, once, with the same Message-ID at every try; ceilings on automatic mail."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from channels_app.actions.claim_outbound import claim_outbound
from channels_app.actions.compose import CannotSend
from channels_app.actions.handful import LENT, Handful, take_handful
from channels_app.actions.hold_back import Rooms
from channels_app.actions.ready import ready_to_leave
from channels_app.actions.refused_us import LONGEST_PAUSE as LONGEST_PAUSE_REFUSED
from channels_app.actions.refused_us import put_off_others, wait_along
from channels_app.actions.settle_outbound import settle
from channels_app.adapters.email.smtp import MailServers, RefusesUs
from channels_app.adapters.messages import Later, Never
from channels_app.broken_off import give_up, is_away, is_owed, note_accepted, pay_notes
from channels_app.files import Withheld
from channels_app.holding import let_go
from channels_app.lines import FEW, Delivered, Lines, Sweep
from channels_app.models import OutboundMessage
from channels_app.reasons import kept
from organisation.failpoints import failpoint
from organisation.leaving import is_leaving
from organisation.nudge import nudge
from organisation.snapshot import one_version
from organisation.turns import SWEEP_SECONDS

log = logging.getLogger(__name__)
State = OutboundMessage.State
LEASE = timedelta(minutes=5)
"""Longer than the longest conversation with a mail server can take."""
GIVE_UP = timedelta(days=7)
GIVE_UP_TALK = timedelta(hours=24)
"""In a conversation an answer after a day is none."""
LONGEST_PAUSE = timedelta(hours=6)
BEHIND_OTHERS = timedelta(seconds=1)
SLOW_SECONDS = 2.0
"""A mail server that takes longer over one message gets the next one alone."""


def deliver(
    *, at: datetime, seconds: float = SWEEP_SECONDS, by_services: bool = False, lines: Lines | None = None
) -> Delivered:
    """Sends until nothing is due or the time is up. Two workers, or two lines of one, never send the same message.

    Mail, or what goes by services: a service, or a mailbox with a server of its own, that does not take a message gets nothing more in this sweep.
    With `lines` much mail goes over several at once.
    """
    sweep = Sweep(at, time.monotonic() + seconds, by_services, lines, lines.rooms if lines is not None else Rooms())
    if not by_services:
        wait_along(at)
    done = _on_a_line(sweep, is_first=True)
    if time.monotonic() >= sweep.until or is_leaving():
        nudge("channels_app.tasks.deliver_messages" if by_services else "channels_app.tasks.deliver")
    return done


def _on_a_line(sweep: Sweep, *, is_first: bool) -> Delivered:
    done = Delivered()
    goes_well = True
    others: list[Future[Delivered]] = []
    try:
        pay_notes()
        with MailServers() as server:
            while time.monotonic() < sweep.until and not is_leaving():
                is_much = not is_first or done.sent >= FEW
                hand = _take_handful(sweep) if is_much and goes_well else None
                message = claim_outbound(sweep, done, LEASE) if hand is None else None
                if hand is None and message is None:
                    if sweep.may_get_back():
                        continue
                    break
                if is_first and sweep.lines is not None and is_much and not others:
                    others = sweep.lines.open(partial(_on_a_line, sweep, is_first=False))
                if hand is not None:
                    with sweep.lends(LENT):
                        goes_well = _send_handful(hand, server, sweep, done)
                elif message is not None:
                    goes_well = _send(message, server, sweep.at, done)
                    if not goes_well:
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


def _take_handful(sweep: Sweep) -> Handful | None:
    """Not by a caller without lines, and not where a mail server was just found silent: then each message is looked at alone."""
    if sweep.lines is None or sweep.by_services or sweep.silent:
        return None
    let_go(OutboundMessage)
    return take_handful(at=sweep.at, now=sweep.now, rooms=sweep.rooms, lease=LEASE)


def _send_handful(hand: Handful, server: MailServers, sweep: Sweep, done: Delivered) -> bool:
    """One after the other, until one does not leave (False) or takes long: the others are then for whoever comes."""
    goes_well = True
    try:
        with one_version():
            while (message := hand.go_on()) is not None:
                failpoint("after_claim", message.pk)
                begun = time.monotonic()
                goes_well = _settled(message, server, sweep.at, done, _Whereabouts(), hand.left)
                if not goes_well:
                    sweep.note_failed(message)
                    break
                if time.monotonic() - begun > SLOW_SECONDS or time.monotonic() > sweep.until or is_leaving():
                    break
        alone = hand.settle(done)
    except Exception as error:
        if is_away(error):
            hand.give_up()
        raise
    for message in alone:
        _send(message, server, sweep.at, done)
    return goes_well


@dataclass
class _Whereabouts:
    """Where a message is, as far as this process knows, while the database may go away."""

    may_have_left: bool = False


def _send(message: OutboundMessage, server: MailServers, at: datetime, done: Delivered) -> bool:
    """Whether it is settled; False: it is tried again later."""
    failpoint("after_claim", message.pk)
    where = _Whereabouts()
    try:
        return _settled(message, server, at, done, where)
    except Exception as error:
        if is_away(error) and not where.may_have_left:
            give_up(message)
        raise


def _settled(
    message: OutboundMessage,
    server: MailServers,
    at: datetime,
    done: Delivered,
    where: _Whereabouts,
    left: Callable[[str], None] | None = None,
) -> bool:
    """With `left` that is told when the mail server took it, with the note to keep, and it is settled with others."""
    try:
        note = ""
        if message.accepted_at is None:
            give = ready_to_leave(message, server, at)
            where.may_have_left = True
            note = give()
            if left is not None:
                left(note)
                return True
            note_accepted(message, at)
            where.may_have_left = False
        failpoint("after_smtp_ok")
        with transaction.atomic():
            settle(message, State.SENT, at, note)
            failpoint("before_sent_commit")
        done.sent += 1
        return True
    except (CannotSend, Never) as error:
        where.may_have_left = False
        with transaction.atomic():
            settle(message, State.FAILED, at, str(error))
        done.failed += 1
        return True
    except Later as error:
        where.may_have_left = False
        _postpone(message, at, str(error), done, error.after, is_of_us=isinstance(error, RefusesUs))
    except Withheld as error:  # a file that goes along is not checked yet, or holds a virus
        if not error.is_final:
            _postpone(message, at, str(error), done)
            return False
        with transaction.atomic():
            settle(message, State.FAILED, at, str(error))
        done.failed += 1
        return True
    except Exception as error:  # whoever listens failed, or a file is gone: one message must not stop the next
        if is_away(error) or is_owed(message):
            raise
        log.exception("a message could not be settled", extra={"outbound": message.pk})
        _postpone(message, at, kept("Sending failed: %(error)s", error=type(error).__name__), done)
    return False


def _postpone(
    message: OutboundMessage,
    at: datetime,
    why: str,
    done: Delivered,
    after: timedelta = timedelta(0),
    *,
    is_of_us: bool = False,
) -> None:
    """Tries again after a pause that doubles, at most six hours, for seven days (by a service one); then it has failed.

    `is_of_us`: the mail server would say the same of everything from this sender, which waits along, a quarter of an hour at most. The others ask
    first then: should the server mean this message alone after all, it holds up no other.
    """
    longest = GIVE_UP if message.message_source_id is None else GIVE_UP_TALK
    if at - message.created_at >= longest and message.accepted_at is None:
        with transaction.atomic():
            settle(message, State.FAILED, at, why)
        done.failed += 1
        return
    doubled = timedelta(minutes=2 ** min(message.tries - 1, 10))
    pause = max(min(doubled, LONGEST_PAUSE_REFUSED if is_of_us else LONGEST_PAUSE), after)
    if is_of_us:
        put_off_others(message, until=at + pause, why=why)
        pause += BEHIND_OTHERS
    OutboundMessage.objects.filter(pk=message.pk, state=State.SENDING).update(
        lease_until=None, next_try_at=at + pause, error=why[:500]
    )
    done.later += 1
