"""One folder of a mail server, as it is asked over IMAP: what lies in it, since when and how large, and the messages themselves."""

from __future__ import annotations

import imaplib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from imap_tools import BaseMailBox

from channels_app.adapters.email import limits

OLDEST = timedelta(days=3650)
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_DATE = re.compile(rb'INTERNALDATE "([^"]+)"')
_VALIDITY = re.compile(rb"UIDVALIDITY (\d+)")


class KeptBack(Exception):
    """The server answers, and does not give what was asked. Many say so only while they are busy."""


@dataclass(frozen=True)
class Facts:
    """What the server tells of a message before any of it is loaded."""

    size: int
    received_at: datetime

    @property
    def is_too_big(self) -> bool:
        return self.size > limits.MAX_BYTES


class Folder:
    """The folder that is chosen on this line. A line that breaks raises `NETWORK_ERRORS`."""

    def __init__(self, server: BaseMailBox, name: str) -> None:
        self._server = server
        self._name = name

    def validity(self) -> int:
        """Under which numbering the numbers hold."""
        answer = self._server.client.response("UIDVALIDITY")[1]
        if answer and answer[0]:
            return int(answer[0])
        _kind, data = self._server.client.status(f'"{self._name}"', "(UIDVALIDITY)")
        found = _VALIDITY.search(data[0] if data and data[0] else b"")
        if found is None:
            raise imaplib.IMAP4.abort("the server gives no UIDVALIDITY")
        return int(found.group(1))

    def uids(self, wanted: str) -> list[int]:
        """The numbers that are there of those that are wanted (`7:*`), in order."""
        kind, data = self._server.client.uid("SEARCH", None, "UID", wanted)  # type: ignore[arg-type]
        if kind != "OK":
            raise imaplib.IMAP4.abort("the server refuses to search")
        return sorted({int(word) for line in data if line for word in line.split()})

    def facts(self, uids: Sequence[int], *, at: datetime) -> dict[int, Facts | None]:
        """Of each message that is still there; None when it is there and its size is not told."""
        found: dict[int, Facts | None] = {}
        for item in self._fetch(uids, "RFC822.SIZE INTERNALDATE"):
            line = item[0] if isinstance(item, tuple) else item
            uid, size, date = (pattern.search(line or b"") for pattern in (_UID, _SIZE, _DATE))
            if uid and size:
                received_at = moment_of_receipt(date.group(1) if date else b"", at)
                found[int(uid.group(1))] = Facts(int(size.group(1)), received_at)
            elif uid:
                found.setdefault(int(uid.group(1)), None)
        return found

    def several(self, uids: Sequence[int]) -> dict[int, bytes]:
        """Small messages in one answer; whichever does not come so is asked for by itself."""
        if len(uids) < 2:
            return {}
        found: dict[int, bytes] = {}
        try:
            answer = self._fetch(uids, "BODY.PEEK[]")
        except KeptBack:
            return {}
        for item in answer:
            uid = _UID.search(item[0]) if isinstance(item, tuple) and len(item) > 1 else None
            if uid:
                found[int(uid.group(1))] = bytes(item[1])
        return found

    def message(self, uid: int, facts: Facts) -> bytes | None:
        """Its bytes, or the head of one that is too big; None when it is not there any more."""
        head = f"BODY.PEEK[HEADER]<0.{limits.HEAD_BYTES}>"
        answer = self._fetch([uid], head if facts.is_too_big else "BODY.PEEK[]")
        raw = next((bytes(item[1]) for item in answer if isinstance(item, tuple) and len(item) > 1), None)
        named = {int(found.group(1)) for item in answer if isinstance(item, bytes) and (found := _UID.search(item))}
        if raw is None and uid in named:
            raise KeptBack  # it is there without its bytes: some servers give NIL for what they cannot read themselves
        return raw

    def move(self, uid: int, folder: str) -> None:
        self._server.move(str(uid), folder)

    def _fetch(self, uids: Sequence[int], parts: str) -> list[Any]:
        """The lines of the answer: bytes, or a pair when a text goes along."""
        kind, data = self._server.client.uid("FETCH", ",".join(map(str, uids)), f"(UID {parts})")
        if kind != "OK":
            raise KeptBack
        return list(data)


def moment_of_receipt(given: bytes, at: datetime) -> datetime:
    """INTERNALDATE, unless it cannot be: a server with a wrong clock gives no deadline in the future, and its 1970 is now."""
    try:
        moment = datetime.strptime(given.decode("ascii").strip(), "%d-%b-%Y %H:%M:%S %z")
    except (UnicodeDecodeError, ValueError):
        return at
    return moment.astimezone(UTC) if at - OLDEST < moment <= at else at
