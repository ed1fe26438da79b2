"""Acknowledgements that a line takes in hand at once, while there is much to send: what the database can do for several together it does together.

One statement finds and holds them, one settles all of them afterwards. Between these each goes alone: that the mail server took a message is
written before the next one is begun, in the same statement, so that a process that dies repeats one message at most, as it does without a
handful. What is in hand and not begun is only lent, for a few seconds: after that it is for the other line of the sweep, or for another worker.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import prefetch_related_objects

from channels_app import reference
from channels_app.actions.hold_back import Rooms, with_room
from channels_app.broken_off import give_up, is_away, note_accepted
from channels_app.holding import KINDS, lock_key, note_held
from channels_app.lines import Delivered
from channels_app.models import Channel, OutboundMessage
from channels_app.models.outbox import OutboundQuerySet
from channels_app.signals import acknowledgements_sent, outbound_leaves
from organisation.failpoints import failpoint
from organisation.prepared import rows_prepared

log = logging.getLogger(__name__)
State, Purpose = OutboundMessage.State, OutboundMessage.Purpose
MOST_IN_HAND = 12
LENT = timedelta(seconds=4)
"""Longer than a handful takes with a mail server that answers, and less than half a sweep: what is left of it then is for whoever comes, also on
the other line of the same sweep. What was lent was never given to a mail server, so whoever takes it repeats nothing; the line that had it
finds another lease on it, or another state, and does not begin it (`_GO_ON`). What was begun has the long lease, which no sweep outlives."""
TABLE = OutboundMessage._meta.db_table
_LEND = f"""
UPDATE {TABLE} SET lease_until = %(until)s WHERE id = ANY(%(ids)s)
RETURNING CASE WHEN %(is_alone)s THEN set_config('synchronous_commit', 'off', true) END
"""  # noqa: S608 - a name of ours
"""Does not wait for the disk: a database that forgets it has forgotten that they were lent, and `_GO_ON` finds none that it can begin."""
_GO_ON = f"""
WITH noted AS (UPDATE {TABLE} SET accepted_at = %(at)s WHERE id = %(left)s)
UPDATE {TABLE} SET state = 'sending', tries = tries + 1, lease_until = %(lease)s, message_id = %(message_id)s
WHERE id = %(next)s AND state = 'queued' AND lease_until = %(lent)s
RETURNING pg_try_advisory_lock(%(kind)s, %(key)s)
"""  # noqa: S608 - names of ours
_RETURN = f"UPDATE {TABLE} SET lease_until = NULL WHERE id = ANY(%s) AND state = 'queued' AND lease_until = %s"  # noqa: S608 - names of ours
_SENT = f"""
UPDATE {TABLE} AS row SET state = 'sent', sent_at = row.accepted_at, error = told.note, lease_until = NULL
FROM unnest(%s::bigint[], %s::text[]) AS told (id, note)
WHERE row.id = told.id AND row.state IN ('queued', 'sending') RETURNING row.id
"""  # noqa: S608 - names of ours


class Handful:
    """Goes through `go_on` from one to the next; `settle` ends it."""

    def __init__(self, messages: Sequence[OutboundMessage], *, at: datetime, lent: datetime, lease: timedelta) -> None:
        self._at, self._lent, self._lease = at, lent, lease
        self._waiting = list(messages)
        self._begun: OutboundMessage | None = None
        self._left: tuple[OutboundMessage, str] | None = None
        self._noted: list[tuple[OutboundMessage, str]] = []

    def go_on(self) -> OutboundMessage | None:
        """Writes that the one before left, and begins the next; None when there is none, or none of them is still ours."""
        while self._waiting:
            message = self._waiting.pop(0)
            if self._write(message):
                return message
        return None

    def left(self, note: str) -> None:
        """The mail server took the one at hand. `go_on` or `settle` writes it down."""
        if self._begun is not None:
            self._left, self._begun = (self._begun, note), None

    def settle(self, done: Delivered) -> list[OutboundMessage]:
        """Writes that the last one left, gives back what was not begun, and marks all as sent; gives what could not be marked with the others."""
        self._note()
        if self._waiting:
            with connection.cursor() as cursor:
                cursor.execute(_RETURN, [[one.pk for one in self._waiting], self._lent])
            self._waiting = []
        try:
            with transaction.atomic():
                self._mark()
                failpoint("before_sent_commit")
        except Exception as error:  # one of them cannot be settled: each is tried alone
            if is_away(error):
                raise
            log.exception("messages could not be settled together")
            return [message for message, _note in self._noted]
        done.sent += len(self._noted)
        return []

    def give_up(self) -> None:
        """The database went away. Of each we know whether it left, but for one that it could not be told of: whoever comes first goes on."""
        for message, _note in self._noted:
            give_up(message)
        if self._begun is not None:
            give_up(self._begun)

    def _write(self, message: OutboundMessage) -> bool:
        """Whether this one is begun, with the note of the one before."""
        message.message_id = message.message_id or reference.message_id(message.pk)
        until, key, kind = self._at + self._lease, lock_key(message.pk), KINDS[TABLE]
        told: dict[str, Any] = {
            "at": self._at,
            "left": self._left and self._left[0].pk,
            "next": message.pk,
            "lent": self._lent,
        }
        told |= {"lease": until, "message_id": message.message_id, "kind": kind, "key": key}
        before = message.tries
        self._begun, message.tries = message, before + 1
        try:
            with connection.cursor() as cursor:
                cursor.execute(_GO_ON, told)
                found = cursor.fetchone()
        except Exception:
            self._note()
            raise
        self._is_noted()
        if found is None:  # lent for too long: somebody else has it
            self._begun = None
            return False
        message.state, message.lease_until = State.SENDING, until
        if found[0]:
            note_held(OutboundMessage, key)
        return True

    def _note(self) -> None:
        """Of the one that left, alone, and as long as it takes."""
        if self._left is not None:
            note_accepted(self._left[0], self._at)
            self._is_noted()

    def _is_noted(self) -> None:
        if self._left is not None:
            self._left[0].accepted_at = self._at
            self._noted.append(self._left)
            self._left = None
            failpoint("after_smtp_ok")

    def _mark(self) -> None:
        notes = {message.pk: note[:500] for message, note in self._noted}
        with connection.cursor() as cursor:
            cursor.execute(_SENT, [list(notes), list(notes.values())])
            ours = {pk for (pk,) in cursor.fetchall()}
        sent = [message for message, _note in self._noted if message.pk in ours]
        for message in sent:
            message.state, message.sent_at, message.lease_until = State.SENT, message.accepted_at, None
            message.error = notes[message.pk]
        if sent:
            acknowledgements_sent.send(sender=OutboundMessage, messages=sent)


def take_handful(*, at: datetime, now: datetime, rooms: Rooms, lease: timedelta) -> Handful | None:
    """The acknowledgements that are due first and may go without a question; None when the first must be looked at alone.

    `at` is when the sweep began.
    """
    lent = now + LENT
    is_alone = not connection.in_atomic_block  # else it would be said of whatever is done around it
    with transaction.atomic():
        taken = _that_may_go(with_room(_first_plain(_due(at, now)), at, rooms), at)
        if not taken:
            return None
        with connection.cursor() as cursor:
            cursor.execute(_LEND, {"until": lent, "ids": [one.pk for one in taken], "is_alone": is_alone})
    prefetch_related_objects(taken, "files", "mailbox")
    return Handful(taken, at=at, lent=lent, lease=lease)


def _due(at: datetime, now: datetime) -> list[OutboundMessage]:
    def due(marks: dict[str, Any]) -> OutboundQuerySet:
        rows = OutboundMessage.objects.due(marks["at"], now=marks["moment"], by_services=False)
        return rows.select_for_update(skip_locked=True, of=("self",))[:MOST_IN_HAND]

    return rows_prepared("messages to send together", due, {"at": at, "moment": now})


def _first_plain(messages: Iterable[OutboundMessage]) -> list[OutboundMessage]:
    """As long as they are acknowledgements with nothing special, each to another address: of two to one the second counts the first."""
    found: dict[str, OutboundMessage] = {}
    for one in messages:
        is_plain = (
            (one.purpose, one.state) == (Purpose.ACKNOWLEDGEMENT, State.QUEUED)
            and one.is_automatic
            and one.channel != Channel.SMS
            and one.cause != Channel.LETTER  # locks questions after those of the others: two lines would deadlock
            and one.accepted_at is None
            and one.tries == 0
        )
        if not is_plain or one.to_address.upper() in found:
            break
        found[one.to_address.upper()] = one
    return list(found.values())


def _that_may_go(messages: list[OutboundMessage], at: datetime) -> list[OutboundMessage]:
    """Until the first that somebody says something about: whoever made it says it once more when it is taken alone."""
    try:
        with transaction.atomic():
            for place, one in enumerate(messages):
                if any(told for _who, told in outbound_leaves.send(sender=OutboundMessage, message=one, at=at)):
                    return messages[:place]
    except Exception:
        log.exception("nobody could say whether messages may go")
        return []
    return messages
