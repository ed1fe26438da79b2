"""Machines whose clocks are wrong, and days on which clocks are odd."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from faults import oracle
from faults.fault import PATIENCE, Fault, Notes, World, fault
from faults.stack import until

if TYPE_CHECKING:
    from contacts.models import NormClock

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
STEPS = (("right", 0, 0), ("hour_ahead", 3600, 3600), ("hour_behind", -3600, -3600), ("day_behind", -86_400, -86_400),
         ("five_minutes_apart", -150, 150))  # fmt: skip
"""Name, seconds by which the web servers are off, seconds by which the workers are."""
MOMENTS = (
    "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00", "2026-10-24T23:59:59+02:00", "2026-10-23T16:59:00+02:00",
    "2026-03-29T01:59:59+01:00", "2026-03-29T03:00:00+02:00", "2026-03-27T17:00:00+01:00", "2026-03-28T12:00:00+01:00",
    "2024-02-29T10:00:00+01:00", "2024-02-28T23:59:59+01:00", "2024-02-26T08:30:00+01:00", "2025-12-31T23:59:59+01:00",
    "2026-01-01T00:00:00+01:00", "2025-12-29T16:59:59+01:00", "2026-10-22T22:00:00+00:00", "2026-03-26T23:00:00+00:00",
)  # fmt: skip
"""The nights that clocks go back and forward and the days before them, 29 February, New Year, and midnight told in UTC."""


def due_of(clock: NormClock) -> datetime:
    """When it falls due, worked out from the moment of receipt alone, day by day on the wall; the house works Monday to Friday, 8.30 to 17.00."""
    if clock.unit == "seconds":
        return clock.contact.received_at + timedelta(seconds=clock.length)
    day, left = clock.contact.received_at.astimezone(AMSTERDAM).date(), clock.length
    assert clock.unit == "working_days", f"no sum for {clock.unit}"
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return _midnight(day + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM)


@fault("F18")
class ClocksOff(Fault):
    """The clocks of web servers and workers are an hour or a day off, or five minutes apart; contacts of odd nights come in."""

    is_short = False
    expected = "every deadline follows from the stored moments alone, every clock ends once, on its own deadline"

    def run(self, world: World, notes: Notes) -> None:
        from contacts.models import ClockEvent, NormClock, Question

        stack, ledger = world.stack, world.ledger
        contacts = world.times(16, 52)
        cases = wrong_due = wrong_end = waits = 0
        numbers: list[str] = []
        for _name, web, worker in STEPS:
            with (
                stack.told(stack.webs, CLOCK_OFFSET_SECONDS=str(web)),
                stack.told(stack.workers, CLOCK_OFFSET_SECONDS=str(worker)),
            ):
                entries = []
                for number in range(contacts):
                    moment = MOMENTS[number % len(MOMENTS)]
                    entries.append(ledger.send(ledger.fresh("api"), receivedAt=moment))
                    if number % 4 == 0:  # and of this very moment, as the machine of the web server sees it
                        entries.append(ledger.send(ledger.fresh("api")))
                ours = [number for one in entries for number in one.numbers]
                waits += until(lambda: not oracle.waits(), PATIENCE, 0.5) is None
                clocks = NormClock.objects.filter(question__number__in=ours).select_related("contact")
                for clock in clocks:
                    cases += 1
                    wrong_due += clock.due_at != due_of(clock)
                    is_late = clock.state == "missed"
                    is_met = clock.state == "met" and clock.stopped_at is not None and clock.stopped_at < clock.due_at
                    is_open = clock.state == "running" and clock.due_at > clock.contact.received_at
                    wrong_end += not ((is_late and clock.settled_at == clock.due_at) or is_met or is_open)
                numbers += ours
        started = ClockEvent.objects.filter(kind="started", clock__question__number__in=numbers).count()
        notes.figure("clocks_looked_at", cases)
        notes.exactly("other_deadlines", wrong_due, 0)
        notes.exactly("ended_otherwise", wrong_end, 0)
        notes.exactly("steps_after_which_mail_stayed", waits, 0)
        notes.exactly("clocks_started", started, cases)
        notes.exactly("questions", Question.objects.filter(number__in=numbers).count(), len(numbers))
