"""Processes that die: pool children, whole workers, at every failpoint, web processes before their answer, poison jobs."""

from __future__ import annotations

import os
import signal
import time
from functools import partial

from faults import oracle
from faults.fault import PATIENCE, Fault, Notes, World, fault, measured
from faults.ledger import Entry, mail_bytes
from faults.stack import children_of, kill_tree, talks_to, until

DELIVER = "channels_app.tasks.deliver"
FETCH = "channels_app.tasks.fetch"


def _in_mid_task(world: World) -> tuple[Entry, int]:
    """An acknowledgement on its way: a pool child that waits for the mail server's answer to RCPT."""
    stack = world.stack
    stack.sink.held.clear()
    entry = world.ledger.send(world.ledger.fresh("api"))
    oracle.nudge(DELIVER)
    senders: list[int] = []

    def one_sends() -> bool:
        port = stack.proxies["smtp"].port
        children = [child for one in stack.workers for child in children_of(one.process.pid if one.process else 0)]
        senders[:] = [child for child in children if talks_to(child, port)]
        return bool(stack.sink.waiting and senders)

    if until(one_sends, PATIENCE) is None:
        stack.sink.held.set()
        raise AssertionError("no delivery began")
    return entry, senders[0]


def _effect(world: World, entry: Entry) -> float | None:
    return until(lambda: world.stack.sink.of(entry.address), PATIENCE)


@fault("F1")
class ChildKilled(Fault):
    """kill -9 of a pool child that is sending an acknowledgement."""

    expected = "the message is sent within 10 s, once"

    def run(self, world: World, notes: Notes) -> None:
        worst: float | None = 0.0
        times = world.times(5, 50)
        for _one in range(times):
            entry, child = _in_mid_task(world)
            os.kill(child, signal.SIGKILL)
            world.stack.sink.held.set()
            took = _effect(world, entry)
            worst = None if took is None or worst is None else max(worst, took)
        notes.figure("kills", times)
        notes.within("effect_seconds_worst", worst, 10)


@fault("F2")
class WorkerKilled(Fault):
    """kill -9 of a whole worker in the middle of a task."""

    expected = "restarted by the supervisor; the message is sent within 60 s, once"

    def run(self, world: World, notes: Notes) -> None:
        worst: float | None = 0.0
        times = world.times(2, 20)
        for _one in range(times):
            entry, child = _in_mid_task(world)
            owner = next(w for w in world.stack.workers if w.process and child in children_of(w.process.pid))
            assert owner.process is not None
            kill_tree(owner.process.pid)
            world.stack.sink.held.set()
            took = _effect(world, entry)
            worst = None if took is None or worst is None else max(worst, took)
        notes.figure("kills", times)
        notes.within("effect_seconds_worst", worst, 60)


MAIL = (
    "after_raw_saved", "before_move", "after_move", "after_parse_claim", "after_parsed", "after_register_claim", "after_commit",
)  # fmt: skip
SENDING = ("after_claim", "after_smtp_data", "after_smtp_ok", "before_sent_commit")
REGISTERING = ("before_commit", "before_answer")
CLOCKS = ("after_settle_claim", "before_settle_commit", "after_notice")
FIGURES = ("before_rollup_commit",)


@fault("F3")
class Failpoints(Fault):
    """A process is killed at each of the failpoints while it works."""

    expected = "no half contact, no message of nothing: 0 violations"

    def run(self, world: World, notes: Notes) -> None:
        from channels_app.models import Mailbox

        mailbox = Mailbox.objects.filter(pk=world.house.mailbox_id)
        mailbox.update(done_folder="Gedaan")
        points = (*SENDING, *REGISTERING, *CLOCKS, *FIGURES, *(MAIL if world.stack.imap else ()))
        missed, never, worst, deaths = [], [], 0.0, 0
        for point in points:
            for _one in range(world.times(1, 20)):
                if not self._die_at(world, point):
                    missed.append(point)
                    continue
                deaths += 1
                took = oracle.quiet_in(PATIENCE)
                worst = max(worst, took if took is not None else PATIENCE)
                if took is None:
                    never.append(point)
        mailbox.update(done_folder="")
        notes.figure("points", len(points))
        notes.figure("deaths", deaths)
        notes.exactly("points_where_nobody_died", missed, [])
        notes.exactly("points_after_which_work_stayed", never, [])
        notes.within("back_seconds_worst", worst, 60)

    def _die_at(self, world: World, point: str) -> bool:
        stack, ledger = world.stack, world.ledger
        stack.arm(point)
        if point in MAIL:
            assert stack.imap is not None
            stack.imap.put(mail_bytes(ledger.fresh("mail")))
            task = FETCH
        elif point in CLOCKS:
            ledger.send(ledger.fresh("api"), receivedAt="2026-10-01T10:00:00+02:00")
            task = "contacts.tasks.settle"
        elif point in FIGURES:
            ledger.send(ledger.fresh("api"), receivedAt="2026-10-02T10:00:00+02:00")
            task = "kpi.tasks.roll_up"
        else:
            entry = ledger.fresh("api")
            entry.may_repeat = point == "after_smtp_data"
            ledger.send(entry)
            task = DELIVER
        end = time.monotonic() + PATIENCE
        died = False
        while not died and time.monotonic() < end:  # a nudge may find its worker dead or busy
            oracle.nudge(task)
            died = until(lambda: not stack.is_armed, 10) is not None
        stack.disarm()
        return died


@fault("F4")
class KilledBeforeTheAnswer(Fault):
    """A web process is killed after the commit and before its answer; the client asks again with the same key."""

    expected = "the second answer is that of the first: one contact each"

    def run(self, world: World, notes: Notes) -> None:
        times = world.times(20, 200)
        unanswered = again = 0
        worst = 0.0
        for _one in range(times):
            world.stack.arm("before_answer")
            entry = world.ledger.fresh("api")
            worst = max(worst, measured(partial(world.ledger.send, entry)))
            unanswered += entry.statuses[0] == 0
            again += entry.statuses[-1] == 200
            world.stack.disarm()
        notes.figure("kills", times)
        notes.exactly("first_answer_lost", unanswered, times)
        notes.exactly("second_answer_is_the_first", again, times)
        notes.figure("seconds_until_answer_worst", worst)


@fault("F23")
class PoisonJob(Fault):
    """A message that kills every process that takes it, beside others."""

    expected = "parked after at most 5 deaths; the neighbours are registered meanwhile"
    needs_imap = True

    def run(self, world: World, notes: Notes) -> None:
        from channels_app.models import InboundMessage

        stack, ledger = world.stack, world.ledger
        assert stack.imap is not None
        poison = ledger.fresh("mail")
        with stack.down(*stack.workers):
            for worker in stack.workers:
                worker.stop()
            stack.imap.put(mail_bytes(poison))
            self._fetch_here(world)
            row = InboundMessage.objects.latest("id")
            stack.arm(f"after_parse_claim={row.pk}")
            for worker in stack.workers:
                worker.start()
        begun = time.monotonic()
        neighbours = [ledger.fresh("mail") for _one in range(5)]
        stack.imap.put(*[mail_bytes(one) for one in neighbours])
        oracle.nudge(FETCH)
        ids = [f"<{one.key}@burger.example>" for one in neighbours]

        def through() -> bool:
            return InboundMessage.objects.filter(message_id__in=ids, state="done").count() == len(ids)

        notes.within("neighbours_registered_seconds", until(through, PATIENCE), 60)

        def parked() -> bool:
            InboundMessage.objects.filter(pk=row.pk, state="received").update(
                next_try_at=None
            )  # its pauses are passed over
            oracle.nudge("channels_app.tasks.parse")
            return InboundMessage.objects.filter(pk=row.pk, state="parked").exists()

        notes.within("parked_seconds", until(parked, PATIENCE, 0.5), 120)
        row.refresh_from_db()
        notes.at_most("deaths", float(row.tries), 5)
        notes.figure("seconds", time.monotonic() - begun)
        stack.disarm()
        # a person takes it up again: nothing is lost
        InboundMessage.objects.filter(pk=row.pk).update(state="received", outcome="", tries=0, next_try_at=None)
        oracle.nudge("channels_app.tasks.parse")

    @staticmethod
    def _fetch_here(world: World) -> None:
        from channels_app.actions.fetch import fetch
        from channels_app.models import Mailbox
        from organisation.clock import now

        fetch(mailbox=Mailbox.objects.get(pk=world.house.mailbox_id), at=now())
