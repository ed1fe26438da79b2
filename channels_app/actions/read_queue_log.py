"""Reads what came into Asterisk's `queue_log` since the last time; the place in the file is kept with the events, so each line counts once.

A file that was renamed is read to its end before the new one begins; one that was emptied begins anew.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings

from channels_app.actions.log_events import AT_ONCE, EVENTS_FOR, Told, log_events
from channels_app.adapters.phone.asterisk import Said, read_line
from channels_app.exchanges import SOURCE, heard, in_trouble
from organisation.models import Heartbeat
from organisation.transact import one_transaction

ASTERISK: Final = f"{SOURCE}asterisk"
"""The same for the file and the manager: they name calls alike."""
NAME: Final = "Asterisk"
PLACE: Final = "asterisk.queue_log"
"""The heartbeat that holds the place in the file."""
MOST_BYTES: Final = 4_000_000
PART: Final = 64_000
HEAD: Final = 200
"""So many bytes at its beginning tell a file from a later one with the same number on the disk."""
_NO_HEAD: Final = hashlib.sha256(b"").hexdigest()


def read_queue_log(*, at: datetime, pickup_seconds: Callable[[date], int]) -> int:
    """Gives how many events were new; nothing when no file is set. At most some megabytes at once, the next tick goes on."""
    if not settings.ASTERISK_QUEUE_LOG:
        return 0
    path = Path(settings.ASTERISK_QUEUE_LOG)
    new = read = 0
    try:
        while read < MOST_BYTES:
            count, size = _part(path, at, pickup_seconds)
            new, read = new + count, read + size
            if not size:
                break
    except OSError as failure:
        in_trouble(ASTERISK, NAME, failure.strerror or type(failure).__name__, at)
        return new
    in_trouble(ASTERISK, NAME, "", at)
    return new


@one_transaction
def _part(path: Path, at: datetime, pickup_seconds: Callable[[date], int]) -> tuple[int, int]:
    """Some whole lines; how many events of them were new, and how many bytes that was. Two at once: the second waits, and goes on there."""
    Heartbeat.objects.get_or_create(name=PLACE, defaults={"beat_at": at, "detail": {}})
    place = Heartbeat.objects.select_for_update().get(name=PLACE)
    known, offset = str(place.detail.get("file", "")), int(place.detail.get("offset", 0))
    file, name, offset = _open(path, known, offset)
    with file:
        if _head(file, place.detail.get("head_size", 0)) != place.detail.get("head", _head(file, 0)):
            offset = 0  # another file in the same place of the disk
        head_size = min(HEAD, os.fstat(file.fileno()).st_size)
        head = _head(file, head_size)
        file.seek(offset)
        data = file.read(PART)
        whole = data[: data.rfind(b"\n") + 1]
        if not whole and len(data) == PART:
            whole = data  # no line of Asterisk is so long
        if not whole and name == known and _name(path) != name:
            name, offset, head, head_size = _name(path), 0, _NO_HEAD, 0  # the renamed file is done
            size = 1
        else:
            size = len(whole)
            offset += size
    events = [event for line in whole.decode("utf-8", "replace").split("\n") for event in _told(read_line(line), at)]
    new = 0
    for part in _parts(events):
        new += log_events(source=ASTERISK, events=part, at=at, pickup_seconds=pickup_seconds).new
    if size:
        kept = {"file": name, "offset": offset, "head": head, "head_size": head_size}
        Heartbeat.objects.filter(name=PLACE).update(beat_at=at, detail=kept)
    if events:
        heard(ASTERISK, NAME, at)
    return new, size


def _open(path: Path, known: str, offset: int) -> tuple[BinaryIO, str, int]:
    """The file to go on in, which file that is, and where."""
    name = _name(path)
    if known and name != known:
        for other in sorted(path.parent.glob(f"{path.name}?*"))[:100]:
            if _name(other) == known and other.stat().st_size >= offset:
                return other.open("rb"), known, offset
    if name != known or path.stat().st_size < offset:
        offset = 0
    return path.open("rb"), name, offset


def _head(file: BinaryIO, size: int) -> str:
    file.seek(0)
    return hashlib.sha256(file.read(size)).hexdigest()


def _name(path: Path) -> str:
    """Tells one file from another, also when it was renamed."""
    told = os.stat(path)
    return f"{told.st_dev}-{told.st_ino}"


def _told(said: tuple[Said, ...], at: datetime) -> Iterator[Told]:
    for one in said:
        if one.at is not None and one.at > at - EVENTS_FOR:
            yield told(one, at)


def told(one: Said, at: datetime) -> Told:
    """An event of Asterisk as any other exchange would tell it, known by what it says."""
    return Told(one.call, one.kind, one.at or at, leg=one.leg, queue=one.queue, caller=one.caller, agent=one.agent)


def _parts(events: list[Told]) -> Iterator[list[Told]]:
    for start in range(0, len(events), AT_ONCE):
        yield events[start : start + AT_ONCE]
