"""Promises to call: kept, given up, withdrawn, and what is promised after the call."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from channels_app.models import OutboundMessage
from contacts.actions.answer import answer
from contacts.actions.ask_customer import ask_customer
from contacts.actions.callback import attempt, change_callback, request_callback, withdraw
from contacts.actions.close import close
from contacts.actions.correct_clock import correct_clock
from contacts.actions.log_conversation import log_conversation
from contacts.actions.post_letter import post_letter
from contacts.actions.register import Asked, CallbackAsked, register
from contacts.actions.settle import settle_due
from contacts.invariants.found import CHECKS
from contacts.models import Note, Notice, Question
from organisation.errors import Refused
from tests.cast import Cast
from tests.contacts.life_scene import MONDAY, TUESDAY, mail
from tests.contacts.post_scene import made_on


def test_a_call_back_is_kept_when_the_customer_is_reached(cast: Cast) -> None:
    question = mail(cast)
    callback = request_callback(question=question, by=cast.henk, at=TUESDAY, phone="0226 351244")
    attempt(callback=callback, by=cast.henk, at=TUESDAY, outcome="no_answer")
    assert question.clocks.get(code="callback.done").state == "running"
    attempt(
        callback=callback, by=cast.henk, at=TUESDAY, outcome="reached", note="Uitgelegd", is_answer=True, then="close"
    )
    question.refresh_from_db()
    assert question.clocks.get(code="callback.done").state == "met"
    assert question.status == "closed"
    with pytest.raises(Refused):
        withdraw(callback=callback, by=cast.henk, at=TUESDAY, reason="niet meer nodig")


def test_a_call_that_was_the_only_promise_leaves_one_while_the_question_is_open(cast: Cast) -> None:
    """Reached without an answer, not reached at all, or not needed: an open question keeps a clock (ADR 11)."""
    for how in ("reached", "unreachable", "cancelled", "answered"):
        [question] = register(
            by=cast.fatima,
            at=MONDAY,
            channel="phone",
            received_at=MONDAY,
            asked=[Asked(title=how, end="callback", callback=CallbackAsked(phone="0226 351244"))],
        ).questions
        callback = question.callbacks.get()
        if how in ("reached", "answered"):
            note, is_answer = "Gesproken", how == "answered"
            attempt(callback=callback, by=cast.fatima, at=TUESDAY, outcome="reached", note=note, is_answer=is_answer)
        else:
            for _try in range(3):
                attempt(callback=callback, by=cast.fatima, at=TUESDAY, outcome="no_answer")
            withdraw(callback=callback, by=cast.fatima, at=TUESDAY, reason="x" * 150, unreachable=how == "unreachable")
            assert "x" * 150 in Note.objects.get(question=question).text
        live = set(question.clocks.filter(state="running").values_list("code", flat=True))
        assert live == (set() if how == "answered" else {"handover.answer"}), how


def test_a_call_back_that_answers_nothing_leaves_a_promise(cast: Cast) -> None:
    question = mail(cast)
    answer(question=question, by=cast.henk, at=TUESDAY, text="Morgen", to_address="dewit@voorbeeld.nl", then="stay")
    asked_at = TUESDAY + timedelta(hours=1)
    callback = request_callback(question=question, by=cast.henk, at=asked_at, phone="0612345678")
    attempt(callback=callback, by=cast.henk, at=asked_at, outcome="reached", note="Zoekt het uit")
    assert question.clocks.get(state="running", started_at=asked_at).code == "handover.answer"


def test_a_question_that_waited_for_the_customer_waits_for_us_once_a_call_is_promised(cast: Cast) -> None:
    question = mail(cast)
    ask_customer(question=question, by=cast.henk, at=MONDAY)
    request_callback(question=question, by=cast.henk, at=TUESDAY, phone="0226 351244")
    assert question.status == "in_progress"
    states = dict(question.clocks.values_list("code", "state"))
    assert (states["email.answer"], states["callback.done"]) == ("running", "running")
    assert Question.objects.overdue(TUESDAY + timedelta(days=9)).get() == question


def test_number_and_moment_can_be_changed_and_the_promise_stays(cast: Cast) -> None:
    question = mail(cast)
    callback = request_callback(question=question, by=cast.henk, at=MONDAY, phone="0226 351244")
    promised = question.clocks.get(code="callback.done")
    with pytest.raises(Refused):
        change_callback(callback=callback, by=cast.henk, at=TUESDAY, phone="12")
    change_callback(callback=callback, by=cast.henk, at=TUESDAY, phone="06 12345678", moment="na 16.00 uur")
    callback.refresh_from_db()
    assert (callback.phone, callback.moment, callback.state) == ("06 12345678", "na 16.00 uur", "open")
    assert question.clocks.get(code="callback.done").due_at == promised.due_at
    attempt(callback=callback, by=cast.henk, at=TUESDAY, outcome="reached", note="Zo")
    with pytest.raises(Refused):
        change_callback(callback=callback, by=cast.henk, at=TUESDAY, phone="06 12345678")


def _corrected(question: Question, cast: Cast) -> None:
    settle_due(at=TUESDAY + timedelta(days=1))
    correct_clock(
        clock=question.clocks.get(code="callback.done"), by=cast.sanne, at=LATER, reason="Uur", started_at=TUESDAY
    )


def _posted(question: Question, cast: Cast) -> None:
    settle_due(at=TUESDAY + timedelta(days=1))
    letter = made_on(cast, question, TUESDAY)
    post_letter(letter=letter, by=cast.henk, at=LATER, posted_on=TUESDAY.date())


def _closed(question: Question, cast: Cast, text: str = "") -> None:
    close(question=question, by=cast.henk, at=TUESDAY, reason="answered", text=text)


def _closed_without_a_word(question: Question, cast: Cast) -> None:
    with pytest.raises(Refused, match="zouden deze klant bellen"):
        _closed(question, cast)


KEPT, BROKEN = ("done", "met", False), ("open", "missed", True)
LATER = TUESDAY + timedelta(days=2)


AFTERWARDS: dict[str, tuple[Callable[[Question, Cast], object], tuple[str, str, bool]]] = {
    "a conversation, written down by itself": (
        lambda question, cast: log_conversation(
            question=question, by=cast.henk, at=TUESDAY, channel="phone", text="Gebeld.", is_answer=False
        ),
        KEPT,
    ),
    "closed with a word": (lambda question, cast: _closed(question, cast, "Gebeld: woensdag."), KEPT),
    "closed without": (_closed_without_a_word, BROKEN),
    "letter": (_posted, ("cancelled", "missed", True)),
    "corrected": (_corrected, ("open", "missed", True)),
    "nothing": (lambda _question, _cast: None, BROKEN),
}


def test_a_promise_to_call_is_kept_by_calling_and_by_nothing_else(cast: Cast, subtests: pytest.Subtests) -> None:
    for number, (name, (then, becomes)) in enumerate(AFTERWARDS.items()):
        with subtests.test(name):
            question = mail(cast, name=f"De Wit {number}")
            callback = request_callback(question=question, by=cast.henk, at=MONDAY, phone="0226 351244")
            answer(question=question, by=cast.henk, at=MONDAY, text="Zo.", to_address="dewit@voorbeeld.nl", then="stay")
            assert dict(question.clocks.values_list("code", "state"))["callback.done"] == "running"
            then(question, cast)
            settle_due(at=LATER)
            callback.refresh_from_db()
            told = Notice.objects.filter(kind="overdue", user=cast.ria, question=question).exists()
            state = question.clocks.get(code="callback.done", replaced_by=None).state
            assert (callback.state, state, told) == becomes
    OutboundMessage.objects.update(state="sent", sent_at=MONDAY)
    assert not [one for _name, check in CHECKS for one in check()]


def test_a_missed_promise_to_call_is_corrected_by_when_the_call_was_made(cast: Cast) -> None:
    """Not by the mail of before; and one that nobody had to keep any more is counted nowhere."""
    for is_called in (True, False):
        question = mail(cast, name=f"De Wit {is_called}")
        callback = request_callback(question=question, by=cast.henk, at=MONDAY, phone="0226 351244")
        settle_due(at=TUESDAY + timedelta(days=1))
        if is_called:
            attempt(callback=callback, by=cast.henk, at=LATER, outcome="reached", note="Zo", is_answer=True)
        answer(question=question, by=cast.henk, at=LATER, text="Zo.", to_address="dewit@voorbeeld.nl", then="close")
        old = question.clocks.get(code="callback.done")
        new = correct_clock(clock=old, by=cast.sanne, at=LATER, reason="Uur", started_at=TUESDAY + timedelta(days=1))
        assert (new.state, new.stopped_at) == (("met", LATER) if is_called else ("cancelled", None))
