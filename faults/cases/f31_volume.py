"""As many contacts as the promise names, while processes die all the time."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Lock

from faults import oracle
from faults.cases.f14_mail_in import FETCH, all_kept_in_the_end
from faults.cases.f30_soak import child_killed, worker_killed
from faults.effort import processor_seconds, straight
from faults.fault import PATIENCE, Fault, Notes, World, fault
from faults.ledger import Entry, mail_bytes

SENDERS = 6
MOST_WAITING = 400
"""A sender holds back while so much waits to be read or sent: what is measured is that all of it comes, not how long a queue can be."""
KILL_SECONDS = 15.0
KILL_ITEMS = 100
"""So many must have come between two kills: where a worker starts slowly, none would ever get to its work otherwise."""
MAIL_PART = 10
"""One of so many comes as mail."""
MAILS_AT_ONCE = 10
KILLS: tuple[Callable[[World], None], ...] = (child_killed, worker_killed, child_killed)
TELL_SECONDS = 60.0
REPEATS_PER_KILL = 2
"""A worker sends over two lines; on each the mail server may have taken a message that we could not note yet (quality.md P3)."""


def _tell(sent: int, of: int, kills: int, seconds: float) -> None:
    """A sign of life in a run of more than half an hour, with what is still to come."""
    line = {"fault": "F31", "so_far": sent, "of": of, "kills": kills, "items_a_second": round(sent / seconds, 1)}
    print(json.dumps({**line, "minutes_left": round((of - sent) * seconds / max(sent, 1) / 60, 1)}), flush=True)


class _Senders:
    """So many items, as fast as they are taken in; `gate` holds them back."""

    def __init__(self, world: World, number: int) -> None:
        self.world = world
        self.running: list[Future[None]] = []
        self.gate = Event()
        self.entries: list[Entry] = []
        self._left = number
        self._lock = Lock()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        self.gate.set()
        with ThreadPoolExecutor(SENDERS) as pool:
            self.running = [pool.submit(self._go) for _one in range(SENDERS)]
            try:
                yield
            finally:
                with self._lock:
                    self._left = 0
                self.gate.set()

    @property
    def is_done(self) -> bool:
        return all(one.done() for one in self.running)

    def next(self, way: str) -> Entry | None:
        """The next line of the ledger; None when all was sent."""
        with self._lock:
            if not self._left:
                return None
            self._left -= 1
        entry = self.world.ledger.fresh(way)
        entry.may_repeat = True
        self.entries.append(entry)
        return entry

    def _go(self) -> None:
        while True:
            self.gate.wait()
            entry = self.next("api")
            if entry is None:
                return
            self.world.ledger.send(entry)


@fault("F31")
class Volume(Fault):
    """What is missing of 5,000 items (in full 75,000, and the other faults make them 100,000) comes in as fast as it is taken, by the API and by mail, while at most every 15 s a process is killed."""

    expected = "0 lost, 0 doubled, one acknowledgement each"

    def run(self, world: World, notes: Notes) -> None:
        with straight(world.stack):
            self._run(world, notes)

    def _run(self, world: World, notes: Notes) -> None:
        random.seed(31)
        number = max(0, world.items - len(world.ledger.entries))
        senders = _Senders(world, number)
        mails: list[str] = []
        kills = killed_after = 0
        begun = killed_at = time.monotonic()
        used = processor_seconds()
        told_at = begun
        with senders.at_work():
            while not senders.is_done:
                time.sleep(0.5)
                if time.monotonic() - told_at > TELL_SECONDS:
                    told_at = time.monotonic()
                    _tell(len(senders.entries), number, kills, told_at - begun)
                mails += self._put_mail(world, senders, len(senders.entries) // MAIL_PART - len(mails))
                if time.monotonic() - killed_at > KILL_SECONDS and len(senders.entries) - killed_after >= KILL_ITEMS:
                    KILLS[kills % len(KILLS)](world)
                    kills, killed_at, killed_after = kills + 1, time.monotonic(), len(senders.entries)
                (senders.gate.set if oracle.waiting() < MOST_WAITING else senders.gate.clear)()
        seconds = time.monotonic() - begun
        notes.figure("items", len(senders.entries))
        notes.figure("of_them_mails", len(mails))
        notes.figure("items_in_all", len(world.ledger.entries))
        notes.figure("kills", kills)
        notes.figure("items_a_second", len(senders.entries) / max(seconds, 0.001))
        notes.exactly("not_accepted", sum(not one.is_accepted for one in senders.entries), 0)
        oracle.nudge(FETCH)
        notes.exactly("mails_taken_in", all_kept_in_the_end(mails), True)
        oracle.quiet_in(PATIENCE)
        used = processor_seconds() - used
        notes.figure("processor_ms_an_item", 1000 * used / max(1, len(senders.entries)))
        taken = world.stack.sink.counts()
        again = sum(taken[one.address] > 1 for one in senders.entries)
        notes.at_most("repeated_under_the_same_id", again, kills * REPEATS_PER_KILL)

    @staticmethod
    def _put_mail(world: World, senders: _Senders, number: int) -> list[str]:
        """Their Message-IDs."""
        if world.stack.imap is None or number < MAILS_AT_ONCE:
            return []
        entries = [entry for _one in range(number) if (entry := senders.next("mail")) is not None]
        world.stack.imap.put(*[mail_bytes(one) for one in entries])
        oracle.nudge(FETCH)
        return [f"<{one.key}@burger.example>" for one in entries]
