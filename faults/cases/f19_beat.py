"""Beat was away for long, is there twice, or hangs."""

from __future__ import annotations

import os
import signal
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from faults import oracle
from faults.cases.f18_clocks import due_of
from faults.fault import PATIENCE, Fault, Notes, World, fault
from faults.ledger import Entry
from faults.stack import until
from supervisor import processes

if TYPE_CHECKING:
    from contacts.models import NormClock

NIGHTS = {
    "autumn": ("2026-10-20T12:00:00+02:00", "2026-10-23T23:30:00+02:00", "2026-10-25T03:30:00+01:00"),
    "spring": ("2026-03-24T12:00:00+01:00", "2026-03-27T23:30:00+01:00", "2026-03-29T03:30:00+02:00"),
}
"""When half of the contacts came in, when beat and workers went away and when they came back: over a midnight at which a term ends, and the hour
that comes twice or not at all."""


@fault("F19")
class BeatAway(Fault):
    """Beat and workers were away while clocks ran out (contacts of the past 25 hours and 40 days); then two beats start, with an empty schedule.

    Once more over the nights in which the clock goes back and forward.
    """

    expected = "every due action once, within 5 minutes"

    def run(self, world: World, notes: Notes) -> None:
        from django.db.models import Q

        from contacts.models import NormClock
        from organisation.clock import now

        stack, ledger = world.stack, world.ledger
        beat = stack.process("beat")
        number = world.times(30, 500)
        with stack.down(beat, *stack.workers):
            for one in (beat, *stack.workers):
                one.stop()
            for path in (stack.place.data / "beat").glob("schedule*"):
                path.unlink()
            entries = []
            for step in range(number):
                age = timedelta(hours=25 * step / number) if step % 2 else timedelta(days=2 + 38 * step / number)
                entries.append(ledger.send(ledger.fresh("api"), receivedAt=(now() - age).isoformat()))
            missed = Q(state="missed", late_told_at=None, replaced_by=None)
            due = NormClock.objects.filter(missed | Q(state="running", due_at__lte=now()))
            notes.figure("clocks_that_ran_out", due.count())
            for one in (beat, *stack.workers):
                one.start()
        second = processes.beat(stack.place, stack.env)
        second.command = [word.replace("/schedule", "/schedule2") for word in second.command]
        second.start()
        try:
            notes.within("caught_up_seconds", until(lambda: not due.exists(), 2 * PATIENCE, 0.5), 300)
            notes.within("nothing_waits_seconds", oracle.quiet_in(2 * PATIENCE), 300)
            until(lambda: False, 6)  # both beats go on ticking
        finally:
            second.stop()
        _judge_once(entries, notes, "")
        for name, moments in NIGHTS.items() if world.is_full else list(NIGHTS.items())[:1]:
            _night(world, notes, name, *map(datetime.fromisoformat, moments))


def _night(world: World, notes: Notes, name: str, received: datetime, away: datetime, back: datetime) -> None:
    """The same by a clock that is set to such a night: the web servers stand in its evening, and beat and workers come back after it."""
    from django.db.models import Q
    from django.test import override_settings

    from contacts.models import NormClock

    stack, ledger, beat = world.stack, world.ledger, world.stack.process("beat")
    jobs = [*stack.workers, beat]
    with stack.down(*jobs):
        for one in jobs:
            one.stop()
        with stack.told(stack.webs, CLOCK_OFFSET_SECONDS=_from_now(away)):
            entries = ledger.send_some(world.times(10, 100), receivedAt=received.isoformat())
            entries += ledger.send_some(world.times(10, 100))
    ours = NormClock.objects.filter(question__number__in=[number for one in entries for number in one.numbers])
    due = ours.filter(Q(state="missed", late_told_at=None, replaced_by=None) | Q(state="running", due_at__lte=back))
    notes.figure(f"{name}_clocks_that_ran_out", due.count())
    with (
        stack.told(jobs, CLOCK_OFFSET_SECONDS=_from_now(back)),
        override_settings(CLOCK_OFFSET_SECONDS=int(_from_now(back))),
    ):
        second = processes.beat(stack.place, beat.env)
        second.command = [word.replace("/schedule", "/schedule2") for word in second.command]
        second.start()
        try:
            notes.within(f"{name}_caught_up_seconds", until(lambda: not due.exists(), 2 * PATIENCE, 0.5), 300)
            notes.within(f"{name}_nothing_waits_seconds", oracle.quiet_in(2 * PATIENCE), 300)
        finally:
            second.stop()
        clocks = list(ours.select_related("contact"))
        notes.exactly(f"{name}_other_deadlines", sum(one.due_at != due_of(one) for one in clocks), 0)
        notes.exactly(f"{name}_ended_otherwise", sum(not _ended_as_promised(one, back) for one in clocks), 0)
        _judge_once(entries, notes, f"{name}_")


def _from_now(moment: datetime) -> str:
    return str(round((moment - datetime.now(UTC)).total_seconds()))


def _ended_as_promised(clock: NormClock, at: datetime) -> bool:
    if clock.state == "missed":
        return clock.settled_at == clock.due_at
    if clock.state == "met":
        return clock.stopped_at is not None and clock.stopped_at < clock.due_at
    return clock.state == "running" and clock.due_at > at


def _judge_once(entries: list[Entry], notes: Notes, prefix: str) -> None:
    from contacts.models import ClockEvent, Notice, Question

    ours = Question.objects.filter(number__in=[number for one in entries for number in one.numbers])
    once = ("started", "met", "missed", "cancelled", "told_almost_due", "told_overdue", "told_coordinator")
    events = ClockEvent.objects.filter(clock__question__in=ours, kind__in=once)
    twice = [key for key, times in Counter(events.values_list("clock_id", "kind")).items() if times > 1]
    notes.exactly(f"{prefix}actions_done_twice", len(twice), 0)
    notices = Counter(Notice.objects.filter(question__in=ours).values_list("user_id", "kind", "key"))
    notes.figure(f"{prefix}notices", sum(notices.values()))
    notes.exactly(f"{prefix}notices_twice", sum(times > 1 for times in notices.values()), 0)


@fault("F20")
class BeatHangs(Fault):
    """Beat hangs (SIGSTOP) and looks alive."""

    is_short = False
    expected = "noticed by its heartbeat and started again within 120 s"

    def run(self, world: World, notes: Notes) -> None:
        beat = world.stack.process("beat")
        assert beat.process is not None
        old = beat.process.pid
        os.kill(old, signal.SIGSTOP)
        took = until(lambda: beat.process is not None and beat.process.pid != old, PATIENCE, 0.5)
        notes.within("restarted_seconds", took, 120)
