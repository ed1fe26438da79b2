"""Reads a scan that was taken in: parts a stack into letters, keeps the file, finds the text and the day of the stamp."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app import files
from channels_app.actions.take_in_scan import SOURCE, new_scan
from channels_app.adapters.email.limits import Unreadable
from channels_app.adapters.email.sandbox import Sandbox
from channels_app.adapters.letter import ocr, stamp
from channels_app.adapters.letter.about import about, tidy
from channels_app.claims import locked
from channels_app.models import InboundMessage
from organisation.failpoints import failpoint
from organisation.nudge import nudge
from organisation.workdays import local_day

LOOKED_AT_ONCE: Final = 25
"""Pages: the child's limit of time counts for one request."""
PAGES_READ: Final = 2
"""By Tesseract: what a letter is about stands on its first pages, and a page takes a second."""
MOST_TEXT: Final = 20_000
ENDINGS: Final = {b"%PDF": "pdf", b"II*\x00": "tif", b"MM\x00*": "tif", b"\xff\xd8\xff": "jpg", b"\x89PNG": "png"}


@dataclass(frozen=True)
class Read:
    """What a letter shows. `stamp`: the day on the paper, when it could be read."""

    pages: int
    text: str
    about: str
    """What stands behind “Betreft:”; empty when it is not there."""
    is_by_machine: bool
    """The text was read from the picture, so it may be wrong."""
    stamp: date | None


def read_scan(row: InboundMessage, sandbox: Sandbox, at: datetime) -> None:
    """Keeps what is found and marks the row read; a stack becomes a row per letter. Raises `Unreadable`, or `OSError` for the disk."""
    raw = bytes(row.raw.data)
    pages = int(sandbox.of_scan(raw, "pages")["pages"])
    parts = _letters(pages, _separators(raw, pages, sandbox))
    if not parts:
        raise Unreadable("only_separators")
    if parts != [list(range(pages))]:
        pieces = [sandbox.made_of_scan(raw, "piece", pages=part) for part in parts]
        _part(row, pieces, at)
        return
    found = _read(raw, pages, sandbox, at)
    files.store_bytes(raw)
    with transaction.atomic():
        fresh = locked(row, InboundMessage.State.RECEIVED)
        if fresh is None:
            return
        fresh.files.all().delete()
        files.store_file(data=raw, name=_file_name(fresh, raw), at=at, inbound=fresh)
        given: dict[str, Any] = fresh.parsed or {}
        fresh.parsed = {
            "stamped_on": given.get("stamped_on"),
            "text": found.text,
            "about": found.about,
            "pages": found.pages,
            "is_by_machine": found.is_by_machine,
            "stamp_read": found.stamp.isoformat() if found.stamp else None,
            "for_desk": bool(given.get("for_desk")),
        }
        fresh.state = InboundMessage.State.PARSED
        if given.get("for_desk"):
            fresh.state, fresh.outcome = InboundMessage.State.DONE, InboundMessage.Outcome.DESK
        _free(fresh)
        fresh.save()
    failpoint("after_parsed")


def _separators(raw: bytes, pages: int, sandbox: Sandbox) -> set[int]:
    found: set[int] = set()
    for first in range(0, pages, LOOKED_AT_ONCE):
        found.update(sandbox.of_scan(raw, "separators", first=first, count=LOOKED_AT_ONCE)["separators"])
    return found


def _letters(pages: int, separators: set[int]) -> list[list[int]]:
    """The pages of each letter; what lies between two sheets is one."""
    letters: list[list[int]] = [[]]
    for page in range(pages):
        if page in separators:
            letters.append([])
        else:
            letters[-1].append(page)
    return [letter for letter in letters if letter]


def _part(row: InboundMessage, pieces: list[bytes], at: datetime) -> None:
    """A row per letter, in one transaction with the end of the stack itself."""
    with transaction.atomic():
        fresh = locked(row, InboundMessage.State.RECEIVED)
        if fresh is None:
            return
        given: dict[str, Any] = fresh.parsed or {}
        stamped_on = date.fromisoformat(given["stamped_on"]) if given.get("stamped_on") else None
        stem = fresh.subject.rpartition(".")[0] or fresh.subject
        for number, piece in enumerate(pieces, start=1):
            new_scan(
                source=f"{SOURCE}{fresh.pk}",
                key=str(number),
                digest=hashlib.sha256(piece).hexdigest(),
                raw=piece,
                name=_("%(name)s, letter %(number)s of %(count)s.pdf")
                % {"name": stem[:110], "number": number, "count": len(pieces)},
                received_at=fresh.received_at,
                at=at,
                stamped_on=stamped_on,
                stack=fresh,
                for_desk=bool(given.get("for_desk")),
            )
        fresh.state = InboundMessage.State.DONE
        fresh.outcome = InboundMessage.Outcome.SPLIT
        fresh.reason = ngettext(
            "A stack of %(count)s letter: it stands on its own.",
            "A stack of %(count)s letters: each stands on its own.",
            len(pieces),
        ) % {"count": len(pieces)}
        fresh.done_at = at
        _free(fresh)
        fresh.save()
        nudge("channels_app.tasks.parse")


def _read(raw: bytes, pages: int, sandbox: Sandbox, at: datetime) -> Read:
    texts = [str(text) for text in sandbox.of_scan(raw, "texts")["texts"]]
    is_by_machine = False
    if not any(_has_words(text) for text in texts) and ocr.can_read():
        is_by_machine = True
        texts = [
            ocr.read(sandbox.made_of_scan(raw, "picture", page=page, width=ocr.WIDTH, for_reading=True))
            for page in range(min(pages, PAGES_READ))
        ]
    text = tidy("\n\n".join(texts))[:MOST_TEXT]
    return Read(pages, text, about(text), is_by_machine and bool(text), stamp.read_stamp(text, local_day(at)))


def _has_words(text: str) -> bool:
    return sum(sign.isalpha() for sign in text) >= 20


def _file_name(row: InboundMessage, raw: bytes) -> str:
    """The given name, with the ending that its bytes have."""
    ending = next((ending for head, ending in ENDINGS.items() if raw.lstrip()[:4].startswith(head)), "pdf")
    stem, dot, given = row.subject.rpartition(".")
    if dot and given.lower() in {ending, ending.replace("tif", "tiff"), ending.replace("jpg", "jpeg")}:
        return row.subject
    return f"{stem if dot and len(given) <= 5 else row.subject}.{ending}"


def _free(row: InboundMessage) -> None:
    row.tries, row.lease_until, row.next_try_at = 0, None, None
    if row.state != InboundMessage.State.DONE:
        row.reason = ""


def stamped(row: InboundMessage, today: date) -> tuple[date | None, tuple[str, ...]]:
    """The day the letter counts from, and what a person should look at: given by hand, read from the stamp, or the name of the file."""
    facts: dict[str, Any] = row.parsed or {}
    given = date.fromisoformat(facts["stamped_on"]) if facts.get("stamped_on") else None
    read = date.fromisoformat(facts["stamp_read"]) if facts.get("stamp_read") else None
    if given is not None:
        return given, ("stamp_differs",) if read is not None and read != given else ()
    if read is not None:
        return read, ("stamp_read",)
    named = stamp.stamp_of_name(row.subject, today)
    return (named, ()) if named is not None else (None, ("stamp_missing",))
