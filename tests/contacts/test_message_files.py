"""Files that go out by a service: uploaded, then sent, each part once however the service misbehaves; what it does not carry is said first."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from channels_app.actions.deliver import deliver
from channels_app.adapters.registry import adapter_of
from channels_app.models import MessageSource, OutboundMessage, StoredFile
from channels_app.sources import sealed
from contacts.actions.send_planned import send_planned
from contacts.models import Contact, Question
from organisation.models import Municipality
from tests.cast import Cast
from tests.channels_app.fake_service import FakeService, fake_service
from tests.contacts.talks import say

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 40
PDF = b"%PDF-1.4\n%%EOF"
PAGE = "1755847768034402"
pytestmark = pytest.mark.django_db


@pytest.fixture
def service(settings: Any, tmp_path: Any) -> Iterator[FakeService]:
    with fake_service() as fake:
        settings.MESSAGE_HOSTS_INSIDE, settings.FILES_DIR = [fake.host], tmp_path
        yield fake


def talk(cast: Cast, service: FakeService, kind: str, **said: Any) -> Question:
    Municipality.objects.update(undo_send_seconds=0)
    secrets = {"app_secret": "a", "verify_token": "b", "access_token": "token-1"}
    source = MessageSource.objects.create(
        kind=kind, name="Opmeer", account=PAGE, server=service.address, secrets_encrypted=sealed(secrets)
    )
    adapter = adapter_of(kind)
    assert adapter is not None
    given = {"conversation": "c1", "address": "facebook:24860001", "text": "Hebt u een formulier?", **said}
    return say(source, adapter.channel, AT, "m1", **given)


def send(cast: Cast, question: Question, *files: SimpleUploadedFile, to: str = "", text: str = "Hierbij.") -> Any:
    client = Client()
    question.refresh_from_db()
    address = to or Contact.objects.filter(direction="in").latest("pk").address
    given = {"channel": question.channel, "to_address": address, "text": text, "then": "close"}
    with time_machine.travel(AT, tick=False):
        client.force_login(cast.fatima)
        return client.post(
            f"/vragen/{question.number}/antwoord/", {**given, "version": question.version, "files": files}
        )


def leave(at: datetime = AT) -> OutboundMessage:
    send_planned(at=at)
    deliver(at=at, by_services=True)
    return OutboundMessage.objects.get()


def png() -> SimpleUploadedFile:
    return SimpleUploadedFile("kaart.png", PNG, "image/png")


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("formulier.pdf", PDF, "application/pdf")


@pytest.mark.parametrize("network", ["facebook", "instagram"])
def test_by_messenger_the_words_go_first_and_each_file_after_its_upload(
    service: FakeService, cast: Cast, network: str
) -> None:
    details = {"network": network}
    question = talk(cast, service, "meta", address=f"{network}:24860001", details=details)
    service.by_path = {
        f"/v23.0/{PAGE}/message_attachments": (200, {"attachment_id": "77"}),
        f"/v23.0/{PAGE}/messages": (200, {"message_id": "m_out"}),
    }
    assert send(cast, question, png(), pdf()).status_code == 302
    message = leave()
    assert message.state == "sent" and [one.path.rpartition("/")[2] for one in service.asked] == [
        "messages",
        "message_attachments",
        "messages",
        "message_attachments",
        "messages",
    ]
    words, picture, sent, *_rest, last = service.asked
    assert words.data["message"] == {"text": "Hierbij."}
    assert b'name="filedata"; filename="kaart.png"\r\nContent-Type: image/png\r\n\r\n' + PNG in picture.body
    assert (b'name="platform"\r\n\r\ninstagram' in picture.body) == (network == "instagram")
    assert sent.data["message"] == {"attachment": {"type": "image", "payload": {"attachment_id": "77"}}}
    assert last.data["message"]["attachment"]["type"] == "file" and last.data["recipient"] == {"id": "24860001"}


def test_a_service_that_falls_over_half_way_gets_no_part_twice(service: FakeService, cast: Cast) -> None:
    question = talk(cast, service, "meta", details={"network": "facebook"})
    ok, upload = (200, {"message_id": "m_out"}, 0), (200, {"attachment_id": "77"}, 0)
    service.answers = [ok, upload, ok, upload, (500, {}, 0), upload, (0, b"", 0), upload, ok]
    send(cast, question, png(), pdf())
    assert leave().state == "sending"
    leave(AT + timedelta(minutes=6))
    message = leave(AT + timedelta(minutes=20))
    told = [one.data["message"] for one in service.asked if one.path.endswith("/messages")]
    assert (message.state, message.tries) == ("sent", 3)
    assert [list(one) for one in told] == [["text"], ["attachment"], ["attachment"], ["attachment"], ["attachment"]]
    assert set(message.details["parts"]) == {"words", "file0", "file1"}  # type: ignore[index]


def test_by_mastodon_pictures_are_uploaded_and_go_with_the_post(service: FakeService, cast: Cast) -> None:
    details = {"visibility": "direct"}
    question = talk(cast, service, "mastodon", address="jo@mastodon.example", details=details)
    service.answers = [
        (202, {"id": "1", "url": None}, 0),
        (200, {"id": "2", "url": "x"}, 0),
        (200, {"id": "99"}, 0),
    ]
    send(cast, question, png(), SimpleUploadedFile("b.jpg", JPEG, "image/jpeg"))
    assert leave().state == "sending", "the server makes the first one ready"
    assert leave(AT + timedelta(minutes=5)).state == "sent"
    assert [one.path for one in service.asked] == ["/api/v2/media", "/api/v2/media", "/api/v1/statuses"]
    assert b"media_ids%5B%5D=1&media_ids%5B%5D=2" in service.asked[2].body


def test_by_whatsapp_a_file_takes_the_words_along_and_of_several_none_goes_twice(
    service: FakeService, cast: Cast
) -> None:
    question = talk(cast, service, "whatsapp", address="31612345678", conversation="31612345678")
    ok, upload = (200, {"messages": [{"id": "wamid.1"}]}, 0), (200, {"id": "77"}, 0)
    service.answers = [upload, ok, upload, (503, {}, 0), upload, ok, ok]
    send(cast, question, png(), pdf())
    leave()
    assert leave(AT + timedelta(minutes=6)).state == "sent"
    told = [one.data for one in service.asked if one.path.endswith("/messages")]
    assert [one["type"] for one in told] == ["image", "document", "document", "text"]
    assert told[1]["document"] == {"id": "77", "filename": "formulier.pdf"}


@pytest.mark.parametrize(
    ("kind", "said", "files", "words"),
    [
        ("mastodon", {}, [pdf()], "“formulier.pdf” kan hier niet mee. Deze dienst neemt: afbeeldingen"),
        ("mastodon", {}, [png() for _one in range(5)], "hoogstens 4 bestanden"),
        ("meta", {"details": {"network": "instagram"}}, [SimpleUploadedFile("a.txt", b"Dag")], "kan hier niet mee"),
        ("meta", {"details": {"comment": "1"}, "is_public": True}, [png()], "deze dienst neemt alleen tekst"),
        ("whatsapp", {}, [SimpleUploadedFile("a.gif", b"GIF89a" + b"\x00" * 20)], "kan hier niet mee"),
        ("whatsapp", {}, [SimpleUploadedFile("a.jpg", JPEG + b"\x00" * 5_300_000)], "te groot voor deze dienst"),
        ("chat", {}, [png()], "deze dienst neemt alleen tekst"),
    ],
)
def test_what_a_service_does_not_carry_is_said_before_anything_is_sent(
    service: FakeService, cast: Cast, kind: str, said: dict[str, Any], files: list[SimpleUploadedFile], words: str
) -> None:
    question = talk(cast, service, kind, **said)
    for file in files:
        file.seek(0)
    answer = send(cast, question, *files)
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page and "Hierbij.</textarea>" in page
    assert not OutboundMessage.objects.exists() and not service.asked


def test_a_file_with_a_virus_leaves_by_no_service(service: FakeService, cast: Cast) -> None:
    question = talk(cast, service, "meta", details={"network": "facebook"})
    service.usual = (200, {"message_id": "m"})
    send(cast, question, png())
    StoredFile.objects.update(check_state="waiting")
    assert leave().state == "sending" and not service.asked
    StoredFile.objects.update(check_state="infected", virus="Eicar")
    message = leave(AT + timedelta(minutes=5))
    assert message.state == "failed" and not service.asked and "virus" in message.error


def test_of_many_files_by_a_slow_service_each_goes_once_and_the_rest_with_the_next_try(
    service: FakeService, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the end of the task would fall between a part and its note."""
    question = talk(cast, service, "meta", details={"network": "facebook"})
    service.by_path = {
        f"/v23.0/{PAGE}/message_attachments": (200, {"attachment_id": "77"}),
        f"/v23.0/{PAGE}/messages": (200, {"message_id": "m_out"}),
    }
    send(cast, question, png(), pdf())
    moments = iter([0.0, 0.0, 0.0, math.inf])
    monkeypatch.setattr("channels_app.actions.hand_over.monotonic", lambda: next(moments))
    assert leave().state == "sending" and len(service.asked) == 3, "the words and the first file"
    monkeypatch.undo()
    assert leave(AT + timedelta(minutes=10)).state == "sent" and len(service.asked) == 5
