"""Quick registration on a phone: however often and whenever it is sent, one question, with its place and without what a photo tells."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from channels_app.files import open_file
from channels_app.models import InboundMessage, StoredFile
from channels_app.photo import NoPhoto, bare_photo
from contacts.actions.customers import create_customer
from contacts.actions.quick_register import QuickAsked, quick_register
from contacts.models import Contact, Customer, NormClock, Question, QuestionPlace
from contacts.where import NoPlace, Where, where_of
from organisation.clock import AMSTERDAM
from organisation.models import AccessEntry
from tests.cast import Cast, settle_in
from tests.contacts.test_settle import at_once

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
KEY = "0123456789abcdef0123456789abcdef"
GPS = b"Exif\0\0" + struct.pack(">2sHIHHHIHHHHIII", b"MM", 42, 8, 2, 0x0112, 3, 1, 6, 0, 0x8825, 4, 1, 0x3412, 0)


def block(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


SCAN = block(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
JPEG = (
    b"\xff\xd8" + block(0xE0, b"JFIF\0\x01") + block(0xE1, GPS) + block(0xE1, b"http://ns.adobe.com/xap/1.0/\0GPS")
    + block(0xED, b"Photoshop") + block(0xFE, b"Jansen") + block(0xDB, b"\x00" * 65) + SCAN + b"\xff\xd9"
)  # fmt: skip
PNG = (
    b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"\0" * 13) + chunk(b"eXIf", GPS) + chunk(b"IDAT", b"x") + chunk(b"IEND", b"")
)
WEBP_BODY = (
    b"WEBPVP8X"
    + struct.pack("<I", 10)
    + b"\x0c"
    + b"\0" * 9
    + b"EXIF"
    + struct.pack("<I", 3)
    + b"GPS\0"
    + b"VP8 \x01\0\0\0x\0"
)
WEBP = b"RIFF" + struct.pack("<I", len(WEBP_BODY)) + WEBP_BODY


def test_a_photo_tells_nothing_but_its_picture() -> None:
    bare = bare_photo(JPEG + b"GPS of another file behind the end")
    assert b"GPS" not in bare and b"Jansen" not in bare and b"Photoshop" not in bare and b"\x34\x12" not in bare
    assert b"JFIF" in bare and SCAN in bare and bare.endswith(b"\xff\xd9") and bare.count(b"Exif") == 1
    assert bare_photo(bare) == bare, "which side is up stays"
    assert b"eXIf" not in bare_photo(PNG) and bare_photo(PNG).endswith(chunk(b"IEND", b""))
    webp = bare_photo(WEBP)
    assert b"EXIF" not in webp and webp[20] == 0 and len(webp) == 8 + struct.unpack("<I", webp[4:8])[0]


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", JPEG[:9], JPEG[:-2], b"\xff\xd8\xff\xe1\x00\x00", PNG[:20], WEBP[:15], WEBP[:-3]]
)
def test_what_is_no_photo_is_refused(data: bytes) -> None:
    with pytest.raises(NoPhoto):
        bare_photo(data)


def test_a_place_is_a_point_on_earth_or_words() -> None:
    found = where_of("Dorpsstraat 1", " 52.7061234567", "4.9", "12.7")
    assert (found.latitude, found.longitude, found.metres) == (Decimal("52.706123"), Decimal("4.900000"), 12)
    assert found.words == "Dorpsstraat 1 · 52.706123, 4.900000"
    assert where_of("", "", "").is_empty
    for half in (("52.7", ""), ("", "4.9"), ("91", "4"), ("52", "181"), ("nan", "4"), ("1e3", "4"), ("52,7", "4,9")):
        with pytest.raises(NoPlace):
            where_of("", *half)


@pytest.fixture
def _files(settings: object, tmp_path: object) -> None:
    settings.FILES_DIR = tmp_path  # type: ignore[attr-defined]


@pytest.fixture
def desk(cast: Cast, client: Client, _files: None) -> Iterator[Client]:
    client.force_login(cast.henk)
    with time_machine.travel(MONDAY, tick=False):
        yield client


def send(client: Client, **more: object) -> tuple[int, dict[str, object]]:
    given = {
        "key": KEY,
        "text": "Losse tegel",
        "channel": "street",
        "lat": "52.706120",
        "long": "4.949510",
        "metres": "12",
    }
    response = client.post("/snel/", {**given, **more}, headers={"HX-Request": "true"})
    return response.status_code, response.json() if "json" in response["Content-Type"] else {}


def test_a_report_from_the_street_is_a_question_with_its_place_and_photo(desk: Client, cast: Cast) -> None:
    status, told = send(
        desk, place="Dorpsstraat 1", subject=str(cast.grofvuil.pk), ago="7200", phone="0612345678",
        files=[SimpleUploadedFile("IMG_1.jpg", JPEG, "image/jpeg")],
    )  # fmt: skip
    question = Question.objects.get()
    assert (status, told["number"], told["known"]) == (200, question.number, False)
    assert (question.channel, question.team, question.registered_by) == ("street", cast.openbare_ruimte, cast.henk)
    assert question.received_at == MONDAY - timedelta(hours=2), "when it was seen, not when it was sent"
    assert NormClock.objects.get().started_at == question.received_at
    assert QuestionPlace.objects.get().as_where() == Where(
        "Dorpsstraat 1", Decimal("52.706120"), Decimal("4.949510"), 12
    )
    assert question.summary == "Losse tegel\n\nPlek: Dorpsstraat 1 · 52.706120, 4.949510"
    assert question.customer is not None and question.customer.name == "0612345678"
    file = StoredFile.objects.get()
    assert (file.content_type, file.inbound) == ("image/jpeg", Contact.objects.get().inbound)
    assert b"GPS" not in open_file(file).read()
    page = desk.get(told["address"]).content.decode()
    assert "52.706120, 4.949510" in page and "IMG_1.jpg" in page


def test_what_is_sent_twice_is_one_question_also_for_a_colleague_with_the_same_key(desk: Client, cast: Cast) -> None:
    first, second = send(desk)[1], send(desk, text="Anders getypt")[1]
    assert first["number"] == second["number"] and second["known"]
    desk.force_login(cast.ria)
    assert send(desk)[1]["known"] is False
    assert Question.objects.count() == InboundMessage.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.django_db(transaction=True)
def test_four_at_the_same_moment_are_one_question() -> None:
    cast = settle_in()
    asked = QuickAsked(key=KEY, channel="street", subject_id=None, text="Tegel", where=Where("Dorp"))
    done = at_once(4, lambda number: quick_register(asked=asked, by=cast.henk, at=MONDAY))
    assert len({one.question.pk for one in done}) == 1 and [one.is_repeat for one in done].count(False) == 1
    assert Question.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"text": "  "}, "Vul dit in"),
        ({"text": "x" * 5001}, "te lang"),
        ({"key": "kort"}, "beschadigd"),
        ({"phone": "12"}, "telefoonnummer"),
        ({"email": "geen"}, "e-mailadres"),
        ({"channel": "phone"}, "phone"),
        ({"subject": "999999"}, "999999"),
        ({"files": [SimpleUploadedFile("x.jpg", b"MZ\x90\x00", "image/jpeg")]}, "niet openen"),
        ({"files": [SimpleUploadedFile("x.jpg", JPEG[:30], "image/jpeg")]}, "niet openen"),
        ({"files": [SimpleUploadedFile(f"{n}.jpg", JPEG) for n in range(6)]}, "hoogstens 5"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_cannot_be_taken_is_said(desk: Client, given: dict[str, object], sentence: str) -> None:
    status, told = send(desk, **given)
    assert status == 422 and sentence in " ".join(told["reasons"])  # type: ignore[arg-type]
    assert not Question.objects.exists() and not StoredFile.objects.exists()


def test_a_damaged_point_does_not_keep_the_rest_from_arriving(desk: Client) -> None:
    assert send(desk, lat="NaN", ago="-5", place="bij de brug")[0] == 200
    assert QuestionPlace.objects.get().as_where() == Where("bij de brug")
    assert Question.objects.get().received_at == MONDAY
    assert send(desk, key="a" * 32, lat="", long="", ago="99999999999")[0] == 200
    assert Question.objects.latest("pk").received_at == MONDAY - timedelta(days=30)
    assert QuestionPlace.objects.count() == 1


def test_solved_on_the_spot_is_answered_at_once(desk: Client) -> None:
    send(desk, solved="on")
    assert Question.objects.get().is_direct and not NormClock.objects.filter(state="running").exists()


@pytest.mark.parametrize(
    ("given", "whose"),
    [
        ({}, "A. de Wit"),
        ({"name": "Anna de Wit"}, "A. de Wit"),
        ({"name": "P. de Wit"}, "P. de Wit"),
        ({"name": "J. Bakker"}, "J. Bakker"),
        ({"name": "J. Bakker", "customer": "A. de Wit"}, "A. de Wit"),
        ({"name": "Anna de Wit", "customer": "new"}, "Anna de Wit"),
        ({"name": "J. Bakker", "customer": "K. Smit"}, "J. Bakker"),
        ({"name": "A. de Wit", "phone": "06 99999999", "email": "ANNA@voorbeeld.nl"}, "A. de Wit"),
    ],
    ids=str,
)
def test_who_is_known_by_the_number_does_not_become_a_customer_again(
    desk: Client, cast: Cast, given: dict[str, str], whose: str
) -> None:
    anna = create_customer(by=cast.fatima, at=MONDAY, name="A. de Wit", phone="0612345678", email="anna@voorbeeld.nl")
    create_customer(by=cast.fatima, at=MONDAY, name="K. Smit", phone="0687654321")
    ids = {one.name: str(one.pk) for one in Customer.objects.all()}
    chosen = {"customer": ids.get(given.get("customer", ""), given.get("customer", ""))}
    assert send(desk, **{"phone": "+31 6 1234 5678", **given, **chosen})[0] == 200
    question = Question.objects.get()
    assert question.customer is not None and question.customer.name == whose
    assert (question.customer == anna) == (whose == "A. de Wit"), "and nobody twice"
    new_number = "Telefoonnummer: 06 99999999" if given.get("phone") else ""
    assert question.summary.partition("4.949510")[2].strip() == new_number, "no number of a known customer is lost"


def test_who_is_known_is_offered_and_who_looked_is_on_record(desk: Client, cast: Cast) -> None:
    _anna, piet = (
        create_customer(by=cast.fatima, at=MONDAY, name=name, phone="0612345678") for name in ("A. de Wit", "P. de Wit")
    )

    def offered(**given: str) -> str:
        return desk.post("/snel/bekend/", given).content.decode()

    assert offered(phone="0699999999").strip() == "" and offered().strip() == ""
    assert not AccessEntry.objects.filter(page="quick-known").exists()
    both = offered(phone="06-12345678")
    assert "A. de Wit" in both and "P. de Wit" in both and "checked" not in both
    assert f'value="{piet.pk}" checked' in offered(phone="06-12345678", name="Piet de Wit")
    assert AccessEntry.objects.filter(page="quick-known", user=cast.henk).count() == 2


def test_without_a_script_the_page_asks_who_it_is(desk: Client, cast: Cast) -> None:
    anna = create_customer(by=cast.fatima, at=MONDAY, name="A. de Wit", phone="0612345678")
    given = {"key": KEY, "text": "Tegel", "channel": "street", "phone": "0612345678", "name": "J. Bakker"}
    asked = desk.post("/snel/", given)
    assert asked.status_code == 422 and not Question.objects.exists()
    assert "Kies wie het is" in asked.content.decode() and f'value="{anna.pk}"' in asked.content.decode()
    assert desk.post("/snel/", {**given, "customer": "new"}).status_code == 302
    assert Question.objects.get().customer.name == "J. Bakker"


def test_without_a_script_the_page_sends_and_comes_back(desk: Client) -> None:
    key = desk.get("/snel/").context["form"]["key"].value()
    response = desk.post("/snel/", {"key": key, "text": "Tegel", "channel": "street"}, follow=True)
    assert response.redirect_chain == [("/snel/", 302)] and Question.objects.get().number in response.content.decode()
    for text, count in (("Tegel", 1), ("Lantaarnpaal", 2)):  # sent again, and gone back to for another report
        assert desk.post("/snel/", {"key": key, "text": text, "channel": "street"}).status_code == 302
        assert Question.objects.count() == count
    assert desk.post("/snel/", {"key": key, "text": ""}).status_code == 422


def test_who_is_not_signed_in_or_somebody_else_sends_nothing(desk: Client, cast: Cast) -> None:
    headers = {"HX-Request": "true", "X-Person": str(cast.ria.pk)}
    assert desk.post("/snel/", {"key": KEY, "text": "Tegel", "channel": "street"}, headers=headers).status_code == 401
    assert Client().post("/snel/", {"key": KEY, "text": "x"}, headers={"HX-Request": "true"}).status_code == 401
    assert not Question.objects.exists()


def test_what_a_phone_keeps_holds_no_person_and_reaches_no_further_than_the_page(cast: Cast, client: Client) -> None:
    client.force_login(cast.henk)
    page, shell, worker = (client.get(f"/snel/{name}") for name in ("", "zonder-verbinding/", "werker.js"))
    assert "geolocation=(self)" in page["Permissions-Policy"] and "Henk" in page.content.decode()
    assert "Henk" not in shell.content.decode() and "csrf" not in shell.content.decode()
    assert "data-person" not in shell.content.decode()
    assert worker["Content-Type"].startswith("text/javascript") and "Service-Worker-Allowed" not in worker
    assert 'const PAGE = "/snel/"' in worker.content.decode()
