"""Every file of the corpus read in as on the screens: the rows, what is wrong with them, and the same file twice changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from subprocess import CompletedProcess
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from channels_app import calls_csv
from channels_app.actions import import_calls as import_calls_module
from channels_app.actions.import_calls import import_calls
from channels_app.models import Call
from knowledge.models import ProductImport
from surveys import table_file
from surveys.actions import outside
from surveys.models import OutsideImport
from tests.cast import Cast
from tests.corpus.score import Note
from tests.corpus.tables import AT, CALLS, PRODUCTS, SCORES, Table, calls
from tests.kpi.history import local
from tests.surveys.scene import add_outside

pytestmark = pytest.mark.django_db
NOW = local("2026-11-25 12:00")


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.sanne)
    return client


def file_of(case: Table) -> SimpleUploadedFile:
    return SimpleUploadedFile("lijst.csv", case.data)


def in_this_process(raw: bytes, asked: Mapping[str, Any], report: Any) -> Iterator[dict[str, Any]]:
    """As the child answers, which costs more than reading; tests/kpi/test_calls_import.py asks the child itself."""
    if len(raw) > calls_csv.MOST_BYTES:
        report.unusable = "too_large"
        return
    try:
        yield from calls_csv.read(raw, asked.get("columns"))
    except calls_csv.BadFile as error:
        report.unusable = str(error)


def table_in_this_process(command: list[str], *, input: bytes, **limits: Any) -> CompletedProcess[bytes]:
    """As the child answers; tests/surveys/test_outside.py asks the child itself."""
    try:
        told: dict[str, Any] = {"rows": table_file.read(input)}
    except table_file.BadFile as error:
        told = {"error": str(error)}
    return CompletedProcess(command, 0, json.dumps(told).encode())


@pytest.mark.parametrize("case", CALLS, ids=str)
def test_calls_are_read_row_by_row(cast: Cast, case: Table, note: Note, monkeypatch: pytest.MonkeyPatch) -> None:
    if case.name not in ("binary", "with-mark"):
        monkeypatch.setattr(import_calls_module, "_lines", in_this_process)

    def take() -> Any:
        return import_calls(by=cast.sanne, at=NOW, source="corpus", raw=case.data, pickup_seconds=lambda day: 30)

    report = take()
    note.is_a("tables", "calls", "R" if report.unusable else "W" if report.wrong else "A")
    assert (report.added, report.wrong) == (case.rows, case.wrong), report
    assert bool(report.unusable) == (case.answer == "R")
    assert Call.objects.filter(source="corpus").count() == case.rows
    assert take().added == 0


def test_a_file_of_calls_is_read_up_to_its_bound(monkeypatch: pytest.MonkeyPatch, note: Note) -> None:
    """Reading alone, up to a smaller one: what the database does with many rows is known by then."""
    assert calls_csv.MOST_ROWS == 50_000
    monkeypatch.setattr(calls_csv, "MOST_ROWS", 500)
    read = list(calls_csv.read(calls(*(f"c{n};{AT};{AT}" for n in range(501)))))
    assert [len(read), read[-1].get("error")] == [501, "too_many"]
    note.is_a("tables", "calls", "W")


@pytest.mark.parametrize("case", PRODUCTS, ids=str)
def test_products_are_read_all_or_none(client: Client, case: Table, note: Note) -> None:
    answer = client.post("/kennisbank/producten/", {"file": file_of(case)})
    note.is_a("tables", "products", "A" if answer.status_code == 302 else "R")
    assert note.answers == [case.answer]
    assert answer.status_code in (302, 422)
    assert ProductImport.objects.count() == (answer.status_code == 302)
    if answer.status_code == 302:
        assert len(ProductImport.objects.get().rows) == case.rows
        assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("case", SCORES, ids=str)
def test_scores_are_looked_at_before_they_count(
    client: Client, case: Table, note: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    if case.name not in ("binary", "with-mark"):
        monkeypatch.setattr(outside.subprocess, "run", table_in_this_process)
    add_outside()
    answer = client.post("/enquetes/buiten/inlezen/", {"file": file_of(case)})
    row = OutsideImport.objects.filter(state="open").first()
    assert (answer.status_code, row is not None) in ((302, True), (422, False))
    page = client.get(answer["Location"]).content.decode() if row is not None else ""
    is_ready = 'name="seen"' in page
    note.is_a("tables", "scores", "A" if is_ready else "R")
    assert note.answers == [case.answer]
    if row is not None and is_ready:
        assert len(row.rows) == case.rows
