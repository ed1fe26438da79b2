"""More to do than can be done takes one process of a worker and not all: the others are left for other sweeps."""

import os
import signal
from collections.abc import Callable, Iterator

import pytest

from opmeer_kcc.celery import TICKS, Sweep, app
from organisation.turns import Turns


class Worker:
    """Processes that were forked with the same turns; a long sweep tells that it began, and lasts until it is let go."""

    def __init__(self) -> None:
        self.begun, self.begin = os.pipe()
        self.turns = Turns(["deliver", "settle"], died=lambda _kind: os.write(self.begin, b"d"))
        self.go, self.let = os.pipe()
        self.pids: list[int] = []

    def asks(self, kind: str, sweep: Callable[[], object]) -> int:
        pid = os.fork()
        if pid == 0:
            try:
                self.turns.take(kind, sweep)
            finally:
                os._exit(0)
        self.pids.append(pid)
        return pid

    def long(self) -> None:
        os.write(self.begin, b"l")
        os.read(self.go, 1)

    def short(self) -> None:
        os.write(self.begin, b"s")

    def next_begun(self) -> bytes:
        return os.read(self.begun, 1)

    def let_go(self) -> None:
        os.write(self.let, b"g")

    def ends(self, pid: int) -> int:
        self.pids.remove(pid)
        return os.waitpid(pid, 0)[1]


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    for pid in worker.pids:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    for end in (worker.begun, worker.begin, worker.go, worker.let):
        os.close(end)


def test_one_process_sweeps_and_all_others_are_free_while_it_does(worker: Worker) -> None:
    busy = worker.asks("deliver", worker.long)
    assert worker.next_begun() == b"l"
    for more in [worker.asks("deliver", worker.long) for _ in range(6)]:
        assert worker.ends(more) == 0
    assert worker.ends(worker.asks("settle", worker.short)) == 0
    assert worker.next_begun() == b"s"
    worker.let_go()
    assert worker.next_begun() == b"l"  # six asked while it swept, so it looks once more
    worker.let_go()
    assert worker.ends(busy) == 0
    assert worker.ends(worker.asks("deliver", worker.short)) == 0
    assert worker.next_begun() == b"s"


def test_the_turn_of_a_process_that_is_killed_is_free(worker: Worker) -> None:
    busy = worker.asks("deliver", worker.long)
    assert worker.next_begun() == b"l"
    os.kill(busy, signal.SIGKILL)
    worker.ends(busy)
    for _again in range(2):
        assert worker.ends(worker.asks("deliver", worker.short)) == 0
    assert [worker.next_begun() for _one in range(3)] == [b"d", b"s", b"s"], "whoever comes next tells it, once"


def test_the_turn_of_a_sweep_that_fails_is_free() -> None:
    swept: list[object] = []
    turns = Turns(["deliver"], died=swept.append)

    def fails() -> None:
        raise ValueError

    with pytest.raises(ValueError):
        turns.take("deliver", fails)
    turns.take("deliver", lambda: swept.append(1))
    turns.take("of no table", lambda: swept.append(2))
    assert swept == [1, 2]


def test_who_asked_during_a_long_sweep_is_not_forgotten(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("organisation.turns.AGAIN_SECONDS", -1.0)

    def asked_meanwhile() -> None:
        assert worker.ends(worker.asks("deliver", worker.short)) == 0

    nudged: list[str] = []
    monkeypatch.setattr("opmeer_kcc.celery.nudge", nudged.append)
    assert not worker.turns.take("deliver", lambda: None)
    assert worker.turns.take("deliver", asked_meanwhile)
    app.loader.import_default_modules()
    monkeypatch.setattr(Sweep, "turns", worker.turns)
    monkeypatch.setattr(worker.turns, "take", lambda kind, sweep: kind == "channels_app.tasks.deliver")
    app.tasks["channels_app.tasks.deliver"]()
    app.tasks["channels_app.tasks.parse"]()
    assert nudged == ["channels_app.tasks.deliver"]


def test_every_tick_takes_turns_in_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    app.loader.import_default_modules()
    taken: list[str] = []

    class Told(Turns):
        def take(self, kind: str, sweep: Callable[[], object]) -> bool:
            taken.append(kind)
            return False

    monkeypatch.setattr(Sweep, "turns", Told(TICKS))
    for name in TICKS:
        app.tasks[name]()
    assert taken == list(TICKS)
