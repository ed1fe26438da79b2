"""Open311 GeoReport v2: an app sends a report once, in the standard's own words, and reads how its own reports stand."""

from __future__ import annotations

from datetime import datetime, timedelta
from xml.etree import ElementTree as Xml

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client

from channels_app.models import InboundMessage, OutboundMessage, StoredFile
from contacts.actions.close import close
from contacts.actions.open311_report import open311_report
from contacts.forms.open311 import Report
from contacts.models import ApiClient, NormClock, Question, QuestionPlace
from contacts.views import open311 as view
from contacts.where import Where
from organisation.clock import AMSTERDAM
from organisation.models import Subject
from organisation.snapshot import settings_changed
from organisation.tokens import hashed
from tests.cast import Cast, settle_in
from tests.contacts.test_quick import JPEG
from tests.contacts.test_settle import at_once

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
GOOD = {"service_code": "grofvuil", "lat": "52.7061", "long": "4.9495", "description": "Bank op straat"}
Answer = tuple[int, object]


def read_xml(answer: bytes) -> Xml.Element:
    return Xml.fromstring(answer)  # noqa: S314 - our own


def add_client(name: str = "Buiten Beter", key: str = "sleutel", **more: object) -> ApiClient:
    terms = {"scopes": ["open311.write", "open311.read"], "requests_per_minute": 1000} | more
    dates = {"created_at": MONDAY, "expires_at": MONDAY + timedelta(days=300)}
    return ApiClient.objects.create(name=name, token_hash=hashed(key), token_hint="x", **dates, **terms)


def report_subject(cast: Cast) -> None:
    Subject.objects.filter(pk=cast.grofvuil.pk).update(kind="report", ask_always=["Hoe groot is het?"])
    settings_changed()


@pytest.fixture
def app(cast: Cast, settings: object, tmp_path: object) -> Client:
    settings.FILES_DIR = tmp_path  # type: ignore[attr-defined]
    report_subject(cast)
    view.WRONG.clear()
    view.LOOKED.clear()
    add_client()
    return Client()


def send(app: Client, headers: dict[str, str] | None = None, kind: str = "json", **more: object) -> Answer:
    with time_machine.travel(MONDAY, tick=False):
        given = {"api_key": "sleutel", **GOOD, **more}
        response = app.post(f"/open311/v2/requests.{kind}", given, headers=headers or {})
    return response.status_code, response.json() if kind == "json" else read_xml(response.content)


def get(app: Client, path: str, at: datetime = MONDAY, **asked: object) -> Answer:
    with time_machine.travel(at, tick=False):
        response = app.get(f"/open311/v2/{path}", {"api_key": "sleutel", **asked})
    body = response.json() if path.endswith("json") else read_xml(response.content)
    return response.status_code, body


def test_services_are_the_subjects_about_public_space_for_everybody(app: Client) -> None:
    found = app.get("/open311/v2/services.json").json()
    assert found == [
        {
            "service_code": "grofvuil",
            "service_name": "Grofvuil ophalen",
            "description": "Grofvuil ophalen",
            "metadata": True,
            "type": "realtime",
            "keywords": "oude bank weg, koelkast ophalen",
            "group": "Afval",
        }
    ]
    xml = read_xml(app.get("/open311/v2/services.xml").content)
    assert xml.tag == "services" and xml.findtext("service/metadata") == "true"
    asked = app.get("/open311/v2/services/grofvuil.json").json()
    assert asked["service_code"] == "grofvuil" and asked["attributes"][0]["description"] == "Hoe groot is het?"
    assert app.get("/open311/v2/services/grofvuil.xml").content.count(b"<attribute>") == 1
    assert get(app, "services/paspoort.json")[0] == 404


def test_a_report_is_a_question_of_an_app_with_place_photo_and_acknowledgement(app: Client, cast: Cast) -> None:
    photo = SimpleUploadedFile("x.jpg", JPEG, "image/jpeg")
    more = {"attribute[vraag1]": "Twee meter", "first_name": "Jo", "last_name": "de Wit", "email": "Jo@Voorbeeld.nl"}
    status, told = send(app, **more, media=photo, address_string="Dorpsstraat 1", phone="0612345678")
    question = Question.objects.get()
    assert (status, told) == (201, [{"service_request_id": question.number, "service_notice": "", "account_id": ""}])
    assert (question.channel, question.subject, question.team) == ("app", cast.grofvuil, cast.openbare_ruimte)
    assert question.customer is not None and question.customer.name == "Jo de Wit"
    assert QuestionPlace.objects.get().as_where().words == "Dorpsstraat 1 · 52.706100, 4.949500"
    assert "Hoe groot is het? Twee meter\nPlek: Dorpsstraat 1" in question.summary
    assert set(NormClock.objects.values_list("code", flat=True)) == {"form.acknowledge", "form.answer"}
    assert OutboundMessage.objects.get().to_address == "jo@voorbeeld.nl"
    assert StoredFile.objects.get().inbound == InboundMessage.objects.get()
    desk = Client()
    desk.force_login(cast.sanne)
    page = desk.get("/kanalen/").content.decode()
    assert "Buiten Beter" in page, "when each app was last heard"


def test_how_it_stands_comes_back_to_who_sent_it_alone(app: Client, cast: Cast) -> None:
    number = send(app)[1][0]["service_request_id"]  # type: ignore[index]
    status, (row,) = get(app, "requests.json")  # type: ignore[misc]
    assert status == 200
    assert (row["service_request_id"], row["status"], row["lat"], row["long"]) == (number, "open", 52.7061, 4.9495)
    assert (row["requested_datetime"], row["service_code"]) == ("2026-03-02T08:00:00Z", "grofvuil")
    assert row["expected_datetime"][:10] > "2026-03-02", (
        "until when a person reacts, not the minutes in which a machine does"
    )
    later = MONDAY + timedelta(days=1)
    close(question=Question.objects.get(), by=cast.fatima, at=later, reason="answered", text="Weg")
    status, xml = get(app, f"requests/{number}.xml", at=later)
    assert (status, xml.findtext("request/status"), xml.findtext("request/status_notes")) == (
        200,
        "closed",
        "Beantwoord",
    )  # type: ignore[attr-defined]
    for asked, count in (
        ({"status": "open"}, 0),
        ({"status": "open,closed"}, 1),
        ({"service_code": "grofvuil"}, 1),
        ({"service_code": "anders"}, 0),
        ({"service_request_id": f"{number},x"}, 1),
        ({"end_date": "2026-03-01T00:00:00Z"}, 0),
        ({"start_date": "2026-03-01T00:00:00+01:00"}, 1),
        ({"page": "2"}, 0),
    ):
        assert len(get(app, "requests.json", at=later, **asked)[1]) == count, asked  # type: ignore[arg-type]
    Question.objects.update(is_confidential=True)
    (closed,) = get(app, "requests.json", at=later)[1]  # type: ignore[misc]
    assert [closed[name] for name in ("status", "description", "address", "lat", "long")] == ["closed", "", "", "", ""]
    add_client("Een ander", "andere")
    assert get(app, "requests.json", api_key="andere")[1] == []
    assert get(app, f"requests/{number}.json", api_key="andere")[0] == 404


def test_the_same_key_or_the_same_words_within_minutes_are_one_report(app: Client) -> None:
    keyed = {"Idempotency-Key": "abc-1"}
    first, again = send(app, keyed), send(app, keyed, description="Anders")
    assert (first[0], again[0]) == (201, 200) and first[1] == again[1]
    number = first[1][0]["service_request_id"]  # type: ignore[index]
    assert get(app, "tokens/abc-1.json")[1] == [{"service_request_id": number, "token": "abc-1"}]
    assert get(app, "tokens/abc-2.xml")[0] == 404
    assert send(app)[0] == 201 and send(app)[0] == 200 and Question.objects.count() == 2
    InboundMessage.objects.update(received_at=MONDAY - timedelta(minutes=11))
    assert send(app)[0] == 201, "a report of later is a new one"


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        ({"api_key": ""}, 403, "api_key"),
        ({"api_key": "nee"}, 403, "api_key"),
        ({"service_code": ""}, 400, "service_code"),
        ({"service_code": "paspoort"}, 404, "service_code"),
        ({"lat": "", "long": ""}, 400, "address_string"),
        ({"lat": "91"}, 400, "lat"),
        ({"long": ""}, 400, "lat"),
        ({"email": "geen"}, 400, "email"),
        ({"phone": "1"}, 400, "phone"),
        ({"media_url": "javascript:alert(1)"}, 400, "media_url"),
        ({"description": "x" * 4001}, 400, "description"),
        ({"description": "Mijn nummer is 111222333."}, 400, "BSN"),
        ({"media": SimpleUploadedFile("x.jpg", b"MZ")}, 400, "media"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_is_wrong_is_told_in_the_shape_of_the_standard(
    app: Client, given: dict[str, object], status: int, words: str
) -> None:
    got, told = send(app, **given)
    assert got == status and told[0]["code"] == status and words in told[0]["description"]  # type: ignore[index]
    got, xml = send(app, kind="xml", **given)
    assert got == status and xml.tag == "errors" and xml.findtext("error/code") == str(status)  # type: ignore[attr-defined]
    assert not Question.objects.exists() and not StoredFile.objects.exists()


def test_several_things_that_are_wrong_are_told_at_once(app: Client) -> None:
    assert len(send(app, lat="x", email="geen", phone="1")[1]) == 3  # type: ignore[arg-type]


def test_a_photo_elsewhere_is_written_down_and_not_fetched(app: Client) -> None:
    status, (told,) = send(app, media_url="http://169.254.169.254/foto.jpg", description="<b>\x00\x07&")  # type: ignore[misc]
    assert status == 201 and "halen geen foto" in told["service_notice"]
    assert "niet opgehaald: http://169.254.169.254/foto.jpg" in Question.objects.get().summary
    assert get(app, "requests.xml")[1].findtext("request/description").startswith("<b>&")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "terms",
    [{"scopes": ["questions.write"]}, {"channels": ["form"]}, {"is_active": False}, {"expires_at": MONDAY}],
    ids=lambda terms: next(iter(terms)),
)
def test_a_key_without_the_right_may_nothing(app: Client, terms: dict[str, object]) -> None:
    ApiClient.objects.update(**terms)
    assert send(app)[0] == 403 and get(app, "requests.json")[0] == 403


def test_who_calls_too_often_waits(app: Client) -> None:
    ApiClient.objects.update(requests_per_minute=2)
    got = [send(app, description=str(number))[0] for number in range(3)]
    assert got == [201, 201, 429]
    assert [send(app, api_key="nee")[0] for _ in range(31)][-1] == 429


def test_other_methods_and_words_are_refused(app: Client) -> None:
    response = app.delete("/open311/v2/requests.json")
    assert response.status_code == 405 and response.json()[0]["code"] == 405 and response["Allow"] == "GET, HEAD, POST"
    assert get(app, "requests.json", status="weg")[0] == 400
    assert get(app, "requests.json", start_date="gisteren")[0] == 400
    assert app.post("/open311/v2/requests.json", b"x", content_type="multipart/form-data; boundary=y").status_code in (
        400,
        403,
    )


@pytest.mark.django_db(transaction=True)
def test_four_of_the_same_at_one_moment_are_one() -> None:
    cast = settle_in()
    report_subject(cast)
    client = add_client()
    report = Report("Bank", Where("Dorp"))
    taken = at_once(
        4,
        lambda number: open311_report(
            report=report, subject_id=cast.grofvuil.pk, client=client, source="open311:1", at=MONDAY
        ),
    )
    assert len({one.question.pk for one in taken}) == 1 and Question.objects.count() == 1


@pytest.mark.parametrize("key", ["", "geraden"])
def test_a_stranger_is_refused_before_what_he_sent_is_taken_apart(
    app: Client, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parsed(*_args: object) -> None:
        raise AssertionError("the body of a stranger was taken apart")

    monkeypatch.setattr(HttpRequest, "parse_file_upload", parsed)
    photo = SimpleUploadedFile("x.jpg", JPEG + b"\x00" * 3_000_000, "image/jpeg")
    given = {**({"api_key": key} if key else {}), **GOOD, "media": photo, "last": "1"}
    assert app.post("/open311/v2/requests.json", given).status_code == 403
    assert app.post(f"/open311/v2/requests.json?api_key={key}", {**given, "media": "x"}).status_code == 403


def test_the_key_may_stand_in_a_header_in_the_address_or_first_in_the_form(app: Client) -> None:
    photo = SimpleUploadedFile("x.jpg", JPEG + b"\x00" * 100_000, "image/jpeg")
    assert send(app, media=photo)[0] == 201, "a file that is larger than what is looked at beforehand arrives whole"
    assert StoredFile.objects.get().content_type == "image/jpeg"
    with time_machine.travel(MONDAY, tick=False):
        for path, headers in (("?api_key=sleutel", {}), ("", {"Api-Key": "sleutel"})):
            answer = app.post(f"/open311/v2/requests.json{path}", {**GOOD, "description": path}, headers=headers)
            assert answer.status_code == 201
        late = {**GOOD, "media": SimpleUploadedFile("y.jpg", JPEG + b"\x00" * 100_000), "api_key": "sleutel"}
        assert app.post("/open311/v2/requests.json", late).status_code == 403, "behind the files nobody looks"
