"""What is no plain text: a photo, a place, a button, a thumb; no kind of message is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from channels_app.actions.deliver import deliver
from channels_app.actions.fetch_media import fetch_media
from channels_app.models import InboundMessage, MessageSource, StoredFile
from contacts.actions.register_messages import register_messages
from contacts.models import Contact
from tests.cast import Cast
from tests.channels_app.fake_service import FakeService
from tests.channels_app.payloads import NUMBER, wa_text, whatsapp
from tests.contacts.service_scene import AT, _one_reader, asked, reply, service, source, tell

__all__ = ["_one_reader", "service", "source"]
pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


def photo(**more: Any) -> dict[str, Any]:
    file = {"caption": "Kijk", "mime_type": "image/png", "sha256": "x", "id": "7700"}
    return {
        "from": NUMBER,
        "id": "wamid.P",
        "timestamp": str(int(AT.timestamp())),
        "type": "image",
        "image": file,
        **more,
    }


def test_a_photo_is_fetched_and_kept_like_an_attachment(source: MessageSource, service: FakeService) -> None:
    service.by_path = {
        "/v23.0/7700": (
            200,
            {"url": f"{service.address}/file", "mime_type": "image/png", "file_size": 48, "id": "7700"},
        ),
        "/file": (200, PNG),
    }
    tell(source, whatsapp(messages=[photo()]))
    stored = StoredFile.objects.get()
    assert (stored.content_type, stored.size, stored.inbound.contact.text) == ("image/png", 48, "Kijk")
    assert service.asked[1].headers["authorization"] == "Bearer token-1"


@pytest.mark.parametrize(
    "answers",
    [
        {"/v23.0/7700": (404, {"error": {"code": 100}})},
        {"/v23.0/7700": (200, {"url": "https://169.254.169.254/latest/", "id": "7700"})},
        {"/v23.0/7700": (200, {"url": "file:///etc/passwd", "id": "7700"})},
        {"/v23.0/7700": (200, {"url": "https://evil.example/x", "id": "7700"})},
        {"/v23.0/7700": (200, {"url": "", "file_size": 99_000_000, "id": "7700"})},
        {"/v23.0/7700": (302, b"")},
    ],
)
def test_a_file_that_cannot_be_fetched_keeps_no_message_back(
    source: MessageSource, service: FakeService, answers: dict[str, Any]
) -> None:
    service.by_path = answers
    tell(source, whatsapp(messages=[photo()]))
    for minutes in (1, 3, 20):
        fetch_media(at=AT + timedelta(minutes=minutes))
        register_messages(at=AT + timedelta(minutes=minutes))
    contact = Contact.objects.get()
    assert (contact.text, contact.remarks, StoredFile.objects.count()) == ("Kijk", ["file_not_fetched"], 0)


def kind(name: str, given: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"from": NUMBER, "id": "wamid.K", "timestamp": str(int(AT.timestamp())), "type": name, name: given, **more}


@pytest.mark.parametrize(
    ("message", "text", "remarks"),
    [
        (
            kind(
                "location", {"latitude": 52.7057, "longitude": 4.9411, "name": "Plein", "address": "Klaproos 1, Opmeer"}
            ),
            "Plein\nKlaproos 1, Opmeer\n52.705700, 4.941100",
            [],
        ),
        (kind("button", {"payload": "ja", "text": "Ja, bel mij"}), "Ja, bel mij", []),
        (
            kind(
                "interactive",
                {"type": "list_reply", "list_reply": {"id": "1", "title": "Afval", "description": "Container"}},
            ),
            "Afval\nContainer",
            [],
        ),
        (
            kind("contacts", {}, contacts=[{"name": {"formatted_name": "P. Smit"}, "phones": [{"phone": "+31 6 1"}]}]),
            "P. Smit: +31 6 1",
            [],
        ),
        (
            kind("unsupported", {}, errors=[{"code": 131051, "title": "Message type is not supported."}]),
            "Bericht zonder tekst.",
            ["unsupported_message"],
        ),
        (kind("system", {"body": "changed number"}), "Bericht zonder tekst.", ["unsupported_message"]),
        (wa_text("Mijn BSN is 111222333", AT), "Mijn BSN is 111222333", ["bsn"]),
    ],
)
def test_every_kind_of_message_becomes_words(
    source: MessageSource, message: dict[str, Any], text: str, remarks: list[str]
) -> None:
    tell(source, whatsapp(messages=[message]))
    contact = Contact.objects.get()
    assert (contact.text, contact.remarks) == (text, remarks)


def test_a_thumb_is_added_to_its_question_and_opens_nothing(
    source: MessageSource, service: FakeService, cast: Cast
) -> None:
    question = asked(source)
    reply(cast, question, "Wij legen hem morgen.")
    deliver(at=AT, by_services=True)
    thumb = kind("reaction", {"message_id": "wamid.OUT1", "emoji": "\U0001f44d"}, id="wamid.R")
    tell(source, whatsapp(messages=[thumb]), AT + timedelta(minutes=5))
    question.refresh_from_db()
    assert (question.status, question.contact_count) == ("closed", 3)
    alone = {**thumb, "id": "wamid.R2", "from": "31699999999"}
    tell(source, whatsapp(messages=[alone]), AT + timedelta(minutes=6))
    assert InboundMessage.objects.get(external_key="wamid.R2").outcome == "ignored"
