"""The life of a question: answered, taken, handed over, waiting, closed, cancelled, merged; each act with its clock and its history."""

from datetime import datetime, timedelta

import pytest
from django.http import Http404

from channels_app.models import OutboundMessage
from channels_app.signals import outbound_settled
from contacts.actions.answer import answer
from contacts.actions.ask_customer import ask_customer
from contacts.actions.assign import assign, take
from contacts.actions.cancel import cancel
from contacts.actions.close import close
from contacts.actions.forward import forward
from contacts.actions.log_conversation import log_conversation
from contacts.actions.merge import merge_customers, merge_questions
from contacts.actions.register import Asked, register
from contacts.actions.resume import resume
from contacts.actions.settle import settle_due
from contacts.models import Notice, Question
from organisation.clock import AMSTERDAM
from organisation.errors import Refused, Stale
from organisation.models import Municipality
from tests.cast import Cast
from tests.contacts.life_scene import MONDAY, TUESDAY, mail


def test_an_answer_by_mail_meets_the_norm_and_closes(cast: Cast) -> None:
    question = mail(cast)
    contact = answer(
        question=question,
        by=cast.henk,
        at=TUESDAY,
        text="Wij komen woensdag.",
        to_address="dewit@voorbeeld.nl",
        version=question.version,
    )
    question.refresh_from_db()
    assert (question.status, question.close_reason, question.due_at) == ("closed", "answered", None)
    assert question.clocks.get(code="email.answer").state == "met"
    assert contact.outbound.purpose == "reply"
    assert question.number in contact.outbound.subject


def test_two_answers_with_one_key_are_one_message(cast: Cast) -> None:
    question = mail(cast)
    for _twice in range(2):
        answer(question=question, by=cast.henk, at=TUESDAY, text="Ja", to_address="d@voorbeeld.nl", key="k1", version=1)
    assert OutboundMessage.objects.filter(purpose="reply").count() == 1


def test_an_old_version_is_refused_with_what_it_is_now(cast: Cast) -> None:
    question = mail(cast)
    take(question=question, by=cast.henk, at=TUESDAY)
    with pytest.raises(Stale) as stale:
        close(question=question, by=cast.henk, at=TUESDAY, reason="answered", text="x", version=1)
    assert stale.value.theirs.assignee == cast.henk


def test_of_two_who_take_one_wins(cast: Cast) -> None:
    question = mail(cast)
    take(question=question, by=cast.henk, at=TUESDAY)
    with pytest.raises(Refused, match="Henk"):
        take(question=question, by=cast.ria, at=TUESDAY)


def test_handing_over_keeps_the_clock_and_the_old_team_sees_it_no_more(cast: Cast) -> None:
    question = mail(cast)
    due = question.clocks.get(code="email.answer").due_at
    forward(question=question, by=cast.henk, at=TUESDAY, team_id=cast.burgerzaken.pk, reason="Gaat over een paspoort")
    question.refresh_from_db()
    assert (question.team, question.transfer_count, question.due_at) == (cast.burgerzaken, 1, due)
    assert question.clocks.get(code="email.answer").team == cast.burgerzaken
    with pytest.raises(Http404):
        take(question=question, by=cast.henk, at=TUESDAY)
    assert take(question=question, by=cast.bas, at=TUESDAY).assignee == cast.bas


def test_waiting_for_the_customer_gives_the_days_back(cast: Cast) -> None:
    question = mail(cast)
    ask_customer(question=question, by=cast.henk, at=TUESDAY, text="Welk adres?", to_address="dewit@voorbeeld.nl")
    assert question.clocks.get(code="email.answer").remaining == 2
    assert Question.objects.get(pk=question.pk).due_at == question.clocks.get(code="email.acknowledge").due_at
    resume(question=question, by=cast.henk, at=MONDAY + timedelta(days=7))
    assert question.clocks.get(code="email.answer").due_at == datetime(2026, 3, 12, 0, 0, tzinfo=AMSTERDAM)


def test_closing_without_a_word_is_no_answer(cast: Cast) -> None:
    question = mail(cast)
    with pytest.raises(Refused):
        close(question=question, by=cast.henk, at=TUESDAY, reason="answered")
    close(question=question, by=cast.henk, at=TUESDAY, reason="no_reaction_needed")
    states = dict(question.clocks.values_list("code", "state"))
    assert states == {"email.answer": "cancelled", "email.acknowledge": "missed"}  # that one was broken before


def test_a_cancelled_question_sends_no_acknowledgement(cast: Cast) -> None:
    question = mail(cast)
    cancel(question=question, by=cast.henk, at=MONDAY, reason="spam")
    assert OutboundMessage.objects.get().state == "dropped"
    assert set(question.clocks.values_list("state", flat=True)) == {"cancelled"}


@pytest.mark.parametrize("state", ["queued", "held"])
def test_of_one_mail_with_two_questions_the_acknowledgement_goes_as_long_as_one_is_open(cast: Cast, state: str) -> None:
    """Also one that waits for somebody to decide: after a flood of spam nobody goes through a list of acknowledgements."""
    asked = [Asked(title="Kaart", subject_id=cast.grofvuil.pk), Asked(title="Boom", subject_id=cast.grofvuil.pk)]
    made = register(by=None, at=MONDAY, channel="email", received_at=MONDAY, asked=asked, address="d@voorbeeld.nl")
    OutboundMessage.objects.update(state=state)
    for question, then in zip(made.questions, [state, "dropped"], strict=True):
        cancel(question=question, by=cast.henk, at=MONDAY, reason="spam")
        assert OutboundMessage.objects.get().state == then


def test_a_conversation_answers(cast: Cast) -> None:
    question = mail(cast)
    log_conversation(
        question=question, by=cast.henk, at=TUESDAY, channel="phone", text="Uitgelegd", is_answer=True, then="close"
    )
    question.refresh_from_db()
    assert (question.status, question.clocks.get(code="email.answer").state) == ("closed", "met")


def test_merging_brings_contacts_together_under_the_oldest_receipt(cast: Cast) -> None:
    first, second = mail(cast), mail(cast, at=TUESDAY, name="De Boer")
    merge_customers(keep=first.customer, merge=second.customer, by=cast.sanne, at=TUESDAY)
    first.refresh_from_db()
    second.refresh_from_db()
    merge_questions(keep=second, merge=first, by=cast.henk, at=TUESDAY)
    second.refresh_from_db()
    assert (second.contact_count, second.received_at) == (2, MONDAY)
    assert Question.objects.get(pk=first.pk).merged_into == second


def test_each_person_is_told_once(cast: Cast) -> None:
    question = mail(cast)
    assign(question=question, by=cast.ria, at=MONDAY, to=cast.henk)
    late = datetime(2026, 3, 11, 9, 0, tzinfo=AMSTERDAM)
    first = settle_due(at=late)
    second = settle_due(at=late)
    assert (first.missed, first.told_lead, first.told_coordinator) == (2, 2, 2)
    assert (second.missed, second.told_lead, second.told_coordinator) == (0, 0, 0)
    told = set(Notice.objects.exclude(kind="assigned").values_list("user__username", "kind", "clock__code"))
    assert ("ria", "overdue", "email.answer") in told
    assert ("sanne", "overdue_long", "email.answer") in told


def test_the_end_of_every_reply_names_who_writes_and_stands_there_once(cast: Cast) -> None:
    town = Municipality.objects.get()
    town.reply_closing = "Met vriendelijke groet,\n\n{medewerker}\n{team}"
    town.save()
    question = mail(cast)
    answer(
        question=question, by=cast.henk, at=TUESDAY, text="De auto komt.", to_address="d@voorbeeld.nl", then="interim"
    )
    greeted = "Beste meneer,\n\nDe auto was er.\n\nMet vriendelijke groet,\n\nHenk"
    answer(question=question, by=cast.henk, at=TUESDAY, text=greeted, to_address="d@voorbeeld.nl")
    first, second = OutboundMessage.objects.filter(purpose__in=["interim", "reply"]).order_by("pk")
    assert first.body == f"De auto komt.\n\nMet vriendelijke groet,\n\n{cast.henk}\n{cast.openbare_ruimte.name}"
    assert second.body == greeted


def test_an_acknowledgement_that_leaves_while_somebody_writes_does_not_refuse_the_answer(cast: Cast) -> None:
    question = mail(cast)
    seen = question.version
    message = OutboundMessage.objects.get(purpose="acknowledgement")
    message.state, message.sent_at = "sent", MONDAY + timedelta(seconds=20)
    outbound_settled.send(sender=OutboundMessage, message=message)
    answer(question=question, by=cast.henk, at=TUESDAY, text="Morgen.", to_address="dewit@voorbeeld.nl", version=seen)
    question.refresh_from_db()
    assert (question.status, question.version) == ("closed", seen + 1)
