"""Cells that a spreadsheet would run, cut or turn into something else (40): every one comes back as the text that it was."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest

from contacts.csv_cells import DANGEROUS, csv_text, guarded
from kpi.reports import files as report_files
from tests.corpus.score import Note
from tests.corpus.words import HOSTILE

FORMULAS = [
    "=1+1", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://x.example\")", "=IMPORTXML(1)", "+1+1", "+31612345678", "-1+1", "-", "@SUM(A1)",
    "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u00a0=1+1", "\u200b=1+1", "\ufeff=1+1", "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20SUM",
    "'=1+1", "''", "DDE(\"cmd\";\"x\")", "a;b", 'a"b', "a\nb", "a\r\nb", "1,5", "1.5", "0012", "1e5", "12-03", "WAAR", "#REF!", "x" * 40_000,
    "\x00=1+1", "", "\U0001f600", "é ë ï €", "a\tb",
]  # fmt: skip


@pytest.mark.parametrize("cell", FORMULAS, ids=range(len(FORMULAS)))
def test_a_cell_is_text_and_comes_back(cell: str, note: Note) -> None:
    note.is_a("exports", "csv", "A")
    csv.field_size_limit(131_072)  # a reader of lists sets it lower, for the whole process
    text = csv_text([["kop", "kop"], [cell, "naast"]])
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert len(rows) == 2
    found, beside = rows[1]
    assert beside == "naast"
    assert not found.lstrip(" \u00a0\u200b\ufeff").startswith(DANGEROUS)
    plain = cell.replace("\x00", "")
    assert found in (plain, f"'{plain}")


@pytest.mark.parametrize("number", [0, -5, 12.5, -0.25, 1_000_000, None, True])
def test_a_figure_stays_a_figure(number: float | None, note: Note) -> None:
    note.is_a("exports", "figures", "A")
    found = guarded(number)
    if number is None:
        assert found == ""
    elif number is not True:
        assert float(found.replace(",", ".")) == number


def test_a_spreadsheet_holds_texts_as_texts(monkeypatch: pytest.MonkeyPatch, note: Note) -> None:
    """No cell of the workbook is a formula, a link or an error, whatever the names of teams and subjects are."""
    lines = [
        ["Naam", "Aantal", *[""] * 8],
        *(
            [cell, 1, *[cell] * 8]
            for cell in [*FORMULAS, *(text for name, text in HOSTILE.items() if name != "lone-surrogate")]
        ),
    ]
    monkeypatch.setattr(report_files, "figure_table", lambda report: lines)
    monkeypatch.setattr(report_files, "other_tables", lambda report: [])
    raw = report_files.as_xlsx({**dict.fromkeys(("municipality", "dates", "where", "name"), "=1+1"), "kind": "month"})
    note.is_a("exports", "workbook", "A")
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        sheets = "".join(book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/"))
        assert "<f>" not in sheets
        assert "hyperlink" not in sheets.lower()
        assert not any("externalLink" in name or "vba" in name.lower() for name in book.namelist())
