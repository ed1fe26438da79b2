"""Who else stood in the mail of the customer can get a copy of the answer; nobody gets one unasked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from channels_app.actions.compose import compose_mail
from channels_app.actions.parse_inbox import parse_inbox
from channels_app.actions.take_in import take_in
from channels_app.adapters.email.sandbox import Sandbox
from channels_app.models import DeadAddress, Mailbox, OutboundMessage
from contacts.actions.register import Asked, register
from contacts.actions.register_mail import register_mail
from contacts.actions.send_planned import send_planned
from contacts.mail.others import others_in_mail
from contacts.models import Question
from organisation.snapshot import organisation
from tests.cast import Cast
from tests.channels_app.corpus import MAILBOX, mail, report

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db
READER = Sandbox()
OTHERS = (
    f"To: {MAILBOX}, Piet <piet@burger.example>",
    (
        "Cc: buur@voorbeeld.nl, no-reply@shop.example, leden@lists.dorp.example, info+wmo@opmeer.example,"
        " dood@voorbeeld.nl, anna@burger.example, BUUR@voorbeeld.nl, a..b@voorbeeld.nl, (a)@voorbeeld.nl, x@-é..nl, x@[1"
    ),
    "Reply-To: anna@burger.example, zus@burger.example",
)


@pytest.fixture(scope="module", autouse=True)
def _one_reader() -> Iterator[None]:
    yield
    READER.close()


def receive(raw: bytes, key: str) -> None:
    mailbox = Mailbox.objects.get(address=MAILBOX)
    take_in(raw=raw, source=f"mailbox:{mailbox.pk}", external_key=key, received_at=AT, at=AT, mailbox=mailbox)
    parse_inbox(at=AT, sandbox=READER)
    register_mail(at=AT)


@pytest.fixture
def question(cast: Cast) -> Question:
    Mailbox.objects.create(name="Servicecentrum", address=MAILBOX)
    Mailbox.objects.create(name="Info", address="info@opmeer.example")
    DeadAddress.objects.create(address="dood@voorbeeld.nl", since_at=AT)
    receive(mail("Wie leegt de container?", *OTHERS), "1:1")
    return Question.objects.get()


def reply(cast: Cast, question: Question, **more: Any) -> Any:
    client = Client()
    client.force_login(cast.fatima)
    values = {"text": "Woensdag.", "to_address": "anna@burger.example", "channel": "email", "then": "close", "key": "k"}
    question.refresh_from_db()
    return client.post(f"/vragen/{question.number}/antwoord/", {**values, "version": question.version, **more})


def test_people_who_stood_in_the_mail_are_shown_and_machines_lists_and_ourselves_are_not(
    cast: Cast, question: Question
) -> None:
    assert [(one.address, one.where) for one in others_in_mail(question)] == [
        ("zus@burger.example", "reply_to"),
        ("piet@burger.example", "to"),
        ("buur@voorbeeld.nl", "cc"),
    ]
    client = Client()
    client.force_login(cast.fatima)
    page = client.get(f"/vragen/{question.number}/").content.decode()
    assert "Allen antwoorden" in page and "Piet &lt;piet@burger.example&gt;" in page
    assert "no-reply@shop" not in page and "leden@lists" not in page


@pytest.mark.parametrize(
    ("sender", "reply_to", "to"),
    [
        ("Formulier <noreply@formulieren.example>", "Kees <kees@burger.example>", "kees@burger.example"),
        ("Formulier <noreply@formulieren.example>", MAILBOX, "noreply@formulieren.example"),
        ("Formulier <noreply@formulieren.example>", "geen-antwoord@formulieren.example", "noreply@formulieren.example"),
        ("Anna <anna@burger.example>", "kees@burger.example", "anna@burger.example"),
    ],
)
def test_where_nobody_reads_the_sender_the_answer_goes_to_who_asks_for_it(
    cast: Cast, question: Question, sender: str, reply_to: str, to: str
) -> None:
    """The form of another house; a person who asks for the answer elsewhere may be somebody else (a remark says so)."""
    receive(mail("Mijn vraag", f"Reply-To: {reply_to}", sender=sender, mid="<m9@x.example>"), "1:9")
    client = Client()
    client.force_login(cast.fatima)
    page = client.get(f"/vragen/{Question.objects.latest('pk').number}/").content.decode()
    field = re.search(r'<input[^>]*name="to_address"[^>]*>', page)
    assert field is not None and f'value="{to}"' in field.group(0)


def test_who_forges_a_sender_that_nobody_reads_gets_no_answer(cast: Cast, question: Question) -> None:
    forged = ("Reply-To: kees@kwaad.example", "Authentication-Results: mx; dmarc=fail")
    raw = mail("Mijn vraag", *forged, sender="noreply@formulieren.example", mid="<m9@x.example>")
    receive(raw, "1:9")
    client = Client()
    client.force_login(cast.fatima)
    page = client.get(f"/vragen/{Question.objects.latest('pk').number}/").content.decode()
    field = re.search(r'<input[^>]*name="to_address"[^>]*>', page)
    assert field is not None and 'value="noreply@formulieren.example"' in field.group(0)


@pytest.mark.parametrize(
    ("chosen", "copies"),
    [
        ({}, []),
        ({"copy": ["buur@voorbeeld.nl", "BUUR@voorbeeld.nl "]}, ["buur@voorbeeld.nl"]),
        ({"copy_all": "1"}, ["zus@burger.example", "piet@burger.example", "buur@voorbeeld.nl"]),
        (
            {"copy_all": "1", "to_address": "piet@burger.example"},
            ["anna@burger.example", "zus@burger.example", "buur@voorbeeld.nl"],
        ),
        ({"copy_all": "1", "channel": "letter", "recipient": "A. Wit\nDorpsstraat 1\n1716 KA Opmeer"}, None),
    ],
)
def test_only_who_is_chosen_gets_a_copy(
    cast: Cast, question: Question, chosen: dict[str, Any], copies: list[str] | None
) -> None:
    with time_machine.travel(AT, tick=False):
        assert reply(cast, question, **chosen).status_code == 302
        assert reply(cast, question, **chosen).status_code == 302  # pressed twice
    send_planned(at=AT + timedelta(seconds=11))
    sent = OutboundMessage.objects.filter(purpose="reply").first()
    assert (sent.copies if sent is not None else None) == copies
    if sent is None or not copies:
        return
    DeadAddress.objects.create(address=copies[-1], since_at=AT)
    sent.message_id = "<x@opmeer.example>"
    sent.copies = ["a..b@voorbeeld.nl", "(a)@b.nl", "x@[1", *sent.copies]  # from before it was looked at
    composed = compose_mail(sent, organisation().municipality)
    assert [one.addr_spec for one in composed["Cc"].addresses] == copies[:-1] if copies[:-1] else not composed["Cc"]


@pytest.mark.parametrize("key", ["\x00", "\x00k\ufeff", "k" * 5000])
def test_a_key_that_a_form_of_ours_never_has_breaks_nothing(cast: Cast, question: Question, key: str) -> None:
    with time_machine.travel(AT, tick=False):
        assert reply(cast, question, key=key, copy_all="1").status_code == 302


@pytest.mark.parametrize("strange", ["vreemd@elders.nl", "dood@voorbeeld.nl", MAILBOX, "x\r\nBcc: y@z.nl", "a" * 5000])
def test_nobody_else_gets_a_copy(cast: Cast, question: Question, strange: str) -> None:
    with time_machine.travel(AT, tick=False):
        answer = reply(cast, question, copy=["buur@voorbeeld.nl", strange])
    assert answer.status_code == 422 and "kan geen kopie krijgen" in answer.content.decode()
    assert 'value="buur@voorbeeld.nl" checked' in answer.content.decode()


def test_who_got_a_copy_may_answer_and_a_copy_that_comes_back_leaves_the_answer_as_it_was(
    cast: Cast, question: Question
) -> None:
    with time_machine.travel(AT, tick=False):
        reply(cast, question, copy=["buur@voorbeeld.nl"])
    send_planned(at=AT + timedelta(seconds=11))
    sent = OutboundMessage.objects.get(purpose="reply")
    OutboundMessage.objects.filter(pk=sent.pk).update(
        state="sent", sent_at=AT, accepted_at=AT, message_id="<ons@opmeer.example>"
    )
    receive(report("failed", "5.1.1", to="buur@voorbeeld.nl", original="<ons@opmeer.example>"), "1:2")
    sent.refresh_from_db()
    question.refresh_from_db()
    assert (sent.state, question.status) == ("sent", "closed")
    assert DeadAddress.objects.filter(address="buur@voorbeeld.nl").exists()
    assert not DeadAddress.objects.filter(address="anna@burger.example").exists()
    client = Client()
    client.force_login(cast.fatima)
    page = client.get(f"/vragen/{question.number}/").content.decode()
    assert "Kopie (cc) naar buur@voorbeeld.nl" in page


def test_a_mail_that_a_colleague_passed_on_gives_no_copies(cast: Cast, question: Question) -> None:
    first = question.contacts.get(direction="in")
    first.remarks = ["forwarded_by_employee"]
    first.save_without_historical_record()
    assert not others_in_mail(question)


def test_when_who_got_a_copy_writes_back_the_answer_still_goes_to_the_customer_and_they_are_told(
    cast: Cast, question: Question
) -> None:
    with time_machine.travel(AT, tick=False):
        reply(cast, question, copy=["buur@voorbeeld.nl"], then="interim")
    send_planned(at=AT + timedelta(seconds=11))
    OutboundMessage.objects.filter(purpose="interim").update(
        state="sent", sent_at=AT, accepted_at=AT, message_id="<ons@opmeer.example>"
    )
    headers = ("In-Reply-To: <ons@opmeer.example>", "Cc: anna@burger.example", f"To: {MAILBOX}")
    receive(mail("Dat klopt niet.", *headers, sender="Buur Bakker <buur@voorbeeld.nl>", mid="<m2@voorbeeld.nl>"), "1:3")
    question.refresh_from_db()
    assert question.contacts.filter(address="buur@voorbeeld.nl").exists()
    client = Client()
    client.force_login(cast.fatima)
    page = client.get(f"/vragen/{question.number}/").content.decode()
    assert 'name="to_address" maxlength="320" value="anna@burger.example"' in page
    ticked = 'name="copy" value="buur@voorbeeld.nl" checked>Buur Bakker &lt;buur@voorbeeld.nl&gt;, die de laatste'
    assert ticked in page


def test_who_asks_for_the_answer_elsewhere_is_asked_only_for_his_own_mail(cast: Cast, question: Question) -> None:
    """A mail that somebody typed over came later, from who wrote it himself."""
    form = mail(
        "Mijn vraag", "Reply-To: kees@burger.example", sender="noreply@formulieren.example", mid="<m9@x.example>"
    )
    receive(form, "1:9")
    asked = Question.objects.latest("pk")
    later = AT + timedelta(hours=1)
    register(
        by=cast.fatima, at=later, channel="email", received_at=later, asked=[Asked(add_to=asked.pk, text="Nog iets")],
        customer=None, text="Nog iets", address="kees.thuis@burger.example",
    )  # fmt: skip
    client = Client()
    client.force_login(cast.fatima)
    page = client.get(f"/vragen/{asked.number}/").content.decode()
    field = re.search(r'<input[^>]*name="to_address"[^>]*>', page)
    assert field is not None and 'value="kees.thuis@burger.example"' in field.group(0)
