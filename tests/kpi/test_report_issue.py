"""Reports: the same figures as the dashboard, frozen as given, numbered, made once, sent once, read by who may."""

import contextlib
import io
import json
import re
import zipfile
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from channels_app.models import OutboundMessage
from kpi.actions import issue_report
from kpi.actions.issue_report import ask_files, ask_report, forget_jobs, make_reports
from kpi.actions.load_example import load_example
from kpi.actions.schedule_reports import add_schedule, sweep_schedules
from kpi.models import FiguresView, IssuedReport, ReportFile, ReportJob, ScheduleRun
from kpi.pages.dashboard import dashboard
from kpi.pages.filters import question_of
from kpi.periods import period_of
from kpi.registry import MEASURES
from kpi.reports.content import report_of
from kpi.reports.files import as_csv, as_xlsx
from kpi.reports.paper import paper_of
from kpi.rollups import roll_up
from kpi.scope import Scope
from organisation.errors import Refused
from organisation.models import Membership, Subject, Team
from organisation.pdf import NoPdf
from organisation.snapshot import organisation
from tests.cast import Cast
from tests.kept import Once
from tests.kpi.agreement_scene import NOW, browser
from tests.kpi.history import call, clock, local, question, twelve_mails

pytestmark = pytest.mark.django_db
WEEK = period_of("week", date(2026, 11, 16))
ADDRESS = "periode=week&dag=2026-11-16"


@pytest.fixture(autouse=True)
def _it_is_noon_and_paper_is_quick(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    settings.CLOCK_OFFSET_SECONDS = int((NOW - datetime.now(UTC)).total_seconds())  # type: ignore[attr-defined]
    monkeypatch.setattr(issue_report, "report_pdf", lambda report, issue: b"%PDF-1.7 " + issue.encode())


@Once
def a_week(cast: Cast) -> None:
    """12 e-mails of which 9 in time, 12 calls, and a week before with 3."""
    twelve_mails(cast)
    for number in range(12):
        call(local(f"2026-11-16 10:{number:02d}"), wait=20 if number < 10 else 60)
    for number in range(3):
        at = local(f"2026-11-10 10:{number:02d}")
        row = question(cast, received=at, channel="email", team=cast.openbare_ruimte, subject=cast.grofvuil)
        clock(row, "email.answer", started=at, due=local("2026-11-13 00:00"), stopped=local("2026-11-11 10:00"))
    roll_up(at=NOW)


@pytest.fixture
def week(cast: Cast) -> Cast:
    a_week(cast)
    return cast


def made(cast: Cast, team: Team | None = None, reason: str = "") -> IssuedReport:
    job = ask_report(period=WEEK, team=team, by=cast.sanne, at=NOW, reason=reason)
    make_reports(at=NOW + timedelta(seconds=1))
    job.refresh_from_db()
    assert job.state == "done", job.error
    return job.report


def sheet(data: bytes, number: int) -> list[list[object]]:
    """The cells of a sheet as a spreadsheet reads them: numbers as numbers, texts as texts, formulas as an error."""
    book = zipfile.ZipFile(io.BytesIO(data))
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    texts = ["".join(t.itertext()) for t in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]  # noqa: S314
    root = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314
    assert not list(root.iter(f"{space}f")), "there is a formula"
    rows = []
    for row in root.iter(f"{space}row"):
        cells: list[object] = []
        for cell in row:
            value = cell.find(f"{space}v")
            text = value.text if value is not None else ""
            cells.append(texts[int(text or 0)] if cell.get("t") == "s" else float(text or 0))
        rows.append(cells)
    return rows


def test_every_figure_equals_the_registry_and_the_tiles_to_the_last_digit(week: Cast) -> None:
    house = organisation()
    report = report_of(WEEK, None, house, NOW)
    rows = {row["code"]: row for row in report["figures"]}
    assert set(MEASURES) <= set(rows)
    for code, measure in MEASURES.items():
        now, before = (measure.count(Scope(one), NOW) for one in (WEEK, WEEK.previous()))
        assert rows[code]["numerator"] == (now.numerator if not now.is_empty else None), code
        assert rows[code]["denominator"] == (now.denominator if not now.is_empty else None), code
        if before.is_empty:
            assert rows[code]["before"] is None
    page = dashboard(question_of({"periode": "week", "dag": "2026-11-16"}, week.sanne, house, date(2026, 11, 25)), week.sanne, house, NOW)  # fmt: skip
    for tile in page.steady.tiles:
        assert rows[tile.code]["shown"].replace("\u00a0%", "") == tile.value
        assert (rows[tile.code]["state"] == "met") == (tile.css == "ok")
    assert rows["email.answer"]["value"] == 75.0 and rows["email.answer"]["before"] == 100.0
    assert rows["rating.phone"]["state"] == "no_data" and rows["rating.phone"]["target"] == 7.0


def test_of_a_team_only_what_is_of_that_team(week: Cast) -> None:
    rows = {row["code"]: row for row in report_of(WEEK, week.burgerzaken, organisation(), NOW)["figures"]}
    assert rows["email.answer"]["state"] == "no_data"
    assert "phone.direct" not in rows


def test_an_empty_installation_says_no_data_and_never_nought_percent(cast: Cast) -> None:
    with translation.override("nl"):
        report = report_of(WEEK, None, organisation(), NOW)
        assert {row["state"] for row in report["figures"]} == {"no_data"}
        assert report["goals"]["judged"] == 0
        assert "geen gegevens" in as_csv(report).decode()
        assert as_xlsx(report)


def test_issued_is_frozen_numbered_and_read_back(week: Cast) -> None:
    first = made(week)
    snapshot = json.dumps(first.snapshot, sort_keys=True)
    row = question(week, received=local("2026-11-16 09:00"), channel="email", team=week.openbare_ruimte, subject=None)
    clock(row, "email.answer", started=local("2026-11-16 09:00"), due=local("2026-11-20 00:00"), stopped=None)
    with pytest.raises(Refused):
        ask_report(period=WEEK, team=None, by=week.sanne, at=NOW)
    second = made(week, reason="Brief van 16 november bleek te missen")
    assert (first.number, second.number, second.replaces_id) == (1, 2, first.pk)
    first.refresh_from_db()
    assert json.dumps(first.snapshot, sort_keys=True) == snapshot
    old, new = (
        next(row for row in one.snapshot["figures"] if row["code"] == "email.answer") for one in (first, second)
    )
    assert (old["denominator"], new["denominator"]) == (12, 13)
    assert {file.kind for file in second.files.all()} == {"pdf", "xlsx", "csv"}
    html = browser(week.sanne).get(f"/cijfers/rapporten/{first.pk}/").content.decode()
    assert f"/cijfers/rapporten/{second.pk}/" in html
    assert "bleek te missen" in browser(week.sanne).get(f"/cijfers/rapporten/{second.pk}/").content.decode()


@pytest.mark.parametrize("change", ["update kpi_issuedreport set number = 9", "delete from kpi_reportfile", "update kpi_reportfile set size = 1", "delete from kpi_issuedreport"])  # fmt: skip
def test_the_database_refuses_to_change_what_was_given(week: Cast, change: str) -> None:
    from django.db import connection

    made(week)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_asked_twice_is_made_once_and_a_dead_worker_is_followed_by_another(week: Cast, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    one = ask_report(period=WEEK, team=None, by=week.sanne, at=NOW)
    assert ask_report(period=WEEK, team=None, by=week.sanne, at=NOW).pk == one.pk
    real = issue_report.as_xlsx

    def dies(report: object) -> bytes:
        raise SystemExit

    monkeypatch.setattr(issue_report, "as_xlsx", dies)
    with pytest.raises(SystemExit):
        make_reports(at=NOW + timedelta(seconds=1))
    monkeypatch.setattr(issue_report, "as_xlsx", real)
    assert make_reports(at=NOW + timedelta(seconds=5)) == 0  # the lease of the dead one
    assert make_reports(at=NOW + timedelta(minutes=5)) == 1
    assert IssuedReport.objects.count() == 1
    assert ReportFile.objects.count() == 3
    assert make_reports(at=NOW + timedelta(minutes=9)) == 0


def test_without_the_library_the_sentence_stands_there_and_the_other_files_are_had(week: Cast, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def none(report: object, issue: str) -> bytes:
        raise NoPdf("De bibliotheek ontbreekt.", is_final=True)

    monkeypatch.setattr(issue_report, "report_pdf", none)
    job = ask_report(period=WEEK, team=None, by=week.sanne, at=NOW)
    make_reports(at=NOW + timedelta(seconds=1))
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "De bibliotheek ontbreekt.")
    assert set(job.report.files.values_list("kind", flat=True)) == {"csv", "xlsx"}
    assert (
        "De bibliotheek ontbreekt." in browser(week.sanne).get(f"/cijfers/rapporten/{job.report_id}/").content.decode()
    )
    told = OutboundMessage.objects.get(object_key__startswith="report_job:")
    assert (told.to_address, told.subject) == (
        week.sanne.email, "Een bestand van een rapport kon niet worden gemaakt",
    )  # fmt: skip
    assert "De bibliotheek ontbreekt." in told.body and f"/cijfers/rapporten/{job.report_id}/" in told.body
    monkeypatch.undo()
    monkeypatch.setattr(issue_report, "report_pdf", lambda report, issue: b"%PDF-1.7")
    ask_files(report=job.report, by=week.sanne, at=NOW)
    make_reports(at=NOW + timedelta(days=1))
    assert job.report.files.count() == 3
    for page in ("", f"{job.report_id}/"):
        assert "De bibliotheek ontbreekt." not in browser(week.sanne).get(f"/cijfers/rapporten/{page}").content.decode()


@pytest.mark.parametrize("kills", [False, True])
def test_who_asked_for_a_report_that_cannot_be_made_hears_it_once_and_finds_the_way_to_ask_again(
    week: Cast,
    monkeypatch,  # type: ignore[no-untyped-def]
    kills: bool,
) -> None:
    def breaks(*_args: object) -> bytes:
        raise SystemExit if kills else ValueError

    monkeypatch.setattr(issue_report, "report_of", breaks)
    add_schedule(kind="week", team=None, people=[week.joost.pk], by=week.joost, at=local("2026-11-18 09:00"))
    for asked in (False, True):  # by a schedule, and by a person
        at = NOW
        if asked:
            ReportJob.objects.all().delete()
            ask_report(period=WEEK, team=None, by=week.sanne, at=at)
        else:
            sweep_schedules(at=at)
        for _try in range(7):
            at += timedelta(minutes=5)
            with contextlib.suppress(SystemExit):
                make_reports(at=at)
        assert set(ReportJob.objects.filter(first=WEEK.first).values_list("state", "tries")) == {("failed", 5)}
    told = OutboundMessage.objects.filter(object_key__startswith="report_job:", body__contains=ADDRESS).order_by("pk")
    assert [one.to_address for one in told] == [week.joost.email, week.sanne.email]
    assert "probeer het nog een keer" in told[0].body and "Weekrapport: week 47" in told[0].body
    page = browser(week.sanne).get("/cijfers/rapporten/").content.decode()
    assert (
        "Niet gelukt" in page
        and "Niet gemaakt:" in page
        and ADDRESS.replace("&", "&amp;") in page.split("Niet gemaakt:")[1][:600]
    )
    assert "SystemExit" not in page and "ValueError" not in page


def test_a_year_before_stands_in_report_files_dashboard_and_figure_as_far_as_it_was_known(week: Cast) -> None:
    def told(address: str, who: str = "joost") -> str:
        return " ".join(browser(getattr(week, who)).get(address).content.decode().split())

    assert report_of(WEEK, None, organisation(), NOW)["year"] is None
    assert "een jaar eerder" not in told(f"/cijfers/rapporten/lezen/?{ADDRESS}").lower()
    assert "in week 47 van 2025" not in told(f"/cijfers/?{ADDRESS}")
    for number in range(12):
        channel = "email" if number < 4 else "phone"
        at, its = local(f"2025-11-17 10:{number:02d}"), {"team": week.openbare_ruimte, "subject": week.grofvuil}
        question(week, received=at, channel=channel, **its)
        call(local(f"2025-11-18 10:{number:02d}"), wait=20 if number < 6 else 60)
    roll_up(at=NOW)
    report = report_of(WEEK, None, organisation(), NOW)
    year = {row["code"]: (row["then_shown"], row["delta"]) for row in report["year"]["rows"]}
    assert (report["year"]["name"], report["year"]["volume"]) == ("week 47 van 2025", 12)
    assert year["phone.pickup"] == ("50\u00a0%", "+33,3")
    assert "email.answer" not in year, "a year before it had no data"
    assert "contacts.digital" not in year, "four of the twelve were digital: too few to show"
    of_team = report_of(WEEK, week.openbare_ruimte, organisation(), NOW)["year"]["rows"]
    assert "contacts.digital" in {row["code"] for row in of_team}, "its lead sees it all"
    assert "week 47 van 2025: 12" in told(f"/cijfers/rapporten/lezen/?{ADDRESS}")
    assert ["Contacten", 12.0, 12.0, 0.0] in sheet(as_xlsx(report), 3)
    assert "in week 47 van 2025 waren het er 12" in told(f"/cijfers/?{ADDRESS}")
    figure = "/cijfers/phone.pickup/"
    assert "Een jaar eerder, week 47 van 2025: 50 % (6 van 12 gesprekken)." in told(f"{figure}?{ADDRESS}")
    assert "Een jaar eerder" not in told(f"{figure}?periode=week&dag=2026-11-23"), "this week is not over"
    for who, is_told in (("joost", False), ("sanne", True)):
        page = told(f"/cijfers/questions.asked/?{ADDRESS}&kanaal=email", who)
        assert ("Een jaar eerder" in page) is is_told, "four e-mails a year before"


def test_a_period_that_runs_is_not_frozen(week: Cast) -> None:
    with pytest.raises(Refused):
        ask_report(period=period_of("week", date(2026, 11, 25)), team=None, by=week.sanne, at=NOW)


def test_spreadsheets_hold_numbers_and_nothing_that_runs(week: Cast) -> None:
    Subject.objects.filter(pk=week.grofvuil.pk).update(name='=HYPERLINK("http://x")|cmd')
    Team.objects.filter(pk=week.openbare_ruimte.pk).update(name="+<b>Ruimte</b>")
    organisation_now = organisation()
    object.__setattr__(organisation_now.subjects[week.grofvuil.pk], "name", '=HYPERLINK("http://x")|cmd')
    object.__setattr__(organisation_now.teams[week.openbare_ruimte.pk], "name", "+<b>Ruimte</b>")
    report = report_of(WEEK, None, organisation_now, NOW)
    data = as_xlsx(report)
    rows = sheet(data, 1)
    mail = next(row for row in rows if row and row[0] == "email.answer")
    assert mail[2] == 75.0 and mail[3] == 95.0 and mail[5:7] == [9.0, 12.0]
    assert any("HYPERLINK" in str(cell) for row in sheet(data, 4) for cell in row)
    text = as_csv(report).decode()
    assert "\"'=HYPERLINK" in text and "\"'+<b>" in text


@pytest.mark.parametrize(
    ("name", "whole", "own_team", "other_team"),
    [("sanne", 200, 200, 200), ("joost", 200, 404, 404), ("ria", 404, 200, 404), ("henk", 403, 403, 403), ("beheer", 403, 403, 403), ("fatima", 403, 403, 403)],
)  # fmt: skip
def test_who_may_read_which(week: Cast, name: str, whole: int, own_team: int, other_team: int) -> None:
    client = browser(getattr(week, name))
    for team, wanted in ((None, whole), (week.openbare_ruimte, own_team), (week.burgerzaken, other_team)):
        report = made(week, team)
        assert client.get(f"/cijfers/rapporten/{report.pk}/").status_code == wanted, (name, team)
        assert client.get(f"/cijfers/rapporten/{report.pk}/rapport.csv").status_code == wanted
        assert client.post(f"/cijfers/rapporten/{report.pk}/bestanden/").status_code in ((302,) if wanted == 200 else (wanted,))  # fmt: skip


def test_a_lead_who_asks_for_the_whole_or_another_team_gets_the_own_one(week: Cast) -> None:
    for query in (ADDRESS, f"{ADDRESS}&team=burgerzaken"):
        text = browser(week.ria).get(f"/cijfers/rapporten/lezen/?{query}").content.decode()
        assert "Openbare Ruimte" in text and "Burgerzaken" not in text
    browser(week.ria).post(f"/cijfers/rapporten/uitgeven/?{ADDRESS}&team=burgerzaken")
    assert ReportJob.objects.get().team_id == week.openbare_ruimte.pk


def test_the_flow_over_http(week: Cast) -> None:
    client = browser(week.joost)
    assert "Dit rapport uitgeven" in client.get(f"/cijfers/rapporten/lezen/?{ADDRESS}").content.decode()
    assert client.post(f"/cijfers/rapporten/uitgeven/?{ADDRESS}").status_code == 302
    assert "<progress" in client.get("/cijfers/rapporten/").content.decode()
    make_reports(at=NOW + timedelta(minutes=1))
    page = client.get("/cijfers/rapporten/").content.decode()
    file = re.search(r"/cijfers/rapporten/\d+/rapport\.pdf", page)
    assert file and client.get(file[0]).content.startswith(b"%PDF")
    again = client.post(f"/cijfers/rapporten/uitgeven/?{ADDRESS}")
    assert again.status_code == 422 and "waarom" in again.content.decode()
    assert client.get(f"/cijfers/rapporten/lezen/rapport.xlsx?{ADDRESS}").content[:2] == b"PK"
    assert client.get("/cijfers/rapporten/lezen/?periode=eeuw&dag=9999-99-99").status_code == 200


def test_a_schedule_mails_once_per_period_also_late_and_only_to_who_may(week: Cast) -> None:
    add_schedule(kind="week", team=None, people=[week.joost.pk, week.sanne.pk], by=week.sanne, at=NOW)
    assert sweep_schedules(at=NOW) == 0  # the week before it began
    late = local("2026-12-02 09:00")
    for _again in range(2):
        sweep_schedules(at=late)
    assert ReportJob.objects.count() == 1
    Membership.objects.filter(user=week.sanne).update(valid_until=date(2026, 11, 20))
    make_reports(at=late)
    assert sweep_schedules(at=late) == 1
    assert sweep_schedules(at=late + timedelta(hours=1)) == 0
    mail = OutboundMessage.objects.get(object_key__startswith="report:")
    assert mail.to_address == week.joost.email and "/cijfers/rapporten/" in mail.body
    assert not re.search(r"\d+,\d", mail.body)
    assert ScheduleRun.objects.count() == 1


def test_a_schedule_is_not_for_who_may_not_read_it(week: Cast) -> None:
    with pytest.raises(Refused):
        add_schedule(kind="week", team=None, people=[week.ria.pk], by=week.sanne, at=NOW)
    client = browser(week.sanne)
    answer = client.post("/cijfers/rapporten/mail/", {"kind": "month", "team": "", "people": [week.joost.pk]})
    assert answer.status_code == 302
    assert "Joost" in client.get("/cijfers/rapporten/").content.decode()


def test_a_report_read_next_year_still_says_when_it_was_made(week: Cast) -> None:
    with translation.override("nl"):
        report = report_of(WEEK, None, organisation(), NOW)
    assert report["name"] == "Week 47 van 2026"
    assert report["made_shown"] == "woensdag 25 november 2026, 12:00"


def test_a_difference_in_time_is_said_as_time(week: Cast) -> None:
    for number in range(3):
        call(local(f"2026-11-10 11:{number:02d}"), wait=90)
    roll_up(at=NOW)
    rows = {row["code"]: row for row in report_of(WEEK, None, organisation(), NOW)["figures"]}
    assert (rows["phone.wait"]["shown"], rows["phone.wait"]["before_shown"]) == ("0:27", "1:30")
    assert rows["phone.wait"]["delta"] == "−1:03"


def test_what_is_counted_in_the_same_way_is_explained_once(week: Cast) -> None:
    paper = paper_of(report_of(WEEK, None, organisation(), NOW))
    texts = [one["words"] for one in paper["definitions"]]
    assert len(texts) == len(set(texts))
    assert sum(len(one["rows"]) for one in paper["definitions"]) == len(paper["report"]["figures"])


def test_work_that_is_long_done_is_forgotten_and_the_report_stays(week: Cast) -> None:
    report = made(week)
    waiting = ask_report(period=WEEK.previous(), team=None, by=week.sanne, at=NOW)
    assert forget_jobs(at=NOW + timedelta(days=29)) == 0
    assert forget_jobs(at=NOW + timedelta(days=31)) == 1
    assert forget_jobs(at=NOW + timedelta(days=31)) == 0
    assert list(ReportJob.objects.all()) == [waiting]
    assert IssuedReport.objects.get() == report and report.files.count() == 3


def test_the_demo_has_two_quarters_and_a_month_once(week: Cast) -> None:
    for _time in range(2):
        load_example(day=date(2026, 11, 25))
    found = IssuedReport.objects.order_by("pk").values_list("kind", "first", "number")
    assert list(found) == [
        ("quarter", date(2026, 4, 1), 1),
        ("quarter", date(2026, 7, 1), 1),
        ("month", date(2026, 10, 1), 1),
    ]
    assert FiguresView.objects.get().owner == week.sanne
    assert not ReportFile.objects.exists()
