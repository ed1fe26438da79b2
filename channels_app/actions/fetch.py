"""Reads a mailbox over IMAP: keep the bytes, commit, and only then tell the server (quality rules 10 and 11).

The cursor is UIDVALIDITY + UID: never `\\Seen`, never a date window, and it never passes a message that is not kept.
"""

from __future__ import annotations

import imaplib
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import DatabaseError, InterfaceError, transaction
from imap_tools.errors import ImapToolsError

from channels_app import sealing
from channels_app.actions.connect import connect
from channels_app.actions.mailbox_turn import PLACE, alone, source_of
from channels_app.actions.sign_in_rest import forget_refused, note_refused, rests
from channels_app.actions.stuck import is_stuck
from channels_app.actions.take_in import take_in
from channels_app.actions.unseen import (
    ask_later,
    park_unseen,
    seen_after_all,
    settle_elsewhere,
    settle_gone,
    to_ask_again,
)
from channels_app.adapters.email.folder import Facts, Folder, KeptBack
from channels_app.adapters.email.imap import NETWORK_ERRORS, error_in_words, is_refused
from channels_app.models import InboundMessage, Mailbox
from channels_app.reasons import kept
from organisation.failpoints import failpoint
from organisation.leaving import is_leaving

log = logging.getLogger(__name__)
BATCH = 100
LAST_WAIT = 6.0
"""So long the last message may still take when the time is up: the task of all mailboxes ends before it is killed."""
SMALL_BYTES = 64 * 1024
"""So much may come in one answer: with a server far away most of the time of a message is asking for it."""
MANY = 10
"""A server that tells nothing of so many, one by one, tells nothing at all now: that is not for the messages to bear."""


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
        if mailbox.last_error and rests(mailbox, at):
            return Fetched(error=mailbox.last_error)
        until = time.monotonic() + seconds
        reading = Reading(mailbox, at, until)
        try:
            with connect(mailbox, at_most=seconds + LAST_WAIT) as server:
                reading.read(Folder(server, mailbox.folder))
        except sealing.Sealed:
            return _failed(mailbox, reading, kept("The password cannot be opened. Type it again."))
        except NETWORK_ERRORS as error:
            log.warning("mailbox not read", extra={"mailbox": mailbox.pk, "error": type(error).__name__})
            is_slow = time.monotonic() > until
            reading.leave_what_is_stuck()
            if is_refused(error):
                note_refused(mailbox, at)
            return _failed(mailbox, reading, error_in_words(TimeoutError() if is_slow else error))
        except (DatabaseError, InterfaceError):
            raise
        except (
            Exception
        ) as error:  # what a server says may be anything; it is said at this mailbox, and the others are read
            log.exception("a mailbox could not be read", extra={"mailbox": mailbox.pk})
            return _failed(mailbox, reading, kept("Reading failed: %(error)s", error=type(error).__name__))
        if mailbox.last_error:
            forget_refused(mailbox)
        Mailbox.objects.filter(pk=mailbox.pk).update(last_read_at=at, last_error="")
        return Fetched(reading.new, reading.known)


def _failed(mailbox: Mailbox, reading: Reading, error: str) -> Fetched:
    Mailbox.objects.filter(pk=mailbox.pk).update(last_error=error[:300])
    return Fetched(reading.new, reading.known, error)


def _together(uids: list[int], told: Mapping[int, Facts | None]) -> list[int]:
    """The first messages that are small together, of those that can be had."""
    chosen, total = [], 0
    for uid in uids:
        facts = told.get(uid)
        if facts is None:
            continue
        total += facts.size
        if total > SMALL_BYTES or facts.is_too_big:
            break
        chosen.append(uid)
    return chosen


class Reading:
    """One visit to one mailbox."""

    def __init__(self, mailbox: Mailbox, at: datetime, until: float) -> None:
        self.mailbox = mailbox
        self.at = at
        self.until = until
        self.is_careful = bool(mailbox.last_error)
        """After a visit that broke off each message is asked for by itself, and the sizes of ever more, so that a line that breaks again gave some."""
        self.new = 0
        self.known = 0
        self.asked: tuple[int, datetime] | None = None
        """The first message of this visit, and when the server received it, as long as its size or its text does not come."""

    def read(self, folder: Folder) -> None:
        validity = folder.validity()
        if self.mailbox.uid_validity != validity:  # the server numbered anew: read all, what is known is recognised
            self.mailbox.uid_validity = validity
            self.mailbox.last_uid = 0
            self._save_cursor()
        waiting = folder.uids(f"{self.mailbox.last_uid + 1}:*")
        waiting = [uid for uid in waiting if uid > self.mailbox.last_uid]
        self._take_each(folder, waiting, passed=self._pass)
        self._ask_again(folder)
        self._tidy(folder)

    def take_all(self, folder: Folder, uids: list[int]) -> None:
        """Takes these in without moving the cursor, as far as the time allows."""
        self._take_each(folder, uids, passed=None)

    def _take_each(self, folder: Folder, uids: list[int], *, passed: Callable[[int], None] | None) -> None:
        """`passed` is told each number together with keeping its message, or after it when there is nothing to keep."""
        start, size = 0, 1 if self.is_careful else BATCH
        while start < len(uids):
            batch = uids[start : start + size]
            self._asks_for(batch[0], self.at, alone=passed is not None and len(batch) == 1)
            told = self._told(folder, batch)
            self.asked = None
            if told and not any(told.values()) and size < MANY:  # of these alone, or of all?
                batch = uids[start : start + BATCH]
                told = self._told(folder, batch)
            start, size = start + len(batch), min(2 * size, BATCH)
            loaded: dict[int, bytes] = {}
            for place, uid in enumerate(batch):
                if not self._has_time():
                    return
                if (facts := told.get(uid)) is not None:
                    if not loaded and not self.is_careful:
                        loaded = folder.several(_together(batch[place:], told))
                    also = None if passed is None else partial(passed, uid)
                    self._take(folder, uid, facts, loaded.pop(uid, None), also)
                elif uid in told:  # else it vanished between the search and now
                    self._park(uid, self.at)
                if passed is not None and self.mailbox.last_uid != uid:
                    passed(uid)

    def _asks_for(self, uid: int, received_at: datetime, *, alone: bool) -> None:
        """Breaks the line at what is asked of one message alone, before anything came: it is this message (`stuck.py`)."""
        self.asked = (uid, received_at) if alone and not self.new and not self.known else None

    def _told(self, folder: Folder, batch: list[int]) -> dict[int, Facts | None]:
        """What the server tells of each; None of a message that it refuses to tell of, which costs the others nothing."""
        told = self._told_by_parts(folder, batch)
        if len(told) >= MANY and not any(told.values()):
            raise imaplib.IMAP4.abort("the server refuses to tell of any message")
        return told

    def _told_by_parts(self, folder: Folder, uids: list[int]) -> dict[int, Facts | None]:
        try:
            return folder.facts(uids, at=self.at)
        except KeptBack:
            if len(uids) == 1:
                return {uids[0]: None}
            half = len(uids) // 2
            return self._told_by_parts(folder, uids[:half]) | self._told_by_parts(folder, uids[half:])

    def _pass(self, uid: int) -> None:
        self.mailbox.last_uid = uid
        self._save_cursor()

    def _save_cursor(self) -> None:
        """Not when the mailbox was pointed elsewhere meanwhile: there it begins anew, and servers number alike."""
        place = {name: getattr(self.mailbox, name) for name in PLACE}
        Mailbox.objects.filter(pk=self.mailbox.pk, **place).update(
            uid_validity=self.mailbox.uid_validity, last_uid=self.mailbox.last_uid
        )

    def _take(
        self, folder: Folder, uid: int, facts: Facts, loaded: bytes | None, also: Callable[[], None] | None = None
    ) -> None:
        self._asks_for(uid, facts.received_at, alone=also is not None)
        try:
            raw = loaded or folder.message(uid, facts)
        except KeptBack:
            self.asked = None
            self._park(uid, facts.received_at)
            return
        self.asked = None
        if raw is not None:
            self._keep(uid, facts, raw, also)
            self._put_away(folder, uid)

    def leave_what_is_stuck(self) -> None:
        """The line broke: when it did so at this very message at every visit, what lies behind it must not wait for it."""
        if self.asked is not None and is_stuck(self.mailbox, self._key(self.asked[0]), self.at):
            self._park(*self.asked)
            self._pass(self.asked[0])

    def _park(self, uid: int, received_at: datetime) -> None:
        source = source_of(self.mailbox)
        park_unseen(mailbox=self.mailbox, source=source, key=self._key(uid), received_at=received_at, at=self.at)

    def _keep(self, uid: int, facts: Facts, raw: bytes, also: Callable[[], None] | None) -> None:
        keep = partial(
            take_in,
            raw=raw or b"\r\n",
            source=source_of(self.mailbox),
            external_key=self._key(uid),
            received_at=facts.received_at,
            at=self.at,
            mailbox=self.mailbox,
            size=facts.size,
            also=also,
        )
        taken = keep()
        if not taken.is_new:
            with transaction.atomic():
                if seen_after_all(taken.message):
                    taken = keep()
        self.new += taken.is_new
        self.known += not taken.is_new

    def _ask_again(self, folder: Folder) -> None:
        """For what the server could not hand over before, and nobody put away. Last, and put off first: if it breaks the line again, new mail was read."""
        if not self._has_time():
            return
        source, validity = source_of(self.mailbox), self.mailbox.uid_validity
        settle_elsewhere(mailbox=self.mailbox, source=source, validity=validity, at=self.at)
        for uid in to_ask_again(source=source, validity=validity, at=self.at):
            if not self._has_time():
                return
            ask_later(source=source, key=self._key(uid), at=self.at)
            told = self._told_by_parts(folder, [uid])
            if (facts := told.get(uid)) is not None:
                self._take(folder, uid, facts, None)
            elif uid not in told:
                settle_gone(source=source, key=self._key(uid), at=self.at)

    def _has_time(self) -> bool:
        return time.monotonic() <= self.until and not is_leaving()

    def _key(self, uid: int) -> str:
        return f"{self.mailbox.uid_validity}:{uid}"

    def _put_away(self, folder: Folder, uid: int) -> None:
        if not self.mailbox.done_folder:
            return
        failpoint("before_move")
        try:
            folder.move(uid, self.mailbox.done_folder)
        except (imaplib.IMAP4.error, ImapToolsError) as error:
            if isinstance(error, imaplib.IMAP4.abort):
                raise
            log.warning(
                "a message could not be moved", extra={"mailbox": self.mailbox.pk, "error": type(error).__name__}
            )
        failpoint("after_move")

    def _tidy(self, folder: Folder) -> None:
        """Moves what was kept in an earlier visit that broke off before the move. Last: if the line breaks at one of them, the rest was read."""
        if not self.mailbox.done_folder or not self.mailbox.last_uid:
            return
        left = [uid for uid in folder.uids(f"1:{self.mailbox.last_uid}") if uid <= self.mailbox.last_uid][:BATCH]
        if not left:
            return
        kept_ones = InboundMessage.objects.filter(
            source=source_of(self.mailbox), external_key__in=[self._key(uid) for uid in left]
        ).exclude(state=InboundMessage.State.PARKED, sha256="")  # those are still to be read
        for key in kept_ones.values_list("external_key", flat=True):
            self._put_away(folder, int(key.partition(":")[2]))
