"""A closed question is opened again: by its customer, by an answer that came back, by an employee."""

from datetime import timedelta

import pytest
import time_machine

from channels_app.models import OutboundMessage
from channels_app.signals import outbound_settled
from contacts.actions.answer import answer
from contacts.actions.ask_customer import ask_customer
from contacts.actions.assign import assign
from contacts.actions.close import close
from contacts.actions.receive import receive_reply
from contacts.actions.reopen import reopen
from contacts.models import Notice, Question
from organisation.errors import Refused
from tests.cast import Cast
from tests.contacts.life_scene import MONDAY, TUESDAY, mail, sent_again, undelivered


def test_a_reaction_within_30_days_reopens_with_a_second_clock(cast: Cast) -> None:
    question = mail(cast)
    answer(question=question, by=cast.henk, at=TUESDAY, text="Ja", to_address="d@voorbeeld.nl")
    received = TUESDAY + timedelta(days=10)
    got = receive_reply(
        question=question,
        at=received,
        received_at=received,
        channel="email",
        customer=question.customer,
        text="Nee!",
        address="dewit@voorbeeld.nl",
    )
    question.refresh_from_db()
    assert (got.outcome, question.status) == ("reopened", "in_progress")
    assert sorted(question.clocks.filter(code="email.answer").values_list("state", flat=True)) == ["met", "running"]
    _first, second = OutboundMessage.objects.filter(purpose="acknowledgement").order_by("pk")
    assert "woensdag 18 maart" in second.body, "the day of the answer, not of the acknowledgement itself"


def test_a_reaction_after_the_term_is_a_new_linked_question(cast: Cast) -> None:
    question = mail(cast)
    answer(question=question, by=cast.henk, at=TUESDAY, text="Ja", to_address="d@voorbeeld.nl")
    late = TUESDAY + timedelta(days=40)
    got = receive_reply(
        question=question, at=late, received_at=late, channel="email", customer=question.customer, text="Nog iets"
    )
    assert got.outcome == "new"
    assert got.question.links.get().other == question


def test_an_automatic_reply_leaves_a_closed_question_closed(cast: Cast) -> None:
    question = mail(cast)
    answer(question=question, by=cast.henk, at=TUESDAY, text="Ja", to_address="d@voorbeeld.nl")
    at = TUESDAY + timedelta(minutes=1)
    receive_reply(
        question=question,
        at=at,
        received_at=at,
        channel="email",
        customer=None,
        text="Ik ben er niet",
        is_automatic=True,
    )
    question.refresh_from_db()
    assert (question.status, question.contact_count) == ("closed", 3)


def test_an_answer_that_cannot_be_delivered_opens_the_question_again(cast: Cast) -> None:
    question = mail(cast)
    contact = answer(question=question, by=cast.henk, at=TUESDAY, text="Ja", to_address="d@voorbeeld.nl")
    contact.outbound.state = "failed"
    with time_machine.travel(TUESDAY + timedelta(minutes=5)):
        outbound_settled.send(sender=OutboundMessage, message=contact.outbound)
    question.refresh_from_db()
    assert (question.status, question.answered_at) == ("in_progress", None)
    assert question.clocks.get(code="email.answer", replaced_by=None).state == "running"
    assert Notice.objects.filter(user=cast.henk, kind="send_failed").exists()


def test_an_answer_that_a_person_sends_again_answers_when_it_leaves(cast: Cast) -> None:
    question = mail(cast)
    contact = answer(question=question, by=cast.henk, at=TUESDAY, text="Ja", to_address="d@voorbeeld.nl")
    undelivered(contact, TUESDAY + timedelta(minutes=5))
    left = TUESDAY + timedelta(hours=1)
    sent = contact.outbound
    sent.state, sent.sent_at = "sent", left
    outbound_settled.send(sender=OutboundMessage, message=sent)
    question.refresh_from_db()
    clock = question.clocks.get(code="email.answer", replaced_by=None)
    assert (question.status, question.answered_at) == ("in_progress", left)
    assert (clock.state, clock.stopped_at) == ("met", left)
    contact.refresh_from_db()
    undelivered(contact, left + timedelta(minutes=5))  # and came back once more
    question.refresh_from_db()
    assert (question.answered_at, question.clocks.get(code="email.answer", replaced_by=None).state) == (None, "running")


def test_an_answer_that_is_sent_again_keeps_no_promise_of_after_it_was_written(cast: Cast) -> None:
    question = mail(cast)
    contact = answer(question=question, by=cast.henk, at=TUESDAY, text="Ja", to_address="d@voorbeeld.nl")
    undelivered(contact, TUESDAY + timedelta(minutes=5))
    asked = TUESDAY + timedelta(minutes=30)
    receive_reply(question=question, at=asked, received_at=asked, channel="email", customer=None, text="En de stoel?")
    contact.refresh_from_db()
    sent = contact.outbound
    sent.state, sent.sent_at = "sent", TUESDAY + timedelta(hours=1)
    outbound_settled.send(sender=OutboundMessage, message=sent)
    assert question.clocks.get(code="email.answer", replaced_by=None).state == "running"


@pytest.mark.parametrize(
    ("since", "status", "clock"),
    [("", "waiting", "paused"), ("customer", "in_progress", "running"), ("closed", "closed", "cancelled")],
)
def test_a_question_back_that_a_person_sends_again_waits_for_the_customer_again(
    cast: Cast, since: str, status: str, clock: str
) -> None:
    question = mail(cast)
    asked = answer(
        question=question, by=cast.henk, at=TUESDAY, text="Waar?", to_address="dewit@voorbeeld.nl", then="waiting", is_answer=False
    )  # fmt: skip
    undelivered(asked, TUESDAY + timedelta(minutes=5))
    question.refresh_from_db()
    assert (question.status, question.clocks.get(code="email.answer").state) == ("in_progress", "running")
    at = TUESDAY + timedelta(minutes=30)
    if since == "customer":
        receive_reply(question=question, at=at, received_at=at, channel="email", customer=None, text="En de stoel?")
    elif since:
        close(question=question, by=cast.henk, at=at, reason="passed_on")
    left = TUESDAY + timedelta(hours=1)
    sent_again(asked, left)
    question.refresh_from_db()
    found = question.clocks.get(code="email.answer", replaced_by=None)
    assert (question.status, found.state) == (status, clock)
    if not since:
        assert found.paused_at == left
        undelivered(asked, left + timedelta(minutes=5))  # and came back once more
        question.refresh_from_db()
        assert (question.status, question.clocks.get(code="email.answer").state) == ("in_progress", "running")


def test_an_earlier_answer_that_comes_back_opens_nothing_when_a_later_one_arrived(cast: Cast) -> None:
    question = mail(cast)
    first = answer(
        question=question, by=cast.henk, at=TUESDAY, text="Morgen", to_address="dewit@voorbeeld.nl", then="stay"
    )
    later = TUESDAY + timedelta(hours=1)
    answer(question=question, by=cast.henk, at=later, text="Vandaag al", to_address="dewit@voorbeeld.nl")
    undelivered(first, later + timedelta(hours=1))
    question.refresh_from_db()
    clock = question.clocks.get(code="email.answer", replaced_by=None)
    assert (question.status, question.answered_at, clock.state, clock.stopped_at) == ("closed", later, "met", later)


def test_two_answers_that_both_come_back_are_none(cast: Cast) -> None:
    question = mail(cast)
    sent = [
        answer(question=question, by=cast.henk, at=TUESDAY + timedelta(hours=hour), text="Ja", to_address=to, then=then)
        for hour, to, then in ((0, "dewit@voorbeeld.nl", "stay"), (1, "wit@voorbeeld.nl", "close"))
    ]
    for contact in sent:
        undelivered(contact, TUESDAY + timedelta(hours=2))
    question.refresh_from_db()
    assert (question.status, question.answered_at) == ("in_progress", None)
    assert question.clocks.get(code="email.answer", replaced_by=None).state == "running"


@pytest.mark.parametrize("then", ["interim", "waiting"])
def test_what_was_no_answer_opens_no_question_that_was_answered_since(cast: Cast, then: str) -> None:
    question = mail(cast)
    asked = answer(
        question=question, by=cast.henk, at=TUESDAY, text="Waar?", to_address="wit@voorbeeld.nl", then=then, is_answer=False
    )  # fmt: skip
    later = TUESDAY + timedelta(hours=1)
    close(question=question, by=cast.henk, at=later, reason="answered", text="Gebeld.")
    undelivered(asked, later + timedelta(hours=1))
    question.refresh_from_db()
    assert (question.status, question.close_reason, question.answered_at) == ("closed", "answered", later)


def test_an_answer_that_was_held_is_none_when_another_comes_back(cast: Cast) -> None:
    question = mail(cast)
    held, back = (
        answer(question=question, by=cast.henk, at=TUESDAY + timedelta(hours=hour), text="Ja", to_address=to, then=then)
        for hour, to, then in ((1, "dewit@voorbeeld.nl", "stay"), (0, "wit@voorbeeld.nl", "stay"))
    )
    OutboundMessage.objects.filter(pk=held.outbound_id).update(state="held")
    Question.objects.filter(pk=question.pk).update(answered_at=TUESDAY)
    undelivered(back, TUESDAY + timedelta(hours=2))
    question.refresh_from_db()
    assert question.answered_at is None


def test_the_clock_of_an_answer_that_comes_back_stands_still_while_we_wait_for_the_customer(cast: Cast) -> None:
    question = mail(cast)
    said = answer(
        question=question, by=cast.henk, at=TUESDAY, text="Morgen", to_address="dewit@voorbeeld.nl", then="stay"
    )
    asked = TUESDAY + timedelta(hours=1)
    ask_customer(question=question, by=cast.henk, at=asked)
    assign(question=question, by=cast.ria, at=asked + timedelta(minutes=5), to=cast.henk)  # another step while it waits
    undelivered(said, asked + timedelta(hours=1))
    question.refresh_from_db()
    clock = question.clocks.get(code="email.answer", replaced_by=None)
    assert (question.status, clock.state, clock.paused_at) == ("waiting", "paused", asked)


def test_reopening_by_an_employee_needs_a_reason_and_starts_a_clock(cast: Cast) -> None:
    question = mail(cast)
    close(question=question, by=cast.henk, at=TUESDAY, reason="answered", text="Gebeld")
    with pytest.raises(Refused):
        reopen(question=question, by=cast.henk, at=TUESDAY, reason=" ")
    reopen(question=question, by=cast.henk, at=TUESDAY, reason="Toch niet opgehaald")
    assert question.clocks.filter(code="email.answer", state="running").count() == 1


def test_an_answer_of_before_does_not_close_what_the_customer_asked_since(cast: Cast) -> None:
    question = mail(cast)
    answer(question=question, by=cast.henk, at=MONDAY, text="Morgen.", to_address="dewit@voorbeeld.nl")
    receive_reply(
        question=question,
        at=TUESDAY,
        received_at=TUESDAY,
        channel="email",
        customer=question.customer,
        text="Er kwam niemand.",
        address="dewit@voorbeeld.nl",
    )
    question.refresh_from_db()
    with pytest.raises(Refused):
        close(question=question, by=cast.henk, at=TUESDAY + timedelta(hours=1), reason="answered")
    close(question=question, by=cast.henk, at=TUESDAY + timedelta(hours=1), reason="answered", text="Gebeld.")
    assert question.assignee == cast.henk
    assert list(question.clocks.filter(code="email.answer").values_list("state", flat=True)) == ["met", "met"]
