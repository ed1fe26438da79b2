"""How a worker takes a row: one short transaction, a lease, a try counted; a dead worker's row comes back (quality rule 3)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from channels_app.holding import KINDS, abandoned, let_go, lock_key, note_held
from channels_app.models import InboundMessage
from channels_app.reasons import kept

LEASE = timedelta(seconds=90)
MAX_TRIES = 5
MAIL = "message_source_id IS NULL"
"""Mail and scans: whatever no service brought."""
CALLS = "message_source_id IS NOT NULL AND envelope_id IS NULL"
"""Calls of services, as they came."""
ITEMS = "envelope_id IS NOT NULL"
"""Messages that stood in such calls."""
PAUSES = (timedelta(0), timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15))


_TAKE = """
WITH chosen AS MATERIALIZED (
  SELECT id, tries FROM channels_app_inboundmessage
  WHERE state = %%(state)s AND %(of)s %(only)s
    AND (lease_until IS NULL OR lease_until <= %%(at)s) AND (next_try_at IS NULL OR next_try_at <= %%(at)s)
  ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
UPDATE channels_app_inboundmessage AS row SET tries = least(row.tries + 1, %%(most)s), lease_until = %%(until)s
FROM chosen WHERE row.id = chosen.id
RETURNING row.*, chosen.tries AS tries_before, pg_try_advisory_lock(%%(kind)s, (row.id & 2147483647)::int) AS is_held,
  CASE WHEN %%(is_alone)s THEN set_config('synchronous_commit', 'off', true) END AS waits_for_disk
"""


def claim_inbound(state: str, at: datetime, only: list[int] | None = None, of: str = MAIL) -> InboundMessage | None:
    """The oldest message in this state that nobody holds, now held by us; None when there is none."""
    let_go(InboundMessage)
    while True:
        row = _take(state, at, only, of)
        if row is None:
            if not _take_back(state, at):
                return None
        elif row.tries_before < MAX_TRIES:  # type: ignore[attr-defined]  # it comes with RETURNING
            return row
        else:  # whoever took it the last time died of it, and so did the four before
            give_back(row, at, kept("The program stopped on this message five times."), is_final=True)
            let_go(InboundMessage)


def _take(state: str, at: datetime, only: list[int] | None, of: str) -> InboundMessage | None:
    """The oldest that is free, with our lease and our lock on it: one statement, as this is done for every message at every step.

    It does not wait for the disk. A database that dies at this moment forgets who took the row, and the work on it counts once all the
    same: whoever does it locks the row first and finds it in the state in which it was taken, or leaves it.
    """
    told = {"state": state, "at": at, "until": at + LEASE, "most": MAX_TRIES, "only": only}
    told["is_alone"] = not connection.in_atomic_block  # else it would be said of whatever is done around it
    sql = _TAKE % {"of": of, "only": "" if only is None else "AND id = ANY(%(only)s)"}
    rows = InboundMessage.objects.raw(sql, {**told, "kind": KINDS[InboundMessage._meta.db_table]})
    row = next(iter(rows), None)
    if row is not None and row.is_held:  # type: ignore[attr-defined]  # else a worker whose lease ended still has it
        note_held(InboundMessage, lock_key(row.pk))
    return row


def _take_back(state: str, at: datetime) -> int:
    """What a worker held that died is free again, without waiting for the end of its lease; of two at one message one counts (`locked`)."""
    left = abandoned(InboundMessage, [state], LEASE, at, after=timedelta(0))
    held = InboundMessage.objects.filter(pk__in=left, state=state, lease_until__isnull=False)
    return held.update(lease_until=None) if left else 0


def locked(row: InboundMessage, state: str) -> InboundMessage | None:
    """The row again, locked, when it is still in this state; inside the transaction that does the work."""
    return InboundMessage.objects.select_for_update(of=("self",)).filter(pk=row.pk, state=state).first()


def judge_alone(message_id: str) -> None:
    """Two copies of one mail are judged one after the other; until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 25))", [message_id])


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
