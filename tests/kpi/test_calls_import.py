"""Calls from a file of the exchange: read within limits, row by row, once."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from channels_app import calls_csv
from channels_app.actions.import_calls import Report, import_calls
from channels_app.models import Call
from contacts.actions.change_norm import NormTerms, change_norm
from contacts.models import ServiceNorm
from contacts.rulebook import rulebook
from kpi.rollups import roll_up
from organisation.snapshot import organisation
from tests.cast import Cast
from tests.kpi.history import local

pytestmark = pytest.mark.django_db
NOW = local("2026-11-25 12:00")
FILE = """gesprek;binnen;opgenomen;einde;uitkomst;nummer
a1;16-11-2026 09:00:00;16-11-2026 09:00:25;16-11-2026 09:03:00;;0612345678
a2;16-11-2026 09:01;;16-11-2026 09:01:41;opgehangen;
a3;2026-11-16T20:00:00+01:00;;2026-11-16T20:00:10+01:00;;
a4;gisteren;;;;
a1;16-11-2026 09:00:00;;16-11-2026 09:00:05;;
a5;16-11-2026 10:00:00;16-11-2026 09:00:00;;;
a6;29-03-2026 02:30:00;;29-03-2026 02:31:00;;
a7;26-11-2026 10:00:00;;26-11-2026 10:00:10;;
"""


def take_in(**given: Any) -> Report:
    """As the screen does."""
    house = organisation()
    return import_calls(pickup_seconds=lambda day: rulebook(house).pickup_seconds(day, house), **given)


def test_a_file_is_taken_in_row_by_row(cast: Cast) -> None:
    report = take_in(by=cast.sanne, at=NOW, source="centrale", raw=FILE.encode())
    assert (report.added, report.known, report.unusable) == (3, 0, "")
    assert [(row.line, row.code) for row in report.wrong_rows] == [
        (5, "bad_moment"),
        (6, "twice"),
        (7, "answered_before_entered"),
        (8, "bad_moment"),
        (9, "in_future"),
    ]
    calls = {call.external_key: call for call in Call.objects.all()}
    assert (calls["a1"].outcome, calls["a1"].wait_seconds, calls["a1"].caller) == ("answered", 25, "+31612345678")
    assert (calls["a2"].outcome, calls["a2"].wait_seconds) == ("abandoned", 41)
    assert calls["a3"].outcome == "outside_hours"
    assert calls["a1"].pickup_limit_seconds == 30


def test_a_call_keeps_the_norm_of_its_own_day(cast: Cast) -> None:
    """The norm says in how many seconds; it holds from a day on, also for a file with calls of before."""
    norm = ServiceNorm.objects.get(code="phone.pickup")
    terms = NormTerms(
        length=20, unit="seconds", target=Decimal(90), may_pause=False, valid_from=date(2026, 11, 24), team_id=None
    )
    change_norm(norm=norm, terms=terms, by=cast.sanne, at=local("2026-11-24 08:00"), reason="Sneller")
    raw = """gesprek;binnen;einde
oud;02-01-2019 09:00:00;02-01-2019 09:00:25
voor;23-11-2026 09:00:00;23-11-2026 09:00:25
na;24-11-2026 09:00:00;24-11-2026 09:00:25
"""
    assert take_in(by=cast.sanne, at=NOW, source="centrale", raw=raw.encode()).added == 3
    assert dict(Call.objects.values_list("external_key", "pickup_limit_seconds")) == {"oud": 30, "voor": 30, "na": 20}


def test_the_same_file_twice_changes_nothing(cast: Cast) -> None:
    take_in(by=cast.sanne, at=NOW, source="centrale", raw=FILE.encode())
    roll_up(at=NOW)
    again = take_in(by=cast.sanne, at=NOW, source="centrale", raw=FILE.encode())
    assert (again.added, again.known) == (0, 3)
    other = take_in(by=cast.sanne, at=NOW, source="tweede centrale", raw=FILE.encode())
    assert other.added == 3


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02", "not_text"),
        (b"naam;leeftijd\nx;3\n", "no_column_id"),
        (b"id;naam\nx;3\n", "no_column_entered"),
        (b"x" * (calls_csv.MOST_BYTES + 1), "too_large"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_as_a_whole(cast: Cast, raw: bytes, code: str) -> None:
    report = take_in(by=cast.sanne, at=NOW, source="centrale", raw=raw)
    assert report.unusable == code
    assert not Call.objects.exists()


@pytest.mark.parametrize(
    "raw",
    [
        'id,entered\n"',
        "id;entered\n" + "x" * 20_000 + ";2026-11-16 10:00\n",
        "id\tentered\n=1\t2026-11-16 10:00\n",
        "id;entered\n\x07;2026-11-16 10:00\n",
    ],
)
def test_strange_rows_stop_nothing(cast: Cast, raw: str) -> None:
    assert take_in(by=cast.sanne, at=NOW, source="centrale", raw=raw.encode()).unusable == ""


def test_the_screen_takes_the_file_and_tells_what_became_of_it(cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.sanne, backend="organisation.sign_in.Employees")
    upload = SimpleUploadedFile("gesprekken.csv", FILE.encode(), content_type="text/csv")
    answer = browser.post("/cijfers/telefoon/gesprekken/inlezen/", {"source": "centrale", "file": upload})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "gesprekken toegevoegd" in text
    assert "Regel 5:" in text
    assert browser.post("/cijfers/telefoon/gesprekken/inlezen/", {"source": ""}).status_code == 422


def test_only_who_may_takes_files_in(cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.ria, backend="organisation.sign_in.Employees")
    assert browser.post("/cijfers/telefoon/gesprekken/inlezen/", {"source": "x"}).status_code == 403
