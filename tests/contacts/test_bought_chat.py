"""A bought chat by a plain webhook: signed both ways, taken in once, answered by the same way."""

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
from django.test import Client

from channels_app.actions.deliver import deliver
from channels_app.actions.read_events import read_events
from channels_app.adapters.chat.read import read
from channels_app.adapters.email.limits import Unreadable
from channels_app.adapters.email.sandbox import Sandbox
from channels_app.models import InboundMessage, MessageSource, OutboundMessage
from channels_app.sources import sealed
from channels_app.views.webhook import WRONG
from contacts.actions.register_messages import register_messages
from contacts.actions.send_planned import send_planned
from contacts.models import Contact, NormClock, Question
from organisation.models import Municipality
from tests.cast import Cast
from tests.channels_app.fake_service import FakeService, fake_service

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SECRET = "whsec_" + base64.b64encode(b"a secret of both sides").decode()
READER = Sandbox()
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _one_reader() -> Iterator[None]:
    yield
    READER.close()


@pytest.fixture
def service(settings: Any) -> Iterator[FakeService]:
    WRONG.clear()
    with fake_service() as fake:
        settings.MESSAGE_HOSTS_INSIDE = [fake.host]
        fake.usual = (200, {"id": "theirs-1"})
        yield fake


@pytest.fixture
def source(cast: Cast, service: FakeService) -> MessageSource:
    Municipality.objects.update(undo_send_seconds=0)
    return MessageSource.objects.create(
        kind="chat", name="Chat", account="opmeer", server=service.address, secrets_encrypted=sealed({"secret": SECRET})
    )


def signed(body: bytes, event: str, at: datetime, secret: bytes = b"a secret of both sides") -> dict[str, str]:
    moment = str(int(at.timestamp()))
    mark = base64.b64encode(hmac.new(secret, f"{event}.{moment}.".encode() + body, hashlib.sha256).digest()).decode()
    return {"webhook-id": event, "webhook-timestamp": moment, "webhook-signature": f"v1,{mark}"}


def said(words: str, key: str = "m1", **more: Any) -> dict[str, Any]:
    who = {"id": "v1", "name": "Jo de Wit"}
    return {
        "type": "message",
        "id": key,
        "conversation": "c1",
        "from": who,
        "text": words,
        "at": AT.isoformat(),
        **more,
    }


def tell(source: MessageSource, told: dict[str, Any], event: str = "e1", at: datetime = AT, **more: Any) -> int:
    body = json.dumps(told).encode()
    with patch("channels_app.views.webhook.now", lambda: at):
        answer = Client().post(
            f"/berichten/in/{source.key}/",
            body,
            content_type="application/json",
            headers=more.get("headers") or signed(body, event, at),
        )
    read_events(at=at, sandbox=READER)
    register_messages(at=at)
    return int(answer.status_code)


def test_a_message_is_a_question_and_the_answer_goes_back_signed(
    source: MessageSource, service: FakeService, cast: Cast
) -> None:
    for _twice in range(2):
        assert tell(source, said("Hoe laat bent u open?")) == 200
    assert tell(source, {"events": [said("En donderdag?", "m2"), said("Hoe laat bent u open?")]}, "e2") == 200
    question = Question.objects.get()
    assert (question.channel, question.customer.name, Contact.objects.count()) == ("chat", "Jo de Wit", 2)  # type: ignore[union-attr]
    assert NormClock.objects.get().code == "chat.first_response"
    client = Client()
    client.force_login(cast.fatima)
    data = {
        "channel": "chat",
        "to_address": "c1",
        "text": "Tot zeven uur.",
        "then": "close",
        "version": question.version,
    }
    with patch("contacts.views.reply.now", lambda: AT), patch("contacts.pages.composer_service.now", lambda: AT):
        assert client.post(f"/vragen/{question.number}/antwoord/", data).status_code == 302
    send_planned(at=AT)
    assert deliver(at=AT, by_services=True).sent == 1
    (asked,) = service.asked
    message = OutboundMessage.objects.get()
    assert (asked.method, asked.path, asked.data["conversation"], asked.data["text"]) == (
        "POST",
        "/messages",
        "c1",
        "Tot zeven uur.",
    )
    assert asked.data["id"] == asked.headers["webhook-id"] == message.message_id
    moment = datetime.fromtimestamp(int(asked.headers["webhook-timestamp"]), UTC)
    assert asked.headers["webhook-signature"] == signed(asked.body, message.message_id, moment)["webhook-signature"]
    assert (message.state, message.remote_id) == ("sent", "theirs-1")
    receipt = {"type": "receipt", "message": message.message_id, "state": "read", "at": AT.isoformat()}
    assert tell(source, receipt, "e3") == 200
    message.refresh_from_db()
    assert message.read_at is not None


@pytest.mark.parametrize(
    "headers",
    [
        {},
        signed(json.dumps(said("x")).encode(), "e1", AT, b"another secret"),
        signed(json.dumps(said("x")).encode(), "e1", AT - timedelta(minutes=6)),
        signed(json.dumps(said("y")).encode(), "e1", AT),
    ],
    ids=["none", "wrong", "old", "another body"],
)
def test_what_is_not_theirs_is_refused(source: MessageSource, headers: dict[str, str]) -> None:
    assert tell(source, said("x"), headers=headers or {"x": "y"}) == 401
    assert not InboundMessage.objects.exists()


@pytest.mark.parametrize(("status", "state"), [(500, "sending"), (429, "sending"), (404, "failed")])
def test_a_supplier_that_is_away_is_asked_again_and_one_that_refuses_is_not(
    source: MessageSource, service: FakeService, cast: Cast, status: int, state: str
) -> None:
    tell(source, said("Hallo"))
    question = Question.objects.get()
    client = Client()
    client.force_login(cast.fatima)
    service.answers = [(status, {}, 0)]
    data = {"channel": "chat", "to_address": "c1", "text": "Dag", "then": "stay", "version": question.version}
    with patch("contacts.views.reply.now", lambda: AT), patch("contacts.pages.composer_service.now", lambda: AT):
        client.post(f"/vragen/{question.number}/antwoord/", data)
    send_planned(at=AT)
    deliver(at=AT, by_services=True)
    message = OutboundMessage.objects.get()
    assert message.state == state
    assert message.error.startswith("De leverancier van de chat") and str(status) in message.error
    deliver(at=AT + timedelta(minutes=2), by_services=True)
    assert len(service.asked) == (1 if state == "failed" else 2), "asked again with the same id, when that helps"


@pytest.mark.parametrize(
    "body",
    [b"{}", b'{"events": 1}', b'{"type": "message"}', b'{"type": 3, "id": null}', b'{"type": "receipt", "state": "x"}'],
)
def test_what_says_nothing_gives_nothing(body: bytes) -> None:
    found = read(body)
    assert not found.messages and not found.receipts


def test_what_is_no_json_cannot_be_read() -> None:
    with pytest.raises(Unreadable):
        read(b"[]")


def test_files_and_odd_moments() -> None:
    files = [{"url": f"https://x.nl/{n}"} for n in range(9)]
    (one,) = read(json.dumps(said("", files=files, at="gisteren")).encode()).messages
    assert len(one.media) == 5 and one.at is None and one.remarks == ()
