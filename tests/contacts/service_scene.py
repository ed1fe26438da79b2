"""A customer who writes by WhatsApp, and the service by which he is answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from channels_app.actions.fetch_media import fetch_media
from channels_app.actions.read_events import read_events
from channels_app.adapters.email.sandbox import Sandbox
from channels_app.models import MessageSource
from channels_app.sources import sealed
from contacts.actions.register_messages import register_messages
from contacts.actions.send_planned import send_planned
from contacts.models import Contact, Question
from organisation.models import Municipality
from tests.cast import Cast
from tests.channels_app.fake_service import FakeService, fake_service
from tests.channels_app.payloads import APP_SECRET, NUMBER, PHONE_ID, VERIFY, signed, wa_text, whatsapp

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
READER = Sandbox()
SENT = (200, {"messaging_product": "whatsapp", "messages": [{"id": "wamid.OUT1"}]})
TEMPLATE = {
    "name": "vervolg",
    "language": "nl",
    "text": "Beste {{1}}, wij hebben antwoord op uw vraag over {{2}}. Mogen wij u bellen?",
}


@pytest.fixture(scope="module", autouse=True)
def _one_reader() -> Iterator[None]:
    yield
    READER.close()


@pytest.fixture
def service(settings: Any) -> Iterator[FakeService]:
    with fake_service() as fake:
        settings.MESSAGE_HOSTS_INSIDE = [fake.host]
        fake.usual = SENT
        yield fake


@pytest.fixture
def source(cast: Cast, service: FakeService) -> MessageSource:
    Municipality.objects.update(undo_send_seconds=0)
    return MessageSource.objects.create(
        kind="whatsapp",
        name="WhatsApp Opmeer",
        account=PHONE_ID,
        server=service.address,
        templates=[TEMPLATE],
        secrets_encrypted=sealed({"app_secret": APP_SECRET, "verify_token": VERIFY, "access_token": "token-1"}),
    )


def tell(source: MessageSource, body: bytes, at: datetime = AT) -> None:
    with patch("channels_app.views.webhook.now", lambda: at):
        answer = Client().post(
            f"/berichten/in/{source.key}/", body, content_type="application/json", headers=signed(body)
        )
    assert answer.status_code == 200
    read_events(at=at, sandbox=READER)
    fetch_media(at=at)
    register_messages(at=at)


def asked(source: MessageSource, at: datetime = AT, **more: Any) -> Question:
    tell(source, whatsapp(messages=[wa_text("Mijn container is niet geleegd.", at, **more)]), at)
    return Contact.objects.latest("id").questions.get()


def reply(cast: Cast, question: Question, text: str, at: datetime = AT, **more: Any) -> Any:
    client = Client()
    client.force_login(cast.fatima)
    question.refresh_from_db()
    data = {"channel": "whatsapp", "to_address": NUMBER, "text": text, "then": "close", "version": question.version}
    with (
        patch("contacts.views.reply.now", lambda: at),
        patch("contacts.pages.composer_service.now", lambda: at),
        patch("contacts.views.question.now", lambda: at),
    ):
        answer = client.post(f"/vragen/{question.number}/antwoord/", {**data, **more})
    send_planned(at=at)
    return answer
