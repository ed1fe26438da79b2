"""What keeps a promise and what does not: acknowledgements, answers to one of several questions, corrections, a subject told later."""

from datetime import datetime, timedelta

import pytest

from channels_app.models import OutboundMessage
from channels_app.signals import outbound_settled
from contacts.actions.acknowledge_letter import acknowledge_letter
from contacts.actions.answer import answer
from contacts.actions.callback import attempt, request_callback
from contacts.actions.correct_clock import correct_clock
from contacts.actions.edit_question import edit_question
from contacts.actions.log_conversation import log_conversation
from contacts.actions.receive import receive_reply
from contacts.actions.register import Asked, NewCustomer, register
from contacts.actions.settle import settle_due
from contacts.models import Question
from organisation.clock import AMSTERDAM
from tests.cast import Cast
from tests.contacts.life_scene import MONDAY, TUESDAY, mail, undelivered


def test_the_acknowledgement_that_leaves_meets_its_norm(cast: Cast) -> None:
    question = mail(cast)
    message = OutboundMessage.objects.get(purpose="acknowledgement")
    message.state, message.sent_at = "sent", MONDAY + timedelta(seconds=20)
    outbound_settled.send(sender=OutboundMessage, message=message)
    assert question.clocks.get(code="email.acknowledge").state == "met"


def test_a_letter_that_is_acknowledged_gets_its_second_norm(cast: Cast) -> None:
    made = register(
        by=cast.fatima,
        at=MONDAY,
        channel="letter",
        received_at=MONDAY,
        asked=[Asked(subject_id=cast.afval.pk)],
        text="x",
    )
    acknowledge_letter(question=made.questions[0], by=cast.henk, at=TUESDAY)
    states = dict(made.questions[0].clocks.values_list("code", "state"))
    assert states == {"letter.respond": "met", "letter.answer": "running"}


def test_a_reaction_on_a_question_back_after_an_answer_is_promised_an_answer(cast: Cast) -> None:
    question = mail(cast)
    for then in ("stay", "waiting"):
        answer(question=question, by=cast.henk, at=TUESDAY, text="Welk?", to_address="dewit@voorbeeld.nl", then=then)
    reacted = TUESDAY + timedelta(hours=1)
    receive_reply(
        question=question,
        at=reacted,
        received_at=reacted,
        channel="email",
        customer=question.customer,
        text="De oude",
        address="dewit@voorbeeld.nl",
    )
    assert question.clocks.get(code="email.answer", state="running").started_at == reacted


@pytest.mark.parametrize(("days", "counts"), [(1, True), (4, False)], ids=["in time", "too late already"])
def test_a_subject_that_is_told_later_counts_for_what_still_runs(cast: Cast, days: int, counts: bool) -> None:
    question = register(
        by=None, at=MONDAY, channel="email", received_at=MONDAY, asked=[Asked(title="Bank")], text="Oude bank"
    ).questions[0]
    edit_question(
        question=question,
        by=cast.fatima,
        at=MONDAY + timedelta(days=days),
        title="Bank",
        subject_id=cast.grofvuil.pk,
        kind="question",
        version=1,
    )
    clock = question.clocks.get(code="email.answer")
    assert (clock.subject, clock.state) == (cast.grofvuil if counts else None, "running" if counts else "missed")


@pytest.mark.parametrize("how", ["mail", "phone", "call-back"])
def test_a_second_question_that_was_answered_late_is_not_late_for_ever(cast: Cast, how: str) -> None:
    question = mail(cast)
    answer(question=question, by=cast.henk, at=TUESDAY, text="Morgen", to_address="dewit@voorbeeld.nl", then="stay")
    asked_again, later = TUESDAY + timedelta(days=1), MONDAY + timedelta(days=14)
    receive_reply(
        question=question,
        at=asked_again,
        received_at=asked_again,
        channel="email",
        customer=question.customer,
        text="En nu?",
        address="dewit@voorbeeld.nl",
    )
    settle_due(at=later)
    question.refresh_from_db()
    assert (question.due_at, question.clocks.get(code="email.answer", state="missed").started_at) == (
        datetime(2026, 3, 10, tzinfo=AMSTERDAM),
        asked_again,
    )
    if how == "mail":
        answer(question=question, by=cast.henk, at=later, text="Ja", to_address="dewit@voorbeeld.nl", then="stay")
    elif how == "phone":
        log_conversation(question=question, by=cast.henk, at=later, channel="phone", text="Ja", is_answer=True)
    else:
        callback = request_callback(question=question, by=cast.henk, at=later, phone="0612345678")
        attempt(callback=callback, by=cast.henk, at=later, outcome="reached", note="Ja", is_answer=True)
    question.refresh_from_db()
    assert (question.is_open, question.due_at, question.answered_at) == (True, None, later)
    corrected = correct_clock(
        clock=question.clocks.get(code="email.answer", state="missed"),
        by=cast.sanne,
        at=later,
        reason="Pas op vrijdag de 13e gekregen",
        started_at=MONDAY + timedelta(days=11),
    )
    assert (corrected.state, corrected.stopped_at) == ("met", later)


def two_in_one_call(cast: Cast) -> tuple[Question, Question]:
    """The first was answered in the call, the second handed on."""
    made = register(
        by=cast.fatima,
        at=MONDAY,
        channel="phone",
        received_at=MONDAY,
        asked=[Asked(title="Open?", end="direct"), Asked(title="Bank", subject_id=cast.grofvuil.pk, end="forward")],
        customer=NewCustomer(name="De Wit", email="dewit@voorbeeld.nl"),
        text="Belt over twee dingen",
    )
    return made.questions[0], made.questions[1]


def test_an_answer_in_the_call_answers_no_other_question_of_that_call(cast: Cast) -> None:
    direct, handed_on = two_in_one_call(cast)
    later = MONDAY + timedelta(days=14)
    settle_due(at=later)
    old = handed_on.clocks.get()
    assert old.state == "missed"
    new = correct_clock(clock=old, by=cast.sanne, at=later, reason="Dinsdag", started_at=TUESDAY)
    assert (new.state, new.stopped_at) == ("missed", None)
    contact = answer(question=handed_on, by=cast.henk, at=later, text="Ja", to_address="dewit@voorbeeld.nl")
    undelivered(contact, later)
    handed_on.refresh_from_db()
    direct.refresh_from_db()
    assert (handed_on.answered_at, handed_on.is_open, handed_on.due_at) == (None, True, new.due_at)
    assert (direct.status, direct.answered_at) == ("closed", MONDAY)


def test_a_correction_replaces_the_clock_and_keeps_the_old_one(cast: Cast) -> None:
    question = mail(cast)
    settle_due(at=MONDAY + timedelta(days=5))
    old = question.clocks.get(code="email.answer")
    assert old.state == "missed"
    new = correct_clock(
        clock=old,
        by=cast.sanne,
        at=MONDAY + timedelta(days=5),
        reason="Stempel was van donderdag",
        started_at=MONDAY + timedelta(days=3),
    )
    old.refresh_from_db()
    assert (old.state, old.replaced_by, new.state) == ("missed", new, "running")
