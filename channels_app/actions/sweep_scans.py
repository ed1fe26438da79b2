"""Takes in what the scanner put in its folder: each file once, moved aside only after it is safely kept."""

from __future__ import annotations

import errno
import logging
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from channels_app.actions.take_in_scan import FOLDER, take_in_scan
from channels_app.adapters.email.limits import MAX_BYTES
from organisation.errors import Refused
from organisation.models import Heartbeat

log = logging.getLogger(__name__)
BEAT: Final = "scans"
DONE, REFUSED = "verwerkt", "geweigerd"
ENDINGS: Final = frozenset({".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png"})
STILL_SECONDS: Final = 10
"""A file that was written to more recently may not be whole yet."""
WITHOUT_LINKS: Final = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
"""A share or a stick on which a file has one name only."""
MOST_AT_ONCE: Final = 50
"""Files; the next tick takes the rest."""


def sweep_scans(*, at: datetime) -> int:
    """Gives how many files were taken in or set aside; nothing when there is no folder. Leaves a heartbeat with what it saw."""
    if not settings.SCANS_DIR:
        return 0
    folder = Path(settings.SCANS_DIR)
    error, count, stuck = "", 0, 0
    try:
        found = _whole_files(folder)
    except OSError as failure:
        found, error = [], _why(failure)
    for path in found:
        try:
            _take(path, at)
        except (
            OSError
        ) as failure:  # one file that cannot be read, or that somebody takes away now, must not stop the next
            error, stuck = _why(failure), stuck + 1
        else:
            count += 1
    known = Heartbeat.objects.filter(name=BEAT).values_list("detail", flat=True).first() or {}
    last = at.isoformat() if count else known.get("last", "")
    detail = {"error": error, "stuck": stuck, "last": last, "refused": _waiting(folder)}
    Heartbeat.objects.update_or_create(name=BEAT, defaults={"beat_at": at, "detail": detail})
    return count


def _why(failure: OSError) -> str:
    log.warning("the folder with scans cannot be used", extra={"error": type(failure).__name__})
    return failure.strerror or type(failure).__name__


def _whole_files(folder: Path) -> list[Path]:
    """Oldest first; what is still being written, hidden, a folder or a link stays."""
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") or Path(entry.name).suffix.lower() not in ENDINGS:
                continue
            if not entry.is_file(follow_symlinks=False):
                continue
            changed = entry.stat(follow_symlinks=False).st_mtime
            if time.time() - changed >= STILL_SECONDS:
                found.append((changed, Path(entry.path)))
    return [path for _changed, path in sorted(found)[:MOST_AT_ONCE]]


def _take(path: Path, at: datetime) -> None:
    came = min(datetime.fromtimestamp(path.stat().st_mtime, UTC), at)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Refused("too big")
        take_in_scan(raw=path.read_bytes(), name=path.name, source=FOLDER, at=at, came_at=came)
    except Refused:
        _move(path, REFUSED)
    else:
        _move(path, DONE)


def _move(path: Path, into: str) -> None:
    """Beside the others, under its own name; a second of that name gets a number. Nothing is ever written over."""
    target = path.parent / into
    target.mkdir(exist_ok=True)
    for number in range(1, 10_000):
        place = target / (path.name if number == 1 else f"{path.stem} ({number}){path.suffix}")
        try:
            os.link(path, place)
        except FileExistsError:
            continue
        except OSError as failure:
            if failure.errno not in WITHOUT_LINKS:
                raise
            if place.exists():
                continue
            path.rename(place)
            return
        path.unlink()
        return
    raise OSError(f"no free name in {into}")


def _waiting(folder: Path) -> int:
    """How many files were refused and wait for somebody to look."""
    try:
        with os.scandir(folder / REFUSED) as entries:
            return sum(1 for _entry in entries)
    except OSError:
        return 0
