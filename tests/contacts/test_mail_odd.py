"""Mail at the wrong moment or from the wrong place: read anew after it was wiped, too big and old, about a confidential question, from a colleague who asks."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.mime.text import MIMEText

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from channels_app.actions.deliver import deliver
from channels_app.actions.wipe import wipe_messages
from channels_app.models import Mailbox, OutboundMessage
from channels_app.reference import signed_reference
from contacts.actions.answer import answer
from contacts.actions.confidential import set_confidential
from contacts.actions.merge import merge_questions
from contacts.models import ConfidentialAccess, Contact, Customer, Note, Notice, Question
from tests.cast import Cast
from tests.channels_app.corpus import BIG, MAILBOX, attached, mail, parts
from tests.contacts.mail_scene import AT, _one_reader, mailbox, receive

__all__ = ["_one_reader", "mailbox"]

pytestmark = pytest.mark.django_db


def test_a_message_that_was_wiped_does_not_come_back_when_its_mailbox_is_read_anew(mailbox: Mailbox) -> None:
    row = receive(mail(), mailbox, "1:1")
    wipe_messages(inbound=[row.pk], outbound=[])
    again = receive(mail(), mailbox, "2:1")
    other = receive(mail("Iets anders", mid="<m2@burger.example>"), mailbox, "2:2")
    assert (again.outcome, other.outcome, Contact.objects.count()) == ("ignored", "registered", 2)


BIG_ONE = mail("", sender="Anna de Wit <anna@burger.example>", mid="<big@burger.example>")


@pytest.mark.parametrize(
    ("raw", "came", "told"),
    [
        (BIG_ONE, timedelta(0), 1),
        (BIG_ONE, timedelta(days=8), 0),  # a mailbox that is read for the first time
        (mail("", "Authentication-Results: mx; dmarc=fail"), timedelta(0), 0),
        (mail("", "Auto-Submitted: auto-replied"), timedelta(0), 0),
    ],
    ids=["now", "old", "forged", "machine"],
)
def test_who_sent_too_much_hears_it_once_and_only_who_waits_for_it(
    mailbox: Mailbox, raw: bytes, came: timedelta, told: int
) -> None:
    for key in ("1:1", "2:1"):
        row = receive(raw, mailbox, key, came_at=AT - came, size=BIG)
        assert (row.state, row.outcome) == ("done", "refused")
    assert OutboundMessage.objects.filter(purpose="refusal").count() == told


def test_two_copies_of_one_big_mail_are_judged_one_after_the_other(mailbox: Mailbox) -> None:
    with CaptureQueriesContext(connection) as asked:
        receive(BIG_ONE, mailbox, "1:1", came_at=AT, size=BIG)
    statements = [query["sql"] for query in asked]
    (locks,) = (n for n, sql in enumerate(statements) if "pg_advisory_xact_lock" in sql and "big@burger.example" in sql)
    (looks,) = (n for n, sql in enumerate(statements) if sql.startswith("SELECT 1") and "big@burger.example" in sql)
    assert locks < looks


def reply_to(cast: Cast, question: Question, at: datetime, to: str) -> OutboundMessage:
    said = answer(question=question, by=cast.fatima, at=at, text="Ja, dat mag.", to_address=to)
    deliver(at=at)
    assert said.outbound is not None
    said.outbound.refresh_from_db()
    return said.outbound


@pytest.mark.parametrize("is_named", [True, False])
def test_an_answer_on_a_confidential_question_from_another_address_is_for_the_same_people(
    mailbox: Mailbox, cast: Cast, is_named: bool
) -> None:
    receive(mail("Over mijn schulden"), mailbox, "1:1")
    question = Question.objects.get()
    ours = reply_to(cast, question, AT + timedelta(hours=1), "anna@burger.example")
    set_confidential(question=question, by=cast.fatima, at=AT + timedelta(hours=1), is_confidential=True)
    if not is_named:  # whoever was named works here no more: others stand in, and it quotes what few may read
        ConfidentialAccess.objects.update(until_at=AT + timedelta(hours=1))
    raw = mail(
        "Nog iets over mijn schulden", f"In-Reply-To: {ours.message_id}", sender="anna@werk.example", mid="<m2@x>"
    )
    row = receive(raw, mailbox, "1:2", AT + timedelta(hours=2))
    new = Contact.objects.get(inbound=row).questions.get()
    assert new.is_confidential and new != question
    readers = [
        one for one in (cast.fatima, cast.sanne, cast.henk) if Question.objects.visible_to(one).filter(pk=new.pk)
    ]
    assert readers == [cast.fatima if is_named else cast.sanne]
    assert [one.user for one in Notice.objects.filter(kind="named", question=new)] == readers


def test_a_colleague_who_asked_something_reacts_as_any_customer(mailbox: Mailbox, cast: Cast) -> None:
    sanne = "Sanne <sanne@opmeer.example>"
    receive(mail("Mag ik vrij parkeren?", sender=sanne), mailbox, "1:1")
    question = Question.objects.get()
    ours = reply_to(cast, question, AT + timedelta(hours=1), "sanne@opmeer.example")
    raw = mail("En op zondag?", f"In-Reply-To: {ours.message_id}", sender=sanne, mid="<m2@opmeer.example>")
    row = receive(raw, mailbox, "1:2", AT + timedelta(hours=2))
    question.refresh_from_db()
    assert (row.outcome, question.status, Note.objects.count()) == ("attached", "in_progress", 0)
    assert question.clocks.filter(code="email.answer", state="running").exists()


def test_a_note_of_a_colleague_says_where_its_files_are(mailbox: Mailbox, cast: Cast) -> None:
    receive(mail(), mailbox, "1:1")
    said = answer(
        question=Question.objects.get(), by=cast.fatima, at=AT, text="Wij kijken.", to_address="anna@burger.example", then="interim"
    )  # fmt: skip
    deliver(at=AT)
    assert said.outbound is not None
    said.outbound.refresh_from_db()
    raw = parts(MIMEText("Dit is de tekening."), attached("tekening.pdf"))
    raw = raw.replace(b"Anna de Wit <anna@burger.example>", cast.fatima.email.encode()).replace(b"<m1@", b"<m2@")
    row = receive(f"In-Reply-To: {said.outbound.message_id}\n".encode() + raw, mailbox, "1:2", AT + timedelta(hours=1))
    assert row.outcome == "attached"
    assert Note.objects.get().text == "Dit is de tekening.\n\nMet bestanden, die in de mailbox blijven: tekening.pdf"


def test_a_reaction_without_a_word_says_what_came(mailbox: Mailbox, cast: Cast) -> None:
    receive(mail(), mailbox, "1:1")
    question = Question.objects.get()
    raw = parts(MIMEText(""), attached("foto.pdf"), subject=f"Re: {signed_reference(question.number)}")
    row = receive(raw.replace(b"<m1@", b"<m2@"), mailbox, "1:2", AT + timedelta(hours=1))
    assert (row.outcome, question.contacts.latest("pk").text) == (
        "attached",
        "Bericht zonder tekst, met bijlage: foto.pdf",
    )


def test_a_colleague_who_answers_a_merged_question_by_mail_answers_the_one_that_stays(
    mailbox: Mailbox, cast: Cast
) -> None:
    for number in (1, 2):
        receive(mail(f"Vraag {number}", mid=f"<m{number}@burger.example>"), mailbox, f"1:{number}")
    keep, gone = Question.objects.order_by("pk")
    merge_questions(keep=keep, merge=gone, by=cast.sanne, at=AT + timedelta(hours=1))
    raw = mail(
        "Dinsdag komen we.", "To: anna@burger.example", "In-Reply-To: <m2@burger.example>", sender="henk@opmeer.example", mid="<h@x>"
    )  # fmt: skip
    row = receive(raw, mailbox, "1:3", AT + timedelta(hours=2))
    keep.refresh_from_db()
    assert keep.answered_at == AT + timedelta(hours=2)
    assert list(Contact.objects.get(inbound=row).questions.all()) == [keep]


@pytest.mark.parametrize(("days", "count"), [(6, 2), (8, 1)])
def test_a_reaction_of_long_ago_opens_the_question_and_is_not_acknowledged(
    mailbox: Mailbox, cast: Cast, days: int, count: int
) -> None:
    receive(mail(), mailbox, "1:1")
    question = Question.objects.get()
    ours = reply_to(cast, question, AT + timedelta(hours=1), "anna@burger.example")
    raw = mail("Nog iets", f"In-Reply-To: {ours.message_id}", mid="<m2@burger.example>")
    came = AT + timedelta(hours=2)
    receive(raw, mailbox, "1:2", came + timedelta(days=days), came_at=came)
    question.refresh_from_db()
    assert question.status == "in_progress"
    assert OutboundMessage.objects.filter(purpose="acknowledgement").count() == count


@pytest.mark.parametrize(("days", "names_a_day"), [(0, True), (6, False)])
def test_an_acknowledgement_names_no_day_that_is_past(mailbox: Mailbox, days: int, names_a_day: bool) -> None:
    receive(mail(), mailbox, "1:1", came_at=AT - timedelta(days=days))
    assert ("U krijgt uiterlijk" in OutboundMessage.objects.get().body) == names_a_day


def test_a_name_that_nobody_sees_is_none(mailbox: Mailbox) -> None:
    receive(mail(sender='"\u200b\u2060" <anna@burger.example>'), mailbox, "1:1")
    assert Customer.objects.get().name == "anna@burger.example"


@pytest.mark.parametrize(("is_active", "sender"), [(True, MAILBOX), (False, "post@opmeer.example")])
def test_an_answer_leaves_as_a_mailbox_that_somebody_reads(
    mailbox: Mailbox, cast: Cast, settings: object, is_active: bool, sender: str
) -> None:
    from channels_app.actions.compose import compose_mail
    from organisation.snapshot import organisation

    settings.SMTP = {"host": "smtp.example", "port": 25, "user": "", "password": "", "tls": "none"}  # type: ignore[attr-defined]
    settings.MAIL_FROM = "post@opmeer.example"  # type: ignore[attr-defined]
    receive(mail(), mailbox, "1:1")
    Mailbox.objects.update(is_active=is_active)
    made = OutboundMessage.objects.get(purpose="acknowledgement")
    made.message_id = "<o1.x@opmeer.example>"
    assert compose_mail(made, organisation().municipality)["From"].addresses[0].addr_spec == sender
