"""The broker is away, hangs, forgets everything, or dies again and again."""

from __future__ import annotations

import os
import signal
import time

from faults import oracle
from faults.fault import PATIENCE, Fault, Notes, World, fault
from faults.ledger import Load, percentile
from faults.people import Reader, signed_in
from faults.stack import until

PER_SECOND = 10.0
PAGES = ("/werkplek/", "/werkvoorraad/?lijst=alles")
USUAL_SECONDS = 15


def _under_load(world: World, seconds: float, notes: Notes) -> Load:
    with Load(world.ledger, senders=4, rate=PER_SECOND) as load:
        time.sleep(seconds)
    statuses = [status for one in load.entries for status in one.statuses]
    notes.figure("sent_meanwhile", len(load.entries))
    notes.few("requests_that_failed", sum(status not in (200, 201) for status in statuses), len(statuses))
    notes.exactly("not_accepted", sum(not one.is_accepted for one in load.entries), 0)
    return load


def _with_pages(world: World, seconds: float, notes: Notes, when: str) -> tuple[Load, float]:
    """The load, with somebody of the desk who opens pages meanwhile; and the p95 of those pages."""
    with Reader(world.stack.web_ports[0], signed_in(world.house.agents[0]), PAGES) as reader:
        load = _under_load(world, seconds, notes)
    notes.few(f"pages_that_failed_{when}", sum(one.status != 200 for one in reader.answers), len(reader.answers))
    p95 = percentile(reader.seconds, 0.95)
    notes.figure(f"pages_p95_ms_{when}", p95 * 1000)
    return load, p95


@fault("F5")
class BrokerStopped(Fault):
    """The broker is stopped while contacts come in, and started again."""

    expected = (
        "no failed request, p95 at most 300 ms, pages at most 1.2 times the usual p95, "
        "the last acknowledgement within 90 s of its return"
    )

    def run(self, world: World, notes: Notes) -> None:
        stack = world.stack
        _load, usual = _with_pages(world, USUAL_SECONDS, notes, "before")
        with stack.down(stack.valkey):
            stack.valkey.stop()
            load, slow = _with_pages(world, world.times(15, 60), notes, "without")
            notes.within("pages_p95_times_usual", slow / usual, 1.2)
            notes.within("p95_ms", percentile([one.seconds[0] for one in load.entries], 0.95) * 1000, 300)
        notes.within("acknowledged_after_return_seconds", oracle.quiet_in(PATIENCE), 90)


@fault("F6")
class BrokerFrozen(Fault):
    """The broker hangs (SIGSTOP) while contacts come in."""

    is_short = False
    expected = "no request waits for it: at most 5 ms slower in the middle, pages at most 1.2 times the usual p95"

    def run(self, world: World, notes: Notes) -> None:
        stack = world.stack
        before, usual_page = _with_pages(world, USUAL_SECONDS, notes, "before")
        assert stack.valkey.process is not None
        os.kill(stack.valkey.process.pid, signal.SIGSTOP)
        try:
            frozen, slow_page = _with_pages(world, world.times(15, 60), notes, "without")
        finally:
            os.kill(stack.valkey.process.pid, signal.SIGCONT)
        usual, slow = (percentile([one.seconds[0] for one in part.entries], 0.5) * 1000 for part in (before, frozen))
        notes.figure("median_ms_before", usual)
        notes.within("median_ms_added", slow - usual, 5)
        notes.within("pages_p95_times_usual", slow_page / usual_page, 1.2)


@fault("F7")
class BrokerEmptied(Fault):
    """The broker forgets everything (FLUSHALL and kill -9) while mail waits to be sent."""

    is_short = False
    expected = "everything that waited is sent: the rows are the queue"

    def run(self, world: World, notes: Notes) -> None:
        import redis

        stack = world.stack
        stack.sink.held.clear()
        world.ledger.send_some(world.times(20, 1000))
        redis.Redis.from_url(stack.valkey.url).flushall()
        assert stack.valkey.process is not None
        os.kill(stack.valkey.process.pid, signal.SIGKILL)
        stack.sink.held.set()
        notes.within("sent_seconds", oracle.quiet_in(PATIENCE), 120)


@fault("F8")
class BrokerFlapping(Fault):
    """The broker is killed again and again."""

    is_short = False
    expected = "a worker that died of it is started again: work goes on within 30 s of the last kill"

    def run(self, world: World, notes: Notes) -> None:
        stack = world.stack
        for _one in range(10):
            if stack.valkey.process is not None:
                os.kill(stack.valkey.process.pid, signal.SIGKILL)
            world.ledger.send_some(2)
            time.sleep(3.3)
        entry = world.ledger.send(world.ledger.fresh("api"))
        notes.within("work_goes_on_seconds", until(lambda: stack.sink.of(entry.address), PATIENCE), 30)
