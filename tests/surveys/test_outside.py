"""Scores of others: once, against norm and earlier years; a file is looked at first and read in whole or not at all."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from organisation.models import AuditEntry
from surveys import table_file
from surveys.actions.add_outside import add_outside
from surveys.actions.outside import plan_of
from surveys.models import OutsideImport, OutsideIndicator, OutsideResult
from tests.cast import Cast

AT = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
HEAD = "Onderwerp;Jaar;Score;Aantal;Bron\n"
GOOD = (
    HEAD + "Heldere taal;2019;70 %;412;Waarstaatjegemeente 2019\nHeldere taal;2021;71,5;398;Waarstaatjegemeente 2021\n"
)


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def client(cast: Cast) -> Client:
    add_outside()
    client = Client()
    client.force_login(cast.sanne)
    return client


def take(client: Client, content: str | bytes, name: str = "scores.csv") -> Any:
    raw = content.encode() if isinstance(content, str) else content
    return client.post("/enquetes/buiten/inlezen/", {"file": SimpleUploadedFile(name, raw)})


def waiting() -> OutsideImport:
    return OutsideImport.objects.get(state="open")


def confirm(client: Client) -> str:
    row = waiting()
    page = client.get(f"/enquetes/buiten/inlezen/{row.pk}/").content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    form = {"version": row.version, "seen": seen}
    return client.post(f"/enquetes/buiten/inlezen/{row.pk}/bevestigen/", form)["Location"]


def found() -> list[tuple[str, int, str]]:
    rows = OutsideResult.objects.filter(is_removed=False).order_by("indicator__code", "year")
    return [
        (code, year, f"{float(value):g}") for code, year, value in rows.values_list("indicator__code", "year", "value")
    ]


def test_the_figures_of_2017_stand_here_with_their_source(client: Client) -> None:
    assert found() == [("algemeen", 2017, "6.7"), ("digitaal", 2017, "6.7"), ("heldere-taal", 2017, "68")]
    assert {one.source[:24] for one in OutsideResult.objects.all()} == {"Waarstaatjegemeente 2017"}
    assert add_outside() == 0
    page = client.get("/enquetes/buiten/").content.decode()
    assert page.count("nog niet boven de norm") == 3  # equal to where the municipality began
    assert page.count("meer dan") == 3
    assert "nog niet gemeten" in page  # clear language: every two years


def test_a_file_is_looked_at_read_in_and_twice_changes_nothing(client: Client) -> None:
    assert take(client, GOOD)["Location"] == f"/enquetes/buiten/inlezen/{waiting().pk}/"
    page = client.get(f"/enquetes/buiten/inlezen/{waiting().pk}/").content.decode()
    assert "2 nieuwe scores." in page
    assert len(found()) == 3  # nothing counts yet
    assert confirm(client) == "/enquetes/buiten/"
    assert [one for one in found() if one[0] == "heldere-taal"] == [
        ("heldere-taal", 2017, "68"), ("heldere-taal", 2019, "70"), ("heldere-taal", 2021, "71.5"),
    ]  # fmt: skip
    done = OutsideImport.objects.get()
    assert (done.state, done.added, done.corrected, done.same, done.rows) == ("done", 2, 0, 0, [])
    assert OutsideResult.objects.get(year=2019).history.get().history_user.username == "sanne"
    assert AuditEntry.objects.filter(action="outside.imported").count() == 1
    take(client, GOOD)
    page = client.get(f"/enquetes/buiten/inlezen/{waiting().pk}/").content.decode()
    assert "Alles in dit bestand staat hier al." in page
    assert 'name="seen"' not in page
    page = client.get("/enquetes/buiten/heldere-taal/").content.decode()
    assert "Heldere taal: 71,5" in page
    assert "boven de norm" in page
    assert "+1,5 punt sinds 2019" in page
    assert "67 – 76" in page  # 71,5 % of 398 answers
    assert "<svg" in page


def test_a_correction_keeps_what_stood_there(client: Client) -> None:
    take(client, GOOD)
    confirm(client)
    take(client, GOOD.replace("70 %", "69 %").replace("2019\nH", "2019\nH"))
    page = client.get(f"/enquetes/buiten/inlezen/{waiting().pk}/").content.decode()
    assert "was 70" in page
    confirm(client)
    row = OutsideResult.objects.get(year=2019)
    assert (row.value, row.version) == (69, 2)
    assert [one.value for one in row.history.order_by("history_id")] == [70, 69]
    page = client.get(f"/enquetes/buiten/heldere-taal/{row.pk}/").content.decode()
    assert "70 % in 2019, 412 antwoorden" in page.replace("\u00a0", " ").replace("70,0", "70")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (HEAD + "Heldere taal;2019;70;;bron\nHeldere taal;2020;veel;;bron\n", "Regel 3, kolom “Score”: “veel” is geen getal."),
        (HEAD + "Iets anders;2019;70;;bron\n", "Regel 2, kolom “Onderwerp”: “Iets anders” staat niet in onze lijst."),
        ("Gemeente;Jaar;Score\nOpmeer;2019;70\n", "Geen kolom zegt “Wat er gemeten is”."),
        (HEAD + "<script>alert(1)</script>;2019;70;;bron\n", "&lt;script&gt;"),
    ],
)  # fmt: skip
def test_a_file_with_something_wrong_reads_nothing_in(client: Client, content: str, sentence: str) -> None:
    take(client, content)
    row = waiting()
    page = client.get(f"/enquetes/buiten/inlezen/{row.pk}/").content.decode()
    assert sentence in page
    assert "<script>alert" not in page
    assert 'name="seen"' not in page
    assert client.post(
        f"/enquetes/buiten/inlezen/{row.pk}/bevestigen/", {"version": row.version, "seen": ""}
    )["Location"] == f"/enquetes/buiten/inlezen/{row.pk}/"  # fmt: skip
    assert len(found()) == 3


def test_columns_can_be_chosen_and_said_once_for_all_rows(client: Client) -> None:
    take(client, "a;b\n2023;72\n")
    row = waiting()
    form = {
        "version": row.version,
        "year": "0",
        "value": "1",
        "fixed_indicator": "heldere-taal",
        "fixed_source": "Eigen onderzoek",
    }
    assert (
        client.post(f"/enquetes/buiten/inlezen/{row.pk}/", {**form, "value": "0"}).status_code == 422
    )  # twice the same
    assert client.post(f"/enquetes/buiten/inlezen/{row.pk}/", form).status_code == 302
    confirm(client)
    assert OutsideResult.objects.get(year=2023).source == "Eigen onderzoek"


def test_what_changed_since_it_was_seen_is_not_read_in(client: Client) -> None:
    take(client, GOOD)
    row = waiting()
    page = client.get(f"/enquetes/buiten/inlezen/{row.pk}/").content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    OutsideResult.objects.create(
        indicator=OutsideIndicator.objects.get(code="heldere-taal"),
        year=2019,
        value=50,
        source="Waarstaatjegemeente 2019",
    )
    client.post(f"/enquetes/buiten/inlezen/{row.pk}/bevestigen/", {"version": row.version, "seen": seen})
    assert OutsideResult.objects.get(year=2019).value == 50
    assert waiting().pk == row.pk


def test_what_a_person_took_away_is_not_brought_back_by_a_file(client: Client) -> None:
    take(client, GOOD)
    confirm(client)
    row = OutsideResult.objects.get(year=2019)
    away = f"/enquetes/buiten/heldere-taal/{row.pk}/weg/"
    assert client.post(away, {"version": "9"}).status_code == 302  # not what was seen
    assert not OutsideResult.objects.get(pk=row.pk).is_removed
    client.post(away, {"version": row.version})
    take(client, GOOD)
    page = client.get(f"/enquetes/buiten/inlezen/{waiting().pk}/").content.decode()
    assert "weggehaald, blijft weg" in page
    assert ("heldere-taal", 2019, "70") not in found()
    client.post(away, {"version": row.version + 1, "wat": "terug"})
    assert ("heldere-taal", 2019, "70") in found()


def book(*rows: list[Any], share: bool = False) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet()
        percent = made.add_format({"num_format": "0%"})
        for line, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                sheet.write(line, place, cell, percent if share and isinstance(cell, float) else None)
    return out.getvalue()


def test_an_excel_file_says_the_same_as_a_csv(client: Client) -> None:
    assert table_file.read(book(["Score"], [12.345]))[1] == (2, ["12,345"])
    assert table_file.read(b"sep=;\r\nScore;Bron\r\n7;x\r\n") == [(2, ["Score", "Bron"]), (3, ["7", "x"])]
    raw = book(["Onderwerp", "Jaar", "Score", "Aantal", "Bron"], ["Heldere taal", 2019, 0.7, 412, "W 2019"], share=True)
    assert table_file.read(raw)[1] == (2, ["Heldere taal", "2019", "70%", "412", "W 2019"])
    take(client, raw, "scores.xlsx")
    confirm(client)
    assert ("heldere-taal", 2019, "70") in found()


USELESS = (
    (b"", "Het bestand is leeg."),
    (b"PK\x03\x04kapot", "Het bestand kan niet open."),
    (b"\x00\x01\x02", "Dit is geen CSV en geen Excel-bestand"),
    (b"Onderwerp;Jaar\n", "maar geen regels"),
    (("a;" * 140 + "\n").encode() * 3, "meer dan 120 kolommen"),
    (b"a;b\n" * 2500, "meer dan 2.000 regels"),
)


def test_a_file_that_cannot_be_used_says_why(client: Client) -> None:
    for raw, sentence in USELESS:
        page = take(client, raw)
        assert page.status_code == 422, sentence
        assert sentence in page.content.decode()
        assert not OutsideImport.objects.exists(), sentence


def test_a_packed_bomb_is_refused() -> None:
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * (table_file.MOST_UNPACKED + 1))
    with pytest.raises(table_file.BadFile, match="too_large"):
        table_file.read(out.getvalue())


def test_a_score_is_written_by_hand_and_a_colleague_is_not_overwritten(client: Client, cast: Cast) -> None:
    form = {"year": "2019", "month": "0", "value": "70,4", "sample_size": "400", "source": "W 2019"}
    assert client.post("/enquetes/buiten/heldere-taal/", {**form, "value": "170"}).status_code == 422
    assert client.post("/enquetes/buiten/heldere-taal/", form).status_code == 302
    assert (
        client.post("/enquetes/buiten/heldere-taal/", {**form, "source": "w 2019"}).status_code == 422
    )  # there already
    row = OutsideResult.objects.get(year=2019)
    address = f"/enquetes/buiten/heldere-taal/{row.pk}/"
    assert 'value="70,4"' in client.get(address).content.decode()
    assert client.post(address, {**form, "value": "71", "version": "1"}).status_code == 302
    assert client.post(address, {**form, "value": "72", "version": "1"}).status_code == 409
    assert OutsideResult.objects.get(year=2019).value == 71


def test_something_new_that_is_measured_gets_an_address_of_its_own(client: Client) -> None:
    form = {"name": "Nieuw", "unit": "mark", "other_names": "Iets\nAnders"}
    assert client.post("/enquetes/buiten/nieuw/", form)["Location"] == "/enquetes/buiten/nieuw-2/"
    row = OutsideIndicator.objects.get(name="Nieuw")
    assert row.other_names == ["Iets", "Anders"]
    again = client.post(
        "/enquetes/buiten/nieuw-2/wijzigen/", {**form, "name": "Nieuwer", "unit": "percent", "version": "1"}
    )
    assert again.status_code == 302
    row.refresh_from_db()
    assert (row.name, row.unit) == ("Nieuwer", "mark")  # scores are counted in it


@pytest.mark.parametrize(("who", "status"), [("sanne", 200), ("joost", 200), ("henk", 403), ("fatima", 403)])
def test_who_may_read_files_in(client: Client, cast: Cast, who: str, status: int) -> None:
    client.force_login(getattr(cast, who))
    assert client.get("/enquetes/buiten/inlezen/").status_code == status
    assert client.get("/enquetes/buiten/heldere-taal/").status_code == 200
    assert client.post("/enquetes/buiten/heldere-taal/", {"year": ""}).status_code == (422 if status == 200 else 403)


YEARS = "Gemeente;2019;2021\nOpmeer;6,8;7,1\nMedemblik;6,2;6,4\n"
THINGS = "Gemeentenaam;Jaar;Digitale dienstverlening;De gemeente gebruikt heldere taal;Vertrouwen\nGemeente Opmeer;2021;6.9;71%;6\nHoorn;2021;7;60%;5\n"
BOTH = (
    "Gebied;Digitale dienstverlening 2019;Dienstverlening (2021);2021 | Digitale dienstverlening\nOpmeer;6,6;7,2;n.b.\n"
)
TWO_LINES = (
    "Gebied;Digitale dienstverlening;;Dienstverlening;\n;2019;2021;2019;2021\nOpmeer;6,6;6,7;7,1;-\nHoorn;1;2;3;4\n"
)
LONG = (
    "Gemeente;Jaar;Indicator;Waarde\nHoorn;2021;Digitale dienstverlening;7\nOpmeer;2021;Digitale dienstverlening;6,9\n"
)
ROWS = "Onderwerp;2019;2021\nDigitale dienstverlening;6,6;6,7\nDienstverlening;7,1;\n"


@pytest.mark.parametrize(
    ("content", "fixed", "expected"),
    [
        (YEARS, {"indicator": "digitaal"}, {("digitaal", 2019, "6.80"), ("digitaal", 2021, "7.10")}),
        (THINGS, {}, {("digitaal", 2021, "6.90"), ("heldere-taal", 2021, "71.00")}),
        (LONG, {}, {("digitaal", 2021, "6.90")}),
        (BOTH, {}, {("digitaal", 2019, "6.60"), ("algemeen", 2021, "7.20")}),
        (TWO_LINES, {}, {("digitaal", 2019, "6.60"), ("digitaal", 2021, "6.70"), ("algemeen", 2019, "7.10")}),
        (ROWS, {}, {("digitaal", 2019, "6.60"), ("digitaal", 2021, "6.70"), ("algemeen", 2019, "7.10")}),
    ],
    ids=["years", "things", "long", "both", "two lines of heads", "a row per thing"],
)
def test_a_wide_table_is_read_for_our_municipality(
    client: Client, content: str, fixed: dict[str, str], expected: set[tuple[str, int, str]]
) -> None:
    take(client, content)
    row = waiting()
    said = {f"fixed_{part}": value for part, value in {"source": "Waarstaatjegemeente", **fixed}.items()}
    columns = {part: str(place) for part, place in row.columns.items()}
    told = {"version": row.version, **columns, **said}
    assert client.post(f"/enquetes/buiten/inlezen/{row.pk}/", told).status_code == 302
    row.refresh_from_db()
    plan = plan_of(row)
    assert (plan.missing, plan.wrong) == ([], [])
    assert {(one.row.indicator, one.row.year, str(one.row.value)) for one in plan.steps} == expected
    page = client.get(f"/enquetes/buiten/inlezen/{row.pk}/").content.decode()
    if content is THINGS:
        assert "Vertrouwen" in page
        assert "1 regel van een andere gemeente lezen wij niet" in page
    confirmed = client.post(
        f"/enquetes/buiten/inlezen/{row.pk}/bevestigen/", {"version": row.version, "seen": plan.digest}
    )
    assert confirmed.status_code == 302
    assert OutsideResult.objects.filter(source="Waarstaatjegemeente").count() == len(expected)


def test_a_wide_table_with_a_wrong_cell_names_line_and_column_and_reads_nothing_in(client: Client) -> None:
    take(client, "Gemeente;Digitale dienstverlening 2019;Digitale dienstverlening 2021;Bron\nOpmeer;6,8;veel;WSJG\n")
    row = waiting()
    page = client.get(f"/enquetes/buiten/inlezen/{row.pk}/").content.decode()
    assert "Regel 2, kolom “Digitale dienstverlening 2021”: “veel” is geen getal." in page
    client.post(f"/enquetes/buiten/inlezen/{row.pk}/bevestigen/", {"version": 1, "seen": plan_of(row).digest})
    client.post(f"/enquetes/buiten/inlezen/{row.pk}/weg/")
    assert not OutsideResult.objects.filter(source="WSJG").exists()
    take(client, "Gemeente;Digitale dienstverlening 2019;Bron\nHoorn;6,8;WSJG\nSchagen;6;WSJG\n")
    row = waiting()
    page = client.get(f"/enquetes/buiten/inlezen/{row.pk}/").content.decode()
    assert "Geen enkele regel is van onze gemeente" in page
    assert 'value="Schagen"' in page
