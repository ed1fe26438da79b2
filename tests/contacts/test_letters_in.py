"""A letter that comes in as a scan becomes one question, whose clock counts from the day on its stamp."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from channels_app.actions.parked import retry
from channels_app.actions.parse_inbox import parse_inbox
from channels_app.actions.sweep_scans import sweep_scans
from channels_app.actions.take_in_scan import UPLOAD, take_in_scan
from channels_app.adapters.letter import ocr
from channels_app.models import InboundMessage, OutboundMessage
from contacts.actions.register_mail import register_mail
from contacts.invariants import check_all
from contacts.models import Contact, NormClock, Question, QuestionLink
from organisation.clock import AMSTERDAM
from organisation.models import AccessEntry, User
from organisation.pdf import pdf_of
from tests.cast import Cast
from tests.channels_app.scans import letter, pdf, sheet

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
PAGE = "<html lang='nl'><head><title>x</title></head><body>{}</body></html>"


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


def take_in(raw: bytes, name: str = "scan.pdf", stamped_on: date | None = None) -> InboundMessage:
    """Through every step; gives the row of the file."""
    row = take_in_scan(raw=raw, name=name, source=UPLOAD, at=MONDAY, stamped_on=stamped_on).message
    while parse_inbox(at=MONDAY):
        pass
    register_mail(at=MONDAY)
    row.refresh_from_db()
    return row


@cache
def with_text(*lines: str) -> bytes:
    """As a scanner makes it that puts the text behind the picture."""
    return pdf_of(PAGE.format("".join(f"<p>{line}</p>" for line in lines)))


def clock() -> NormClock:
    return NormClock.objects.get(norm__code="letter.respond")


def test_a_letter_is_titled_routed_and_counts_from_its_stamp() -> None:
    raw = with_text("INGEKOMEN 26 FEB 2026", "Betreft: losse stoeptegel", "Mijn BSN is 111222333.", "OPM-2026-000001")
    row = take_in(raw)
    contact = Contact.objects.get()
    question = Question.objects.get()
    assert row.outcome == "registered" and contact.inbound == row
    assert question.title == "Losse stoeptegel" and question.channel == "letter"
    assert contact.received_at == datetime(2026, 2, 26, 12, tzinfo=AMSTERDAM)
    assert clock().due_at.astimezone(AMSTERDAM) == datetime(2026, 3, 6, 0, tzinfo=AMSTERDAM)
    assert {"stamp_read", "bsn"} <= set(contact.remarks)
    assert [file.name for file in row.files.all()] == ["scan.pdf"]
    assert not OutboundMessage.objects.exists(), "a letter is acknowledged on paper, by a person"
    assert all(not found.violations for found in check_all())


@pytest.mark.parametrize(
    ("name", "given", "text", "day", "remark"),
    [
        ("scan.pdf", date(2026, 2, 25), "INGEKOMEN 26 FEB 2026", date(2026, 2, 25), "stamp_differs"),
        ("scan.pdf", date(2026, 2, 26), "INGEKOMEN 26 FEB 2026", date(2026, 2, 26), ""),
        ("2026-02-24.pdf", None, "Zonder stempel op het blad", date(2026, 2, 24), ""),
        ("scan.pdf", None, "Zonder stempel op het blad", date(2026, 3, 2), "stamp_missing"),
    ],
)
def test_which_day_counts(name: str, given: date | None, text: str, day: date, remark: str) -> None:
    take_in(with_text(text), name, given)
    contact = Contact.objects.get()
    assert contact.received_at.astimezone(AMSTERDAM).date() == day
    assert [code for code in contact.remarks if code.startswith("stamp")] == ([remark] if remark else [])


def test_a_stack_is_a_question_per_letter_also_when_it_is_brought_twice() -> None:
    raw = pdf(letter("een"), sheet(), letter("twee"), letter("vervolg"), sheet(), sheet(), letter("drie"))
    row = take_in(raw, "stapel.pdf")
    assert (row.state, row.outcome) == ("done", "split")
    assert [one.parsed["pages"] for one in row.items.order_by("id")] == [1, 2, 1]
    assert Question.objects.count() == 3
    assert take_in(raw, "andere naam.pdf") == row
    assert Question.objects.count() == 3
    assert all(not found.violations for found in check_all())


def test_a_letter_of_pictures_alone_is_registered_all_the_same() -> None:
    take_in(pdf(letter("Hallo")), "brief.jpg")
    contact = Contact.objects.get()
    assert contact.text == "Scan van 1 bladzijde. De tekst is niet gelezen: open de scan."
    assert "scan_without_text" in contact.remarks
    assert contact.inbound is not None and contact.inbound.files.get().name == "brief.pdf", "the ending of its bytes"


@pytest.mark.skipif(ocr.program() is None, reason="Tesseract is not on this machine")
def test_tesseract_reads_what_the_scanner_did_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    take_in(pdf(letter("INGEKOMEN 26 FEB 2026", "", "Betreft: kapotte lantaarn", "", "Geachte heer, mevrouw,")))
    contact = Contact.objects.get()
    assert contact.received_at.astimezone(AMSTERDAM).date() == date(2026, 2, 26)
    assert "lantaarn" in contact.text and "read_by_machine" in contact.remarks


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"PK\x03\x04 een zip", "Deze scan kunnen we niet openen."),
        (b"%PDF-1.4 kapot", "De scan is beschadigd."),
        (pdf(sheet(), sheet(2)), "In deze scan zitten alleen scheidingsbladen."),
    ],
    ids=["no scan", "damaged", "separators only"],  # not its bytes: a made PDF knows its second
)
def test_what_cannot_be_opened_is_parked_and_can_be_tried_again(raw: bytes, reason: str, cast: Cast) -> None:
    row = take_in(raw)
    assert row.state == "parked" and row.reason.startswith(reason)
    assert not Question.objects.exists()
    assert retry(message=row, by=cast.sanne, at=MONDAY)
    parse_inbox(at=MONDAY)
    row.refresh_from_db()
    assert row.state == "parked"


def test_our_number_in_a_letter_is_a_suggestion(cast: Cast) -> None:
    take_in(with_text("Mijn eerste brief over het plein"))
    number = Question.objects.get().number
    take_in(with_text(f"Over mijn vraag {number} hoor ik niets"))
    link = QuestionLink.objects.get()
    assert link.kind == "suggested" and number in {link.question.number, link.other.number}


def put(folder: Path, name: str, data: bytes, *, seconds_ago: float = 60) -> Path:
    path = folder / name
    path.write_bytes(data)
    moment = datetime.now(UTC).timestamp() - seconds_ago
    os.utime(path, (moment, moment))
    return path


def test_the_folder_of_the_scanner_is_emptied_once(settings: Any, tmp_path: Path) -> None:
    folder = tmp_path / "scans"
    folder.mkdir()
    settings.SCANS_DIR = str(folder)
    one = pdf(letter("een"))
    put(folder, "a.pdf", one)
    put(folder, "leeg.pdf", b"")
    put(folder, "bezig.pdf", pdf(letter("half")), seconds_ago=0)
    put(folder, "lijst.txt", b"geen scan")
    (folder / "koppeling.pdf").symlink_to("/etc/passwd")
    assert sweep_scans(at=MONDAY) == 2
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == [
        "bezig.pdf",
        "koppeling.pdf",
        "lijst.txt",
    ]
    put(folder, "a.pdf", one)
    assert sweep_scans(at=MONDAY) == 1
    assert sorted(path.name for path in (folder / "verwerkt").iterdir()) == ["a (2).pdf", "a.pdf"]
    assert [path.name for path in (folder / "geweigerd").iterdir()] == ["leeg.pdf"]
    assert InboundMessage.objects.count() == 1


def test_a_folder_on_a_share_without_links_is_emptied_as_well(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SCANS_DIR = str(tmp_path)

    def refuse(*_paths: Any) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    for _twice in range(2):
        put(tmp_path, "a.pdf", pdf(letter("een")))
        assert sweep_scans(at=MONDAY) == 1
    assert sorted(path.name for path in (tmp_path / "verwerkt").iterdir()) == ["a (2).pdf", "a.pdf"]
    assert not (tmp_path / "a.pdf").exists()


def test_a_folder_that_is_gone_shows_and_stops_nothing(settings: Any, tmp_path: Path, cast: Cast) -> None:
    settings.SCANS_DIR = str(tmp_path / "weg")
    assert sweep_scans(at=MONDAY) == 0
    page = signed_in(cast.fatima).get("/post/").content.decode()
    assert "De map van de scanner is niet te gebruiken." in page


def test_a_file_that_cannot_be_read_stops_no_other(
    settings: Any, tmp_path: Path, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SCANS_DIR = str(tmp_path)
    put(tmp_path, "dicht.pdf", pdf(letter("een")), seconds_ago=90)
    put(tmp_path, "open.pdf", pdf(letter("twee")))
    real = Path.read_bytes

    def unless_shut(self: Path) -> bytes:
        if self.name == "dicht.pdf":
            raise PermissionError(13, "Permission denied")
        return real(self)

    monkeypatch.setattr(Path, "read_bytes", unless_shut)
    assert sweep_scans(at=MONDAY) == 1
    assert [path.name for path in (tmp_path / "verwerkt").iterdir()] == ["open.pdf"]
    page = signed_in(cast.fatima).get("/post/").content.decode()
    assert "1 bestand in de map van de scanner is niet te lezen." in page


def upload(client: Client, *files: SimpleUploadedFile, **given: str) -> Any:
    return client.post("/post/", {"files": list(files), **given})


def test_scans_are_brought_on_the_screen(cast: Cast) -> None:
    fatima = signed_in(cast.fatima)
    good = SimpleUploadedFile("brief.pdf", pdf(letter("een")))
    answer = upload(fatima, good, SimpleUploadedFile("leeg.pdf", b" "), stamped_on="2026-02-26")
    assert answer.status_code == 422 and "‘leeg.pdf’ is leeg." in answer.content.decode()
    while parse_inbox(at=MONDAY):
        pass
    register_mail(at=MONDAY)
    page = fatima.get("/post/").content.decode()
    assert Question.objects.get().number in page and "do 26 feb" in page
    assert upload(fatima).status_code == 422
    assert "Deze dag moet nog komen." in upload(fatima, good, stamped_on="2026-03-03").content.decode()
    assert signed_in(cast.henk).get("/post/").status_code == 403
    Question.objects.update(is_confidential=True)
    page = fatima.get("/post/").content.decode()
    assert "geregistreerd, vertrouwelijk" in page and "brief.pdf" not in page, (
        "what a file is called says what it is about"
    )


def test_a_letter_is_looked_at_page_by_page(cast: Cast) -> None:
    row = take_in(pdf(letter("een"), letter("twee")))
    number, file = Question.objects.get().number, row.files.get()
    fatima = signed_in(cast.fatima)
    assert f'href="/bijlagen/{file.pk}/bekijken/"' in fatima.get(f"/vragen/{number}/").content.decode()
    page = fatima.get(f"/bijlagen/{file.pk}/bekijken/").content.decode()
    assert 'alt="Bladzijde 2 van 2"' in page and f"/vragen/{number}/" in page
    picture = fatima.get(f"/bijlagen/{file.pk}/bladzijde/2/")
    assert picture["Content-Type"] == "image/jpeg" and picture.content.startswith(b"\xff\xd8\xff")
    assert "no-store" in picture["Cache-Control"], "after signing out it lies on no shared computer"
    assert AccessEntry.objects.filter(page="attachment").count() == 1, "the page around it was recorded"
    signed_in(cast.sanne).get(f"/bijlagen/{file.pk}/bladzijde/2/")
    assert AccessEntry.objects.filter(page="attachment", user=cast.sanne).count() == 1, "and so is a page without it"
    assert fatima.get(f"/bijlagen/{file.pk}/bladzijde/3/").status_code == 404
    assert fatima.get(f"/bijlagen/{file.pk}/bladzijde/0/").status_code == 404
    other = signed_in(cast.bas)
    assert [other.get(f"/bijlagen/{file.pk}/{what}/").status_code for what in ("bekijken", "bladzijde/1")] == [404, 404]


@pytest.mark.django_db(transaction=True)
def test_the_same_scan_brought_at_once_is_one(cast: Cast) -> None:
    raw, seen = pdf(letter("een")), []
    barrier = threading.Barrier(4)

    def bring() -> None:
        barrier.wait()
        seen.append(take_in_scan(raw=raw, name="a.pdf", source=UPLOAD, at=MONDAY + timedelta(0)).is_new)
        connection.close()

    threads = [threading.Thread(target=bring) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == [False, False, False, True]
