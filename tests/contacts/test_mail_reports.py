"""What a mail server says of a message that left: of whom, for good or for now, days later, and on a question that changed since."""

from __future__ import annotations

import email
from datetime import datetime, timedelta
from email.mime.message import MIMEMessage
from email.mime.text import MIMEText

import pytest

from channels_app.actions.deliver import deliver
from channels_app.actions.parked import retry
from channels_app.actions.settle_outbound import settle
from channels_app.adapters.email.parse import parse
from channels_app.models import DeadAddress, Mailbox, OutboundMessage
from channels_app.reference import signed_reference
from contacts.actions.answer import answer
from contacts.actions.merge import merge_questions
from contacts.actions.register_mail import register_mail
from contacts.actions.wipe import wipe_questions
from contacts.models import Customer, NormClock, Notice, Question
from tests.cast import Cast
from tests.channels_app.corpus import mail, parts, report
from tests.contacts.mail_scene import AT, _one_reader, mailbox, receive

__all__ = ["_one_reader", "mailbox"]
HOUR = timedelta(hours=1)
ANNA, COPY = "anna@burger.example", "buur@burger.example"
pytestmark = pytest.mark.django_db


def answered(mailbox: Mailbox, cast: Cast, key: str = "1", at: datetime = AT) -> tuple[Question, OutboundMessage]:
    """Anna asked, was answered with a copy to her neighbour, and the question was closed."""
    receive(mail(f"Vraag {key}", mid=f"<{key}@burger.example>"), mailbox, f"1:{key}", at)
    question = Question.objects.latest("pk")
    said = answer(question=question, by=cast.fatima, at=at + HOUR, text="Dinsdag.", to_address=ANNA, copies=[COPY])
    deliver(at=at + HOUR)
    assert said.outbound is not None
    said.outbound.refresh_from_db()
    assert said.outbound.state == "sent"
    return question, said.outbound


def told(message: OutboundMessage, *blocks: tuple[str, str, str]) -> bytes:
    """One report on this message with what became of each recipient: action, status, address."""
    first, *others = blocks
    raw = report(*first, original=message.message_id).decode()
    mark = "user unknown\r\n\r\n"
    more = "".join(
        f"Final-Recipient: rfc822; {to}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        for action, status, to in others
    )
    return raw.replace(mark, mark + more).encode()


@pytest.mark.parametrize(
    ("blocks", "arrived", "dead"),
    [
        ([("failed", "5.1.1", ANNA)], False, {ANNA}),
        ([("failed", "4.4.1", ANNA)], False, set()),  # after five days in vain
        ([("failed", "4.4.7", ANNA)], False, set()),
        ([("delayed", "4.4.1", ANNA)], True, set()),
        ([("failed", "5.1.1", COPY), ("failed", "5.1.1", ANNA)], False, {ANNA, COPY}),
        ([("relayed", "2.0.0", ANNA), ("failed", "5.1.1", COPY)], True, {COPY}),
        ([("relayed", "2.0.0", COPY), ("failed", "5.2.2", ANNA)], False, set()),
        ([("delayed", "4.4.1", COPY), ("failed", "5.1.1", ANNA)], False, {ANNA}),
        ([("delivered", "2.0.0", ANNA), ("relayed", "2.0.0", COPY)], True, set()),
        ([("failed", "5.1.1", ANNA), ("delivered", "2.0.0", ANNA)], True, set()),  # by another server of theirs
    ],
    ids=lambda value: "+".join(f"{action}-{status}-{to[:4]}" for action, status, to in value) if isinstance(value, list) else None,
)  # fmt: skip
def test_a_report_counts_for_each_recipient_by_what_became_of_it(
    mailbox: Mailbox, cast: Cast, blocks: list[tuple[str, str, str]], arrived: bool, dead: set[str]
) -> None:
    question, reply = answered(mailbox, cast)
    row = receive(told(reply, *blocks), mailbox, "1:9", AT + timedelta(days=3))
    question.refresh_from_db()
    reply.refresh_from_db()
    assert (reply.state == "sent", question.status == "closed") == (arrived, arrived), row.reason
    assert set(DeadAddress.objects.values_list("address", flat=True)) == dead
    assert Notice.objects.filter(kind="send_failed", user=cast.fatima).exists() != arrived


@pytest.mark.parametrize(
    ("subject", "text", "kind"),
    [
        ("Onbestelbaar: Container", "550 5.1.1 RESOLVER.ADR.RecipNotFound", "permanent"),
        ("Onbestelbaar: Container", "De server gaf het op. 4.4.7 Message expired", "rejected"),
        ("Onbestelbaar: Container", "452 4.2.2 Het bericht is vertraagd en wordt opnieuw geprobeerd", "delayed"),
        ("Bezorging vertraagd: Container", "Het bericht is nog niet bezorgd.", "delayed"),
        ("Mail delivery failed", "451 4.4.1 timed out. We will keep trying for 4 days.", "delayed"),
        ("Mail delivery failed", "451 4.4.1 timed out. Giving up.", "rejected"),
        ("Onbestelbaar: RE: Vertraging van uw vergunning", "550 5.1.1 RecipNotFound", "permanent"),
        ("Onbestelbaar: RE: Vertraging van uw vergunning", "De server gaf het op. 4.4.7 Message expired", "rejected"),
        ("Bezorging vertraagd: Container", "550 5.1.1 RecipNotFound", "permanent"),
        ("Bezorging vertraagd: Container", "Nog niet bezorgd.\n\n> Zie artikel 5.1.1.", "delayed"),
        ("Onbestelbaar: Container", "4.4.7 Message expired\n\n> Excuses voor de vertraging.", "rejected"),
        ("Onbestelbaar: Container", "4.4.7 expired\n\nFrom: Team\n\nExcuses voor de vertraging.", "rejected"),
        ("Unzustellbar: Container", "550 5.1.1 RecipNotFound", "permanent"),
        ("Zustellung verzögert", "451 4.4.1 timed out", "delayed"),
        ("Échec de la remise : Container", "550 5.1.10 RecipientNotFound", "permanent"),
        ("Message non distribuable", "550 5.2.2 boîte pleine", "rejected"),
    ],
)
def test_a_report_in_words_alone_says_whether_the_server_gave_up(subject: str, text: str, kind: str) -> None:
    raw = mail(text, "Return-Path: <>", sender="postmaster@burger.example", subject=subject)
    bounce = parse(raw).bounce
    assert bounce is not None
    assert bounce.kind == kind


@pytest.mark.parametrize("how", ["as a file", "with its parts"])
def test_who_passes_on_a_report_that_he_got_himself_asks_something(mailbox: Mailbox, cast: Cast, how: str) -> None:
    """A citizen whose own mail came back, or a colleague; only a mail server tells what became of ours."""
    theirs = report("failed", "5.1.1", to="gemeente@oud.example", original="<van-anna@burger.example>")
    passed_on = MIMEMessage(email.message_from_bytes(theirs))
    if how == "with its parts":
        passed_on = email.message_from_bytes(theirs).get_payload(1)  # type: ignore[assignment]
    raw = parts(MIMEText("Mijn mail kwam niet aan. Wat is het goede adres?"), passed_on)
    row = receive(raw, mailbox, "1:1")
    assert row.outcome == "registered"
    assert "Wat is het goede adres?" in Question.objects.get().contacts.get().text
    assert not DeadAddress.objects.exists()


def test_a_report_that_comes_before_our_own_note_that_it_left_counts(mailbox: Mailbox, cast: Cast) -> None:
    question, reply = answered(mailbox, cast)
    OutboundMessage.objects.filter(pk=reply.pk).update(
        state="sending", sent_at=None
    )  # the worker was killed in between
    receive(told(reply, ("failed", "5.1.1", ANNA)), mailbox, "1:9", AT + 2 * HOUR)
    deliver(at=AT + 3 * HOUR)
    question.refresh_from_db()
    reply.refresh_from_db()
    assert (reply.state, question.status) == ("failed", "in_progress")


def unkept(question: Question) -> list[str]:
    """Promises to the customer that still count; by the clock of today they are missed."""
    clocks = NormClock.objects.filter(question=question, state__in=["running", "paused", "missed"], replaced_by=None)
    return list(clocks.exclude(code="email.acknowledge").values_list("code", flat=True))


def test_a_report_after_the_customer_wrote_again_leaves_one_promise(
    mailbox: Mailbox, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contacts.receivers.now", lambda: AT + timedelta(days=1, hours=1))
    question, reply = answered(mailbox, cast)
    raw = mail(f"Hoe staat het ermee?\n\n{signed_reference(question.number)}", mid="<again@burger.example>")
    receive(raw, mailbox, "1:8", AT + timedelta(days=1))
    assert unkept(question) == ["email.answer"]
    receive(told(reply, ("failed", "5.1.1", ANNA)), mailbox, "1:9", AT + timedelta(days=1, hours=1))
    assert unkept(question) == ["email.answer"]


def test_nobody_waits_for_an_answer_to_a_question_back_that_the_mail_server_returned(
    mailbox: Mailbox, cast: Cast
) -> None:
    receive(mail("Vraag", mid="<1@burger.example>"), mailbox, "1:1")
    question = Question.objects.get()
    said = answer(question=question, by=cast.fatima, at=AT + HOUR, text="Waar?", to_address=ANNA, then="waiting")
    deliver(at=AT + HOUR)
    assert said.outbound is not None
    said.outbound.refresh_from_db()
    receive(told(said.outbound, ("failed", "5.1.1", ANNA)), mailbox, "1:9", AT + 2 * HOUR)
    question.refresh_from_db()
    assert (question.status, question.clocks.filter(state="paused").count()) == ("in_progress", 0)


@pytest.mark.parametrize("reason", ["passed_on", "no_reaction_needed"])
def test_a_report_on_a_question_that_ended_otherwise_starts_nothing(mailbox: Mailbox, cast: Cast, reason: str) -> None:
    question, reply = answered(mailbox, cast)
    Question.objects.filter(pk=question.pk).update(close_reason=reason)
    receive(told(reply, ("failed", "5.1.1", ANNA)), mailbox, "1:9", AT + timedelta(days=1))
    question.refresh_from_db()
    assert (question.status, unkept(question)) == ("closed", [])


@pytest.mark.parametrize("kept", ["restricted", "wiped", "merged and restricted"])
def test_a_report_brings_nothing_to_a_question_that_is_only_kept(mailbox: Mailbox, cast: Cast, kept: str) -> None:
    question, reply = answered(mailbox, cast)
    stands = question
    if kept == "merged and restricted":
        stands, _other = answered(mailbox, cast, "2", AT + 2 * HOUR)
        merge_questions(keep=stands, merge=question, by=cast.sanne, at=AT + 4 * HOUR)
    if kept == "wiped":
        wipe_questions(questions=[question.pk], at=AT + 5 * HOUR)
    else:
        Customer.objects.filter(pk=stands.customer_id).update(restricted_at=AT + 5 * HOUR)
    row = receive(told(reply, ("failed", "5.1.1", ANNA)), mailbox, "1:9", AT + timedelta(days=3))
    assert (row.state, row.outcome) == ("done", "ignored")
    for one in (question, stands):
        one.refresh_from_db()
        assert not one.is_open and not one.contacts.filter(text__contains="5.1.1").exists()


@pytest.mark.parametrize("kept", ["restricted", "wiped"])
def test_an_answer_that_cannot_leave_any_more_opens_no_question_that_is_only_kept(
    mailbox: Mailbox, cast: Cast, kept: str
) -> None:
    """A mail server that gives up after days, or a service that tells late: by another way than a report."""
    question, reply = answered(mailbox, cast)
    if kept == "restricted":
        Customer.objects.update(restricted_at=AT + 5 * HOUR)
    else:
        wipe_questions(questions=[question.pk], at=AT + 5 * HOUR)
    OutboundMessage.objects.filter(pk=reply.pk).update(state="sending", sent_at=None, accepted_at=None)
    settle(reply, "failed", AT + timedelta(days=7), "De mailserver antwoordt niet.")
    question.refresh_from_db()
    assert (question.status, unkept(question)) == ("closed", [])
    assert not Notice.objects.filter(kind="send_failed").exists()


def test_a_report_on_a_question_that_was_merged_since_opens_the_one_that_stays(mailbox: Mailbox, cast: Cast) -> None:
    keep, _first = answered(mailbox, cast, "1")
    gone, reply = answered(mailbox, cast, "2", AT + 2 * HOUR)
    merge_questions(keep=keep, merge=gone, by=cast.sanne, at=AT + 4 * HOUR)
    receive(told(reply, ("failed", "5.1.1", ANNA)), mailbox, "1:9", AT + 5 * HOUR)
    keep.refresh_from_db()
    gone.refresh_from_db()
    assert (keep.status, gone.status) == ("in_progress", "cancelled")
    assert (unkept(keep), unkept(gone)) == (["email.answer"], [])
    assert (
        Notice.objects.filter(kind="send_failed", user=cast.fatima).values_list("question", flat=True).get() == keep.pk
    )


def test_a_report_that_a_person_reads_otherwise_is_registered_after_all(mailbox: Mailbox, cast: Cast) -> None:
    row = receive(report("failed", "5.1.1", to="x@nergens.example", original="<onbekend@x>"), mailbox, "1:1")
    assert row.outcome == "ignored"
    assert retry(message=row, by=cast.sanne, at=AT)
    register_mail(at=AT)
    row.refresh_from_db()
    assert (row.outcome, OutboundMessage.objects.count()) == ("registered", 0)
