"""Mail of others, as it came, in which a person is named: the letters cannot be changed in it, so it goes; what was read stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.db import connection
from django.db.models import Max, Min

from channels_app.models import InboundRaw
from privacy.words import Words

STRETCH: Final = 500
"""Messages that are looked through in one statement: each is read whole."""
MOST_BYTES: Final = 1_000_000
"""Of a message that nobody could read, in which an address or name stands in any case: its heads and its text."""


def stretches(after: int) -> Iterator[tuple[int, int]]:
    """Of all that is kept now, beyond the message where an earlier try came: the first and the last of each stretch."""
    kept = InboundRaw.objects.filter(message_id__gt=after).aggregate(oldest=Min("message_id"), newest=Max("message_id"))
    if kept["newest"] is not None:
        for first in range(kept["oldest"], kept["newest"] + 1, STRETCH):
            yield first, min(first + STRETCH - 1, kept["newest"])


def looked_through_to(first: int, last: int) -> int:
    """The last of these messages before the first that still must be read: a later try begins there."""
    unread = InboundRaw.objects.filter(message_id__gte=first, message_id__lte=last)
    unread = unread.filter(message__state__in=["received", "parsed"])
    oldest = unread.aggregate(oldest=Min("message_id"))["oldest"]
    return last if oldest is None else oldest - 1


def raw_with(words: Words, first: int, last: int) -> int:
    """Of these messages, inside a transaction; what still must be read is left for a later round."""
    parts = words.bytes_to_find()
    where = " OR ".join(["position(%s::bytea IN r.data) > 0"] * len(parts)) or "false"
    unread = f"m.state = 'parked' AND encode(substring(r.data FROM 1 FOR {MOST_BYTES}), 'escape') ~* %s"
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM channels_app_inboundraw r USING channels_app_inboundmessage m"  # noqa: S608
            " WHERE m.id = r.message_id AND r.message_id BETWEEN %s AND %s AND m.state NOT IN ('received', 'parsed')"
            f" AND (m.parsed::text ~* %s OR m.subject ~* %s OR m.sender ~* %s OR {where} OR ({unread}))",
            [first, last, words.pattern, words.pattern, words.pattern, *parts, words.pattern],
        )
        return int(cursor.rowcount)
