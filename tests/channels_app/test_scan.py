"""Pages, separator sheets, pictures and stamps of scans; hostile files get a code, never a crash."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PIL import Image

from channels_app.adapters.email.limits import Unreadable
from channels_app.adapters.email.sandbox import Sandbox
from channels_app.adapters.letter import scan
from channels_app.adapters.letter.separator import is_separator
from channels_app.adapters.letter.stamp import read_stamp, stamp_of_name
from tests.channels_app.scans import jpeg, letter, pdf, sheet, tiff
from tests.corpus import files

TODAY = date(2026, 11, 29)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as box:
        yield box


@pytest.mark.parametrize("askew", [0, 3, -3, 180, 178])
def test_a_separator_sheet_is_known_askew_and_upside_down(askew: float) -> None:
    assert is_separator(sheet(askew))


def test_no_other_page_is_a_separator() -> None:
    striped = Image.new("L", (200, 283), 255)
    for top in range(10, 280, 8):
        striped.paste(0, (10, top, 190, top + 4))
    black, grey = Image.new("L", (200, 283), 0), Image.new("L", (200, 283), 127)
    pages = [letter(), letter(*["Een regel met tekst over de hele breedte van het blad"] * 28), striped, black, grey]
    assert not any(is_separator(page) for page in pages)


def test_the_sheet_that_we_print_is_known() -> None:
    from django.template.loader import render_to_string

    from organisation.pdf import pdf_of

    raw = pdf_of(render_to_string("channels_app/separator_pdf.html", {}))
    assert scan.pages_of(raw) == 1
    assert scan.separators(raw, 0, 25) == [0]


@pytest.mark.parametrize("make", [pdf, tiff])
def test_a_stack_is_parted_where_the_sheets_are(make: object, sandbox: Sandbox) -> None:
    raw = make(letter("een"), sheet(), letter("twee"), letter("twee, vervolg"))  # type: ignore[operator]
    assert sandbox.of_scan(raw, "pages") == {"pages": 4}
    assert sandbox.of_scan(raw, "separators", first=0, count=25) == {"separators": [1]}
    part = sandbox.made_of_scan(raw, "piece", pages=[2, 3])
    assert part.startswith(b"%PDF-") and sandbox.of_scan(part, "pages") == {"pages": 2}


def test_a_picture_is_made_anew_without_what_the_camera_noted(sandbox: Sandbox) -> None:
    raw = jpeg(letter("Hallo"))
    assert Image.open(io.BytesIO(raw)).getexif().get_ifd(0x8825)
    made = Image.open(io.BytesIO(sandbox.made_of_scan(raw, "picture", page=0, width=600, for_reading=False)))
    assert made.format == "JPEG" and made.width == 600 and not made.getexif()
    grey = Image.open(io.BytesIO(sandbox.made_of_scan(raw, "picture", page=0, width=900, for_reading=True)))
    assert (grey.format, grey.mode) == ("PNG", "L")


HOSTILE: dict[str, Callable[[], bytes]] = {  # made when it is their turn: the largest takes a moment
    "empty": lambda: b" \x00\n",
    "no_scan": lambda: b"<html><script>alert(1)</script>",
    "broken_scan": lambda: b"%PDF-1.7\n1 0 obj\n<<>>\nstartxref\n9999\n%%EOF",
    "broken_scan tiff": lambda: b"II*\x00\xff\xff\xff\xff" + b"\x00" * 40,
    "broken_scan jpeg": lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 40,
    "too_many_pages": lambda: files.pdf(pages=201),
    "too_many_pixels": lambda: files.png_of(30_000, 30_000),
}


@pytest.mark.parametrize("code", HOSTILE)
def test_a_file_that_cannot_be_opened_says_why(code: str, sandbox: Sandbox) -> None:
    with pytest.raises(Unreadable) as refused:
        sandbox.of_scan(HOSTILE[code](), "separators", first=0, count=25)
    assert refused.value.code == code.split()[0]


STAMPS = [
    ("INGEKOMEN 27 NOV 2026", date(2026, 11, 27)),
    ("Ingekomen: 27-11-2026 nr. 4471", date(2026, 11, 27)),
    ("GEMEENTE OPMEER\nONTVANGEN\n27 november 2026", date(2026, 11, 27)),
    ("ingekomen 3/3/26", date(2026, 3, 3)),
    ("Binnengekomen op 12 mrt. 2026", date(2026, 3, 12)),
    ("Opmeer, 27 november 2026", None),
    ("INGEKOMEN 30 NOV 2026", None),
    ("INGEKOMEN 31 FEB 2026", None),
    ("Ontvangen 1 jan 1999", None),
    ("Ik heb uw brief ontvangen en wil op 1-11-2026 langskomen", date(2026, 11, 1)),
    ("", None),
]


@pytest.mark.parametrize(("text", "day"), STAMPS)
def test_the_day_of_the_stamp(text: str, day: date | None) -> None:
    assert read_stamp(text, TODAY) == day


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2026-11-27_0007.pdf", date(2026, 11, 27)),
        ("scan_20261127_0003.tif", date(2026, 11, 27)),
        ("20261130.pdf", None),
        ("brief 120261127.pdf", None),
        ("klacht.pdf", None),
    ],
)
def test_the_day_in_the_name_of_a_file(name: str, day: date | None) -> None:
    assert stamp_of_name(name, TODAY) == day
