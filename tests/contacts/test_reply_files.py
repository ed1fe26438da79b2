"""Files go along with an answer: into the mail, onto the timeline, and never at the price of the text."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.controller import Controller
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from channels_app.actions.deliver import deliver
from channels_app.models import OutboundMessage, StoredFile
from contacts.actions.register import Asked, register
from contacts.actions.send_planned import send_planned
from contacts.models import Contact, Question
from organisation.clock import now
from tests.channels_app.dovecot import free_port

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cast import Cast

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 500
PDF = b"%PDF-1.7\n" + b"x" * 500


def docx() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
    return packed.getvalue()


@pytest.fixture
def question(cast: Cast, tmp_path: Path, settings: Any) -> Question:
    settings.FILES_DIR = tmp_path
    at = now()
    return register(
        by=None,
        at=at,
        channel="email",
        received_at=at,
        asked=[Asked(title="Kaart", subject_id=cast.grofvuil.pk)],
        text="Mag ik de kaart?",
        acknowledge=False,
    ).questions[0]


def send(cast: Cast, question: Question, *files: SimpleUploadedFile, **more: Any) -> Any:
    client = Client()
    client.force_login(cast.henk)
    values = {"text": "Zie de bijlage.", "to_address": "d@voorbeeld.nl", "channel": "email", "then": "interim"}
    return client.post(
        reverse("contacts:question_reply", args=[question.number]),
        {**values, "version": question.version, "key": "k1", "files": list(files), **more},
    )


def test_files_travel_with_the_mail_and_stand_on_the_timeline(cast: Cast, question: Question, settings: Any) -> None:
    response = send(
        cast,
        question,
        SimpleUploadedFile("../../kaart.pdf", PDF, "text/html"),
        SimpleUploadedFile("brief.docx", docx(), "application/octet-stream"),
    )
    assert response.status_code == 302
    mails: list[Any] = []

    class Sink:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
            mails.append(message_from_bytes(envelope.content, policy=policy.default))
            return "250 OK"

    controller = Controller(Sink(), hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        settings.SMTP = {"host": "127.0.0.1", "port": controller.port, "user": "", "password": "", "tls": "none"}
        settings.DEMO_MODE = False
        send_planned(at=now() + timedelta(seconds=11))
        deliver(at=now() + timedelta(seconds=11))
    finally:
        controller.stop()
    carried = {part.get_filename(): part.get_content_type() for part in mails[0].iter_attachments()}
    assert carried["kaart.pdf"] == "application/pdf"
    assert carried["brief.docx"].startswith("application/vnd.openxmlformats")
    client = Client()
    client.force_login(cast.henk)
    page = client.get(f"/vragen/{question.number}/").content.decode()
    stored = StoredFile.objects.get(name="kaart.pdf")
    assert f"/bijlagen/{stored.pk}/" in page
    assert b"".join(client.get(f"/bijlagen/{stored.pk}/").streaming_content) == PDF
    client.force_login(cast.bas)
    assert client.get(f"/bijlagen/{stored.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([SimpleUploadedFile("leeg.pdf", b"")], "leeg"),
        ([SimpleUploadedFile("foto.png", b"MZ\x90\x00" + b"\x00" * 100, "image/png")], "soort bestand"),
        ([SimpleUploadedFile("pagina.txt", b"<html><script>1</script>", "text/plain")], "soort bestand"),
        ([SimpleUploadedFile("start.bat", b"echo 1", "text/plain")], "soort bestand"),
        ([SimpleUploadedFile(f"{n}.png", PNG) for n in range(11)], "hoogstens 10 bestanden"),
        ([SimpleUploadedFile(f"{n}.png", PNG + b"x" * 13_200_000) for n in range(2)], "hoogstens 25 MB"),
    ],
    ids=["empty", "program", "html", "script", "many", "big"],
)
def test_what_cannot_go_along_is_said_and_the_text_stays(
    cast: Cast, question: Question, files: list[SimpleUploadedFile], words: str, tmp_path: Path
) -> None:
    for file in files:
        file.seek(0)
    response = send(cast, question, *files)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "Kies de bestanden opnieuw" in page
    assert "Zie de bijlage.</textarea>" in page
    assert not OutboundMessage.objects.exists()
    assert not list(tmp_path.iterdir())


def test_files_go_only_with_an_email(cast: Cast, question: Question) -> None:
    response = send(cast, question, SimpleUploadedFile("a.png", PNG), channel="letter")
    assert response.status_code == 422
    assert "Bij een e-mail kunnen bestanden mee." in response.content.decode()


def test_a_refused_address_leaves_no_bytes_on_the_disk(cast: Cast, question: Question, tmp_path: Path) -> None:
    assert send(cast, question, SimpleUploadedFile("a.png", PNG), to_address="geen adres").status_code == 422
    assert not list(tmp_path.iterdir())


def test_the_same_answer_posted_twice_has_its_files_once(cast: Cast, question: Question) -> None:
    for _again in range(2):
        assert send(cast, question, SimpleUploadedFile("a.png", PNG)).status_code == 302
    assert StoredFile.objects.count() == 1


def test_an_old_version_never_sends_the_text_without_its_files(cast: Cast, question: Question) -> None:
    response = send(cast, question, SimpleUploadedFile("a.png", PNG), version=question.version - 1)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Kies de bestanden opnieuw" in page
    assert "Zie de bijlage.</textarea>" in page
    assert not Contact.objects.filter(direction="out").exists()
