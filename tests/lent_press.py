"""A PDF is made by a child of its own, as always, but one that is forked from a process in which the library is loaded already.

Loading it took most of a second of work for every letter, report and file of a person. What happens to a child that fails, hangs or
misses the library is tested as it is (tests/kpi/test_report_pdf.py).
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from organisation import pdf, pdf_child

ROOT = Path(__file__).resolve().parents[1]
by_itself = pdf._child
_presses: dict[int, subprocess.Popen[bytes]] = {}
"""Of each process its own: two that speak through one pipe understand nothing."""


_one_at_a_time = threading.Lock()


def _press() -> subprocess.Popen[bytes]:
    mine = _presses.get(os.getpid())
    if mine is None or mine.poll() is not None:
        command = [sys.executable, "-m", "tests.lent_press"]
        env = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "HOME": "/nonexistent"}
        mine = subprocess.Popen(
            command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        _presses[os.getpid()] = mine
        atexit.register(_end, mine)
    return mine


def _end(press: subprocess.Popen[bytes]) -> None:
    press.kill()
    press.wait()


def _child(raw: bytes) -> subprocess.CompletedProcess[bytes]:
    with _one_at_a_time:
        press = _press()
        assert press.stdin is not None and press.stdout is not None
        _write(press.stdin, 0, raw)
        code, made = _read(press.stdout)
    return subprocess.CompletedProcess(["pdf_child"], code, made, b"")


def _write(pipe: BinaryIO, code: int, data: bytes) -> None:
    pipe.write(code.to_bytes(4, "big") + len(data).to_bytes(8, "big") + data)
    pipe.flush()


def _read(pipe: BinaryIO) -> tuple[int, bytes]:
    head = pipe.read(12)
    if len(head) < 12:
        raise EOFError
    return int.from_bytes(head[:4], "big"), pipe.read(int.from_bytes(head[4:], "big"))


def lend_press() -> None:
    pdf._child = _child


def _serve() -> None:
    """One page after another; each in a fork that runs what the child of a server runs, with its limits."""
    with suppress(OSError, ImportError):  # a machine without it: each fork says so
        import weasyprint  # noqa: F401 - this is what the forks have for nothing

    while True:
        try:
            _code, raw = _read(sys.stdin.buffer)
        except EOFError:
            return
        page, made = os.memfd_create("page"), os.memfd_create("made")
        os.write(page, raw)
        os.lseek(page, 0, os.SEEK_SET)
        if (pid := os.fork()) == 0:
            os.dup2(page, 0)
            os.dup2(made, 1)
            code = 1
            try:
                sys.stdin, sys.stdout = os.fdopen(0, "r"), os.fdopen(1, "w")
                code = pdf_child.main()
                sys.stdout.flush()
            finally:
                os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        with os.fdopen(page), os.fdopen(made, "rb") as pages:
            pages.seek(0)
            _write(sys.stdout.buffer, code if code >= 0 else 255, pages.read())


if __name__ == "__main__":
    _serve()
