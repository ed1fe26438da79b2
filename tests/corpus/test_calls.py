"""What exchanges and clients of the interface send that is no proper message: refused with a reason, or one call in a row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
import time_machine
from django.test import Client

from channels_app.models import Call as CallRow
from contacts.models import ApiClient
from contacts.views import cti as view
from organisation.models import User
from tests.api.conftest import ALL, TOKEN
from tests.cast import Cast
from tests.corpus.score import Note
from tests.corpus.words import HOSTILE
from tests.corpus.world import LATER

pytestmark = pytest.mark.django_db
EVENTS, CTI = "/api/v1/telefonie/events", f"/telefoon/cti/{TOKEN}/"


@pytest.fixture(autouse=True)
def _calm(cast: Cast) -> Iterator[None]:
    view.WRONG.clear()
    with time_machine.travel(LATER, tick=False):
        ApiClient.objects.create(
            name="centrale",
            token_hash=hashlib.sha256(TOKEN.encode()).hexdigest(),
            token_hint="a-to",
            scopes=ALL,
            created_at=LATER,
            expires_at=LATER + timedelta(days=300),
            requests_per_minute=100_000,
        )
        yield


def post(body: bytes, kind: str = "application/json", token: str = TOKEN, path: str = EVENTS) -> Any:
    client = Client(raise_request_exception=False)
    return client.generic("POST", path, body, content_type=kind, headers={"Authorization": f"Bearer {token}"})


def event(kind: str = "entered", second: int = 0, **more: object) -> dict[str, object]:
    at = (LATER - timedelta(minutes=5) + timedelta(seconds=second)).isoformat()
    return {"callId": "c1", "type": kind, "at": at, **more}


def several(*events: dict[str, object]) -> bytes:
    return json.dumps({"events": list(events)}).encode()


BAD = {
    "no-json": b"geen json",
    "empty": b"",
    "array": b"[]",
    "number": b"1e999",
    "null": b"null",
    "infinity": b'{"events": [{"callId": "c", "type": "entered", "at": Infinity}]}',
    "huge-number": b'{"events": 1e999}',
    "nested-10,000": b'{"events": ' + b"[" * 10_000 + b"]" * 10_000 + b"}",
    "duplicate-keys": b'{"events": [], "events": []}',
    "utf-16": several(event()).decode().encode("utf-16"),
    "invalid-utf-8": several(event()).replace(b"c1", b"\xff\xfe"),
    "truncated": several(event())[:-9],
    "nested-21": b'{"events": ' + b"[" * 21 + b"]" * 21 + b"}",
    "unknown-field": json.dumps({"events": [event(extra=1)]}).encode(),
    "unknown-kind": several(event("exploded")),
    "kind-half-a-character": several(event("\ud800")),
    "no-call": several({"type": "entered", "at": LATER.isoformat()}),
    "no-events": b'{"events": []}',
    "501-events": several(*(event(second=n, eventId=f"e{n}") for n in range(5001))),
    "long-call-id": several(event(callId="x" * 5000)),
    "year-1970": several(event(at="1970-01-01T00:00:00Z")),
    "year-2099": several(event(at="2099-01-01T00:00:00Z")),
    "no-time": several(event(at="straks")),
    "time-of-year-0": several(event(at="0000-00-00T00:00:00Z")),
}


@pytest.mark.parametrize("name", BAD)
def test_a_broken_message_is_refused_and_nothing_is_kept(name: str, note: Note) -> None:
    answer = post(BAD[name])
    note.is_a("calls", "interface", "R")
    assert answer.status_code in (400, 413, 422), answer.content[:200]
    assert not CallRow.objects.exists()


@pytest.mark.parametrize("token", ["", "x", TOKEN[:-1], TOKEN + "x", "\u00e9", TOKEN.upper()])
def test_without_the_right_token_nothing_comes_in(token: str, note: Note) -> None:
    answer = post(several(event()), token=token)
    note.is_a("calls", "token", "R")
    assert answer.status_code == 401
    assert Client(raise_request_exception=False).post(f"/telefoon/cti/{token or 'x'}/", {}).status_code == 404


def test_two_megabytes_are_too_much(note: Note) -> None:
    note.is_a("calls", "interface", "R")
    assert post(b'{"events": "' + b"x" * 2_000_000 + b'"}').status_code in (400, 413)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_in_a_call_are_words(text: str, note: Note) -> None:
    words = HOSTILE[text].encode("utf-8", "replace").decode()[:38]
    answer = post(several(event(caller=words, queue=words, agent=words)))
    form = {"event": "newCall", "callId": f"cti{text}", "from": words, "to": words, "user": words}
    told = Client(raise_request_exception=False).post(CTI, form)
    note.is_a("calls", "words", "A" if answer.status_code == 202 else "R")
    assert answer.status_code in (202, 400)
    assert told.status_code in (200, 422)
    page = Client()
    page.force_login(User.objects.get(username="sanne"))
    assert "<script>alert" not in page.get("/cijfers/telefoon/gesprekken/").content.decode()


ORDERS = list(permutations(("entered", "ringing", "answered", "ended")))


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_every_order_gives_the_same_call(order: tuple[str, ...], note: Note) -> None:
    seconds = {"entered": 0, "ringing": 2, "answered": 9, "ended": 60}
    told = [event(kind, seconds[kind], agent="101") for kind in order]
    for one in told:
        assert post(several(one)).status_code == 202
    assert post(several(*told, *told)).status_code == 202, "all of it again changes nothing"
    note.is_a("calls", "orders", "A")
    row = CallRow.objects.get()
    assert (row.outcome, row.wait_seconds) == ("answered", 9)


CTI_BAD = [{}, {"event": "newCall"}, {"callId": "c"}, {"event": "x", "callId": "c"}, {"event": "hangup", "callId": "x" * 500}, {"event": ["newCall", "x"], "callId": "c"}]  # fmt: skip


@pytest.mark.parametrize("form", CTI_BAD, ids=range(len(CTI_BAD)))
def test_a_form_of_an_exchange_that_says_nothing_is_refused(form: dict[str, Any], note: Note) -> None:
    note.is_a("calls", "cti form", "R")
    assert Client(raise_request_exception=False).post(CTI, form).status_code == 422
