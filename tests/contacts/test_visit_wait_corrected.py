"""A wait that ran out is corrected: whether somebody helped is what the history says, without what was taken back or helped nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from contacts.actions.correct_clock import correct_clock
from contacts.actions.register import Asked, register
from contacts.actions.settle import settle_due
from contacts.actions.visit_wait import is_waiting
from contacts.models import NormClock, Question
from contacts.norms.promises import VISIT
from organisation.models import Presence
from tests.cast import Cast
from tests.contacts.test_visits import AT, HALL, _wednesday_morning, hall
from tests.contacts.visit_scene import ACTS, MINUTE, NIGHT, comes, sound, waits

__all__ = ["_wednesday_morning", "hall"]

HELPED: dict[str, tuple[bool, tuple[tuple[float, str], ...], str, float | None]] = {
    "taken": (False, ((12, "take"),), "met", 12),
    "given and put back": (False, ((12, "give"), (12.5, "put back")), "running", None),
    "given, put back and taken": (False, ((12, "give"), (12.5, "put back"), (13, "take")), "met", 13),
    "taken, handed on and put back": (False, ((11, "take"), (12, "hand on"), (12.5, "put back")), "met", 11),
    "taken, let go, handed on and put back": (
        False,
        ((11, "take"), (11.5, "let go"), (12, "hand on"), (12.5, "put back")),
        "met",
        11,
    ),
    "taken, let go, ended and opened again": (
        False,
        ((11, "take"), (11.5, "let go"), (12, "double"), (12.5, "no double")),
        "met",
        11,
    ),
    "fetched, but not": (False, ((12, "fetch"), (12.5, "not fetched")), "running", None),
    "known": (True, ((12, "know"),), "running", None),
    "set right": (True, ((12, "edit"),), "running", None),
    "handed on and put back": (True, ((12, "hand on"), (12.5, "put back")), "running", None),
    "handed on, put back and opened": (True, ((12, "hand on"), (12.5, "put back"), (13, "open")), "met", 13),
    "called back": (False, ((12, "call back"), (13, "answer")), "met", 12),
    "left": (False, ((12, "hand on"), (13, "leave")), "cancelled", None),
    "left and back": (False, ((12, "leave"), (12.5, "back")), "running", None),
    "sent on": (False, ((12, "send on"),), "cancelled", None),
    "handed over by name, a mistake": (True, ((12, "double"),), "cancelled", None),
}
"""Handed over by name or not, what happens after ten minutes, and how the corrected wait stands."""


def test_only_help_that_stands_keeps_a_corrected_wait(cast: Cast, subtests: pytest.Subtests) -> None:
    for one in (cast.henk, cast.ria):
        Presence.objects.update_or_create(user=one, defaults={"status": "available", "changed_at": AT})
    for name in HELPED:
        with subtests.test(name):
            keeps_a_corrected_wait(cast, name)
    with time_machine.travel(AT + 14 * MINUTE, tick=False):
        sound()


def keeps_a_corrected_wait(cast: Cast, name: str) -> None:
    is_by_name, acts, state, stopped = HELPED[name]
    question = comes(cast, channel="appointment", **({"assignee_id": cast.henk.pk} if is_by_name else {}))
    settle_due(at=AT + 11 * MINUTE)
    for minutes, act in acts:
        at = AT + minutes * MINUTE
        with time_machine.travel(at, tick=False):
            ACTS[act](Question.objects.get(pk=question.pk), cast, at)
    with time_machine.travel(AT + 14 * MINUTE, tick=False):
        fresh = Question.objects.get(pk=question.pk)
        assert is_waiting(fresh) == (state == "running"), "the list of the reception says the same"
        correct_clock(
            clock=waits(question),
            by=cast.sanne,
            at=AT + 14 * MINUTE,
            reason="De afspraak was later",
            started_at=AT + 10 * MINUTE,
        )
        clock = waits(question)
        assert (clock.state, clock.stopped_at) == (state, None if stopped is None else AT + stopped * MINUTE)


def test_who_holds_a_visitor_still_waits_for_once_two_customers_are_one(hall: Client, cast: Cast) -> None:
    Presence.objects.update_or_create(user=cast.henk, defaults={"status": "available", "changed_at": AT})
    question = comes(cast, assignee_id=cast.henk.pk)
    with time_machine.travel(AT + MINUTE, tick=False):
        ACTS["know"](question, cast, AT + MINUTE)
        assert "1 bezoeker wacht op een collega." in hall.get(HALL).content.decode()
    assert waits(question).state == "running"


def test_who_comes_back_about_a_question_and_is_written_down_a_day_later_changes_no_figure(cast: Cast) -> None:
    question = comes(cast, end="forward")
    came, at = AT + 60 * MINUTE, NIGHT + timedelta(hours=1)
    with time_machine.travel(at, tick=False):
        asked = [Asked(add_to=question.pk, text="Weer aan de balie")]
        register(by=cast.fatima, at=at, channel="counter", received_at=came, asked=asked)
    assert NormClock.objects.get(question=question, code=VISIT, channel="counter").state == "cancelled"
