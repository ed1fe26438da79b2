"""How much room there is on the disks that can be seen from here; that of the database only when it is on this machine."""

from __future__ import annotations

import shutil
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

LITTLE_ROOM = 0.1
VERY_LITTLE_BYTES = 2_000_000_000
ANSWERS_WITHIN = 2.0


@dataclass(frozen=True)
class Room:
    """A disk: of the data, or of the backups. Without a size: it gives no answer."""

    code: str
    free: int = 0
    total: int = 0

    @property
    def is_little(self) -> bool:
        return self.free < VERY_LITTLE_BYTES or self.free < self.total * LITTLE_ROOM


class _Look(threading.Thread):
    """A disk of another machine that is away answers nobody: who asks would wait for ever."""

    def __init__(self, code: str, folder: Path) -> None:
        super().__init__(name=f"disk of {code}", daemon=True)
        self.code, self.folder = code, folder
        self.room: Room | None = Room(code)

    def run(self) -> None:
        with suppress(OSError):
            usage = shutil.disk_usage(self.folder) if self.folder.is_dir() else None
            self.room = Room(self.code, usage.free, usage.total) if usage else None


_looks: dict[str, _Look] = {}


def rooms() -> list[Room]:
    """Each look gets two seconds; one that did not come back is not repeated, so that no thread of the site is lost at every page."""
    found = []
    for code, folder in (("data", settings.DATA_DIR), ("backup", settings.BACKUP_DIR)):
        if folder:
            look = _looks.get(code)
            if look is None or not look.is_alive():
                look = _looks[code] = _Look(code, Path(folder))
                look.start()
            look.join(ANSWERS_WITHIN)
            found.append(look.room)
    return [room for room in found if room is not None]
