"""Reads messages and documents in a child process with limits on processor, memory and time (quality rule 13)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from channels_app.adapters import documents
from channels_app.adapters.email import limits
from channels_app.adapters.email.child import DOCUMENT, read_frame, write_frame
from channels_app.adapters.email.limits import Unreadable
from channels_app.adapters.email.mail import ParsedMail
from channels_app.adapters.messages import Events

T = TypeVar("T")
_ROOT = Path(__file__).resolve().parents[3]
MESSAGES_PER_CHILD = 250


class Sandbox:
    """A child that reads one message after the other; replaced when it dies, hangs, or has read enough.

    Use as a context manager; the child starts at the first message.
    """

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._read = 0

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def parse(self, raw: bytes, own_addresses: frozenset[str] = frozenset()) -> ParsedMail:
        """The facts of a message, with the bytes of its attachments. Raises `Unreadable`, and nothing else, otherwise."""
        limits.check(raw)
        return self._within_limits(lambda child: _ask(child, raw, own_addresses))

    def text_of(self, raw: bytes) -> str:
        """The text of a document. Raises `Unreadable`, and nothing else, otherwise."""
        documents.check(raw)
        return self._within_limits(lambda child: _ask_text(child, raw))

    def events(self, raw: bytes, kind: str) -> Events:
        """What a service of this kind tells in a call. Raises `Unreadable`, and nothing else, otherwise."""
        return self._within_limits(lambda child: Events.from_dict(_reply(child, kind, raw)["events"]))

    def of_scan(self, raw: bytes, what: str, **how: object) -> dict[str, Any]:
        """What `child.scan_answer` says about a scan. Raises `Unreadable`, and nothing else, otherwise."""
        limits.check_size(raw)
        return self._within_limits(lambda child: _reply(child, {"scan": what, **how}, raw))

    def made_of_scan(self, raw: bytes, what: str, **how: object) -> bytes:
        """The `piece` or `picture` that the child makes of a scan. Raises `Unreadable`, and nothing else, otherwise."""
        limits.check_size(raw)
        return self._within_limits(lambda child: _ask_made(child, {"scan": what, **how}, raw))

    def _within_limits(self, ask: Callable[[subprocess.Popen[bytes]], T]) -> T:
        """The answer of the child; its end when it takes too long."""
        child = self._ready()
        is_late = threading.Event()

        def end() -> None:
            is_late.set()
            child.kill()

        timer = threading.Timer(limits.WALL_SECONDS, end)
        timer.start()
        try:
            answer = ask(child)
        except Unreadable:
            raise
        except (OSError, ValueError, KeyError, TypeError) as error:
            code = self._autopsy(is_late.is_set())
            raise Unreadable(code, is_final=code != "died") from error
        except (
            BaseException
        ):  # the time of the task was up: what the child still answers would be read as the answer to the next question
            self.close()
            raise
        finally:
            timer.cancel()
        if self._read >= MESSAGES_PER_CHILD:
            self.close()
        return answer

    def close(self) -> None:
        """Ends the child; harmless when there is none."""
        child, self._child, self._read = self._child, None, 0
        if child is not None:
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()
            child.kill()
            child.wait()

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._child = subprocess.Popen(
                [sys.executable, "-m", "channels_app.adapters.email.child"],
                cwd=_ROOT,
                env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(_ROOT), "LANG": "C.UTF-8"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        self._read += 1
        return self._child

    def _autopsy(self, is_late: bool) -> str:
        """Why the child died, as a code: its time was up, or something else."""
        code = None
        if self._child is not None:
            with suppress(subprocess.TimeoutExpired):
                code = self._child.wait(timeout=2)
        self.close()
        return "too_slow" if is_late or code == -24 else "died"


def _ask_text(child: subprocess.Popen[bytes], raw: bytes) -> str:
    return str(_reply(child, DOCUMENT, raw)["text"])


def _ask_made(child: subprocess.Popen[bytes], asked: object, raw: bytes) -> bytes:
    _reply(child, asked, raw)
    made = read_frame(child.stdout) if child.stdout is not None else None
    if made is None:
        raise OSError("the child gave no file")
    return made


def _ask(child: subprocess.Popen[bytes], raw: bytes, own_addresses: frozenset[str]) -> ParsedMail:
    reply = _reply(child, sorted(own_addresses), raw)
    blobs: list[bytes] = []
    for _file in reply["mail"]["attachments"]:
        blob = read_frame(child.stdout) if child.stdout is not None else None
        if blob is None:
            raise OSError("the child gave no file")
        blobs.append(blob)
    return ParsedMail.from_dict(reply["mail"], tuple(blobs))


def _reply(child: subprocess.Popen[bytes], asked: object, raw: bytes) -> dict[str, Any]:
    """Hands over what is asked and the bytes; the first frame of the answer."""
    if child.stdin is None or child.stdout is None:
        raise OSError("the child has no pipes")
    write_frame(child.stdin, json.dumps(asked).encode())
    write_frame(child.stdin, raw)
    child.stdin.flush()
    answer = read_frame(child.stdout)
    if answer is None:
        raise OSError("the child gave no answer")
    reply: dict[str, Any] = json.loads(answer)
    if "unreadable" in reply:
        raise Unreadable(str(reply["unreadable"]), bool(reply["final"]))
    return reply
