"""The text of files that people open at /teksten/: every kind, and every file that is hostile, broken or no text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfWriter

from channels_app.actions import read_document as read_document_module
from channels_app.actions.read_document import WORDS, read_document
from channels_app.adapters import documents
from channels_app.adapters.email.limits import Unreadable
from channels_app.adapters.email.sandbox import Sandbox
from organisation.errors import Refused
from tests.cast import Cast

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def packed(parts: dict[str, bytes | str]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return whole.getvalue()


def docx(body: str, head: str = "") -> bytes:
    xml = f'<?xml version="1.0" encoding="UTF-8"?>{head}<w:document {W}><w:body>{body}</w:body></w:document>'
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": xml})


def odt(body: str, manifest: str = "<manifest/>") -> bytes:
    xml = f'<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:text="t"><office:text>{body}</office:text></office:document-content>'
    kind = "application/vnd.oasis.opendocument.text"
    return packed({"mimetype": kind, "content.xml": xml, "META-INF/manifest.xml": manifest})


def pdf(*pages: str) -> bytes:
    """Pages of lines of text, put together by hand."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        lines = "".join(f"({line}) Tj 0 -14 Td " for line in page.split("\n"))
        stream = f"BT /F1 12 Tf 72 720 Td {lines}ET"
        parts += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    found, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(found))
        found += f"{number} 0 obj\n{part}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{len(found)}\n%%EOF"
    return found + end.encode()


def locked_pdf() -> bytes:
    writer, whole = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.encrypt("geheim")
    writer.write(whole)
    return whole.getvalue()


DOCX = docx(
    "<w:p><w:r><w:t>Beste meneer,</w:t></w:r></w:p><w:p><w:r><w:t>Uw pas </w:t></w:r><w:r><w:t>is klaar.</w:t></w:r>"
    "<w:del><w:r><w:delText>Weg ermee.</w:delText><w:t>Weg.</w:t></w:r></w:del><w:r><w:tab/><w:t>Kom!</w:t><w:br/><w:t>Tot dan</w:t></w:r></w:p>"
    "<mc:AlternateContent><mc:Choice><w:p><w:r><w:t>Kader</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>Kader</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>"
    "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
)
ODT = odt(
    "<text:h>Kop</text:h><text:p>Uw <text:span>pas</text:span><text:s/>is klaar.<office:annotation><text:p>Nee</text:p></office:annotation></text:p>"
)
READABLE = {
    "docx": (DOCX, "Beste meneer,\n\nUw pas is klaar. Kom!\nTot dan\n\nKader"),
    "odt": (ODT, "Kop\n\nUw pas is klaar."),
    "pdf": (
        pdf("Wij halen uw bank op woensdag op, en wij nemen ook de\nkoelkast van de buren mee. U hoeft niet thuis te zijn, maar\nMevrouw De Wit wel.", "Tot dan."),
        "Wij halen uw bank op woensdag op, en wij nemen ook de koelkast van de buren mee. U hoeft niet thuis te zijn, maar Mevrouw De Wit wel.\n\nTot dan.",
    ),
    "cut word": (pdf("Dit woord is aan het eind van de regel afge-\nbroken."), "Dit woord is aan het eind van de regel afgebroken."),
    "text": ("Café open.\r\nKom!".encode(), "Café open.\nKom!"),
    "text of Windows": ("Café open.".encode("cp1252"), "Café open."),
    "text with a mark": ("Café open.".encode("utf-16"), "Café open."),
}  # fmt: skip
BOMB = docx("<w:p><w:r><w:t>" + "a" * 60_000_000 + "</w:t></w:r></w:p>")
DEEP = docx("<w:p>" * 300_000)
LAUGH = docx(
    "<w:p><w:r><w:t>&c;</w:t></w:r></w:p>",
    '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>',
)
REFUSED = {
    "nothing": (b"", "empty"),
    "only zeros": (b"\x00" * 50, "empty"),
    "too big": (b"a" * (documents.MOST_BYTES + 1), "too_big"),
    "a scan": (pdf(""), "no_text"),
    "a document without letters": (docx("<w:p/>"), "no_text"),
    "a PDF behind a password": (locked_pdf(), "locked"),
    "an ODT behind a password": (odt("<text:p>x</text:p>", "<manifest:encryption-data/>"), "locked"),
    "a DOCX behind a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked"),
    "an old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 900, "old_word"),
    "half a PDF": (pdf("Dag")[:60], "broken"),
    "half a DOCX": (DOCX[: len(DOCX) // 2], "broken"),
    "XML that is none": (docx("<w:p>"), "broken"),
    "entities that multiply": (LAUGH, "broken"),
    "another archive": (packed({"a.txt": "dag"}), "other_kind"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "other_kind"),
    "rich text": (rb"{\rtf1\ansi Dag}", "other_kind"),
    "a page": (b"<html><p>Dag</p>", "other_kind"),
}  # fmt: skip


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as one:
        yield one


@pytest.mark.parametrize("kind", READABLE)
def test_the_text_of_a_file_is_read_with_its_paragraphs(sandbox: Sandbox, kind: str) -> None:
    raw, text = READABLE[kind]
    assert sandbox.text_of(raw) == text


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_cannot_be_read_says_why(sandbox: Sandbox, kind: str) -> None:
    raw, code = REFUSED[kind]
    with pytest.raises(Unreadable) as error:
        sandbox.text_of(raw)
    assert error.value.code == code


def test_what_unpacks_without_end_ends_in_time_and_the_next_file_is_read(sandbox: Sandbox) -> None:
    assert set(sandbox.text_of(BOMB)) == {"a"}  # no more is unpacked than is read
    with pytest.raises(Unreadable):
        sandbox.text_of(DEEP)
    assert sandbox.text_of(DOCX).startswith("Beste meneer")


def outcome(sandbox: Sandbox, raw: bytes) -> str:
    """`read`, or the code of what is wrong."""
    try:
        return "read" if sandbox.text_of(raw).strip() else "nothing"
    except Unreadable as error:
        return error.code


def test_a_file_that_is_damaged_anywhere_is_read_or_refused(sandbox: Sandbox) -> None:
    """17,800 others were tried when this was written: the slowest took 0.8 s, and the child never died."""
    chance = Random(7)
    for _time in range(120):
        damaged = bytearray(chance.choice((DOCX, ODT, READABLE["pdf"][0], locked_pdf())))
        for _place in range(chance.randint(1, 12)):
            at = chance.randrange(len(damaged))
            damaged[at : at + chance.choice((0, 1, 1, 30))] = chance.randbytes(chance.choice((0, 1, 1, 20)))
        said = outcome(sandbox, bytes(damaged))
        assert said in {"read", "broken", "no_text", "locked", "other_kind"}


def test_a_long_file_is_read_up_to_its_bound(sandbox: Sandbox) -> None:
    assert len(sandbox.text_of(docx("<w:p><w:r><w:t>dag en nacht. </w:t></w:r></w:p>" * 30_000))) == documents.MOST_TEXT


def test_every_reason_has_a_sentence() -> None:
    codes = set(re.findall(r'Unreadable\("(\w+)"', Path(documents.__file__).read_text()))
    codes |= {"locked", "old_word"}  # chosen in one expression
    assert codes - {"broken"} <= set(WORDS)
    with pytest.raises(Refused, match="wachtwoord"):
        read_document(locked_pdf())


def test_no_more_files_are_read_at_once_than_the_memory_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_document_module, "PATIENCE_SECONDS", 0.01)
    held = [read_document_module._PLACES.acquire(blocking=False) for _place in range(read_document_module.AT_ONCE)]
    try:
        with pytest.raises(Refused, match="Probeer het over een minuut"):
            read_document(DOCX)
    finally:
        for _place in held:
            read_document_module._PLACES.release()
    assert all(held) and read_document(DOCX).startswith("Beste meneer")


@pytest.mark.django_db
def test_the_page_opens_a_file_and_keeps_nothing_of_it(client: Client, cast: Cast, settings: object) -> None:
    client.force_login(cast.henk)
    hard = docx("<w:p><w:r><w:t>Indien u bezwaren heeft omtrent dit tijdstip, verzoeken wij u contact op te nemen met het Servicecentrum van de gemeente.</w:t></w:r></w:p>")  # fmt: skip
    answer = client.post("/teksten/", {"text": "Wat er stond.", "file": SimpleUploadedFile("geheim.docx", hard)})
    said = answer.content.decode()
    assert answer.status_code == 200 and "<mark>Indien</mark>" in said and "Zin 1" in said
    assert "geheim.docx" not in said and "Wat er stond." not in said
    bad = client.post("/teksten/", {"text": "Wat er stond.", "file": SimpleUploadedFile("x.docx", locked_pdf())})
    said = bad.content.decode()
    assert bad.status_code == 422 and "Er zit een wachtwoord op het bestand." in said and "Wat er stond." in said
    assert 'aria-describedby="bestand_uitleg bestand_error"' in said
