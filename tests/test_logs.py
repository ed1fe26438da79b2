"""What stands in the logs: one JSON object a line, with the id of the request, and nothing of a person."""

from __future__ import annotations

import json
import logging
import time
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.http import HttpResponse
from django.test import RequestFactory
from structlog.stdlib import ProcessorFormatter

from opmeer_kcc.logs import WithoutKeys, hide_values
from opmeer_kcc.middleware import RequestId


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
