"""Whether whoever took a row still works on it: a lock of the session beside the lease, so that a dead worker's row comes back at once.

The lease alone would hold a row for as long as the slowest mail server may take. A lock ends with its connection, and a killed
process has none. After a restart of the database nobody has a lock any more, so whoever was at work gets the time to say so.
"""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

from django.db import connection, models

KINDS = {"channels_app_inboundmessage": 2514, "channels_app_outboundmessage": 2515}
YOUNG = timedelta(seconds=3)
"""A conversation that lost only its connection with the database has ended by then."""
AFTER_RESTART = timedelta(seconds=40)


_kept = threading.local()


def lock_key(pk: int) -> int:
    return pk & 0x7FFFFFFF


def note_held(model: type[models.Model], key: int) -> None:
    """Remembers what is to be let go: asking PostgreSQL for it would look at the locks of everybody."""
    kind = KINDS[model._meta.db_table]
    session, keys = _of_this_thread().get(kind, (None, []))
    before = keys if session is connection.connection else []
    _of_this_thread()[kind] = (connection.connection, [*before, key])


def let_go(model: type[models.Model]) -> None:
    """Before the next rows are taken: the work on those before is over, whatever became of them."""
    kind = KINDS[model._meta.db_table]
    session, keys = _of_this_thread().pop(kind, (None, []))
    if session is None or session is not connection.connection:
        return  # a lock ends with its connection
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s, key) FROM unnest(%s) AS key", [kind, keys])


def _of_this_thread() -> dict[int, tuple[object, list[int]]]:
    """Kind → the connection and the numbers of what this thread holds."""
    held: dict[int, tuple[object, list[int]]] | None = getattr(_kept, "held", None)
    if held is None:
        held = _kept.held = {}
    return held


def abandoned(
    model: type[models.Model], states: list[str], lease: timedelta, at: datetime, *, after: timedelta = AFTER_RESTART
) -> list[int]:
    """Rows that somebody took and nobody works on any more, before their lease ends; so long `after` a restart at the earliest."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {table} WHERE state = ANY(%(states)s) AND lease_until > %(at)s"  # noqa: S608 - a name of ours
            " AND lease_until - %(lease)s < %(at)s - %(young)s"
            " AND (pg_postmaster_start_time() < lease_until - %(lease)s"
            "      OR clock_timestamp() - pg_postmaster_start_time() > %(after)s)"
            " AND NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = %(kind)s"
            f"     AND objid = ({table}.id & 2147483647)::oid"
            "     AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
            " ORDER BY id LIMIT 100",
            {
                "states": states,
                "at": at,
                "lease": lease,
                "young": YOUNG,
                "after": after,
                "kind": KINDS[table],
            },
        )
        return [pk for (pk,) in cursor.fetchall()]
