"""The life of a question: taken, handed over, waiting, answered, reopened, merged; each act with its clock and its history."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db.models import F
from django.http import Http404
from django.test import Client

from channels_app.models import OutboundMessage
from channels_app.signals import outbound_settled
from contacts.actions.acknowledge_letter import acknowledge_letter
from contacts.actions.answer import answer, log_conversation
from contacts.actions.ask_customer import ask_customer
from contacts.actions.assign import assign, take
from contacts.actions.callback import attempt, request_callback, withdraw
from contacts.actions.cancel import cancel
from contacts.actions.close import close
from contacts.actions.confidential import break_glass, set_confidential
from contacts.actions.correct_clock import correct_clock
from contacts.actions.edit_question import edit_question
from contacts.actions.forward import forward
from contacts.actions.merge import merge_customers, merge_questions
from contacts.actions.put_back import put_back
from contacts.actions.receive import receive_reply
from contacts.actions.register import Asked, CallbackAsked, NewCustomer, register
from contacts.actions.reopen import reopen
from contacts.actions.resume import resume
from contacts.actions.settle import settle_due
from contacts.models import ConfidentialAccess, Contact, Note, Notice, Question
from organisation.clock import AMSTERDAM, now
from organisation.errors import Refused, Stale
from organisation.models import Municipality
from tests.cast import Cast

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
TUESDAY = MONDAY + timedelta(days=1)


def mail(cast: Cast, at: datetime = MONDAY, name: str = "De Wit", **asked: object) -> Question:
    made = register(
        by=None,
        at=at,
        channel="email",
        received_at=at,
        asked=[Asked(subject_id=cast.grofvuil.pk, **asked)],  # type: ignore[arg-type]
        customer=NewCustomer(name=name, email=f"{name.lower().replace(' ', '')}@voorbeeld.nl"),
        text="Waar blijft de ophaler?",
    )
    question = made.questions[0]
    question.refresh_from_db()
    return question


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
    assert OutboundMessage.objects.filter(purpose="acknowledgement").count() == 2


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
    assert OutboundMessage.objects.get().state == "held"
    assert set(question.clocks.values_list("state", flat=True)) == {"cancelled"}


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


def test_a_conversation_answers(cast: Cast) -> None:
    question = mail(cast)
    log_conversation(
        question=question, by=cast.henk, at=TUESDAY, channel="phone", text="Uitgelegd", is_answer=True, then="close"
    )
    question.refresh_from_db()
    assert (question.status, question.clocks.get(code="email.answer").state) == ("closed", "met")


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


def undelivered(contact: Contact, at: datetime) -> None:
    message = contact.outbound
    message.state, message.error = "failed", "550 no such user"
    message.save()
    with time_machine.travel(at, tick=False):
        outbound_settled.send(sender=None, message=message)


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


def test_a_call_back_that_answers_nothing_leaves_a_promise(cast: Cast) -> None:
    question = mail(cast)
    answer(question=question, by=cast.henk, at=TUESDAY, text="Morgen", to_address="dewit@voorbeeld.nl", then="stay")
    asked_at = TUESDAY + timedelta(hours=1)
    callback = request_callback(question=question, by=cast.henk, at=asked_at, phone="0612345678")
    attempt(callback=callback, by=cast.henk, at=asked_at, outcome="reached", note="Zoekt het uit")
    assert question.clocks.get(state="running", started_at=asked_at).code == "handover.answer"


def test_reopening_by_an_employee_needs_a_reason_and_starts_a_clock(cast: Cast) -> None:
    question = mail(cast)
    close(question=question, by=cast.henk, at=TUESDAY, reason="answered", text="Gebeld")
    with pytest.raises(Refused):
        reopen(question=question, by=cast.henk, at=TUESDAY, reason=" ")
    reopen(question=question, by=cast.henk, at=TUESDAY, reason="Toch niet opgehaald")
    assert question.clocks.filter(code="email.answer", state="running").count() == 1


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


def test_what_is_confidential_does_not_open_by_merging(cast: Cast) -> None:
    first, second = mail(cast), mail(cast, at=TUESDAY)
    merge_customers(keep=first.customer, merge=second.customer, by=cast.sanne, at=TUESDAY)
    first.refresh_from_db()
    second.refresh_from_db()
    set_confidential(question=first, by=cast.sanne, at=TUESDAY, is_confidential=True)
    for keep, merge in ((first, second), (second, first)):
        with pytest.raises(Refused, match="vertrouwelijk"):
            merge_questions(keep=keep, merge=merge, by=cast.sanne, at=TUESDAY)
    set_confidential(
        question=second, by=cast.sanne, at=TUESDAY, is_confidential=True, people=[cast.sanne.pk, cast.henk.pk]
    )
    with pytest.raises(Refused, match="Niet dezelfde mensen"):
        merge_questions(keep=first, merge=second, by=cast.sanne, at=TUESDAY)


def test_merging_brings_contacts_together_under_the_oldest_receipt(cast: Cast) -> None:
    first, second = mail(cast), mail(cast, at=TUESDAY, name="De Boer")
    merge_customers(keep=first.customer, merge=second.customer, by=cast.sanne, at=TUESDAY)
    first.refresh_from_db()
    second.refresh_from_db()
    merge_questions(keep=second, merge=first, by=cast.henk, at=TUESDAY)
    second.refresh_from_db()
    assert (second.contact_count, second.received_at) == (2, MONDAY)
    assert Question.objects.get(pk=first.pk).merged_into == second


def test_a_confidential_question_is_only_for_who_is_named(cast: Cast) -> None:
    question = mail(cast)
    set_confidential(question=question, by=cast.henk, at=TUESDAY, is_confidential=True)
    assert not Question.objects.visible_to(cast.ria).filter(pk=question.pk).exists()
    assert Question.objects.visible_to(cast.henk).filter(pk=question.pk).exists()


def test_who_gets_a_confidential_question_can_read_it_and_loses_that_when_it_is_taken_back(cast: Cast) -> None:
    question = mail(cast)
    mine = Question.objects.visible_to(cast.ria).filter(pk=question.pk)
    set_confidential(question=question, by=cast.henk, at=TUESDAY, is_confidential=True)
    assign(question=question, by=cast.henk, at=TUESDAY, to=cast.ria)
    assert mine.exists()
    put_back(number=question.number, version=question.version, by=cast.henk, at=TUESDAY)
    assert not mine.exists()


def test_an_hour_is_an_hour_also_for_who_takes_the_question(cast: Cast) -> None:
    question = mail(cast)
    set_confidential(question=question, by=cast.henk, at=TUESDAY, is_confidential=True)
    with time_machine.travel(TUESDAY, tick=False):
        break_glass(question=question, by=cast.sanne, at=TUESDAY, reason="Klacht bij de wethouder")
        with pytest.raises(Refused, match="een uur"):
            take(question=question, by=cast.sanne, at=TUESDAY)
    with time_machine.travel(TUESDAY + timedelta(hours=2), tick=False):
        assert not Question.objects.visible_to(cast.sanne).filter(pk=question.pk).exists()


def test_a_confidential_question_is_never_handed_to_a_team_where_nobody_may_read_it(cast: Cast) -> None:
    question = mail(cast)
    set_confidential(question=question, by=cast.henk, at=TUESDAY, is_confidential=True)
    where = {"team_id": cast.burgerzaken.pk, "reason": "Gaat over een paspoort"}
    with pytest.raises(Refused, match="vertrouwelijk"):
        forward(question=question, by=cast.henk, at=TUESDAY, **where)  # type: ignore[arg-type]
    set_confidential(question=question, by=cast.henk, at=TUESDAY, is_confidential=True, people=[cast.bas.pk])
    forward(question=question, by=cast.henk, at=TUESDAY, **where)  # type: ignore[arg-type]
    assert Question.objects.visible_to(cast.bas).get(pk=question.pk).team == cast.burgerzaken
    forward(question=question, by=cast.bas, at=TUESDAY, team_id=cast.openbare_ruimte.pk, reason="Toch grofvuil")
    assert Question.objects.visible_to(cast.ria).filter(pk=question.pk).exists()  # who leads it gives it to somebody
    assert Notice.objects.filter(user=cast.ria, kind="named", question=question).exists()


def test_a_reaction_on_a_closed_confidential_question_is_for_the_same_people(cast: Cast) -> None:
    question = mail(cast)
    set_confidential(question=question, by=cast.henk, at=TUESDAY, is_confidential=True)
    answer(question=question, by=cast.henk, at=TUESDAY, text="Ja", to_address="d@voorbeeld.nl")
    later = TUESDAY + timedelta(days=90)
    got = receive_reply(
        question=question,
        at=later,
        received_at=later,
        channel="email",
        customer=question.customer,
        text="Nog iets",
        address="k@example.nl",
    )
    assert got.question != question
    assert Question.objects.visible_to(cast.henk).filter(pk=got.question.pk).exists()
    assert not Question.objects.visible_to(cast.ria).filter(pk=got.question.pk).exists()


def test_breaking_the_glass_tells_the_team(cast: Cast) -> None:
    question = mail(cast)
    set_confidential(question=question, by=cast.henk, at=TUESDAY, is_confidential=True)
    break_glass(question=question, by=cast.sanne, at=TUESDAY, reason="Klacht over deze zaak")
    assert Notice.objects.filter(user=cast.ria, kind="confidential_opened").count() == 1


def test_the_glass_closes_after_an_hour_also_for_who_left_the_page_open(cast: Cast, client: Client) -> None:
    question = mail(cast)
    set_confidential(question=question, by=cast.henk, at=TUESDAY, is_confidential=True)
    client.force_login(cast.sanne)
    page, note = f"/vragen/{question.number}/", f"/vragen/{question.number}/notitie/"
    access = break_glass(
        question=question, by=cast.sanne, at=now() - timedelta(minutes=59), reason="Klacht over deze zaak"
    )
    assert client.get(page).status_code == 200
    ConfidentialAccess.objects.filter(pk=access.pk).update(until_at=F("until_at") - timedelta(minutes=1))
    for headers in ({}, {"HX-Request": "true"}):
        assert client.get(page, headers=headers).status_code == 403
        assert client.get(f"{page}geschiedenis/", headers=headers).status_code == 404
        assert client.post(note, {"text": "Nog even dit"}, headers=headers).status_code == 404
    assert not Note.objects.exists()


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
