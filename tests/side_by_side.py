"""`--side-by-side N`: the tests are collected once, and run by N copies of the process that did it.

Collecting takes eight seconds of processor, and nineteen when the tests are not compiled yet. Each copy takes a part of the tests at a
time, a file mostly: what a file makes once (a browser, a scene, the fixtures of its module) is made in one of them. Who finds no part
left takes half of the longest rest.
"""

from __future__ import annotations

import math
import os
import sys
import threading
import traceback
import warnings
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Pipe, wait
from tempfile import TemporaryFile
from typing import Any

import pytest
from _pytest.capture import FDCapture

LEAST = 4
"""Tests that are worth taking over."""
AHEAD = 2
"""Tests that a copy knows of: the one it runs, and the next, which says what may be torn down between them."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--side-by-side", type=int, default=0, metavar="N", help="run the tests in N copies of one process"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    if session.config.getoption("side_by_side") < 1 or session.config.option.collectonly or session.testsfailed:
        return None
    Several(session).run()
    return True


def parts(items: list[pytest.Item]) -> list[list[int]]:
    """The numbers of the tests, by what is made once for them: what takes longest first, the rest as they stand."""
    found: dict[tuple[int, str], list[int]] = {}
    stretch, file = 0, None
    for number, item in enumerate(items):
        stretch, file = (stretch, file) if item.path == file else (stretch + 1, item.path)
        if item.get_closest_marker("browser"):
            part = (0, "")
        elif item.get_closest_marker("slow"):
            part = (1, item.nodeid)
        else:
            part = (2, str(stretch))
        found.setdefault(part, []).append(number)
    return [found[part] for part in sorted(found, key=lambda part: part[0])]


@dataclass
class Copy:
    """One of the processes, as the first one sees it."""

    pid: int
    line: Connection
    waiting: deque[int] = field(default_factory=deque)
    """What it is to run and does not know of."""
    given: deque[int | None] = field(default_factory=deque)
    """What it knows of; None: there is no more."""
    last_words: str = ""


class Several:
    def __init__(self, session: pytest.Session) -> None:
        self.session = session
        self.parts = deque(parts(session.items))
        self.copies: list[Copy] = []
        self.made = 0

    def run(self) -> None:
        self.session.config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined] - one, in which each has its own
        with self._ended():
            for _one in range(self.session.config.getoption("side_by_side")):
                self._begin()
            while self.copies:
                for line in wait([one.line for one in self.copies]):
                    self._hear(next(one for one in self.copies if one.line is line))

    def _begin(self, waiting: deque[int] | None = None) -> None:
        assert threading.active_count() == 1, f"a copy of a process has one thread: {threading.enumerate()}"
        ours, theirs = Pipe()
        name = f"gw{self.made}"
        self.made += 1
        sys.stdout.flush()
        sys.stderr.flush()
        pid = os.fork()
        if pid == 0:
            ours.close()
            for other in self.copies:
                other.line.close()
            _be_a_copy(self.session, name, theirs)
        theirs.close()
        copy = Copy(pid, ours, waiting or deque())
        self.copies.append(copy)
        for _one in range(AHEAD):
            self._give(copy)

    def _give(self, copy: Copy) -> None:
        if None in copy.given:
            return
        copy.given.append(self._next(copy))
        with suppress(OSError):  # it is gone, as its line will say
            copy.line.send(copy.given[-1])

    def _next(self, copy: Copy) -> int | None:
        if not copy.waiting and self.parts:
            copy.waiting = deque(self.parts.popleft())
        if not copy.waiting:
            richest = max(self.copies, key=lambda one: len(one.waiting))
            if len(richest.waiting) >= LEAST:
                half = math.ceil(len(richest.waiting) / 2)
                copy.waiting = deque(richest.waiting.pop() for _one in range(half))
                copy.waiting.reverse()
        return copy.waiting.popleft() if copy.waiting else None

    def _hear(self, copy: Copy) -> None:
        told = None
        with suppress(EOFError, OSError):
            told = copy.line.recv()
        if told is None:
            self._is_gone(copy)
            return
        if isinstance(told, str):
            copy.last_words = told
            return
        number = copy.given.popleft()
        assert number == told["number"]
        self._give(copy)
        hook, item = self.session.config.hook, self.session.items[told["number"]]
        for seen in told["warnings"]:
            hook.pytest_warning_recorded.call_historic(kwargs=_warned(**seen))
        for data in told["reports"]:
            report = hook.pytest_report_from_serializable(config=self.session.config, data=data)
            hook.pytest_runtest_logreport(report=report)
        hook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        if self.session.shouldfail:
            raise self.session.Failed(self.session.shouldfail)
        if self.session.shouldstop:
            raise self.session.Interrupted(self.session.shouldstop)

    def _is_gone(self, copy: Copy) -> None:
        """The test that it ran has failed; another copy does the rest."""
        self.copies.remove(copy)
        copy.line.close()
        _pid, status = os.waitpid(copy.pid, 0)
        left = [number for number in copy.given if number is not None]
        why = copy.last_words or f"The process ended with {os.waitstatus_to_exitcode(status)}."
        if not left and status:
            raise RuntimeError(why)
        if left:
            item = self.session.items[left.pop(0)]
            report = pytest.TestReport(item.nodeid, item.location, {}, "failed", why, "call")
            self.session.config.hook.pytest_runtest_logreport(report=report)
            self._begin(deque([*left, *copy.waiting]))

    @contextmanager
    def _ended(self) -> Iterator[None]:
        """Whoever is left when it is broken off tears down what it made: its line is closed."""
        try:
            yield
        finally:
            for copy in self.copies:
                copy.line.close()
            for copy in self.copies:
                os.waitpid(copy.pid, 0)


class Told:
    """Keeps what one test leads to, for the first process."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.reports: list[Any] = []
        self.warnings: list[dict[str, Any]] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.reports.append(self.config.hook.pytest_report_to_serializable(config=self.config, report=report))

    def pytest_warning_recorded(
        self, warning_message: warnings.WarningMessage, when: str, nodeid: str, location: Any
    ) -> None:
        its = warning_message
        self.warnings.append(
            {"text": str(its.message), "category": its.category.__name__, "filename": its.filename}
            | {"lineno": its.lineno, "when": when, "nodeid": nodeid, "location": location}
        )

    def of(self, number: int) -> dict[str, Any]:
        told = {"number": number, "reports": self.reports, "warnings": self.warnings}
        self.reports, self.warnings = [], []
        return told


def _warned(
    text: str, category: str, filename: str, lineno: int, when: str, nodeid: str, location: Any
) -> dict[str, Any]:
    kind = type(category, (Warning,), {})
    message = warnings.WarningMessage(kind(text), kind, filename, lineno)
    return {"warning_message": message, "when": when, "nodeid": nodeid, "location": location}


def _be_a_copy(session: pytest.Session, name: str, line: Connection) -> None:
    """Never returns."""
    status = 1
    try:
        told = _settle(session.config, name)
        number = line.recv()
        while number is not None:
            following = line.recv()
            nextitem = None if following is None else session.items[following]
            item = session.items[number]
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=nextitem)
            line.send(told.of(number))
            number = following
        status = 0
    except (EOFError, OSError, KeyboardInterrupt):  # the first one is gone, or broken off
        with suppress(BaseException):
            session._setupstate.teardown_exact(None)
    except BaseException:
        with suppress(OSError):
            line.send(traceback.format_exc())
    finally:
        os._exit(status)


def _settle(config: pytest.Config, name: str) -> Told:
    """A database, a folder and a place for what is printed of its own; nothing is written to the screen."""
    config.workerinput = {"workerid": name}  # type: ignore[attr-defined] - by which pytest-django names the database
    config.pluginmanager.unregister(name="terminalreporter")
    capturing = config.pluginmanager.getplugin("capturemanager")._global_capturing
    for printed in (capturing.out, capturing.err):
        if isinstance(printed, FDCapture):  # the same file for who writes in it, with a place of its own in it
            with TemporaryFile(buffering=0) as own:
                os.dup2(own.fileno(), printed.tmpfile.fileno())
    folders = config._tmp_path_factory  # type: ignore[attr-defined]
    folders._basetemp = folders.getbasetemp() / name
    folders._basetemp.mkdir(mode=0o700)
    told = Told(config)
    config.pluginmanager.register(told)
    told.warnings.clear()  # those from before are known
    return told
