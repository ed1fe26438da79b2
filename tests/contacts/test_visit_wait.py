"""`visit.wait`: from coming in, or the time of the appointment, until somebody helps; in every order in which that is told."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import time_machine

from contacts.actions.settle import settle_due
from contacts.models import NormClock, Question
from contacts.norms.promises import VISIT
from contacts.norms.visits import Wait, wait_at_registration, waits_from
from organisation.models import Presence
from tests.cast import Cast
from tests.contacts.test_visits import AT
from tests.contacts.visit_scene import ACTS, MINUTE, NIGHT, comes, sound, waits


@pytest.mark.parametrize(
    ("channel", "end", "is_own", "late", "wait"),
    [
        ("reception", "forward", False, 0, Wait.RUNS),
        ("appointment", "open", False, 5, Wait.RUNS),
        ("reception", "forward", False, 6, Wait.UNKNOWN),
        ("reception", "direct", False, 0, Wait.HELPED),
        ("reception", "direct", False, 90, Wait.HELPED),
        ("reception", "forward", True, 0, Wait.HELPED),
        ("reception", "callback", False, 0, Wait.HELPED),
        ("appointment", "waiting", False, 0, Wait.HELPED),
        ("counter", "forward", False, 0, Wait.HELPED),
        ("counter", "direct", False, 90, Wait.HELPED),
        ("counter", "direct", False, 1440, Wait.UNKNOWN),
        ("reception", "direct", False, 1440, Wait.UNKNOWN),
        ("reception", "forward", True, 1440, Wait.UNKNOWN),
        ("phone", "forward", False, 0, None),
        ("street", "direct", False, 0, None),
    ],
)
def test_how_the_wait_stands_when_a_visit_is_registered(
    channel: str, end: str, is_own: bool, late: int, wait: Wait | None
) -> None:
    at = AT + late * MINUTE
    assert wait_at_registration(channel=channel, end=end, is_own=is_own, came_at=AT, at=at) is wait


@pytest.mark.parametrize(("minutes", "begins"), [(None, 0), (-20, 0), (0, 0), (20, 20)])
def test_an_appointment_counts_from_its_own_time_when_that_is_later(minutes: int | None, begins: int) -> None:
    appointment = None if minutes is None else AT + minutes * MINUTE
    assert waits_from(AT, appointment) == AT + begins * MINUTE


@dataclass(frozen=True)
class Case:
    """A visit, what happens after so many minutes, and how its wait ends: the state, from when, and when it stopped."""

    visit: dict[str, object]
    acts: tuple[tuple[float, str], ...]
    state: str
    stopped: float | None = None
    begins: float = 0
    late: float = 0
    """Registered so many minutes after coming in, by the desk."""
    appointment: float | None = None


CASES = {
    "the host helps": Case({"end": "direct"}, (), "met", 0),
    "at the counter": Case({"channel": "counter"}, (), "met", 0, late=2),
    "taken": Case({}, ((4, "take"),), "met", 4),
    "given to a colleague": Case({}, ((4, "give"),), "met", 4),
    "a moment before the end": Case({}, ((9.99, "take"),), "met", 9.99),
    "exactly at the end": Case({}, ((10, "take"),), "missed"),
    "taken too late, before the job": Case({}, ((12, "take"), (13, "job")), "missed"),
    "taken too late, after the job": Case({}, ((11, "job"), (12, "take"), (13, "job")), "missed"),
    "nobody says anything": Case({}, ((2, "note"), (3, "edit"), (4, "look")), "missed"),
    "fetched": Case({}, ((4, "fetch"), (6, "take")), "met", 4),
    "spoken with": Case({}, ((4, "talk"), (30, "answer")), "met", 4),
    "answered": Case({}, ((6, "answer"),), "met", 6),
    "called back": Case({}, ((3, "call back"), (300, "answer")), "met", 3),
    "handed over by name, who opens it": Case({"assignee": "henk"}, ((1, "look"), (5, "open")), "met", 5),
    "handed over by name, whose customer is known": Case({"assignee": "henk"}, ((2, "know"), (5, "open")), "met", 5),
    "handed over by name, handed on and put back": Case(
        {"assignee": "henk"}, ((2, "hand on"), (2.5, "put back"), (5, "open")), "met", 5
    ),
    "handed over by name, set right and split": Case({"assignee": "henk"}, ((2, "edit"), (3, "split")), "missed"),
    "handed over by name, mails meanwhile": Case({"assignee": "henk"}, ((2, "mails"), (5, "open")), "met", 5),
    "handed over by name, fetched": Case({"assignee": "henk"}, ((5, "fetch"), (6, "open")), "met", 5),
    "an appointment later": Case({"channel": "appointment"}, ((25, "take"),), "met", 25, 20, appointment=20),
    "an appointment, too late": Case({"channel": "appointment"}, ((31, "take"),), "missed", None, 20, appointment=20),
    "late for the appointment": Case({"channel": "appointment"}, ((5, "take"),), "met", 5, appointment=-20),
    "helped before the appointment": Case({"channel": "appointment"}, ((5, "take"),), "met", 5, 20, appointment=20),
    "answered before the appointment": Case({"channel": "appointment"}, ((5, "answer"),), "met", 5, 20, appointment=20),
    "an appointment, left and back": Case(
        {"channel": "appointment"}, ((4, "leave"), (4.5, "back"), (29, "take")), "met", 29, 20, appointment=20
    ),
    "left": Case({}, ((5, "leave"),), "cancelled"),
    "left after too long": Case({}, ((15, "leave"),), "missed"),
    "left and back": Case({}, ((5, "leave"), (5.5, "back"), (8, "take")), "met", 8),
    "a mistake": Case({}, ((1, "double"),), "cancelled"),
    "undone": Case({}, ((0.5, "undo"),), "cancelled"),
    "undone, helped at once": Case({"end": "direct"}, ((0.5, "undo"),), "cancelled"),
    "sent on": Case({}, ((3, "send on"),), "cancelled"),
    "handed on": Case({}, ((2, "hand on"), (5, "take there")), "met", 5),
    "handed on too late": Case({}, ((12, "hand on"), (13, "take there")), "missed"),
    "closed in the evening": Case({}, ((450, "answer"),), "missed"),
    "opened again": Case({}, ((1, "take"), (9, "answer"), (60, "reopen"), (90, "answer")), "met", 1),
    "turns out to be a complaint": Case({}, ((2, "complaint"), (4, "take")), "met", 4),
    "split": Case({}, ((3, "take"), (5, "split")), "met", 3),
    "afterwards, answered": Case({"end": "direct"}, (), "met", 0, late=60),
    "a day later, answered": Case({"end": "direct"}, (), "cancelled", late=1440),
    "a day later at the counter": Case({"channel": "counter"}, (), "cancelled", late=1440),
    "afterwards, handed over": Case({}, ((70, "take"),), "cancelled", late=60),
    "a little later at the desk": Case({}, ((8, "take"),), "met", 8, late=4),
}


def test_a_wait_ends_once_whatever_the_order(cast: Cast, subtests: pytest.Subtests) -> None:
    for one in (cast.henk, cast.ria):
        Presence.objects.update_or_create(user=one, defaults={"status": "available", "changed_at": AT})
    visits = {}
    for name, case in CASES.items():
        with subtests.test(name):
            visits[name] = happens(cast, case)
    with time_machine.travel(NIGHT, tick=False):
        settle_due(at=NIGHT)
        for name, question in visits.items():
            with subtests.test(name, at="night"):
                ends(question, CASES[name])
        assert settle_due(at=NIGHT).missed == 0
        sound()


def happens(cast: Cast, case: Case) -> Question:
    given = dict(case.visit)
    if given.pop("assignee", ""):
        given["assignee_id"] = cast.henk.pk
    if case.appointment is not None:
        given["appointment_at"] = AT + case.appointment * MINUTE
    question = comes(cast, at=AT + case.late * MINUTE, came=AT if case.late else None, **given)
    for minutes, act in case.acts:
        at = AT + minutes * MINUTE
        with time_machine.travel(at, tick=False):
            ACTS[act](Question.objects.get(pk=question.pk), cast, at)
            assert NormClock.objects.filter(question=question, code=VISIT, state="running").count() <= 1
    return question


def ends(question: Question, case: Case) -> None:
    clock = waits(question)
    stopped = None if case.stopped is None else AT + case.stopped * MINUTE
    begins = AT + case.begins * MINUTE
    assert (clock.state, clock.started_at, clock.stopped_at) == (case.state, begins, stopped)
    assert clock.due_at == begins + 10 * MINUTE
    assert clock.events.filter(kind__in=["met", "missed", "cancelled"]).count() == 1
