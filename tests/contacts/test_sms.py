"""Text messages (SMS): signed in, once; out by a gateway that misbehaves; STOP is obeyed by everything that sends."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.test import Client

from channels_app.actions.deliver import deliver
from channels_app.actions.read_events import read_events
from channels_app.actions.resend import resend
from channels_app.adapters.email.sandbox import Sandbox
from channels_app.adapters.sms.read import number_of, read
from channels_app.models import InboundMessage, MessageSource, OutboundMessage, StoppedNumber
from channels_app.sources import sealed
from channels_app.views.webhook import WRONG
from contacts import normalize
from contacts.actions.acknowledge_by_sms import acknowledge_by_sms
from contacts.actions.customers import create_customer
from contacts.actions.register import Asked, register
from contacts.actions.register_messages import register_messages
from contacts.models import Contact, NormClock, Notice, Question
from organisation.models import Municipality
from tests.cast import Cast
from tests.channels_app.fake_service import FakeService, fake_service
from tests.contacts.talks import say

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SECRET = "whsec_" + base64.b64encode(b"a secret of both sides").decode()
NUMBER = "31612345678"
READER = Sandbox()
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _one_reader() -> Iterator[None]:
    yield
    READER.close()


@pytest.fixture
def gateway(settings: Any) -> Iterator[FakeService]:
    WRONG.clear()
    settings.DEMO_MODE = False
    with fake_service() as fake:
        settings.MESSAGE_HOSTS_INSIDE = [fake.host]
        fake.usual = (200, {"id": "theirs-1"})
        yield fake


@pytest.fixture
def source(cast: Cast, gateway: FakeService) -> MessageSource:
    Municipality.objects.update(undo_send_seconds=0, name="Gemeente Opmeer", phone="0226 36 33 33")
    secrets = sealed({"secret": SECRET, "api_key": "key-of-the-test"})
    return MessageSource.objects.create(
        kind="sms", name="SMS", account="31226363333", server=gateway.address, secrets_encrypted=secrets,
        sends_status=True,
    )  # fmt: skip


@pytest.fixture
def question(cast: Cast) -> Question:
    """Asked by phone, of somebody without an e-mail address."""
    jo = create_customer(by=cast.fatima, at=AT, name="Jo de Wit", phone="06 12 34 56 78")
    made = register(
        by=cast.fatima, at=AT, channel="phone", received_at=AT, customer=jo, text="Wanneer komt de bank weg?",
        asked=[Asked(subject_id=cast.grofvuil.pk, end="forward")],
    )  # fmt: skip
    return made.questions[0]


def tell(source: MessageSource, *events: dict[str, Any], event: str = "e1", at: datetime = AT) -> int:
    body, moment = json.dumps({"events": list(events)}).encode(), str(int(at.timestamp()))
    mark = hmac.new(b"a secret of both sides", f"{event}.{moment}.".encode() + body, hashlib.sha256).digest()
    headers = {
        "webhook-id": event,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{base64.b64encode(mark).decode()}",
    }
    with patch("channels_app.views.webhook.now", lambda: AT):
        answer = Client().post(f"/berichten/in/{source.key}/", body, content_type="application/json", headers=headers)
    read_events(at=AT, sandbox=READER)
    register_messages(at=AT)
    return int(answer.status_code)


def text(words: str, key: str = "m1", sender: str = "+31 6 12345678") -> dict[str, Any]:
    return {"type": "message", "id": key, "from": sender, "text": words, "at": AT.isoformat()}


def reply(cast: Cast, question: Question, words: str = "Woensdag.", **more: Any) -> Any:
    client = Client()
    question.refresh_from_db()
    given = {"channel": "sms", "to_address": NUMBER, "text": words, "then": "waiting", "key": words[:20]}
    with time_machine.travel(AT, tick=False):
        client.force_login(cast.henk)
        return client.post(f"/vragen/{question.number}/antwoord/", {**given, "version": question.version, **more})


@pytest.mark.parametrize(
    ("given", "digits"),
    [
        ("06 12 34 56 78", NUMBER),
        ("+31612345678", NUMBER),
        ("0031612345678", NUMBER),
        (NUMBER, NUMBER),
        ("+4915112345678", "4915112345678"),
        ("0226 36 33 33", ""),
        ("112", ""),
        ("Gemeente", ""),
        ("", ""),
        ("06\x0012345678" * 90, ""),
    ],
)
def test_only_a_mobile_number_gets_text_messages(given: str, digits: str) -> None:
    assert normalize.mobile(given) == digits


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ([text("Stop!")], ("stop",)),
        ([text(" STOP SMS ")], ("stop",)),
        ([text("Stop de vuilniswagen eens bij mij")], ("",)),
        ([text("start")], ("start",)),
        ([text("Ja", sender="Gemeente")], ()),
        ([text("Ja", sender="1008")], ()),
        ([{"type": "message", "from": "0612345678"}], ()),
        ([{"type": "nieuws"}, {}, {"type": None}], ()),
        ([text("\u202egoed\x00 \ud800" * 3)], ("",)),
    ],
)
def test_what_comes_in_is_read_or_named(told: list[dict[str, Any]], found: tuple[str, ...]) -> None:
    events = read(json.dumps({"events": told}).encode())
    assert tuple(str(one.details.get("asks", "")) for one in events.messages) == found
    assert not any("\x00" in one.text or "\ud800" in one.text for one in events.messages)
    assert number_of("0031 (6) 123-456 78") == NUMBER


def test_a_text_message_is_a_contact_of_who_has_the_number(source: MessageSource, question: Question) -> None:
    for turn in range(2):
        assert tell(source, text("Ik heb ook een kast"), event=f"e{turn}") == 200
    came = Contact.objects.get(channel="sms")
    asked = came.questions.get()
    assert (came.text, asked.channel, asked.customer) == ("Ik heb ook een kast", "sms", question.customer)
    assert NormClock.objects.get(question=asked).code == "chat.first_response"
    assert tell(source, text("Ik ben het niet"), event="old", at=AT - timedelta(minutes=6)) == 401
    assert Contact.objects.filter(channel="sms").count() == 1


def test_an_answer_goes_once_through_a_gateway_that_misbehaves_and_reports_never_go_back(
    cast: Cast, source: MessageSource, gateway: FakeService, question: Question
) -> None:
    page = Client()
    page.force_login(cast.henk)
    assert "06 12345678" in page.get(f"/vragen/{question.number}/").content.decode()
    for _twice in range(2):
        assert reply(cast, question, "Woensdag – ‘s middags’ … of anders").status_code == 302
    sent = OutboundMessage.objects.get(channel="sms")
    gateway.answers = [(500, {}, 0), (429, {}, 0), (0, {}, 0)]
    at = AT
    for tries in range(1, 5):
        at += timedelta(minutes=10)
        deliver(at=at, by_services=True)
        sent.refresh_from_db()
        assert (sent.tries, sent.state) == (tries, "sent" if tries == 4 else "sending")
    asked = [one.data for one in gateway.asked]
    assert len(asked) == 4 and len({one["reference"] for one in asked}) == 1
    assert (asked[0]["recipients"], asked[0]["originator"]) == ([NUMBER], "31226363333")
    assert asked[0]["body"] == "Woensdag - 's middags' ... of anders", "signs that would double the price"
    assert gateway.asked[0].headers["authorization"] == "Bearer key-of-the-test"
    report = {"type": "report", "id": "theirs-1", "reference": sent.message_id, "at": (at + timedelta(1)).isoformat()}
    for turn, status in enumerate(("delivered", "buffered", "failed", "delivered")):
        assert tell(source, {**report, "status": status}, event=f"r{turn}") == 200
        sent.refresh_from_db()
        assert sent.state == "sent" and sent.delivered_at is not None
    tell(source, text("Dank u wel", "m9"), event="back")
    assert Contact.objects.get(text="Dank u wel").questions.get() == question


def test_a_message_that_does_not_arrive_is_told_and_the_question_opens_again(
    cast: Cast, source: MessageSource, question: Question
) -> None:
    assert reply(cast, question, then="close").status_code == 302
    deliver(at=AT, by_services=True)
    report = {"type": "report", "id": "theirs-1", "status": "undelivered", "error": {"code": 27, "message": "absent"}}
    tell(source, report)
    sent = OutboundMessage.objects.get(channel="sms")
    assert sent.state == "failed" and "27 absent" in sent.error
    question.refresh_from_db()
    assert question.is_open


def test_after_stop_nothing_goes_until_start(cast: Cast, source: MessageSource, question: Question) -> None:
    assert reply(cast, question, "Eerst").status_code == 302
    tell(source, text("STOP", "m2"), text("stop", "m3"), event="e2")
    assert StoppedNumber.objects.get().number == NUMBER and not Contact.objects.filter(channel="sms", direction="in")
    assert set(InboundMessage.objects.filter(sender=NUMBER).values_list("outcome", flat=True)) == {"ignored"}
    deliver(at=AT, by_services=True)
    assert OutboundMessage.objects.get(channel="sms").state == "held"
    question.refresh_from_db()
    assert question.status == "in_progress", "nobody waits for an answer on what was never read"
    assert Notice.objects.filter(user=cast.henk, kind="send_failed", question=question).exists()
    refused = reply(cast, question, "Tweede")
    assert refused.status_code == 422 and "wil geen sms meer" in refused.content.decode()
    assert acknowledge_by_sms(at=AT + timedelta(minutes=5)) == 0
    tell(source, text("Start", "m4"), event="e3")
    assert reply(cast, question, "Derde").status_code == 302


def test_an_answer_that_stop_held_answers_when_it_is_sent_after_start(
    cast: Cast, source: MessageSource, question: Question
) -> None:
    assert reply(cast, question, then="close").status_code == 302
    tell(source, text("STOP", "m2"), event="e2")
    deliver(at=AT, by_services=True)
    question.refresh_from_db()
    assert (question.status, question.answered_at) == ("in_progress", None)
    tell(source, text("Start", "m3"), event="e3")
    left = AT + timedelta(hours=1)
    assert resend(message=OutboundMessage.objects.get(channel="sms"), by=cast.sanne, at=left)
    deliver(at=left, by_services=True)
    question.refresh_from_db()
    assert (question.status, question.answered_at) == ("in_progress", left)
    assert not question.clocks.filter(state="running").exists()


@pytest.mark.parametrize("words", ["x" * 766, ""], ids=["long", "empty"])
def test_what_does_not_fit_is_said_and_stays(cast: Cast, source: MessageSource, question: Question, words: str) -> None:
    assert reply(cast, question, words).status_code == 422
    assert not OutboundMessage.objects.exists()


@pytest.mark.parametrize(
    ("change", "count"),
    [
        ({}, 1),
        ({"minutes": 0.5}, 0),  # can still be undone
        ({"minutes": 150}, 0),
        ({"email": "jo@voorbeeld.nl"}, 0),
        ({"phone": "0226 35 12 44"}, 0),
        ({"end": "direct"}, 0),
        ({"off": True}, 0),
    ],
)
@time_machine.travel(AT)  # in another year the last day is told with its year
def test_who_has_only_a_telephone_hears_that_the_question_arrived(
    cast: Cast, source: MessageSource, gateway: FakeService, change: dict[str, Any], count: int
) -> None:
    if change.get("off"):
        MessageSource.objects.update(sends_status=False)
    jo = create_customer(
        by=cast.fatima, at=AT, name="Jo", phone=change.get("phone", "06 12 34 56 78"), email=change.get("email", "")
    )
    register(
        by=cast.fatima, at=AT, channel="phone", received_at=AT, customer=jo, text="De bank",
        asked=[Asked(subject_id=cast.grofvuil.pk, end=change.get("end", "forward"))],
    )  # fmt: skip
    at = AT + timedelta(minutes=change.get("minutes", 3))
    assert [acknowledge_by_sms(at=at), acknowledge_by_sms(at=at)] == [count, 0]
    if count:
        body = OutboundMessage.objects.get(channel="sms").body
        number = Question.objects.get().number
        assert body == (
            f"Gemeente Opmeer: uw vraag is binnen. Het nummer is {number}. U krijgt antwoord uiterlijk op vrijdag 27 november."
            " Vragen? Bel 0226 36 33 33. Geen sms meer? Stuur STOP."
        )
        deliver(at=at, by_services=True)
        assert gateway.asked[0].data["body"] == body
        tell(source, text("Is het al klaar?", "m7"), event="back")
        assert Contact.objects.get(channel="sms").questions.get().number == number, "it answers what we told"


def test_who_cannot_be_reached_stands_before_nobody(
    cast: Cast, source: MessageSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contacts.actions.acknowledge_by_sms.BATCH", 1)
    for phone in ("0226 35 12 44", "06 12 34 56 78"):
        somebody = create_customer(by=cast.fatima, at=AT, name="Jo", phone=phone)
        register(
            by=cast.fatima, at=AT, channel="phone", received_at=AT, customer=somebody, text="De bank",
            asked=[Asked(subject_id=cast.grofvuil.pk, end="forward")],
        )  # fmt: skip
    assert acknowledge_by_sms(at=AT + timedelta(minutes=3)) == 1


def test_beside_a_talk_by_another_service_a_text_message_goes_by_itself_too(
    cast: Cast, source: MessageSource, gateway: FakeService
) -> None:
    whatsapp = MessageSource.objects.create(kind="whatsapp", name="WhatsApp", account="1", secrets_encrypted=sealed({}))
    given = {"conversation": NUMBER, "address": NUMBER, "name": "Anna", "text": "Wanneer is de markt?"}
    asked = say(whatsapp, "whatsapp", AT - timedelta(days=3), "m1", **given)
    client = Client()
    client.force_login(cast.fatima)
    with time_machine.travel(AT, tick=False):
        shown = client.get(f"/vragen/{asked.number}/").content.decode()
        assert 'data-via="whatsapp" data-via-text="sms"' in shown
        fields = {"channel": "sms", "to_address": NUMBER, "text": "Op woensdag.", "then": "close"}
        assert client.post(f"/vragen/{asked.number}/antwoord/", fields | {"version": asked.version}).status_code == 302
    deliver(at=AT, by_services=True)
    sent = OutboundMessage.objects.get()
    assert (sent.message_source, sent.to_address, sent.state, sent.remote_id) == (source, NUMBER, "sent", "theirs-1")
