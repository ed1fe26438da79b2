"""What is worked out beside the demo: in order, without the database, and gone as soon as nobody waits for it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from contacts.demo.beside import beside
from contacts.models import Question

pytestmark = pytest.mark.django_db


def _is_there(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_it_gives_what_it_made_in_order_and_from_what_was_there_before() -> None:
    seen = ["before"]
    with beside(lambda: iter((os.getpid(), *seen, "x" * 1_000_000))) as made:
        seen.append("after")
        pid, *others = made
    assert pid != os.getpid()
    assert others == ["before", "x" * 1_000_000]
    assert not _is_there(pid)


@pytest.mark.parametrize("what", ["asks the database", "breaks"])
def test_half_a_story_is_an_error(what: str) -> None:
    def work() -> Iterator[int]:
        yield 1
        yield Question.objects.count() if what == "asks the database" else 1 // 0

    with pytest.raises(ChildProcessError), beside(work) as made:
        list(made)
    assert Question.objects.count() == 0  # the connection is as it was


def test_it_ends_when_the_one_that_waits_is_killed_also_in_the_middle_of_its_work() -> None:
    def endless() -> Iterator[int]:
        yield os.getpid()
        while True:
            sum(range(100))

    taken, given = os.pipe()
    waiting = os.fork()
    if waiting == 0:  # does nothing but wait, and is killed
        with beside(endless) as made:
            os.write(given, str(next(made)).encode())
            time.sleep(60)
        os._exit(1)
    pid = int(os.read(taken, 20))
    os.kill(waiting, signal.SIGKILL)
    os.waitpid(waiting, 0)
    for descriptor in (taken, given):
        os.close(descriptor)
    end = time.monotonic() + 20
    while _is_there(pid) and time.monotonic() < end:
        time.sleep(0.02)
    assert not _is_there(pid)
