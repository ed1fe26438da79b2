"""The exchange tells by the API or by the common form; whoever may not is refused and nothing is half taken in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from channels_app.adapters.phone.cti import NotCti, read_cti
from channels_app.call_rules import e164
from channels_app.models import Call as CallRow
from channels_app.models import LiveCall, PhoneEvent
from contacts.actions.api_clients import revoke_client
from contacts.api.limits import BY_CLIENT
from contacts.models import ApiClient
from contacts.views import cti as view
from organisation.models import User
from tests.api.conftest import TOKEN, Call
from tests.cast import Cast

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PATH = "/api/v1/telefonie/events"


@pytest.fixture(autouse=True)
def _at_a_moment() -> object:
    view.WRONG.clear()
    with time_machine.travel(NOW, tick=False):
        yield


def event(kind: str, second: int, **more: object) -> dict[str, object]:
    return {"callId": "c1", "type": kind, "at": f"2026-03-02T10:00:{second:02}+01:00", **more}


def test_a_call_comes_in_by_the_api(call: Call, cast: Cast) -> None:
    User.objects.filter(pk=cast.fatima.pk).update(extension="101")
    events = [
        event("entered", 0, caller="0226351244"),
        event("ringing", 3, agent="101"),
        event("answered", 9, agent="101"),
    ]
    answer = call("POST", PATH, {"events": events})
    assert (answer.status_code, answer.json()) == (202, {"new": 3, "known": 0})
    assert call("POST", PATH, {"events": [*events, event("abandoned", 40)]}).json() == {"new": 1, "known": 3}
    row = CallRow.objects.get()
    assert (row.outcome, row.wait_seconds, row.answered_by) == ("answered", 9, cast.fatima)


def test_the_channels_say_when_the_exchange_was_heard_and_when_it_is_silent(call: Call, cast: Cast) -> None:
    desk = Client()
    desk.force_login(cast.sanne)
    assert "</svg> website</th>" not in desk.get("/kanalen/").content.decode()
    call("POST", PATH, {"events": [event("entered", 0)]})
    page = desk.get("/kanalen/").content.decode()
    assert "</svg> website</th>" in page and "wordt gehoord" in page and "zegt niets" not in page
    with time_machine.travel(NOW.replace(hour=11, minute=31), tick=False):
        desk.force_login(cast.sanne)
        assert "De telefooncentrale website zegt niets." in desk.get("/kanalen/").content.decode()


@pytest.mark.parametrize(
    ("events", "field"),
    [
        ([], "events"),
        ([{"type": "entered"}], "events"),
        ([event("exploded", 0)], "events"),
        ([event("entered", 0) | {"at": "2026-03-02T10:00:00"}], "events"),
        ([event("entered", 0) | {"at": "2025-03-02T10:00:00Z"}], "events"),
        ([event("entered", 0) | {"at": "2026-03-02T12:00:00Z"}], "events"),
        ([event("entered", 0), event("answered", 1) | {"callId": "x" * 121}], "events"),
        ([event("entered", 0) | {"callId": "a\x00b"}], "events"),
        ([event("entered", 0)] * 501, "events"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_taken_in(call: Call, events: list[object], field: str) -> None:
    answer = call("POST", PATH, {"events": events})
    assert answer.status_code == 400 and field in answer.json()["errors"]
    assert not PhoneEvent.objects.exists() and not LiveCall.objects.exists()


def test_without_the_right_nothing_comes_in(call: Call, website: ApiClient) -> None:
    website.scopes = ["questions.write"]
    website.save()
    assert call("POST", PATH, {"events": [event("entered", 0)]}).status_code == 403
    assert Client().post(f"/telefoon/cti/{TOKEN}/", {"event": "newCall", "callId": "1"}).status_code == 404


def test_an_exchange_that_posts_a_form(website: ApiClient, cast: Cast) -> None:
    address = f"/telefoon/cti/{TOKEN}/"
    new = {
        "event": "newCall",
        "callId": "9",
        "from": "0612345678",
        "to": "0226363333",
        "direction": "in",
        "user[]": "fatima",
    }
    for _twice in range(2):
        assert Client().post(address, new).status_code == 200
    live = LiveCall.objects.get()
    assert (live.state, live.agent, live.caller, live.queue) == ("ringing", "fatima", "+31612345678", "0226363333")
    with time_machine.travel(NOW.replace(second=20), tick=False):
        Client().post(address, {"event": "answer", "callId": "9", "answeringNumber": "fatima"})
    with time_machine.travel(NOW.replace(minute=35), tick=False):
        Client().post(address, {"event": "hangup", "callId": "9", "cause": "normalClearing"})
    row = CallRow.objects.get()
    assert (row.outcome, row.wait_seconds, row.answered_by) == ("answered", 20, cast.fatima)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"event": "newCall"},
        {"callId": "1"},
        {"event": "bel", "callId": "1"},
        {"event": "answer", "callId": "x" * 200},
    ],
)
def test_another_form_is_refused_with_the_field(website: ApiClient, fields: dict[str, str]) -> None:
    answer = Client().post(f"/telefoon/cti/{TOKEN}/", fields)
    assert answer.status_code == 422 and "wrong field" in answer.json()["error"]
    assert not LiveCall.objects.exists()


def test_a_wrong_address_is_not_found_and_slowed(db: None) -> None:
    answers = [Client().post("/telefoon/cti/nergens/", {}).status_code for _n in range(32)]
    assert answers == [404] * 30 + [429] * 2
    assert Client().get("/telefoon/cti/nergens/").status_code == 405


def test_calls_that_go_out_and_hidden_numbers() -> None:
    assert read_cti({"event": ["newCall"], "callId": ["1"], "direction": ["out"]}) == ()
    entered, ringing = read_cti({"event": ["newCall"], "callId": ["1"], "from": ["Anonymous"], "user[]": ["a", "b"]})
    assert entered.caller == "" and ringing.agent == ""
    with pytest.raises(NotCti):
        read_cti({"event": ["newCall"], "callId": [""]})


@pytest.mark.parametrize("name", ["user[]", "user", "from", "to", "answeringNumber", "callId"])
def test_a_form_with_marks_that_no_table_keeps_is_taken(website: ApiClient, name: str) -> None:
    fields = {"event": "newCall", "callId": "9", "from": "0612345678"}
    for event_, value in (
        ("newCall", "1\x00\u202e2"),
        ("answer", "\x001"),
        ("hangup", "\ud800".encode("utf-8", "replace")),
    ):
        answer = Client().post(f"/telefoon/cti/{TOKEN}/", {**fields, "event": event_, name: value})
        assert answer.status_code == 200


def test_a_call_with_a_long_id_is_picked_up_and_ends(website: ApiClient, cast: Cast) -> None:
    for second, event_ in enumerate(("newCall", "answer", "hangup")):
        with time_machine.travel(NOW.replace(second=10 * second), tick=False):
            for last in "ab":
                Client().post(
                    f"/telefoon/cti/{TOKEN}/", {"event": event_, "callId": "x" * 119 + last, "user": "fatima"}
                )
    assert [(row.outcome, row.wait_seconds) for row in CallRow.objects.all()] == [("answered", 10)] * 2
    assert set(LiveCall.objects.values_list("state", flat=True)) == {"ended"}


@pytest.mark.parametrize(
    ("caller", "kept"),
    [
        ("0226 35 12 44", "+31226351244"),
        ("0031226351244", "+31226351244"),
        ("31226351244", "+31226351244"),
        ("+4930123456", "+4930123456"),
        ("4117", "4117"),
        ("anonymous", ""),
        (" Anoniem ", ""),
        ("", ""),
        ("  ", ""),
        ("+", "+"),
        ("+31 (0)6 12345678", "+31612345678"),
        ("0031(0)612345678", "+31612345678"),
        ("+310612345678", "+31612345678"),
        ("+49 (0)30 123456", "+4930123456"),
        ("(0226) 35 12 44", "+31226351244"),
        ("tel:+31226351244;ext=1", "+31226351244"),
        ("<sip:+31226351244@centrale.example>", "+31226351244"),
        ("sip:anonymous@anonymous.invalid", ""),
        ("<unknown>", ""),
        ("'+31226351244", "+31226351244"),
        ("\u202e0226351244", "+31226351244"),
        ("٠٢٢٦٣٥١٢٤٤", "+31226351244"),
        ("0²26351244", "0²26351244"),
    ],
)
def test_a_number_is_kept_in_one_notation(caller: str, kept: str) -> None:
    assert e164(caller) == kept


def test_the_screen_of_tokens_says_when_an_exchange_used_its_own(website: ApiClient) -> None:
    Client().post(f"/telefoon/cti/{TOKEN}/", {"event": "newCall", "callId": "1"})
    website.refresh_from_db()
    assert website.last_used_at == NOW


def test_a_token_has_its_own_number_of_requests_a_minute_by_either_way(website: ApiClient, call: Call) -> None:
    BY_CLIENT.clear()
    website.requests_per_minute = 2
    website.save()
    new = {"event": "newCall", "callId": "1"}
    answers = [Client().post(f"/telefoon/cti/{TOKEN}/", new) for _n in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429] and int(answers[2]["Retry-After"]) > 0
    assert call("POST", PATH, {"events": [event("entered", 0)]}).status_code == 429
    BY_CLIENT.clear()


def test_an_exchange_that_was_taken_off_is_no_alarm(website: ApiClient, call: Call, cast: Cast) -> None:
    call("POST", PATH, {"events": [event("entered", 0)]})
    revoke_client(client=website, by=cast.beheer, at=NOW)
    with time_machine.travel(NOW.replace(hour=14), tick=False):
        desk = Client()
        desk.force_login(cast.sanne)
        assert "De telefooncentrale" not in desk.get("/kanalen/").content.decode()
