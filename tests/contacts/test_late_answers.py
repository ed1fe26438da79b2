"""An answer that we hear of later than it left keeps no promise to who asked something in between."""

from __future__ import annotations

from datetime import date

import pytest

from contacts.actions.attach import attach
from contacts.actions.clocks import stop_clocks
from contacts.actions.post_letter import post_letter
from contacts.invariants import check_all
from contacts.models import Contact, NormClock, Question
from organisation.history import sign
from tests.cast import Cast
from tests.contacts.post_scene import made_on, on, question, states

__all__ = ["question"]
pytestmark = pytest.mark.django_db


def calls(question: Question, cast: Cast, day: int) -> None:
    """The customer calls and asks something more."""
    contact = Contact(
        channel="phone", received_at=on(day), registered_at=on(day), registered_by=cast.fatima, text="En een kast?"
    )
    sign(contact, by=cast.fatima, at=on(day))
    contact.save()
    attach(question_id=question.pk, contact=contact, by=cast.fatima, at=on(day))


@pytest.mark.parametrize(
    ("called", "status", "promised"),
    [(3, "closed", []), (5, "in_progress", [("handover.answer", "running")])],
    ids=["before the letter", "after it and before we were told"],
)
def test_a_letter_closes_nothing_that_was_asked_after_it_was_posted(
    cast: Cast, question: Question, called: int, status: str, promised: list[tuple[str, str]]
) -> None:
    letter = made_on(cast, question, on(3, 16))
    calls(question, cast, called)
    post_letter(letter=letter, by=cast.fatima, at=on(6), posted_on=date(2026, 3, 4))
    question.refresh_from_db()
    assert states(question)[0] == ("letter.respond", "met", date(2026, 3, 4))
    assert question.status == status
    assert [(code, state) for code, state, _day in states(question)[1:]] == promised
    assert [one.invariant for one in check_all() if one.violations] == []


def test_what_was_said_before_somebody_asked_stops_no_clock(cast: Cast, question: Question) -> None:
    stop_clocks(question, by=cast.henk, at=on(1), cause="answered")
    assert NormClock.objects.get().state == "running"
