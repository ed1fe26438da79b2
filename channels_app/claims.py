"""How a worker takes a row: one short transaction, a lease, a try counted; a dead worker's row comes back (quality rule 3)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from channels_app.holding import abandoned, hold, let_go
from channels_app.models import InboundMessage
from channels_app.reasons import kept

LEASE = timedelta(seconds=90)
MAX_TRIES = 5
MAIL = Q(message_source__isnull=True)
"""Mail and scans: whatever no service brought."""
CALLS = Q(message_source__isnull=False, envelope__isnull=True)
"""Calls of services, as they came."""
ITEMS = Q(envelope__isnull=False)
"""Messages that stood in such calls."""
PAUSES = (timedelta(0), timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15))


def claim_inbound(state: str, at: datetime, only: list[int] | None = None, of: Q = MAIL) -> InboundMessage | None:
    """The oldest message in this state that nobody holds, now held by us; None when there is none."""
    rows: QuerySet[InboundMessage] = InboundMessage.objects.filter(of, state=state)
    if only is not None:
        rows = rows.filter(pk__in=only)
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=at)
    ripe = Q(next_try_at__isnull=True) | Q(next_try_at__lte=at)
    let_go(InboundMessage)
    while True:
        with transaction.atomic():
            row = rows.filter(free, ripe).select_for_update(skip_locked=True, of=("self",)).order_by("id").first()
            if row is not None and row.tries < MAX_TRIES:
                row.tries += 1
                row.lease_until = at + LEASE
                row.save(update_fields=["tries", "lease_until"])
                hold(row)
                return row
            if row is not None:  # whoever took it the last time died of it, and so did the four before
                give_back(row, at, kept("The program stopped on this message five times."), is_final=True)
            elif not _take_back(state, at):
                return None


def _take_back(state: str, at: datetime) -> int:
    """What a worker held that died is free again, without waiting for the end of its lease."""
    left = abandoned(InboundMessage, [state], LEASE, at)
    held = InboundMessage.objects.filter(pk__in=left, state=state, lease_until__isnull=False)
    return held.update(lease_until=None) if left else 0


def locked(row: InboundMessage, state: str) -> InboundMessage | None:
    """The row again, locked, when it is still in this state; inside the transaction that does the work."""
    return InboundMessage.objects.select_for_update(of=("self",)).filter(pk=row.pk, state=state).first()


def give_back(row: InboundMessage, at: datetime, reason: str, *, is_final: bool = False, counts: bool = True) -> bool:
    """After a failure: to be tried again later, or parked with the reason after five tries; True when parked.

    `counts=False`: it was not the message's fault (a full disk), so it is never parked for it.
    """
    is_parked = is_final or (counts and row.tries >= MAX_TRIES)
    pause = PAUSES[min(row.tries, len(PAUSES) - 1)] if counts else timedelta(minutes=1)
    values: dict[str, object] = {"reason": reason[:500], "lease_until": None, "next_try_at": at + pause}
    if not counts:
        values["tries"] = max(row.tries - 1, 0)
    if is_parked:
        values |= {"state": InboundMessage.State.PARKED, "outcome": InboundMessage.Outcome.PARKED, "next_try_at": None}
    InboundMessage.objects.filter(pk=row.pk, state=row.state).update(**values)
    return is_parked
