"""The logs of what runs stay small while it runs: what is too long goes to one file beside it, in the place of the older one.

Several processes write one file and none of them opens it anew, so it is cut where it lies. Each writes at the end of the file
(`children.start` opens it so), also after the cut. What is written between the last look and the cut, within a millisecond, is lost.
"""

import contextlib
import os
import time
from pathlib import Path

MOST_BYTES = 10_000_000
LOOK_EVERY_SECONDS = 30.0
OLD = ".old.log"


class KeptLogs:
    """Those in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.looked = 0.0

    def look(self) -> None:
        """At most once in half a minute."""
        moment = time.monotonic()
        if moment - self.looked < LOOK_EVERY_SECONDS:
            return
        self.looked = moment
        for log in self.folder.glob("*.log"):
            if not log.name.endswith(OLD):
                keep_small(log)


def keep_small(log: Path) -> None:
    """Its newest part goes to the file beside it; what cannot be kept now, on a full disk, is tried at the next look."""
    with contextlib.suppress(OSError):
        size = log.stat().st_size
        if size <= MOST_BYTES:
            return
        old = log.with_suffix(OLD)
        old.unlink(missing_ok=True)  # first: on a full disk that is the room for the newer one
        with log.open("rb") as source, old.open("wb") as target:
            source.seek(size - MOST_BYTES)
            while part := source.read(1_000_000):
                target.write(part)
        os.truncate(log, 0)
