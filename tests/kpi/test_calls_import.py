"""Calls from a file of the exchange: read within limits, row by row, once."""

import hashlib
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from channels_app import calls_csv
from channels_app.actions.calls_files import forget_files
from channels_app.actions.import_calls import Report, import_calls
from channels_app.models import Call, CallsFile
from contacts.actions.change_norm import NormTerms, change_norm
from contacts.models import ServiceNorm
from contacts.rulebook import rulebook
from kpi.pages.calls import report_words
from kpi.rollups import roll_up
from organisation.models import User
from organisation.snapshot import organisation
from organisation.workdays import AMSTERDAM
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


REST = "c1;16-11-2026 10:00;16-11-2026 10:01\nc2;16-11-2026 10:00;16-11-2026 10:01\n"


@pytest.mark.parametrize("line", ["b;" + "x" * 20_000 + ";y", 'b;"16-11-2026 10:00;', '"', 'b;"x;"y;z'])
def test_a_line_that_is_no_row_is_told_and_the_rest_is_taken_in(cast: Cast, line: str) -> None:
    raw = f"id;binnen;einde\na;16-11-2026 09:00;16-11-2026 09:01\n{line}\n{REST}"
    report = take_in(by=cast.sanne, at=NOW, source="centrale", raw=raw.encode())
    assert (report.added, [row.line for row in report.wrong_rows]) == (3, [3])
    assert report_words(report)[1][0].startswith("Regel 3")


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("16-11-2026 9:00", "09:00"),
        ("16.11.2026 09:00:05", "09:00"),
        ("2026-11-16 9:00", "09:00"),
        ("11/16/2026 9:00 AM", "09:00"),
        ("11/16/2026 12:15:00 AM", "00:15"),
        ("16-11-2026 2:00:00pm", "14:00"),
        ("16/11/2026 14:00", "14:00"),
        ("25-10-2026 02:30", "02:30"),
        ("16-11-2026", None),
        ("2026-11-16", None),
        ("20261116", None),
        ("16-11-2026 14:00 PM", None),
        ("29-03-2026 02:30", None),
    ],
)
def test_a_moment_is_read_as_it_is_written_and_a_day_alone_is_none(written: str, clock: str | None) -> None:
    [row] = calls_csv.read(f"id;binnen;wachttijd\na;{written};30\n".encode())
    read = datetime.fromisoformat(row["values"]["entered"]).astimezone(AMSTERDAM) if clock else None
    assert (f"{read:%H:%M}" if read else row["error"]) == (clock or "bad_moment")


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("00:01:05", 65), ("1:05", 65), ("65 sec", 65), ("65,4", 65), ("-5", None), ("-00:00:05", None), ("1.02:03:04", None), ("1e2", None), ("nan", None), ("25:00:00", None)],
)  # fmt: skip
def test_a_length_of_time_is_never_guessed(written: str, seconds: int | None) -> None:
    [row] = calls_csv.read(f"id;binnen;wachttijd\na;16-11-2026 09:00;{written}\n".encode())
    assert (row["values"]["wait"] if seconds else row["error"]) == (seconds or "bad_duration")


THREE_CX = """Call Time,Caller ID,Destination,Status,Ringing,Talking,Call ID
2026-11-16T09:00:00,0612345678,101,Answered,00:00:25,00:03:10,9001
2026-11-16T09:05:00,anonymous,800,Unanswered,00:00:41,,9002
2026-11-16T09:06:00,0612345679,800,Zomaar,00:00:41,,9003
2026-11-16T09:07:00,0612345679,800,Unanswered,lang,,9004
"""
ANYWHERE = """sep=;
Conversation ID;Skill;Caller ID;Start Time;Accept Time;End Time;Agent Name;Result
c-1;Algemeen;+31612345678;16-11-2026 09:00:00;16-11-2026 09:00:12;16-11-2026 09:02:00;fatima;Accepted
c-2;Algemeen;+31612345679;16-11-2026 09:00:00;;16-11-2026 09:00:40;;Missed
"""


def browser_of(user: User) -> Client:
    browser = Client()
    browser.force_login(user, backend="organisation.sign_in.Employees")
    return browser


def bring(browser: Client, text: str, name: str = "gesprekken.csv") -> tuple[str, str]:
    upload = SimpleUploadedFile(name, text.encode(), content_type="text/csv")
    answer = browser.post("/cijfers/telefoon/gesprekken/inlezen/", {"source": "centrale", "file": upload})
    assert answer.status_code == 302, answer.content.decode()[:400]
    return answer["Location"], browser.get(answer["Location"]).content.decode()


def chosen(page: str) -> dict[str, str]:
    """What stands in the form."""
    found = {}
    for part in page.split('<select class="utrecht-select" id="k-')[1:]:
        name, body = part.split('"', 1)[0], part.split("</select>")[0]
        found[name] = body.split('" selected')[0].rsplit('value="', 1)[1] if " selected" in body else ""
    return found


def test_a_file_of_3cx_is_looked_at_and_taken_in_once(cast: Cast) -> None:
    browser = browser_of(cast.sanne)
    address, page = bring(browser, THREE_CX)
    assert "2 gesprekken kunnen erin" in page and "2 rijen kunnen niet" in page
    assert "Regel 4, kolom “Status”: deze uitkomst is niet bekend (Zomaar)" in page
    assert "Regel 5, kolom “Ringing”: dit is geen tijdsduur (lang)" in page
    assert "0612345678" not in page and not Call.objects.exists()
    fields = chosen(page)
    assert (fields["entered"], fields["wait"], fields["agent"]) == ("0", "4", "")
    fields["agent"] = "2"  # remembered for the next file
    browser.post(address, fields | {"doe": "kijken"})
    answer = browser.post(address, fields | {"doe": "inlezen"}, follow=True)
    assert "2 gesprekken toegevoegd" in answer.content.decode()
    rows = {call.external_key: call for call in Call.objects.all()}
    assert (rows["9001"].outcome, rows["9001"].wait_seconds, rows["9001"].ended_at) == (
        "answered",
        25,
        local("2026-11-16 09:03:35"),
    )
    assert (rows["9002"].outcome, rows["9002"].wait_seconds, rows["9002"].caller) == ("abandoned", 41, "")
    assert "al ingelezen" in browser.post(address, fields | {"doe": "inlezen"}, follow=True).content.decode()
    _address, page = bring(browser, THREE_CX)
    assert chosen(page)["agent"] == "2" and "2 al bekend" in page and 'value="inlezen"' not in page
    assert Call.objects.count() == 2


def test_a_file_of_anywhere365_knows_its_columns_and_who_picked_up(cast: Cast) -> None:
    browser = browser_of(cast.sanne)
    address, page = bring(browser, ANYWHERE)
    assert "2 gesprekken kunnen erin" in page
    browser.post(address, chosen(page) | {"doe": "inlezen"})
    rows = {call.external_key: call for call in Call.objects.all()}
    assert (rows["c-1"].answered_by, rows["c-1"].queue, rows["c-1"].wait_seconds) == (cast.fatima, "Algemeen", 12)
    assert rows["c-2"].outcome == "abandoned"


SPREADSHEET = """Datum;Tijd;Beller;Opgenomen;Duur
16-11-26;9:00;0612345678;9:00:20;
16-11-2026 00:00:00;09:05:10;0612345678;;0:40
17-11-2026;25:00;0612345678;;
17-11-2026;46342,5;Café;46342,5002;
17-11-2026;9:30;0612345678;;
16-11-2027;9:00;;;0:10
"""


def test_a_file_of_a_spreadsheet_is_read_as_it_was_saved(cast: Cast) -> None:
    """Windows-1252, the day in a column of its own, short years, moments as numbers; what is wrong is told by row and column."""
    columns = {"date": 0, "entered": 1, "caller": 2, "answered": 3, "wait": 4}
    report = import_calls(
        by=cast.sanne,
        at=NOW,
        source="t",
        raw=SPREADSHEET.encode("cp1252"),
        pickup_seconds=lambda day: 30,
        columns=columns,
    )
    assert [(call.entered_at, call.wait_seconds) for call in Call.objects.order_by("entered_at")] == [
        (local("2026-11-16 09:00"), 20),
        (local("2026-11-16 09:05:10"), 40),
        (local("2026-11-16 12:00"), 17),
    ]
    assert report_words(report)[1] == [
        "Regel 4, kolom “Tijd”: dit is geen datum met een tijd (25:00)",
        "Regel 6: opgehangen, maar niet wanneer",
        "Regel 7: ligt in de toekomst (16-11-2027 09:00)",
    ]


def test_without_an_id_the_row_itself_is_known(cast: Cast) -> None:
    """Whatever the order of its columns, and also when an earlier version took it in."""
    browser = browser_of(cast.sanne)
    rows = [["16-11-2026 09:00:00", "40"], ["16-11-2026 09:01:00", "30"]]
    text = "\n".join(map(";".join, [["moment", "duur"], *rows]))
    turned = "\n".join(f"{wait};{entered}" for entered, wait in [["moment", "duur"], *rows])
    for given, entered, wait, expected in (
        (text, "0", "1", "2 gesprekken kunnen erin"),
        (turned, "1", "0", "2 al bekend"),
        (text, "0", "1", "2 al bekend"),
    ):
        address, page = bring(browser, given)
        if "Kies in welke kolom" in page:
            page = browser.post(address, {"entered": entered, "wait": wait, "doe": "kijken"}).content.decode()
        assert expected in page
        browser.post(address, {"entered": entered, "wait": wait, "doe": "inlezen"})
        for call, cells in zip(Call.objects.order_by("entered_at"), rows, strict=True):
            before = "rij-" + hashlib.sha256("\x1f".join(cells).encode()).hexdigest()[:40]
            Call.objects.filter(pk=call.pk).update(external_key=before if given is turned else call.external_key)
    assert sorted(Call.objects.values_list("outcome", "wait_seconds")) == [("abandoned", 30), ("abandoned", 40)]


def test_a_file_is_only_for_who_brought_it_and_goes_after_a_day(cast: Cast) -> None:
    browser = browser_of(cast.sanne)
    address, _page = bring(browser, THREE_CX)
    for user in User.objects.exclude(pk=cast.sanne.pk).filter(pk__in=[cast.ria.pk, cast.beheer.pk]):
        assert browser_of(user).get(address).status_code in (403, 404)
    strange = {"entered": "99", "wait": "-1", "talk": "²", "outcome": "x", "doe": "inlezen"}
    assert "Kies in welke kolom" in browser.post(address, strange).content.decode()
    file = CallsFile.objects.get()
    forget_files(at=file.brought_at + timedelta(hours=23))
    assert CallsFile.objects.exists()
    forget_files(at=file.brought_at + timedelta(hours=25))
    assert browser.get(address).status_code == 404
    address, _page = bring(browser, THREE_CX)
    browser.post(address, {"doe": "weg"})
    assert not CallsFile.objects.exists() and not Call.objects.exists()


def test_what_is_no_file_of_calls_is_refused_at_the_door(cast: Cast) -> None:
    browser = browser_of(cast.sanne)
    for raw in (b"", b"\x00\x01", b'"' + b"x" * 20_000):
        upload = SimpleUploadedFile("x.csv", raw)
        answer = browser.post("/cijfers/telefoon/gesprekken/inlezen/", {"source": "centrale", "file": upload})
        assert answer.status_code == 422
    assert browser.post("/cijfers/telefoon/gesprekken/inlezen/", {"source": ""}).status_code == 422


def test_only_who_may_takes_files_in(cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.ria, backend="organisation.sign_in.Employees")
    assert browser.post("/cijfers/telefoon/gesprekken/inlezen/", {"source": "x"}).status_code == 403
