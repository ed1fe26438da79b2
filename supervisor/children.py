"""Child processes that never outlive their parent, in sessions of their own so that Ctrl-C reaches only the supervisor."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from supervisor.kept_logs import keep_small

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def dies_with_parent(death: int) -> Callable[[], None]:
    """What a child does before it begins: it gets the signal `death` when this process dies, whatever kills it."""
    parent = os.getpid()

    def before_exec() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, death)
            if os.getppid() != parent:  # the parent died before the line above
                os._exit(1)

    return before_exec


def start(
    command: Sequence[str],
    *,
    env: Mapping[str, str],
    log: Path | None,
    death: int = signal.SIGTERM,
    user: int | None = None,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Starts a child that gets the signal `death` when this process dies, whatever kills it. Call from the main thread."""
    out: IO[bytes] | int = subprocess.DEVNULL
    if log is not None:
        log.parent.mkdir(parents=True, exist_ok=True)
        keep_small(log)
        out = log.open("ab")  # at its end, whoever cuts it meanwhile
    try:
        return subprocess.Popen(
            command,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=dies_with_parent(death),
            user=user,
            group=user,
            extra_groups=[] if user is not None else None,
            cwd=cwd,
        )
    finally:
        if not isinstance(out, int):
            out.close()


def stop(
    process: subprocess.Popen[bytes] | subprocess.Popen[str],
    *,
    by: int = signal.SIGTERM,
    patience: float = 10,
    may_go_on: Callable[[], bool] = lambda: False,
) -> None:
    """Asks, waits, and in the end kills the whole session of the child; when the patience is over not as long as it `may_go_on`."""
    if process.poll() is None:
        _send(process.pid, by, group=False)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            while process.poll() is None and may_go_on():
                time.sleep(0.2)
    sweep(process)


def sweep(process: subprocess.Popen[bytes] | subprocess.Popen[str]) -> None:
    """Nothing of the child's session is left."""
    _send(process.pid, signal.SIGKILL, group=True)
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        pass


def _send(pid: int, number: int, *, group: bool) -> None:
    try:
        os.killpg(pid, number) if group else os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        pass


def born(pid: int) -> str:
    """When a process began, to tell it from a later one with the same number; empty when it is not there."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] == "Z" else fields[19]


def end_leftovers(pids: Mapping[str, str], *, patience: float = 15) -> None:
    """Processes of a supervisor that was killed get the time to end by themselves, and are killed after that."""
    end = time.monotonic() + patience
    left = {int(pid): since for pid, since in pids.items()}
    while left:
        left = {pid: since for pid, since in left.items() if since and born(pid) == since}
        if left and time.monotonic() > end:
            for pid in left:
                _send(pid, signal.SIGKILL, group=True)
                _send(pid, signal.SIGKILL, group=False)
        if left:
            time.sleep(0.1)
