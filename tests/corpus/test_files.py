"""Every file of the corpus: whether the citizen's form takes it, how it is handed out, and whether a picture is made of it."""

from __future__ import annotations

import io
from contextlib import nullcontext
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape
from PIL import Image

from channels_app import pictures
from channels_app.adapters.email.sandbox import Sandbox
from channels_app.files import store_file
from channels_app.models import InboundMessage
from channels_app.reasons import UNREADABLE, in_words
from contacts.forms.uploads import WITH_FORM, read_files
from organisation.errors import Refused
from organisation.models import User
from tests.corpus.files import CLASSES, Given
from tests.corpus.score import Note
from tests.corpus.world import LATER, Known

pytestmark = pytest.mark.django_db
CASES = [pytest.param(group, case, id=f"{group}-{case}") for group, cases in CLASSES.items() for case in cases]


@pytest.mark.parametrize(("group", "case"), CASES)
def test_a_file_is_what_its_bytes_say(
    known: Known, child: Sandbox, monkeypatch: pytest.MonkeyPatch, group: str, case: Given, note: Note
) -> None:
    data = case.data
    upload = SimpleUploadedFile("x", data, case.declared)
    upload._name = case.file_name  # type: ignore[attr-defined]  # as a browser may send it, before Django cleans it
    try:
        read_files([upload], WITH_FORM)
        answer, sentence = "A", ""
    except Refused as error:
        answer, sentence = "R", error.message
    note.is_a("files", group, answer)
    assert (answer, bool(sentence)) == (case.answer, case.answer == "R")

    row = InboundMessage.objects.get(contact__questions=known.question)
    stored = store_file(data=data, name=case.file_name, at=LATER, declared_type=case.declared, inbound=row)
    if case.kind:
        assert stored.content_type == case.kind
    client = desk()
    _is_only_a_download(client, stored.pk, data, case)
    monkeypatch.setattr(pictures, "Sandbox", lambda: nullcontext(child))
    _is_looked_at_anew(client, stored.pk, case)


def desk() -> Client:
    client = Client()
    client.force_login(User.objects.get(username="fatima"))
    return client


def _is_only_a_download(client: Client, pk: int, data: bytes, case: Given) -> None:
    answer: Any = client.get(f"/bijlagen/{pk}/")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == data
    assert answer["Content-Disposition"].startswith("attachment")
    assert "\n" not in answer["Content-Disposition"]
    assert "/" not in answer["Content-Disposition"].partition("filename=")[2]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Content-Type"].partition(";")[0] == (case.served or "application/octet-stream")


def _is_looked_at_anew(client: Client, pk: int, case: Given) -> None:
    page = client.get(f"/bijlagen/{pk}/bekijken/")
    picture = client.get(f"/bijlagen/{pk}/bladzijde/1/")
    assert page.status_code == 200
    if case.look != "shown":
        words = in_words(UNREADABLE, case.look) if case.look else ""
        assert picture.status_code == 404
        assert escape(words) in page.content.decode()
        return
    assert picture["Content-Type"] == "image/jpeg"
    made = Image.open(io.BytesIO(picture.content))
    assert (made.format, len(made.getexif())) == ("JPEG", 0)
    for left in (b"Exif", b"TOESTELMERK", b"<script", b"<?php", b"PK\x03\x04"):
        assert left not in picture.content
