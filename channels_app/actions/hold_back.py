"""Ceilings on automatic mail: what waits for room, and what waits for a person before it leaves (quality rule 16)."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Min, Q, QuerySet

from channels_app import ceilings
from channels_app.floods import note_flood
from channels_app.models import DeadAddress, OutboundMessage
from channels_app.reasons import kept
from channels_app.signals import Stop, Wait
from organisation.origin import Origin
from organisation.prepared import rows_prepared
from organisation.snapshot import organisation

State, Purpose = OutboundMessage.State, OutboundMessage.Purpose
HOUR = timedelta(hours=1)
ROOM_AGAIN = timedelta(minutes=10)
"""So long it waits at least when a ceiling of the hour is reached."""
NOTICE_WAITS = timedelta(days=7)
WAITS = timedelta(hours=24)
"""An acknowledgement that found no room for so long is no longer one that may go by itself: a person decides."""
PART = 20
"""Of the room that was counted a worker uses so small a part before it counts again: all workers together stay far below it."""
FRESH_SECONDS = 5.0
"""Not what keeps the ceiling (that is the part); only how long a ceiling that was changed on the screen may go unseen."""
MUCH = 100
"""With less room each message is counted: what is left over from a count a moment ago could be more than what is left to send."""


class Rooms:
    """What a worker found when it last counted: while there is much room, the mails of an hour are not counted anew for each of them."""

    def __init__(self) -> None:
        self._left: dict[tuple[str, int], tuple[int, float]] = {}
        self._lock = threading.Lock()

    def note(self, kind: str, total: int, room: int) -> None:
        with self._lock:
            self._left[kind, total] = (room // PART if room >= MUCH else 0, time.monotonic() + FRESH_SECONDS)

    def take(self, kind: str, total: int) -> bool:
        """Whether one more may leave without counting; under another ceiling than was counted for: no."""
        with self._lock:
            left, until = self._left.get((kind, total), (0, 0.0))
            if left < 1 or time.monotonic() > until:
                return False
            self._left[kind, total] = (left - 1, until)
            return True


def is_dead(message: OutboundMessage) -> bool:
    rows: list[object] = rows_prepared(
        "dead address",
        lambda marks: DeadAddress.objects.filter(address=marks["address"]).values("pk"),
        {"address": message.to_address.lower()},
    )
    return bool(rows)


def held_back(message: OutboundMessage, at: datetime, rooms: Rooms | None = None) -> Wait | Stop | None:
    """Why this automatic message must wait for room (it leaves by itself) or for a person; None when it may go."""
    if is_dead(message):
        return Stop(kept("Mail to this address came back before."))
    if message.purpose == Purpose.SURVEY:
        return None  # rationed where it is made, at most once per customer in months, and sent at its own pace
    house, kind = organisation().municipality, _kind(message)
    total, to_one = house.automatic_per_hour, house.automatic_per_address_per_hour
    # workers count one after the other, until the end of the transaction: by address,
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(2516, hashtext(upper(%s)))", [message.to_address])
    is_far_from_full = rooms is not None and not message.origin_network and rooms.take(kind, total)
    if is_far_from_full and _to_one(message, at) < to_one:
        return None
    # and all together
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(2512)")
    found = _counted(message, at)
    if found["to_one"] >= to_one:
        why = kept("Too many automatic messages to this address within an hour.")
        is_notice = message.purpose == Purpose.NOTICE
        return _wait(message, found["first_to_one"], why, at) if is_notice else Stop(why)
    origin = Origin(message.origin, message.origin_network)
    if origin.network and ceilings.MAILS.is_reached(
        origin, by_address=found["from_address"], by_network=found["from_network"]
    ):
        why, first = kept("Very much came in from one network. This leaves when there is room."), "first_from_network"
    elif found["of_kind"] >= ceilings.most_of(kind, total) and kind != ceilings.EMAIL:
        why, first = kept("Very much came in by one channel. This leaves when there is room."), "first_of_kind"
    elif kind != ceilings.EMAIL and found["of_others"] >= ceilings.most_of_others(total):
        why, first = kept("Too many automatic messages in total within an hour."), "first_of_others"
    elif found["of_kind"] >= ceilings.most_of(kind, total) or found["all"] >= total:
        why, first = kept("Too many automatic messages in total within an hour."), "first"
    else:
        if rooms is not None:
            rooms.note(kind, total, _room(kind, total, found))
        return None
    note_flood("mail", at)
    return _wait(message, found[first], why, at)


_EACH = f"""
SELECT EXISTS (SELECT FROM {DeadAddress._meta.db_table} WHERE address = told.dead),
  (SELECT count(*) FROM {OutboundMessage._meta.db_table}
   WHERE is_automatic AND purpose <> 'survey' AND upper(to_address::text) = upper(told.address)
     AND id <> told.id AND (accepted_at > %(since)s OR (state IN ('queued', 'sending') AND lease_until > %(at)s)))
FROM unnest(%(ids)s::bigint[], %(addresses)s::text[], %(dead)s::text[]) WITH ORDINALITY AS told (id, address, dead, place) ORDER BY place
"""  # noqa: S608 - names of ours


def with_room(messages: list[OutboundMessage], at: datetime, rooms: Rooms) -> list[OutboundMessage]:
    """As long as nothing holds them back by what was counted last; the first of which that must be asked, and all after it, are left out."""
    if not messages:
        return []
    house = organisation().municipality
    addresses = [one.to_address for one in messages]
    told: dict[str, Any] = {
        "ids": [one.pk for one in messages],
        "addresses": addresses,
        "dead": [one.lower() for one in addresses],
        "at": at,
        "since": at - HOUR,
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(2516, key) FROM (SELECT DISTINCT hashtext(upper(address)) AS key"
            " FROM unnest(%s) AS address ORDER BY 1) AS keys",  # in one order: two lines must not wait for each other
            [addresses],
        )
        cursor.execute(_EACH, told)
        found = cursor.fetchall()
    for place, (one, (is_known_dead, to_one)) in enumerate(zip(messages, found, strict=True)):
        is_free = not is_known_dead and not one.origin_network and to_one < house.automatic_per_address_per_hour
        if not is_free or not rooms.take(_kind(one), house.automatic_per_hour):
            return messages[:place]
    return messages


def _room(kind: str, total: int, found: dict[str, Any]) -> int:
    """How many of this kind may still leave within the hour, under the nearest ceiling."""
    room = min(ceilings.most_of(kind, total) - found["of_kind"], total - found["all"])
    return room if kind == ceilings.EMAIL else min(room, ceilings.most_of_others(total) - found["of_others"])


def _wait(message: OutboundMessage, first: datetime | None, why: str, at: datetime) -> Wait | Stop:
    """Until the first of those that fill the hour falls out of it."""
    if at - message.created_at >= (NOTICE_WAITS if message.purpose == Purpose.NOTICE else WAITS):
        return Stop(why)
    return Wait(max(at + ROOM_AGAIN, min((first or at) + HOUR, at + HOUR)), why)


def _kind(message: OutboundMessage) -> str:
    return ceilings.kind_of(message.cause, is_notice=message.purpose == Purpose.NOTICE)


def _to_one(message: OutboundMessage, at: datetime) -> int:
    rows: list[dict[str, int]] = rows_prepared(
        "automatic mail to one",
        lambda marks: _lately(marks["at"], marks["since"]).filter(to_address__iexact=marks["to"]).values("pk"),
        {"at": at, "since": at - HOUR, "to": message.to_address},
    )
    return sum(row["pk"] != message.pk for row in rows)


def _lately(at: datetime, since: datetime) -> QuerySet[OutboundMessage]:
    """What left within the hour, is leaving now or is in somebody's hand to leave, and counts: for another, not for itself."""
    return (
        OutboundMessage.objects.filter(is_automatic=True)
        .exclude(purpose=Purpose.SURVEY)
        .filter(Q(accepted_at__gt=since) | Q(state__in=[State.QUEUED, State.SENDING], lease_until__gt=at))
    )


def _counted(message: OutboundMessage, at: datetime) -> dict[str, Any]:
    """What left within the hour or is leaving now: in all, to this address, of this kind, from this network. One query."""
    public, notice = [kind for kind in ceilings.SHARES if kind != ceilings.EMAIL], Q(purpose=Purpose.NOTICE)
    others = notice | Q(cause__in=public)
    kinds = {ceilings.EMAIL: ~others, ceilings.NOTICE: notice}
    kind = _kind(message)
    groups = {
        "to_one": Q(to_address__iexact=message.to_address),
        "of_kind": kinds.get(kind) or Q(cause=kind) & ~notice,
        "of_others": others,
        "from_address": Q(origin=message.origin) & ~Q(origin=""),
        "from_network": Q(origin_network=message.origin_network) & ~Q(origin_network=""),
    }
    return (
        _lately(at, at - HOUR)
        .exclude(pk=message.pk)
        .aggregate(
            all=Count("pk"),
            first=Min("accepted_at"),
            **{name: Count("pk", filter=group) for name, group in groups.items()},
            **{f"first_{name}": Min("accepted_at", filter=group) for name, group in groups.items()},
        )
    )
