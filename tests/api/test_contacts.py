"""Registering and reading from outside: the same action as the screen, once per key, only within the client's rights."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contacts.actions.log_conversation import log_conversation
from contacts.api.limits import BY_CLIENT
from contacts.models import ApiClient, Contact, Customer, NormClock, Question
from opmeer_kcc.settings_api import API_VERSION
from organisation import rate
from organisation.clock import now
from organisation.models import AccessEntry, Team
from organisation.snapshot import settings_changed
from organisation.workdays import local_day
from tests.api.conftest import TOKEN, Call
from tests.cast import Cast

CONTACTS = "/api/v1/contacts"
QUESTIONS = "/api/v1/questions"


def body(**changes: object) -> dict[str, object]:
    return {
        "channel": "form",
        "text": "De container is niet geleegd.",
        "customer": {"name": "A. de Wit", "email": "a.dewit@voorbeeld.nl"},
        "questions": [{"subject": "grofvuil"}],
    } | changes


def test_a_contact_becomes_a_question_with_a_team_and_clocks(call: Call, cast: Cast) -> None:
    answer = call("POST", CONTACTS, body())
    assert answer.status_code == 201, answer.content
    row = answer.json()["questions"][0]
    assert (row["team"], row["status"], row["subject"]) == ("openbare-ruimte", "new", "grofvuil")
    detail = call("GET", f"{QUESTIONS}/{row['number']}").json()
    assert {clock["code"] for clock in detail["clocks"]} == {"form.acknowledge", "form.answer"}
    assert detail["contacts"][0]["text"] == "De container is niet geleegd."
    assert AccessEntry.objects.filter(client="website", page="api.question").count() == 1
    assert Question.objects.get().history.get().history_change_reason == "API: website"


@pytest.mark.parametrize(("sent", "told"), [(b'{"channel": "form",}', "regel 1, bij teken 20"), (b"\xff", "in UTF-8")])
def test_what_is_not_json_is_told_in_the_language_of_the_reader(website: ApiClient, sent: bytes, told: str) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Accept-Language": "nl"}
    answer = Client().post(CONTACTS, sent, content_type="application/json", headers=headers)
    assert answer.status_code == 400 and told in answer.json()["detail"], answer.content


def test_the_same_key_registers_once_and_another_request_under_it_is_a_conflict(call: Call) -> None:
    first = call("POST", CONTACTS, body(), key="form-1")
    second = call("POST", CONTACTS, body(), key="form-1")
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert Contact.objects.count() == 1
    for changed in (
        {"questions": [{"subject": "paspoort"}]},
        {"text": "Iets heel anders."},
        {"customer": {"name": "B. Bakker"}},
        {"channel": "app"},
        {"receivedAt": "2026-01-05T09:00:00Z"},
    ):
        other = call("POST", CONTACTS, body(**changed), key="form-1")
        assert other.status_code == 409, changed
        assert other["Content-Type"] == "application/problem+json"


def test_who_checks_in_at_a_kiosk_waits_from_the_time_of_the_appointment(call: Call) -> None:
    came = now().replace(microsecond=0)
    begins = came + timedelta(minutes=20)
    if local_day(came) != local_day(begins):
        came, begins = came - timedelta(minutes=20), came
    visit = body(channel="appointment", receivedAt=came.isoformat(), appointmentAt=begins.isoformat())
    number = call("POST", CONTACTS, visit, key="visit-1").json()["questions"][0]["number"]
    assert call("POST", CONTACTS, visit, key="visit-1").status_code == 200
    assert NormClock.objects.get(question__number=number, code="visit.wait").started_at == begins
    later = visit | {"appointmentAt": (begins + timedelta(minutes=1)).isoformat()}
    assert call("POST", CONTACTS, later, key="visit-1").status_code == 409
    for wrong in ({"channel": "counter"}, {"appointmentAt": (begins + timedelta(days=1)).isoformat()}):
        refused = call("POST", CONTACTS, visit | wrong)
        assert refused.status_code == 400 and "appointmentAt" in refused.json()["errors"], refused.content


def test_a_repeat_tells_what_the_client_may_see_now(call: Call, cast: Cast, website: ApiClient) -> None:
    asked = body(questions=[{"subject": "grofvuil"}, {"subject": "paspoort"}])
    first = call("POST", CONTACTS, asked, key="form-3").json()
    closed, open_ = (one["number"] for one in first["questions"])
    Question.objects.filter(number=closed).update(is_confidential=True, title="Iets van vandaag")
    again = call("POST", CONTACTS, asked, key="form-3")
    assert again.status_code == 200 and again.json()["contact"] == first["contact"]
    assert [one["number"] for one in again.json()["questions"]] == [open_] and closed not in again.content.decode()
    ApiClient.objects.filter(pk=website.pk).update(channels=["form"])
    Question.objects.filter(number=open_).update(channel="phone")
    assert call("POST", CONTACTS, asked, key="form-3").json()["questions"] == []


def test_an_answer_is_json_unless_the_caller_takes_none(website: ApiClient) -> None:
    """The accept headers that are seen at once (contacts/api/rendering.py) answer as those that are weighed."""
    told = {"Authorization": f"Bearer {TOKEN}"}
    for accept, query, status in [
        ("*/*", "", 200),
        ("application/json", "", 200),
        ("application/json;q=0.5, text/html", "", 200),
        ("application/json; indent=2", "", 200),
        ("text/html", "", 406),
        ("*/*", "?format=json", 200),
        ("*/*", "?format=xml", 404),
    ]:
        answer = Client().get(f"/api/v1/subjects{query}", headers={**told, "Accept": accept})
        assert answer.status_code == status, (accept, query)
        assert "json" in answer["Content-Type"]


def test_head_and_options_are_for_who_may_read_and_a_large_body_is_named_so(call: Call, website: ApiClient) -> None:
    assert call("HEAD", QUESTIONS).status_code == 200
    assert call("OPTIONS", QUESTIONS).status_code == 200
    large = call("POST", CONTACTS, body(text="x" * 1_100_000))
    assert (large.status_code, large["Content-Type"]) == (413, "application/problem+json")
    wrong = call("POST", CONTACTS, body(receivedAt="2999-01-01T00:00:00Z")).json()
    assert list(wrong["errors"]) == ["receivedAt"], "a field is named as the caller wrote it"
    ApiClient.objects.filter(pk=website.pk).update(scopes=["subjects.read"])
    settings_changed()
    assert call("HEAD", QUESTIONS).status_code == 403
    assert call("OPTIONS", QUESTIONS).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"channel": "fax"},
        {"questions": []},
        {"questions": [{"subject": "bestaat-niet"}]},
        {"questions": [{"team": "burgerzaken"}]},
        {"receivedAt": "2999-01-01T00:00:00Z"},
        {"receivedAt": "2026-03-02T09:00:00"},
        {"customer": {"id": 999_999}},
        {"customer": {}},
        {"text": "\ud800"},
        {"channel": "\ud800"},
        {"\ud800": 1},
        {"text": "x" * 20_001},
        {"isConfidential": False},
    ],
)
def test_what_cannot_be_accepted_gets_a_sentence_per_field(call: Call, wrong: dict[str, object]) -> None:
    answer = call("POST", CONTACTS, body(**wrong))
    assert answer.status_code == 400, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"]
    assert Contact.objects.count() == 0


def test_without_a_valid_token_nothing_is_told(call: Call, website: ApiClient) -> None:
    assert call("GET", QUESTIONS, token=None).status_code == 401
    assert call("GET", QUESTIONS, token="wrong").status_code == 401
    ApiClient.objects.filter(pk=website.pk).update(expires_at=now() - timedelta(seconds=1))
    assert call("GET", QUESTIONS).status_code == 401


def test_a_scope_that_was_not_given_is_refused(call: Call, website: ApiClient) -> None:
    ApiClient.objects.filter(pk=website.pk).update(scopes=["subjects.read"])
    assert call("GET", QUESTIONS).status_code == 403
    assert call("POST", CONTACTS, body()).status_code == 403
    assert call("GET", "/api/v1/subjects").status_code == 200


def test_another_channel_and_a_confidential_question_do_not_exist_for_a_client(call: Call, website: ApiClient) -> None:
    number = call("POST", CONTACTS, body()).json()["questions"][0]["number"]
    Question.objects.update(is_confidential=True)
    assert call("GET", f"{QUESTIONS}/{number}").status_code == 404
    assert call("GET", QUESTIONS).json()["results"] == []
    Question.objects.update(is_confidential=False)
    ApiClient.objects.filter(pk=website.pk).update(channels=["chat"])
    assert call("GET", f"{QUESTIONS}/{number}").status_code == 404
    assert call("POST", CONTACTS, body()).status_code == 403


def test_a_client_sees_the_contacts_of_its_own_channels_alone(call: Call, website: ApiClient, cast: Cast) -> None:
    asked = body()
    number = call("POST", CONTACTS, asked, key="one").json()["questions"][0]["number"]
    question = Question.objects.get(number=number)
    said = {"channel": "phone", "text": "Zij belde over haar ziekte", "is_answer": False}
    log_conversation(question=question, by=cast.fatima, at=now(), **said)

    def shown() -> tuple[int, int, int, int]:
        one, listed = call("GET", f"{QUESTIONS}/{number}"), call("GET", QUESTIONS)
        again = call("POST", CONTACTS, asked, key="one").json()
        assert ("ziekte" in one.content.decode()) == (not website.channels)
        return (
            *(len(one.json()["contacts"]), one.json()["contactCount"]),
            *(listed.json()["results"][0]["contactCount"], again["questions"][0]["contactCount"]),
        )

    assert shown() == (2, 2, 2, 2)
    website.channels = [asked["channel"]]
    website.save()
    assert shown() == (1, 1, 1, 1)


def test_paging_by_cursor_shows_every_question_once(call: Call) -> None:
    for _one in range(7):
        call("POST", CONTACTS, body())
    seen, cursor = [], ""
    while True:
        page = call("GET", f"{QUESTIONS}?pageSize=3{cursor}").json()
        seen += [row["number"] for row in page["results"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert len(seen) == len(set(seen)) == 7


@pytest.mark.parametrize(
    "query",
    [
        "pageSize=1000",
        "pageSize=0",
        "cursor=abc",
        "ordering=customer__bsn",
        "status=lost",
        "receivedFrom=gisteren",
        "team=a b",
    ],
)
def test_an_unknown_or_wrong_parameter_is_refused(call: Call, query: str) -> None:
    assert call("GET", f"{QUESTIONS}?{query}").status_code == 400


def test_customers_are_found_and_each_is_read_logged(call: Call) -> None:
    call("POST", CONTACTS, body())
    found = call("GET", "/api/v1/customers?q=a.dewit@voorbeeld.nl").json()["results"]
    assert [customer["emails"] for customer in found] == [["a.dewit@voorbeeld.nl"]]
    assert AccessEntry.objects.filter(page="api.customers", customer_id=found[0]["id"]).exists()


def test_a_client_that_calls_too_often_waits(call: Call, website: ApiClient) -> None:
    ApiClient.objects.filter(pk=website.pk).update(requests_per_minute=2)
    codes = [call("GET", "/api/v1/subjects").status_code for _try in range(3)]
    assert codes == [200, 200, 429]


def test_every_answer_names_the_version_of_the_api(call: Call) -> None:
    assert call("GET", "/api/v1/subjects")["API-Version"] == API_VERSION
    missing = call("GET", "/api/v1/unknown")
    assert (missing.status_code, missing["Content-Type"]) == (404, "application/problem+json")


def test_a_list_that_was_written_before_says_what_holds_now(call: Call, website: ApiClient, cast: Cast) -> None:
    """Rows are kept as they were written: every change from outside shows, and the same reads as the question itself."""
    number = call("POST", CONTACTS, body()).json()["questions"][0]["number"]
    question = Question.objects.filter(number=number)

    def row() -> dict[str, object]:
        listed = dict(call("GET", QUESTIONS).json()["results"][0])
        alone = call("GET", f"{QUESTIONS}/{number}").json()
        assert listed == {name: value for name, value in alone.items() if name not in ("contacts", "clocks")}
        return listed

    first = row()
    assert (first["isOverdue"], first["customer"]["name"]) == (False, "A. de Wit")  # type: ignore[index]
    question.update(title='Het "hek" \u2028 <is> kapot', due_at=now() - timedelta(minutes=1), contact_count=7)
    Customer.objects.update(name="B. de Wit")
    changed = row()
    assert (changed["title"], changed["isOverdue"], changed["contactCount"]) == ('Het "hek" \u2028 <is> kapot', True, 7)
    assert changed["customer"]["name"] == "B. de Wit"  # type: ignore[index]
    Team.objects.filter(pk=question.get().team_id).update(code="buiten")
    settings_changed()
    assert row()["team"] == "buiten"
    website.scopes = [scope for scope in website.scopes if scope != "customers.read"]
    website.save()
    assert "customer" not in row()


def test_registering_takes_at_most_14_statements_and_a_list_three(call: Call) -> None:
    call("POST", CONTACTS, body())
    with CaptureQueriesContext(connection) as writing:
        call("POST", CONTACTS, body(), key="k")
    assert len([q for q in writing if "SAVEPOINT" not in q["sql"]]) <= 8
    with CaptureQueriesContext(connection) as reading:
        call("GET", f"{QUESTIONS}?status=open")
    assert len(reading) <= 4


def test_a_new_contact_says_where_its_question_is_and_a_repeat_made_nothing(call: Call) -> None:
    first = call("POST", CONTACTS, body(), key="form-2")
    assert first["Location"].endswith(f"/api/v1/questions/{first.json()['questions'][0]['number']}")
    assert call("GET", first["Location"].removeprefix(settings.SITE_URL)).status_code == 200
    assert "Location" not in call("POST", CONTACTS, body(), key="form-2")


def test_every_answer_says_how_many_requests_are_left(
    call: Call, website: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate, "MINUTE", 3600.0)  # a busy machine is no minute further on
    ApiClient.objects.filter(pk=website.pk).update(requests_per_minute=3)
    BY_CLIENT.clear()
    answers = [
        call("GET", address) for address in (QUESTIONS, f"{QUESTIONS}/OPM-2026-999999", "/api/v1/kpis", QUESTIONS)
    ]
    assert [answer.status_code for answer in answers] == [200, 404, 200, 429]
    assert {answer["RateLimit-Policy"] for answer in answers} == {'"client";q=3;w=60'}
    assert [answer["RateLimit"].split(";")[1] for answer in answers] == ["r=2", "r=1", "r=0", "r=0"]
    assert 0 < int(answers[-1]["Retry-After"]) <= 3600


@pytest.mark.parametrize(
    ("address", "field"),
    [
        (f"{QUESTIONS}?team=bestaat-niet", "team"),
        (f"{QUESTIONS}?subject=bestaat-niet", "subject"),
        (f"{QUESTIONS}?channel=fax", "channel"),
        (f"{QUESTIONS}?status=weg", "status"),
        (f"{QUESTIONS}?kleur=rood", "kleur"),
        ("/api/v1/articles?subject=bestaat-niet", "subject"),
        ("/api/v1/kpis?team=bestaat-niet", "team"),
        ("/api/v1/kpis?subject=bestaat-niet", "subject"),
    ],
)
def test_a_filter_that_does_not_exist_is_refused_instead_of_finding_nothing(
    call: Call, address: str, field: str
) -> None:
    answer = call("GET", address)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    told = answer.json()
    assert list(told["errors"]) == [field]
    assert told["detail"].startswith(f"{field}: ") and told["status"] == 400


def test_the_next_page_is_a_link_as_well(call: Call) -> None:
    for number in range(3):
        call("POST", CONTACTS, body(text=f"Melding {number}"))
    seen, address = [], f"{QUESTIONS}?pageSize=1&status=open"
    while address:
        page = call("GET", address)
        seen += [row["number"] for row in page.json()["results"]]
        assert ("Link" in page) == bool(page.json()["next"])
        address = page.get("Link", "").partition(">")[0].removeprefix(f"<{settings.SITE_URL}")
    assert len(seen) == len(set(seen)) == 3


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [("GET", "/api/v1/bestaat-niet", 404), ("GET", f"{QUESTIONS}/", 404), ("PUT", QUESTIONS, 405)],
)
def test_what_goes_wrong_is_told_in_one_form(call: Call, method: str, address: str, status: int) -> None:
    answer = call(method, address)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert {"title", "detail", "type"} <= answer.json().keys()
    assert answer["API-Version"] == API_VERSION
