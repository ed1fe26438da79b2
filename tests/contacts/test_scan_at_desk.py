"""A letter that somebody registers with its scan beside the form."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from channels_app.actions.parse_inbox import parse_inbox
from channels_app.adapters.letter import ocr
from channels_app.models import InboundMessage
from contacts.actions.register_mail import register_mail
from contacts.demo.letters import sheet_of
from contacts.models import Contact, Draft, Question
from organisation.clock import AMSTERDAM
from organisation.models import User
from tests.cast import Cast

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
STAMPED = sheet_of(("INGEKOMEN 26-02-2026", "", "Betreft: bomen in de Hoofdstraat", "", "Komen er nieuwe bomen?"))


@pytest.fixture(autouse=True)
def _calm(cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.FILES_DIR = tmp_path / "files"
    monkeypatch.setattr(ocr, "can_read", lambda: False)
    with time_machine.travel(MONDAY, tick=False):
        yield


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def typed(cast: Cast, **more: Any) -> dict[str, Any]:
    fields = {"token": str(uuid.uuid4()), "channel": "letter", "blocks": "1", "shaped_for": "letter"}
    return {**fields, "customer_state": "unknown", "q0-subject": cast.grofvuil.pk, "received_on": "2026-02-27", **more}


def brought(client: Client, fields: dict[str, Any], raw: bytes = STAMPED, name: str = "0007.pdf") -> str:
    scan = SimpleUploadedFile(name, raw, content_type="application/pdf")
    return client.post("/werkplek/scan/", {**fields, "scan_file": scan}, HTTP_HX_REQUEST="true").content.decode()


def read() -> None:
    while parse_inbox(at=MONDAY):
        pass
    register_mail(at=MONDAY)


def test_a_scan_is_brought_read_looked_at_and_registered_with_its_letter(cast: Cast) -> None:
    desk, fields = signed_in(cast.fatima), typed(cast)
    assert "wordt nu gelezen" in brought(desk, fields)
    row = InboundMessage.objects.get()
    draft = Draft.objects.get()
    assert draft.data["fields"]["scan"] == str(row.pk)
    read()
    assert not Question.objects.exists()  # it waits for the desk
    fields |= {"scan": row.pk}
    page = desk.post("/werkplek/delen/", {**fields, "parts": "scan"}).content.decode()
    file = row.files.get()
    assert f"/bijlagen/{file.pk}/bladzijde/1/" in page and "Bomen in de Hoofdstraat" in page
    assert 'name="received_on" type="date" value="2026-02-26"' in page  # the stamp
    assert desk.get(f"/bijlagen/{file.pk}/bladzijde/1/")["Content-Type"] == "image/jpeg"
    assert signed_in(cast.henk).get(f"/bijlagen/{file.pk}/bladzijde/1/").status_code == 404
    typed_day = {**fields, "stamp_of": row.pk, "received_on": "2026-02-25", "parts": "scan,shape"}
    assert 'value="2026-02-25"' in desk.post("/werkplek/delen/", typed_day).content.decode()  # what is typed stays
    assert f'value="{row.pk}"' in desk.get(f"/werkplek/?concept={draft.token}").content.decode()
    fields |= {"received_on": "2026-02-26", "end": "forward"}
    for _twice in range(2):
        assert desk.post("/werkplek/", fields).status_code == 302
    contact = Contact.objects.get()
    row.refresh_from_db()
    assert (contact.inbound, row.outcome, row.handled_by) == (row, "registered", cast.fatima)
    assert contact.received_at.astimezone(AMSTERDAM).date() == date(2026, 2, 26)
    assert signed_in(cast.henk).get(f"/bijlagen/{file.pk}/bladzijde/1/").status_code == 200  # as its question


def test_a_scan_is_registered_once_and_waits_again_when_that_is_undone(cast: Cast) -> None:
    desk, other = signed_in(cast.fatima), signed_in(cast.sanne)
    brought(desk, typed(cast))
    read()
    row = InboundMessage.objects.get()
    assert f"?scan={row.pk}" in other.get("/post/").content.decode()
    assert f'name="scan" value="{row.pk}"' in other.get(f"/werkplek/?scan={row.pk}").content.decode()
    mine = typed(cast, scan=row.pk, end="forward")
    assert desk.post("/werkplek/", mine).status_code == 302
    late = other.post("/werkplek/", typed(cast, scan=row.pk, end="forward"))
    assert late.status_code == 422 and "Een collega heeft deze scan al geregistreerd" in late.content.decode()
    assert Question.objects.count() == 1
    desk.post(f"/werkplek/ongedaan/{Contact.objects.get().pk}/")
    row.refresh_from_db()
    assert row.outcome == "desk" and not Contact.objects.filter(inbound=row).exists()
    again = desk.post("/werkplek/", mine)  # the same form still stands in another window
    assert again.status_code == 422 and "daarna ongedaan gemaakt" in again.content.decode()
    assert other.post("/werkplek/", typed(cast, scan=row.pk, end="forward")).status_code == 302


@pytest.mark.parametrize(
    ("raw", "words"),
    [(b"", "is leeg"), (b"\x00\x00 \n", "is leeg"), (b"geen scan", "wordt nu gelezen"), (None, "Kies een scan.")],
)
def test_what_is_no_scan_is_told_and_what_was_typed_stays(cast: Cast, raw: bytes | None, words: str) -> None:
    desk, fields = signed_in(cast.fatima), typed(cast)
    if raw is None:
        page = desk.post("/werkplek/scan/", fields).content.decode()
        assert 'value="2026-02-27"' in page
    else:
        page = brought(desk, fields, raw)
    assert words in page
    read()
    row = InboundMessage.objects.first()
    if row is not None:  # it could not be read: parked, and said so beside the form
        page = desk.post("/werkplek/delen/", {**fields, "scan": row.pk, "parts": "scan"}).content.decode()
        assert row.state == "parked" and 'role="alert"' in page
        assert desk.post("/werkplek/", typed(cast, scan=row.pk, end="forward")).status_code == 422
        assert desk.post("/werkplek/", typed(cast, scan="", end="forward")).status_code == 302


def test_the_same_scan_twice_is_one_and_one_of_the_folder_says_that_it_became_a_question(cast: Cast) -> None:
    desk = signed_in(cast.fatima)
    brought(desk, typed(cast))
    assert "wordt nu gelezen" in brought(desk, typed(cast), name="anders.pdf")
    assert InboundMessage.objects.count() == 1
    upload = SimpleUploadedFile("b.pdf", STAMPED + b"\n% b", content_type="application/pdf")
    desk.post("/post/", {"files": upload})
    read()
    assert "is vanzelf een vraag geworden" in brought(desk, typed(cast), STAMPED + b"\n% b")
    assert signed_in(cast.henk).post("/werkplek/scan/", typed(cast)).status_code == 403


def test_without_script_a_scan_for_a_draft_of_another_window_asks_first(cast: Cast) -> None:
    client, fields = signed_in(cast.fatima), typed(cast, page="een", seen="", **{"q0-text": "Eerste venster"})
    client.post("/werkplek/concept/", fields)
    scan = SimpleUploadedFile("0007.pdf", STAMPED, content_type="application/pdf")
    stale = {**fields, "page": "twee", "seen": "eerder", "q0-text": "Tweede venster", "scan_file": scan}
    answer = client.post("/werkplek/scan/", stale)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="mine"' in page and 'name="seen" id="draft-seen" value="eerder"' in page
    assert Draft.objects.get().data["fields"]["q0-text"] == "Eerste venster"
