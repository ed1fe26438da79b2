"""Holds the ledger against the database and the mail server: what was lost, doubled, or acknowledged other than once."""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from faults.ledger import Entry, Ledger

if TYPE_CHECKING:
    from faults.stack import Stack

_KEY = re.compile(r"\bk\d{6,}k\b")


@dataclass(frozen=True)
class Verdict:
    """0 everywhere is what was promised."""

    sent: int
    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    unknown: int
    unacknowledged: tuple[str, ...]
    acknowledged_twice: tuple[str, ...]
    other_answer: tuple[str, ...]


def fresh_connection() -> None:
    """The oracle's own connection may have been killed as well."""
    from django.db import connections

    for one in connections.all():
        one.close()


def judge(stack: Stack, ledger: Ledger) -> Verdict:
    """Reads contacts, parked messages and the sink, and compares."""
    from channels_app.models import InboundMessage
    from contacts.models import Contact

    fresh_connection()
    found: Counter[str] = Counter()
    unknown = 0
    texts = Contact.objects.filter(direction="in").values_list("text", "subject_line")
    for text, subject in texts.iterator(2000):
        keys = set(_KEY.findall(f"{text} {subject}"))
        found.update(keys)
        unknown += not keys
    parked = {
        key
        for subject in InboundMessage.objects.filter(state="parked").values_list("subject", flat=True)
        for key in _KEY.findall(subject)
    }
    must = [one for one in ledger.entries if one.is_accepted and not one.is_told]
    known = {one.key: one for one in ledger.entries}
    counts = stack.sink.counts()
    due = [one for one in must if one.is_acknowledged and found[one.key]]
    wrong = Verdict(
        sent=len(ledger.entries),
        lost=tuple(one.key for one in must if not found[one.key] and one.key not in parked),
        doubled=tuple(key for key, times in found.items() if times > 1 and key in known and not known[key].is_told),
        unknown=unknown + sum(key not in known for key in found),
        unacknowledged=tuple(one.key for one in due if not counts[one.address]),
        acknowledged_twice=tuple(one.key for one in due if counts[one.address] > 1 and _is_doubled(stack, one)),
        other_answer=tuple(one.key for one in ledger.entries if -1 in one.statuses and not one.is_told),
    )
    for key in (*wrong.lost, *wrong.doubled, *wrong.unacknowledged, *wrong.acknowledged_twice, *wrong.other_answer):
        known[key].is_told = True
    return wrong


def _is_doubled(stack: Stack, entry: Entry) -> bool:
    taken = stack.sink.of(entry.address)
    same = len({one.message_id for one in taken}) == 1
    if entry.may_repeat and same and len(taken) == 2:
        return False
    print(
        f"{entry.key}: {[(one.message_id, round(one.at, 1)) for one in taken]}, offered {entry.statuses}",
        file=sys.stderr,
    )
    return True


def is_quiet() -> bool:
    """Nothing waits that could be done now."""
    from django.db.models import Q

    from channels_app.models import InboundMessage, OutboundMessage
    from organisation.clock import now

    at = now()
    due = Q(next_try_at__lte=at) | Q(lease_until__isnull=False)
    if OutboundMessage.objects.filter(due, state__in=["queued", "sending"]).exists():
        return False
    return not InboundMessage.objects.filter(state__in=["received", "parsed"]).exists()


def waiting() -> int:
    """How many wait to be read, registered or sent; very many while nobody can be asked."""
    from django.db import DatabaseError, InterfaceError

    from channels_app.models import InboundMessage, OutboundMessage

    try:
        inbound = InboundMessage.objects.filter(state__in=["received", "parsed"]).count()
        return inbound + OutboundMessage.objects.filter(state__in=["queued", "sending"]).count()
    except (DatabaseError, InterfaceError):
        fresh_connection()
        return sys.maxsize


def waits() -> bool:
    """Whether anything is left to be sent or taken in, also later."""
    from channels_app.models import InboundMessage, OutboundMessage

    if OutboundMessage.objects.filter(state__in=["queued", "sending"]).exists():
        return True
    return InboundMessage.objects.filter(state__in=["received", "parsed"]).exists()


def quiet_in(seconds: float) -> float | None:
    """Waits until nothing waits any more; how long that took."""
    from django.db import DatabaseError, InterfaceError

    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        try:
            if is_quiet():
                return time.monotonic() - begun
        except (DatabaseError, InterfaceError):
            fresh_connection()
        time.sleep(0.2)
    return None


def settle(seconds: float) -> int | None:
    """Waits until nothing is left to do, also what waits for its next try: those pauses are passed over. How many; None: never."""
    from channels_app.models import InboundMessage, OutboundMessage
    from organisation.clock import now

    end = time.monotonic() + seconds
    passed = 0
    while time.monotonic() < end:
        if quiet_in(10) is None:
            stuck = InboundMessage.objects.filter(state__in=["received", "parsed"], next_try_at__gt=now())
            passed += stuck.update(next_try_at=None)
            continue
        later = OutboundMessage.objects.filter(state__in=["queued", "sending"], next_try_at__gt=now())
        moved = later.update(next_try_at=now())
        passed += moved
        if not moved:
            return passed
    return None


def violations(patience: float) -> list[str]:
    """What `check_invariants` finds, and goes on finding: a rule about time (I6) may be broken for a moment, a lost row stays lost."""
    end = time.monotonic() + patience
    while (found := _violations()) and time.monotonic() < end:
        time.sleep(2)
    return found


def _violations() -> list[str]:
    from contacts.invariants import check_all

    fresh_connection()
    return [f"{one.invariant}: {one.violations} ({', '.join(one.examples)})" for one in check_all() if one.violations]


def nudge(*tasks: str) -> None:
    """Asks the broker for these sweeps now; the next tick would do the same."""
    from opmeer_kcc.celery import app

    for task in tasks:
        app.send_task(task, expires=60, retry=False, ignore_result=True)
