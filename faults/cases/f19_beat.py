"""Beat was away for long, is there twice, or hangs."""

from __future__ import annotations

import os
import signal
from collections import Counter
from datetime import timedelta

from faults import oracle
from faults.fault import PATIENCE, Fault, Notes, World, fault
from faults.stack import until
from supervisor import processes


@fault("F19")
class BeatAway(Fault):
    """Beat and workers were away while clocks ran out (contacts of the past 25 hours and 40 days); then two beats start, with an empty schedule."""

    expected = "every due action once, within 5 minutes"

    def run(self, world: World, notes: Notes) -> None:
        from django.db.models import Q

        from contacts.models import ClockEvent, NormClock, Notice, Question
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
        ours = Question.objects.filter(number__in=[n for one in entries for n in one.numbers])
        once = ("started", "met", "missed", "cancelled", "told_almost_due", "told_overdue", "told_coordinator")
        events = ClockEvent.objects.filter(clock__question__in=ours, kind__in=once)
        twice = [key for key, times in Counter(events.values_list("clock_id", "kind")).items() if times > 1]
        notes.exactly("actions_done_twice", len(twice), 0)
        notices = Counter(Notice.objects.filter(question__in=ours).values_list("user_id", "kind", "key"))
        notes.figure("notices", sum(notices.values()))
        notes.exactly("notices_twice", sum(times > 1 for times in notices.values()), 0)


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
