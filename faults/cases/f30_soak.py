"""The long run: much more than a peak, and a short fault again and again."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

from faults import oracle
from faults.cases.f14_mail_in import FETCH, all_kept_in_the_end
from faults.fault import PATIENCE, Fault, Notes, World, fault
from faults.ledger import Entry, Load, mail_bytes
from faults.stack import children_of, kill_tree

PER_SECOND = 8.0
"""Contacts by the API; at 1,009 contacts a day (a day of the rows of `script/bench` at a million) the busiest hour has some 0.05 a second."""
EVERY_SECONDS = 90
REPEATS_PER_FAULT = 4
"""So many may be on their way to the mail server at once: each may be taken by it and not noted by us when the fault comes."""
PAGE = os.sysconf("SC_PAGE_SIZE")


def _kill(pid: int, number: int = signal.SIGKILL) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def _pids(world: World, kind: str) -> list[int]:
    parts = world.stack.webs if kind == "web" else world.stack.workers
    return [one.process.pid for one in parts if one.process is not None]


def _broker_away(world: World) -> None:
    with world.stack.down(world.stack.valkey):
        world.stack.valkey.stop()
        time.sleep(10)


def _broker_killed(world: World) -> None:
    if world.stack.valkey.process is not None:
        _kill(world.stack.valkey.process.pid)


def _database_restarts(world: World) -> None:
    if world.stack.postgres.process is not None:
        _kill(world.stack.postgres.process.pid, signal.SIGQUIT)


def _lines_cut(world: World) -> None:
    for proxy in world.stack.proxies.values():
        proxy.reset()


def _database_slow(world: World) -> None:
    world.stack.proxies["database"].delay = 0.02
    time.sleep(10)
    world.stack.proxies["database"].delay = 0.0


def _mail_away(world: World) -> None:
    world.stack.proxies["smtp"].refuse()
    time.sleep(10)
    world.stack.proxies["smtp"].accept()


def worker_killed(world: World) -> None:
    kill_tree(random.choice(_pids(world, "worker")))


def child_killed(world: World) -> None:
    for pid in [child for one in _pids(world, random.choice(["web", "worker"])) for child in children_of(one)][:1]:
        _kill(pid)


def _beat_killed(world: World) -> None:
    beat = world.stack.process("beat").process
    if beat is not None:
        _kill(beat.pid)


SHORT: tuple[Callable[[World], None], ...] = (
    _broker_away, _broker_killed, _database_restarts, _lines_cut, _database_slow, _mail_away, worker_killed, child_killed,
    _beat_killed,
)  # fmt: skip


def _megabytes(world: World) -> float:
    """The memory of one process of the application, on average."""
    pids = [pid for kind in ("web", "worker") for one in _pids(world, kind) for pid in (one, *children_of(one))]
    sizes = []
    for pid in pids:
        try:
            sizes.append(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / 1e6)
        except OSError:
            continue
    return sum(sizes) / max(1, len(sizes))


def _connections() -> tuple[int, int]:
    """Those to the database, and how many there may be."""
    from django.db import connection

    oracle.fresh_connection()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), current_setting('max_connections')::int FROM pg_stat_activity WHERE datname IS NOT NULL"
        )
        used, most = cursor.fetchone()
    return used, most


@fault("F30")
class Soak(Fault):
    """Contacts and mail go on for long, and every 90 seconds one of nine short faults comes, by lot."""

    is_short = False
    expected = "nothing lost, nothing doubled; memory at most a tenth more, connections below 80 % of what there may be"

    def run(self, world: World, notes: Notes) -> None:
        dice = random.Random(30)
        random.seed(30)
        minutes = world.times(4, 30)
        done: list[str] = []
        most_used, most = 0, 1
        early = 0.0
        mails: list[Entry] = []
        with Load(world.ledger, senders=4, rate=PER_SECOND, may_repeat=True) as load:
            begun = time.monotonic()
            while (age := time.monotonic() - begun) < minutes * 60:
                if not early and age > 60:
                    early = _megabytes(world)
                if len(done) < age // EVERY_SECONDS:
                    short = dice.choice(SHORT)
                    done.append(short.__name__.strip("_"))
                    short(world)
                if world.stack.imap is not None:
                    mails.append(world.ledger.fresh("mail"))
                    mails[-1].may_repeat = True  # whoever is killed may have given it away and not noted it yet (P3)
                    world.stack.imap.put(mail_bytes(mails[-1]))
                time.sleep(2)
                try:
                    used, most = _connections()
                except Exception:
                    continue
                most_used = max(most_used, used)
        late = _megabytes(world)
        statuses = [status for one in load.entries for status in one.statuses]
        notes.figure("minutes", minutes)
        notes.figure("contacts", len(load.entries))
        notes.figure("faults", done)
        oracle.nudge(FETCH)
        ids = [f"<{one.key}@burger.example>" for one in mails]
        notes.exactly("mails_taken_in", all_kept_in_the_end(ids), True)
        oracle.quiet_in(PATIENCE)
        taken = world.stack.sink.counts()
        again = sum(taken[one.address] > 1 for one in (*load.entries, *mails))
        notes.at_most("repeated_under_the_same_id", again, REPEATS_PER_FAULT * len(done))
        notes.figure("told_to_come_back", sum(status not in (200, 201) for status in statuses))
        notes.exactly("not_accepted", sum(not one.is_accepted for one in load.entries), 0)
        notes.figure("megabytes_a_process_early_and_late", [round(early), round(late)])
        notes.within("memory_times_what_it_was", late / max(early, 1.0), 1.1)
        notes.at_most("connections_percent_of_most", 100 * most_used / most, 80)
