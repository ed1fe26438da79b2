"""What stands in the logs: one JSON object a line, with the id of the request, and nothing of a person."""

from __future__ import annotations

import json
import logging
import re
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, OperationalError
from django.http import HttpResponse
from django.test import RequestFactory
from psycopg2.errors import QueryCanceled
from structlog.stdlib import ProcessorFormatter

from opmeer_kcc.logs import FACTS, WithoutKeys, hide_values
from opmeer_kcc.middleware import DatabaseAway, RequestId

ROOT = Path(__file__).resolve().parent.parent
OURS = {"organisation", "channels_app", "knowledge", "contacts", "surveys", "privacy", "kpi", "programme", "opmeer_kcc"}


@pytest.fixture
def lines() -> Any:
    """The lines of a logger that is formatted as in the settings."""
    given = dict(settings.LOGGING["formatters"]["json"])
    out = StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(given.pop("()")(**given))
    assert isinstance(handler.formatter, ProcessorFormatter)
    log = logging.getLogger("proof of the logs")
    log.propagate = False
    log.addHandler(handler)
    yield log, lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    log.removeHandler(handler)


def test_an_error_quotes_no_person(lines: Any) -> None:
    log, read = lines
    try:
        raise IntegrityError(
            'duplicate key "customer_email"\nDETAIL:  Key (email)=(anna@burger.example) already exists.\n'
            "LINE 1: INSERT INTO x VALUES ('Anna de Wit')"
        )
    except IntegrityError:
        log.exception("saving failed for anna@burger.example, 06-12345678 and 123456782", extra={"question": 12345678})
    (line,) = read()
    text = json.dumps(line)
    for person in ("anna", "Anna", "12345678 ", "06-1234", "123456782"):
        assert person not in text
    assert "duplicate key" in line["exception"]
    assert (line["event"][:13], line["level"]) == ("saving failed", "error")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("a.b+c@x.nl%d@y-z.example, e@f@g.nl", "…@……@…, e@…@…"),
        ("alleen@huis en +31 6 1234 5678", "alleen@huis en …"),
        ("a" * 65_536, "a" * 65_536),
        ("1111- " * 11_000 + "x", None),
    ],
    ids=["addresses", "number", "long word", "long number"],
)
def test_persons_are_hidden_in_time_that_grows_with_the_length(said: str, kept: str | None) -> None:
    began = time.process_time()
    found = hide_values(None, "", {"event": said})["event"]
    assert kept is None or found == kept
    assert time.process_time() - began < 1


def test_a_line_says_which_thing_it_is_about(lines: Any) -> None:
    """`mailbox not read` helps nobody who has three of them."""
    log, read = lines
    log.warning(
        "mailbox not read", extra={"mailbox": 3, "error": "no route to anna@burger.example", "request": object()}
    )
    (line,) = read()
    assert (line["mailbox"], line["error"]) == (3, "no route to …@…") and "request" not in line


def test_everything_that_is_told_beside_the_words_is_known() -> None:
    """A name that is not among them is left out in silence; one that is added may carry nothing of a person."""
    told = set()
    for path in [path for app in OURS for path in (ROOT / app).rglob("*.py")]:
        for facts in re.findall(r"\bextra=\{([^}]*)\}", path.read_text()):
            told |= set(re.findall(r'"(\w+)":', facts))
    assert told - set(FACTS) == set()
    assert set(FACTS) - told == {"status_code"}  # Django's own


@pytest.mark.parametrize(
    ("cause", "says", "has_trace"), [(QueryCanceled(), "QueryCanceled", True), (None, "OperationalError", False)]
)
def test_a_page_that_the_database_left_without_an_answer_leaves_its_cause(
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    cause: Exception | None,
    says: str,
    has_trace: bool,
) -> None:
    """Too slow, full or away look the same to a visitor, and must not to who looks for the cause."""

    def page(asked: object) -> HttpResponse:
        raise OperationalError("canceling statement due to statement timeout") from cause

    monkeypatch.setattr("opmeer_kcc.middleware.database_away", lambda _request: HttpResponse(status=503))
    assert DatabaseAway(page)(RequestFactory().get("/")).status_code == 503
    (line,) = caplog.records
    assert line.__dict__["error"] == says and bool(line.exc_info) is has_trace


def test_every_line_of_a_request_has_its_id(lines: Any) -> None:
    log, read = lines
    request = RequestFactory().get("/")

    def page(asked: object) -> HttpResponse:
        log.warning("busy on 2026-11-29 17:00:01")
        return HttpResponse()

    answer = RequestId(page)(request)
    (line,) = read()
    assert line["request_id"] == answer["X-Request-Id"] == request.id
    assert line["event"] == "busy on 2026-11-29 17:00:01"


def test_a_key_in_an_address_stands_in_no_line(lines: Any) -> None:
    log, read = lines
    try:
        raise ValueError("GET /open311/v2/requests.json?api_key=geheim-1&page=2")
    except ValueError:
        log.exception("Not Found: /open311/v2/requests.json?page=1&api_key=geheim-2 HTTP/1.1")
    text = json.dumps(read())
    assert "geheim" not in text and "page=2" in text
    record = logging.LogRecord(
        "gunicorn.error", 30, "", 1, "Invalid request: %r", ("GET /x?api_key=geheim-3 HTTP/9",), None
    )
    assert WithoutKeys().filter(record) and "geheim" not in record.getMessage()
