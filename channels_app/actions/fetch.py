"""Reads a mailbox over IMAP: keep the bytes, commit, and only then tell the server (quality rules 10 and 11).

The cursor is UIDVALIDITY + UID: never `\\Seen`, never a date window, and it never passes a message that is not kept.
"""

from __future__ import annotations

import imaplib
import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from django.db import transaction
from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError

from channels_app import sealing
from channels_app.actions.connect import connect
from channels_app.actions.mailbox_turn import alone, source_of
from channels_app.actions.take_in import HEAD_BYTES, take_in
from channels_app.actions.unseen import (
    ask_later,
    park_unseen,
    seen_after_all,
    settle_elsewhere,
    settle_gone,
    to_ask_again,
)
from channels_app.adapters.email.imap import NETWORK_ERRORS, error_in_words
from channels_app.adapters.email.limits import MAX_BYTES
from channels_app.models import InboundMessage, Mailbox
from channels_app.reasons import kept
from organisation.failpoints import failpoint
from organisation.leaving import is_leaving

log = logging.getLogger(__name__)
BATCH = 100
SMALL_BYTES = 64 * 1024
"""So much may come in one answer: with a server far away most of the time of a message is asking for it."""
OLDEST = timedelta(days=3650)
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_DATE = re.compile(rb'INTERNALDATE "([^"]+)"')
_VALIDITY = re.compile(rb"UIDVALIDITY (\d+)")


@dataclass(frozen=True)
class Fetched:
    """`error` in words, empty when the mailbox was read to its end."""

    new: int = 0
    known: int = 0
    error: str = ""
    is_busy: bool = False


def fetch(*, mailbox: Mailbox, at: datetime, seconds: float = 40) -> Fetched:
    """Takes in everything above the cursor, or as much as the time allows (the next visit goes on); another fetcher at work on the same mailbox means nothing to do."""
    with alone(mailbox) as is_ours:
        if not is_ours:
            return Fetched(is_busy=True)
        mailbox.refresh_from_db()
        reading = Reading(mailbox, at, time.monotonic() + seconds)
        try:
            with connect(mailbox) as server:
                reading.read(server)
        except sealing.Sealed:
            return _failed(mailbox, reading, kept("The password cannot be opened. Type it again."))
        except NETWORK_ERRORS as error:
            log.warning("mailbox not read", extra={"mailbox": mailbox.pk, "error": type(error).__name__})
            return _failed(mailbox, reading, error_in_words(error))
        Mailbox.objects.filter(pk=mailbox.pk).update(last_read_at=at, last_error="")
        return Fetched(reading.new, reading.known)


def _failed(mailbox: Mailbox, reading: Reading, error: str) -> Fetched:
    Mailbox.objects.filter(pk=mailbox.pk).update(last_error=error[:300])
    return Fetched(reading.new, reading.known, error)


def _together(uids: list[int], facts: dict[int, tuple[int, datetime]]) -> list[int]:
    """The first messages that are small together."""
    chosen, total = [], 0
    for uid in uids:
        size = facts[uid][0] if uid in facts else 0
        total += size
        if total > SMALL_BYTES or size > MAX_BYTES:
            break
        chosen.append(uid)
    return chosen


class Unwilling(imaplib.IMAP4.abort):
    """The server refuses to tell how large messages are."""


class Reading:
    """One visit to one mailbox."""

    def __init__(self, mailbox: Mailbox, at: datetime, until: float) -> None:
        self.mailbox = mailbox
        self.at = at
        self.until = until
        self.is_careful = bool(mailbox.last_error)
        """After a visit that broke off each message is asked for by itself, so that a line that breaks again gave some."""
        self.new = 0
        self.known = 0

    def read(self, server: BaseMailBox) -> None:
        validity = self.validity(server)
        if self.mailbox.uid_validity != validity:  # the server numbered anew: read all, what is known is recognised
            self.mailbox.uid_validity = validity
            self.mailbox.last_uid = 0
            self._save_cursor()
        self._tidy(server)
        waiting = self.uids(server, f"{self.mailbox.last_uid + 1}:*")
        waiting = [uid for uid in waiting if uid > self.mailbox.last_uid]
        self._take_each(server, waiting, passed=self._pass)
        self._ask_again(server)

    def take_all(self, server: BaseMailBox, uids: list[int]) -> None:
        """Takes these in without moving the cursor, as far as the time allows."""
        self._take_each(server, uids, passed=None)

    def _take_each(self, server: BaseMailBox, uids: list[int], *, passed: Callable[[int], None] | None) -> None:
        """`passed` is told each number together with keeping its message, or after it when there is nothing to keep."""
        for start in range(0, len(uids), BATCH):
            batch = uids[start : start + BATCH]
            facts = self._facts(server, batch)
            loaded: dict[int, bytes] = {}
            for place, uid in enumerate(batch):
                if not self._has_time():
                    return
                if uid in facts:  # else it vanished between the search and now
                    if not loaded and not self.is_careful:
                        loaded = self._several(server, _together(batch[place:], facts))
                    also = None if passed is None else partial(passed, uid)
                    self._take(server, uid, *facts[uid], loaded.pop(uid, None), also)
                if passed is not None and self.mailbox.last_uid != uid:
                    passed(uid)

    def _pass(self, uid: int) -> None:
        self.mailbox.last_uid = uid
        self._save_cursor()

    def _save_cursor(self) -> None:
        Mailbox.objects.filter(pk=self.mailbox.pk).update(
            uid_validity=self.mailbox.uid_validity, last_uid=self.mailbox.last_uid
        )

    def validity(self, server: BaseMailBox) -> int:
        answer = server.client.response("UIDVALIDITY")[1]
        if answer and answer[0]:
            return int(answer[0])
        _kind, data = server.client.status(f'"{self.mailbox.folder}"', "(UIDVALIDITY)")
        found = _VALIDITY.search(data[0] if data and data[0] else b"")
        if found is None:
            raise imaplib.IMAP4.abort("the server gives no UIDVALIDITY")
        return int(found.group(1))

    def uids(self, server: BaseMailBox, uids: str) -> list[int]:
        kind, data = server.client.uid("SEARCH", None, "UID", uids)  # type: ignore[arg-type]
        if kind != "OK":
            raise imaplib.IMAP4.abort("the server refuses to search")
        return sorted({int(word) for line in data if line for word in line.split()})

    def _facts(self, server: BaseMailBox, batch: list[int]) -> dict[int, tuple[int, datetime]]:
        """Size and moment of receipt of each message, before any of it is loaded."""
        kind, data = server.client.uid("FETCH", ",".join(map(str, batch)), "(UID RFC822.SIZE INTERNALDATE)")
        if kind != "OK":
            raise Unwilling("the server gives no facts")
        facts: dict[int, tuple[int, datetime]] = {}
        for item in data:
            line = item[0] if isinstance(item, tuple) else item
            uid, size, date = (pattern.search(line or b"") for pattern in (_UID, _SIZE, _DATE))
            if uid and size:
                facts[int(uid.group(1))] = (int(size.group(1)), self._moment(date.group(1) if date else b""))
        return facts

    def _moment(self, given: bytes) -> datetime:
        """INTERNALDATE, unless it cannot be: a server with a wrong clock gives no deadline in the future, and its 1970 is now."""
        try:
            moment = datetime.strptime(given.decode("ascii").strip(), "%d-%b-%Y %H:%M:%S %z")
        except (UnicodeDecodeError, ValueError):
            return self.at
        return moment.astimezone(UTC) if self.at - OLDEST < moment <= self.at else self.at

    def _take(
        self,
        server: BaseMailBox,
        uid: int,
        size: int,
        received_at: datetime,
        loaded: bytes | None,
        also: Callable[[], None] | None,
    ) -> None:
        raw = loaded or self._bytes(server, uid, size, received_at)
        if raw is not None:
            self._keep(uid, size, received_at, raw, also)
            self._put_away(server, uid)

    def _keep(
        self, uid: int, size: int, received_at: datetime, raw: bytes, also: Callable[[], None] | None = None
    ) -> None:
        keep = partial(
            take_in,
            raw=raw or b"\r\n",
            source=source_of(self.mailbox),
            external_key=self._key(uid),
            received_at=received_at,
            at=self.at,
            mailbox=self.mailbox,
            size=size,
            also=also,
        )
        taken = keep()
        if not taken.is_new:
            with transaction.atomic():
                if seen_after_all(taken.message):
                    taken = keep()
        self.new += taken.is_new
        self.known += not taken.is_new

    def _ask_again(self, server: BaseMailBox) -> None:
        """For what the server could not hand over before, and nobody put away. Last, and put off first: if it breaks the line again, new mail was read."""
        if not self._has_time():
            return
        source, validity = source_of(self.mailbox), self.mailbox.uid_validity
        settle_elsewhere(mailbox=self.mailbox, source=source, validity=validity, at=self.at)
        for uid in to_ask_again(source=source, validity=validity, at=self.at):
            if not self._has_time():
                return
            ask_later(source=source, key=self._key(uid), at=self.at)
            try:
                facts = self._facts(server, [uid])
            except Unwilling:
                continue
            if uid in facts:
                self._take(server, uid, *facts[uid], None, None)
            else:
                settle_gone(source=source, key=self._key(uid), at=self.at)

    def _has_time(self) -> bool:
        return time.monotonic() <= self.until and not is_leaving()

    def _several(self, server: BaseMailBox, uids: list[int]) -> dict[int, bytes]:
        """Small messages in one answer; whichever does not come so is asked for by itself."""
        if len(uids) < 2:
            return {}
        kind, data = server.client.uid("FETCH", ",".join(map(str, uids)), "(UID BODY.PEEK[])")
        found: dict[int, bytes] = {}
        for item in data if kind == "OK" else []:
            uid = _UID.search(item[0]) if isinstance(item, tuple) and len(item) > 1 else None
            if uid:
                found[int(uid.group(1))] = bytes(item[1])
        return found

    def _bytes(self, server: BaseMailBox, uid: int, size: int, received_at: datetime) -> bytes | None:
        """The message, or the head of one that is too big; None when it vanished, or is parked because the server cannot hand it over."""
        part = f"BODY.PEEK[HEADER]<0.{HEAD_BYTES}>" if size > MAX_BYTES else "BODY.PEEK[]"
        kind, data = server.client.uid("FETCH", str(uid), f"(UID {part})")
        if kind != "OK":
            source = source_of(self.mailbox)
            park_unseen(mailbox=self.mailbox, source=source, key=self._key(uid), received_at=received_at, at=self.at)
            return None
        return next((bytes(item[1]) for item in data if isinstance(item, tuple) and len(item) > 1), None)

    def _key(self, uid: int) -> str:
        return f"{self.mailbox.uid_validity}:{uid}"

    def _put_away(self, server: BaseMailBox, uid: int) -> None:
        if not self.mailbox.done_folder:
            return
        failpoint("before_move")
        try:
            server.move(str(uid), self.mailbox.done_folder)
        except (imaplib.IMAP4.error, ImapToolsError) as error:
            if isinstance(error, imaplib.IMAP4.abort):
                raise
            log.warning(
                "a message could not be moved", extra={"mailbox": self.mailbox.pk, "error": type(error).__name__}
            )
        failpoint("after_move")

    def _tidy(self, server: BaseMailBox) -> None:
        """Moves what was kept in an earlier visit that broke off before the move."""
        if not self.mailbox.done_folder or not self.mailbox.last_uid:
            return
        left = [uid for uid in self.uids(server, f"1:{self.mailbox.last_uid}") if uid <= self.mailbox.last_uid][:BATCH]
        if not left:
            return
        kept_ones = InboundMessage.objects.filter(
            source=source_of(self.mailbox), external_key__in=[self._key(uid) for uid in left]
        ).exclude(state=InboundMessage.State.PARKED, sha256="")  # those are still to be read
        for key in kept_ones.values_list("external_key", flat=True):
            self._put_away(server, int(key.partition(":")[2]))
