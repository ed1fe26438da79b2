"""One server per folder of data, and no two programs that start the same database."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


def take(path: Path, *, shared: bool = False, wait: float = 0) -> IO[str] | None:
    """The open lock, kept until it is closed or the process dies; None when another holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = path.open("a")
    end = time.monotonic() + wait
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    while True:
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
            return handle
        except BlockingIOError:
            if time.monotonic() >= end:
                handle.close()
                return None
            time.sleep(0.05)


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Waits as long as needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
