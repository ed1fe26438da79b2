"""A talk by WhatsApp that we begin: only to who said yes, only with an approved text; withdrawn is withdrawn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from channels_app.models import MessageSource, OutboundMessage
from contacts.actions.consent import give_consent, withdraw_consent
from contacts.actions.customers import create_customer
from contacts.actions.merge import merge_customers
from contacts.actions.register import Asked, register
from contacts.actions.start_talk import start_talk
from contacts.models import Contact, MessageConsent, Question
from organisation.errors import Refused
from tests.cast import Cast
from tests.contacts.talks import say

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NUMBER = "31612345678"
TEMPLATES = [
    {"name": "klaar", "language": "nl", "text": "Beste {{1}}, er is antwoord over {{2}}. Mogen wij schrijven?"}
]
pytestmark = pytest.mark.django_db


@pytest.fixture
def source(cast: Cast) -> MessageSource:
    return MessageSource.objects.create(kind="whatsapp", name="WhatsApp", account="1", templates=TEMPLATES)


@pytest.fixture
def question(cast: Cast) -> Question:
    jo = create_customer(by=cast.fatima, at=AT, name="Jo de Wit", phone="06 12 34 56 78")
    made = register(
        by=cast.fatima, at=AT, channel="phone", received_at=AT, customer=jo, text="Wanneer komt de bank weg?",
        asked=[Asked(subject_id=cast.grofvuil.pk, end="forward")],
    )  # fmt: skip
    return made.questions[0]


def begin(cast: Cast, question: Question, **change: Any) -> Contact:
    given = {
        "number": NUMBER,
        "template": "klaar",
        "values": ["Jo", "de bank"],
        "how": "phone",
        "at": AT,
        "by": cast.henk,
    }
    return start_talk(question=question, **{**given, **change})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"how": ""}, "Kies hoe de klant ja zei"),
        ({"how": "vast wel"}, "Kies hoe de klant ja zei"),
        ({"number": "0698765432"}, "mobiel nummer van deze klant"),
        ({"number": "\x00"}, "mobiel nummer van deze klant"),
        ({"template": "los"}, "goedgekeurde tekst"),
        ({"values": ["Jo"]}, "elke open plek"),
        ({"values": ["Jo", " "]}, "elke open plek"),
        ({"values": ["a", "b", "c"]}, "elke open plek"),
    ],
)
def test_nothing_goes_without_consent_number_and_approved_text(
    cast: Cast, source: MessageSource, question: Question, change: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        begin(cast, question, **change)
    assert not OutboundMessage.objects.exists() and not MessageConsent.objects.exists()


def test_it_goes_as_the_template_and_what_comes_back_belongs_to_the_question(
    cast: Cast, source: MessageSource, question: Question
) -> None:
    contact = begin(cast, question)
    sent = OutboundMessage.objects.get()
    assert (contact.outbound, sent.to_address, sent.purpose) == (sent, NUMBER, "interim")
    assert sent.details is not None and sent.details["template"]["values"] == ["Jo", "de bank"]
    consent = MessageConsent.objects.get()
    assert (consent.how, consent.given_by, consent.given_at, consent.customer) == (
        "phone",
        cast.henk,
        AT,
        question.customer,
    )
    begin(cast, question, how="", at=AT + timedelta(hours=1))  # it is known now
    assert MessageConsent.objects.count() == 1
    answered = say(
        source,
        "whatsapp",
        AT + timedelta(hours=2),
        "m1",
        conversation=NUMBER,
        address=NUMBER,
        text="Ja hoor",
        name="Jo",
    )
    assert answered == question
    with pytest.raises(Refused, match="heeft al een gesprek"):
        begin(cast, question, how="")


def test_withdrawn_by_the_desk_or_by_stop_nothing_is_begun_any_more(
    cast: Cast, source: MessageSource, question: Question
) -> None:
    assert question.customer is not None
    for turn in range(2):
        consent = give_consent(
            customer=question.customer, channel="whatsapp", number=NUMBER, how="counter", by=cast.fatima, at=AT
        )
        if turn:
            say(source, "whatsapp", AT, "m1", conversation=NUMBER, address=NUMBER, text=" Stop! ", name="Jo")
        else:
            assert [withdraw_consent(consent=consent, by=cast.fatima, at=AT) for _twice in range(2)] == [True, False]
        consent.refresh_from_db()
        assert (consent.withdrawn_at, consent.withdrawn_by) == (AT, None if turn else cast.fatima)
        with pytest.raises(Refused, match="Kies hoe de klant ja zei"):
            begin(cast, question, how="")


def test_consent_goes_along_when_two_customers_are_one(cast: Cast, source: MessageSource, question: Question) -> None:
    other = create_customer(by=cast.fatima, at=AT, name="J. de Wit", phone="0612345678")
    for who in (question.customer, other):
        give_consent(customer=who, channel="whatsapp", number=NUMBER, how="phone", by=cast.fatima, at=AT)  # type: ignore[arg-type]
    merge_customers(keep=question.customer, merge=other, by=cast.sanne, at=AT)  # type: ignore[arg-type]
    assert question.customer is not None and question.customer.consents.count() == 2
    assert question.customer.consents.filter(withdrawn_at=None).count() == 1


def test_the_talk_begins_on_the_question_and_consent_ends_on_the_customer(
    cast: Cast, source: MessageSource, question: Question
) -> None:
    with time_machine.travel(AT, tick=False):
        client = Client()
        client.force_login(cast.henk)
        page = f"/vragen/{question.number}/"
        assert (
            f"{page}doen/whatsapp/" in client.get(page).content.decode()
            or "whatsapp" in client.get(page).content.decode()
        )
        act = next(
            part.split('"')[0]
            for part in client.get(page).content.decode().split('href="')
            if "/whatsapp/" in part[:60]
        )
        form = client.get(act).content.decode()
        assert "Beste {{1}}, er is antwoord over {{2}}" in form and "06 12345678" in form
        values = {
            "number": NUMBER,
            "template": "klaar",
            "values": "Jo\r\n\r\nde bank",
            "how": "",
            "version": question.version,
        }
        assert client.post(act, values).status_code == 422
        assert client.post(act, {**values, "how": "written", "note": "mail van 3 maart"}).status_code == 302
        assert OutboundMessage.objects.get().body == "Beste Jo, er is antwoord over de bank. Mogen wij schrijven?"
        client.force_login(cast.fatima)
        customer = f"/klanten/{question.customer_id}/"
        shown = client.get(customer).content.decode()
        assert "WhatsApp op 06 12345678: ja op" in shown and "mail van 3 maart" in shown
        consent = MessageConsent.objects.get()
        ended = client.post(f"{customer}toestemming/{consent.pk}/", follow=True).content.decode()
        assert "ingetrokken op" in ended
        assert client.post(f"{customer}toestemming/999999/").status_code == 404
