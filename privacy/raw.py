"""Mail of others, as it came, in which a person is named: the letters cannot be changed in it, so it goes; what was read stays."""

from __future__ import annotations

from typing import Final

from django.db import connection

from privacy.words import Words

MOST_BYTES: Final = 1_000_000
"""Of a message that nobody could read, in which an address or name stands in any case: its heads and its text."""


def raw_with(words: Words) -> int:
    """Inside a transaction; what still must be read is left for a later round."""
    parts = words.bytes_to_find()
    where = " OR ".join(["position(%s::bytea IN r.data) > 0"] * len(parts)) or "false"
    unread = f"m.state = 'parked' AND encode(substring(r.data FROM 1 FOR {MOST_BYTES}), 'escape') ~* %s"
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM channels_app_inboundraw r USING channels_app_inboundmessage m"  # noqa: S608
            " WHERE m.id = r.message_id AND m.state NOT IN ('received', 'parsed')"
            f" AND (m.parsed::text ~* %s OR m.subject ~* %s OR m.sender ~* %s OR {where} OR ({unread}))",
            [words.pattern, words.pattern, words.pattern, *parts, words.pattern],
        )
        return int(cursor.rowcount)
