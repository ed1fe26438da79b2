"""The public form: whatever a citizen (or a machine) sends becomes one question at the right team, or a sentence; nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from PIL import Image

from channels_app.models import InboundMessage, OutboundMessage, StoredFile
from contacts.actions.customers import create_customer
from contacts.actions.send_form import FormAsked, send_form
from contacts.forms.citizen import begun
from contacts.invariants import check_all
from contacts.models import (
    CallbackRequest,
    Contact,
    Customer,
    NormClock,
    Question,
    QuestionPlace,
    RoutingRule,
    ServiceNorm,
)
from contacts.views import citizen_form as view
from organisation.clock import AMSTERDAM
from organisation.models import Municipality, Subject
from organisation.snapshot import settings_changed
from tests.cast import Cast
from tests.knowledge.scene import outside_address
from tests.rows import Row

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
GOOD = {"text": "Mijn grofvuil staat er nog.", "how": "mail", "name": "J. de Wit", "email": "J.deWit@voorbeeld.nl"}


@pytest.fixture(autouse=True)
def _calm(cast: Cast) -> Iterator[None]:
    view.SENT.clear()
    with time_machine.travel(MONDAY, tick=False):
        yield


def opened() -> dict[str, str]:
    """The hidden fields of a page that was opened a minute ago."""
    with time_machine.travel(MONDAY - timedelta(minutes=1), tick=False):
        return {"once": "a-page-of-its-own", "begun": begun()}


def send(code: str = "grofvuil", **given: object) -> tuple[int, str]:
    response = Client().post(f"/formulier/{code}/", {**opened(), **GOOD, **given}, follow=True)
    return response.status_code, response.content.decode()


def test_somebody_finds_the_subject_in_the_own_words() -> None:
    page = Client().get("/formulier/", {"q": "grofvuil"}).content.decode()
    assert 'href="/formulier/grofvuil/"' in page and "Bedoelt u een van deze?" in page
    assert "We vonden niets" in page or "vonden we niets" not in page
    nothing = Client().get("/formulier/", {"q": "zzzz<script>"}).content.decode()
    assert "vonden we niets" in nothing and "zzzz&lt;script&gt;" in nothing
    assert 'href="/formulier/iets-anders/"' in nothing


def test_a_form_is_a_question_with_a_number_a_promise_and_a_page() -> None:
    with time_machine.travel(MONDAY - timedelta(minutes=5), tick=False):
        empty = Client().get("/formulier/grofvuil/")
    assert "U krijgt antwoord uiterlijk <strong>donderdag 5 maart</strong>" in empty.content.decode()
    hidden = {name: empty.context["form"][name].value() for name in ("once", "begun")}
    status, page = send(phone="0226 35 12 44", **hidden)
    question = Question.objects.get()
    assert status == 200
    assert "We hebben uw vraag ontvangen." in page and question.number in page
    assert "Antwoord uiterlijk<strong>donderdag 5 maart" in page
    assert (question.channel, question.subject.code, question.team.code) == ("form", "grofvuil", "openbare-ruimte")
    assert "Telefoon: 0226 35 12 44" in question.summary
    contact = Contact.objects.get()
    assert contact.address == "j.dewit@voorbeeld.nl" and contact.inbound is not None
    assert contact.inbound.outcome == "registered"
    assert Customer.objects.get().name == "J. de Wit"
    assert set(NormClock.objects.values_list("norm__code", flat=True)) == {"form.acknowledge", "form.answer"}
    assert OutboundMessage.objects.get().purpose == "acknowledgement"
    assert all(not found.violations for found in check_all())


def test_the_same_page_sent_twice_is_one_question(django_user_model: object) -> None:
    first, second = send()[1], send()[1]
    number = Question.objects.get().number
    assert number in first and number in second
    assert InboundMessage.objects.count() == OutboundMessage.objects.count() == 1


def test_who_goes_back_and_changes_something_loses_nothing(settings: object, tmp_path: object, row: Row) -> None:
    settings.FILES_DIR = tmp_path  # type: ignore[attr-defined]
    send()
    for changed in ({"text": "Ik vergat iets."}, {"email": "ander@voorbeeld.nl"}, {"files": True}):
        with row(changed):
            for _twice in range(2):
                given = {"files": SimpleUploadedFile("kuil.png", PNG)} if "files" in changed else changed
                status, page = send(**given)
                second = Question.objects.latest("pk")
                assert status == 200 and second.number in page
            assert Question.objects.count() == 2
            assert str(changed.get("text", "")) in second.summary
            assert StoredFile.objects.count() == int("files" in changed)


def test_what_is_added_to_the_text_is_dutch_for_the_desk() -> None:
    Client().post("/formulier/grofvuil/?taal=en", {**opened(), **GOOD, "phone": "0226 35 12 44"})
    assert "Telefoon: 0226 35 12 44" in Question.objects.get().summary


def test_who_wants_a_call_gets_one() -> None:
    status, page = send(how="bel", phone="06 12345678", email="")
    assert status == 200 and "We bellen u" in page
    assert CallbackRequest.objects.get().phone == "06 12345678"
    assert not OutboundMessage.objects.exists()


def test_a_report_needs_a_place_and_no_name(cast: Cast) -> None:
    Subject.objects.filter(pk=cast.grofvuil.pk).update(kind="report")
    settings_changed()
    status, page = send(name="", postcode="", house_number="")
    assert status == 422 and "Vertel ons waar het is." in page
    status, page = send(name="", postcode="1716 ka", house_number="41", place="naast de glasbak")
    assert status == 200
    question = Question.objects.get()
    assert question.summary.endswith("Plek: 1716 KA 41, naast de glasbak") and question.kind == "report"


def test_the_point_of_a_device_is_a_place(cast: Cast) -> None:
    Subject.objects.filter(pk=cast.grofvuil.pk).update(kind="report")
    settings_changed()
    page = Client().get("/formulier/grofvuil/")
    assert "geolocation=(self)" in page["Permissions-Policy"] and "js/place" in page.content.decode()
    assert send(lat="NaN", long="4.9")[0] == 422, "half a point is no place"
    assert send(lat="52.70612", long="4.94951", metres="12.4", place="bij de brug")[0] == 200
    place = QuestionPlace.objects.get().as_where()
    assert (place.words, place.metres) == ("bij de brug · 52.706120, 4.949510", 12)
    assert Question.objects.get().summary.endswith("Plek: bij de brug · 52.706120, 4.949510")
    assert "geolocation=()" in Client().get("/formulier/paspoort/")["Permissions-Policy"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"text": ""}, "Schrijf in een paar woorden wat er is"),
        ({"text": " \x07 "}, "Schrijf in een paar woorden"),
        ({"text": "a" * 10_001}, "te lang"),
        ({"text": "Mijn nummer is 111222333."}, "burgerservicenummer"),
        ({"email": ""}, "Vul uw e-mailadres in"),
        ({"email": "geen adres"}, "geen e-mailadres"),
        ({"email": "a@b\r\nBcc: x@y.nl"}, "geen e-mailadres"),
        ({"how": "bel"}, "Vul uw telefoonnummer in"),
        ({"how": "bel", "phone": "12"}, "geen telefoonnummer"),
        ({"how": "duif"}, "duif"),
        ({"name": ""}, "Vul dit in"),
        ({"name": "x" * 101}, "100"),
        ({"website": "http://spam.example"}, "leeg"),
        ({"begun": ""}, "nog een keer op Versturen"),
        ({"begun": "form:1tabcd:nep"}, "nog een keer op Versturen"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_cannot_be_sent_is_said_and_stays(given: dict[str, str], sentence: str) -> None:
    status, page = send(**given)
    assert status == 422
    assert "Er is nog niets verstuurd." in page and sentence in page
    if "text" not in given:
        assert "Mijn grofvuil staat er nog.</textarea>" in page
    assert not Question.objects.exists() and not InboundMessage.objects.exists()


def test_who_is_quicker_than_a_person_presses_once_more() -> None:
    quick = {"once": "een-tweede-pagina", "begun": begun()}
    assert send(**quick)[0] == 422
    with time_machine.travel(MONDAY + timedelta(seconds=4), tick=False):
        assert send(**quick)[0] == 200


def test_a_page_that_stood_open_for_days_is_sent_with_the_second_press() -> None:
    with time_machine.travel(MONDAY + timedelta(days=3), tick=False):
        response = Client().post("/formulier/grofvuil/", {**opened(), **GOOD})
        assert response.status_code == 422
        fresh = response.context["form"]["begun"].value()
    with time_machine.travel(MONDAY + timedelta(days=3, seconds=9), tick=False):
        assert send(begun=fresh)[0] == 200


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "‮omgekeerd", "🙂" * 500, "'; DROP TABLE contacts_question; --", "é" * 9_999]
)
def test_strange_texts_arrive_as_they_are(text: str) -> None:
    assert send(text=text)[0] == 200
    assert Contact.objects.get().text == text


def test_files_come_along_and_wrong_ones_are_named(settings: object, tmp_path: object) -> None:
    settings.FILES_DIR = tmp_path  # type: ignore[attr-defined]
    status, page = send(files=[SimpleUploadedFile("foto.png", PNG), SimpleUploadedFile("virus.exe", b"MZ\x90\x00")])
    assert status == 422 and "‘virus.exe’ kunnen we niet openen" in page and "Mijn grofvuil" in page
    assert not StoredFile.objects.exists()
    assert send(files=[SimpleUploadedFile(f"{n}.png", PNG) for n in range(6)])[0] == 422
    assert send(text="", files=[SimpleUploadedFile("foto.png", PNG)])[1].count("Kies uw bestanden opnieuw") == 1
    status, page = send(files=[SimpleUploadedFile("../../foto.png", PNG)])
    assert status == 200
    file = StoredFile.objects.get()
    assert "Met 1 bestand" in page and "foto.png" not in page
    assert file.name == "foto.png" and file.inbound == Contact.objects.get().inbound


def test_a_known_customer_is_known_by_address_and_surname(cast: Cast) -> None:
    known = create_customer(by=cast.fatima, at=MONDAY, name="Jan de Wit", email="j.dewit@voorbeeld.nl")
    send()
    assert Question.objects.latest("pk").customer == known
    send(once="een-ander", name="Piet Bakker")
    assert Question.objects.latest("pk").customer not in (known, None)


def test_a_subject_that_is_gone_or_only_a_theme_has_no_form(cast: Cast) -> None:
    for code in ("afval", "bestaat-niet"):
        assert Client().get(f"/formulier/{code}/").status_code == 404
    assert send("iets-anders")[0] == 200
    assert Question.objects.get().subject is None


def test_a_municipality_without_the_form_says_so() -> None:
    Municipality.objects.update(has_public_form=False)
    settings_changed()
    assert "Dit formulier is dicht" in Client().get("/formulier/").content.decode()
    assert Client().post("/formulier/grofvuil/", {**opened(), **GOOD}).status_code == 404
    assert not Question.objects.exists()


def test_the_promise_is_that_of_the_team_that_a_rule_sends_it_to(cast: Cast) -> None:
    RoutingRule.objects.create(name="Afval", position=1, channel="form", subject=cast.afval, team=cast.burgerzaken)
    norm = ServiceNorm.objects.get(code="form.answer")
    norm.pk, norm.team, norm.length = None, cast.burgerzaken, 5
    norm.save()
    settings_changed()
    assert "<strong>maandag 9 maart</strong>" in Client().get("/formulier/grofvuil/").content.decode()
    assert "Antwoord uiterlijk<strong>maandag 9 maart" in send()[1]


@pytest.mark.parametrize("name", ["kuil.jfif", "KUIL.JFIF", "IMG_0001.jpeg"])
def test_a_photo_is_taken_by_any_of_its_names(name: str, settings: object, tmp_path: object) -> None:
    settings.FILES_DIR = tmp_path  # type: ignore[attr-defined]
    buffer = BytesIO()
    Image.new("RGB", (20, 20)).save(buffer, "JPEG")
    assert send(files=SimpleUploadedFile(name, buffer.getvalue()))[0] == 200
    assert StoredFile.objects.get().content_type == "image/jpeg"


def test_whose_browser_filled_in_the_field_for_machines_presses_once_more() -> None:
    status, page = send(website="https://www.voorbeeld.nl")
    assert status == 422 and "druk nog een keer op Versturen" in page
    assert 'href="#id_website"' not in page and "https://www.voorbeeld.nl" not in page
    assert send()[0] == 200


def test_a_flood_is_slowed_per_address() -> None:
    answers = [Client().post("/formulier/grofvuil/", {}).status_code for _n in range(22)]
    assert answers == [422] * 20 + [429] * 2
    assert Client().post("/formulier/grofvuil/", {}, REMOTE_ADDR="198.51.100.7").status_code == 422


def test_no_cookie_and_english() -> None:
    response = Client().get("/formulier/grofvuil/", {"taal": "en"})
    assert not response.cookies and "How do you want our answer?" in response.content.decode()
    landed = Client().post("/formulier/grofvuil/?taal=en", {**opened(), **GOOD})
    assert landed.status_code == 303 and landed["Location"].endswith("&taal=en")


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_one_moment_are_one_question(cast: Cast) -> None:
    form = FormAsked(once="tegelijk", subject_id=cast.grofvuil.pk, text="Hallo", name="De Wit", email="a@voorbeeld.nl")
    start, numbers = threading.Barrier(4), []

    def press() -> None:
        start.wait()
        numbers.append(send_form(form=form, at=MONDAY).number)
        connection.close()

    threads = [threading.Thread(target=press) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(numbers) == 4 and len(set(numbers)) == 1
    assert Question.objects.count() == InboundMessage.objects.count() == 1


def test_a_public_answer_stands_before_the_question(cast: Cast) -> None:
    assert "Misschien helpt dit u meteen" not in Client().get("/formulier/", {"q": "grofvuil"}).content.decode()
    outside_address(cast)
    address = '<a href="/antwoorden/grofvuil-laten-ophalen/">'
    for path, given in (("/formulier/", {"q": "grofvuil ophalen"}), ("/formulier/grofvuil/", {})):
        page = Client().get(path, given).content.decode()
        assert "Misschien helpt dit u meteen" in page and address in page, path
        assert address not in Client().get(path, {**given, "taal": "en"}).content.decode()
    outside = Client().get("/antwoorden/grofvuil-laten-ophalen/").content.decode()
    assert 'href="/formulier/"' in outside
