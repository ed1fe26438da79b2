"""Messages on their way out whose worker died: free again at once, and after five times left to a person."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.db import Error, InterfaceError, OperationalError, connection

from channels_app.holding import KINDS, abandoned, lock_key
from channels_app.models import OutboundMessage
from channels_app.reasons import kept

MOST = 5
LEAVING = frozenset({"57P01", "57P02", "57P03"})
"""It was told to stop, it crashed, it does not take connections yet."""
PATIENCE_SECONDS = 30.0
"""Less than what `holding` gives after a restart before another worker takes the message."""
_ACCEPTED = "UPDATE channels_app_outboundmessage SET accepted_at = %s WHERE id = %s"
_PAID = (
    "UPDATE channels_app_outboundmessage SET accepted_at = %s, lease_until = NULL WHERE id = %s AND accepted_at IS NULL"
)
_GIVEN_UP = (
    "UPDATE channels_app_outboundmessage SET lease_until = NULL WHERE id = %s AND tries = %s AND state = 'sending'"
    " AND pg_try_advisory_xact_lock(%s, %s)"
)
"""Not when another took it meanwhile: he holds its lock. Tries do not tell: ours may have been rolled back, and his have the same number."""
SENDING = OutboundMessage.State.SENDING
LEFT = 2516
"""A lock beside those of `holding`: this message left, and its row does not say so."""
_owed: dict[int, datetime] = {}
"""Message → when it left: what this process knows and could not write."""
_sessions: dict[int, Any] = {}
"""Message → the session that holds its locks until that is written."""


def broke_off() -> str:
    return kept("The program stopped while it sent this message.")


def take_back(lease: timedelta, at: datetime) -> int:
    """What a worker held that died waits no longer for the end of its lease; gives how many."""
    left = abandoned(OutboundMessage, [SENDING], lease, at)
    held = OutboundMessage.objects.filter(pk__in=left, state=SENDING, lease_until__isnull=False)
    return held.update(lease_until=None, error=broke_off()) if left else 0


def is_poison(message: OutboundMessage) -> bool:
    """Whether the program stopped on it again and again."""
    return message.tries >= MOST and message.error == broke_off()


def note_accepted(message: OutboundMessage, at: datetime) -> None:
    """A database that restarts at this moment is waited for: without this mark the customer gets the mail twice.

    One that cannot write (a full disk) gets the mark later, from `pay_notes`; until then our locks keep everybody else from the message.
    """
    _owed[message.pk] = at
    try:
        _write(_ACCEPTED, [at, message.pk])
    except BaseException:
        _keep_session(message.pk)
        raise
    _owed.pop(message.pk, None)
    message.accepted_at = at


def _keep_session(pk: int) -> None:
    """Takes the session out of Django's hands, which begins another one: a worker closes its connection after every task, and the locks with it."""
    if connection.in_atomic_block:
        return
    with suppress(Error):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LEFT, lock_key(pk)])
        _sessions[pk], connection.connection = connection.connection, None


def pay_notes() -> None:
    """Writes what could not be written before, so that whoever comes first marks those messages as sent. Raises while it still cannot."""
    for pk, at in list(_owed.items()):
        _write(_PAID, [at, pk])
        _owed.pop(pk, None)
    for pk in list(_sessions):
        if pk not in _owed and (session := _sessions.pop(pk, None)) is not None:
            session.close()


def is_owed(message: OutboundMessage) -> bool:
    """It left, and the mark of that is still to be written."""
    return message.pk in _owed


def has_left(message: OutboundMessage) -> bool:
    """Whether another process knows that it left and could not write so yet, for however long. Inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT NOT pg_try_advisory_xact_lock(%s, %s)", [LEFT, lock_key(message.pk)])
        return bool(cursor.fetchone()[0])


def is_away(error: Exception) -> bool:
    """Whether the database left us: it said nothing any more, or that it shuts down; an error in what we asked is not that."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    code = getattr(error.__cause__, "pgcode", None)
    return code is None or code in LEAVING


def give_up(message: OutboundMessage) -> None:
    """The database went away while it was in our hands, and we know whether it left: whoever comes first goes on with it.

    Nobody else could know, and would wait as long as somebody may still have to say so.
    """
    _write(_GIVEN_UP, [message.pk, message.tries, KINDS[OutboundMessage._meta.db_table], lock_key(message.pk)])


def _write(statement: str, values: list[object]) -> None:
    """As soon as the database answers; for everything that leaves, so no statement is built for it."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
            return
        except (OperationalError, InterfaceError) as error:
            if connection.in_atomic_block or time.monotonic() > end:
                raise
            if is_away(error):  # else our lock goes with the connection, and another takes what we know of
                connection.close()
            time.sleep(0.3)
