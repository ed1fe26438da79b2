"""How a table of scores from outside is read: numbers, moments, columns, and what is wrong with a row."""

from __future__ import annotations

from decimal import Decimal

import pytest

from surveys.outside import Known, Wrong, count_of, guess, moment_of, number_of, read_rows

LANGUAGE = Known("heldere-taal", "percent", ("Heldere taal", "De gemeente gebruikt heldere taal"))


DIGITAL = Known("digitaal", "mark", ("Waardering digitaal",))


VISITS = Known("bezoeken", "number", ("Bezoeken",))


ALL = {"indicator": 0, "year": 1, "value": 2, "size": 3, "source": 4}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("6,7", "6.7"), ("6.7", "6.7"), ("68 %", "68"), ("68%", "68"), ("1.234,5", "1234.5"), ("0", "0"), ("-3", "-3")],
)
def test_numbers_as_people_write_them(text: str, expected: str) -> None:
    assert number_of(text) == Decimal(expected)


@pytest.mark.parametrize("text", ["", "zes", "6,7,8", "1e9", "NaN", "inf", "٣", "6/7", "9" * 40])
def test_what_is_no_number(text: str) -> None:
    assert number_of(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025", (2025, 0)),
        ("2025.0", (2025, 0)),
        ("2025-06", (2025, 6)),
        ("2025-06-01", (2025, 6)),
        ("06-2025", (2025, 6)),
        ("1-6-2025", (2025, 6)),
        ("juni 2025", (2025, 6)),
        ("Juni 2025", (2025, 6)),
        ("2025-13", None),
        ("2025-00", None),
        ("1999", None),
        ("25", None),
        ("vorig jaar", None),
    ],
)
def test_moments(text: str, expected: tuple[int, int] | None) -> None:
    assert moment_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("412", 412), ("1.204", 1204), ("1 204", 1204), ("0", None), ("-5", None), ("4,5", None), ("veel", None)],
)
def test_numbers_of_people(text: str, expected: int | None) -> None:
    assert count_of(text) == expected


def test_columns_are_known_by_their_names() -> None:
    assert guess(["Jaar", "Vraag", "Gemeente", "Rapportcijfer", "N"]) == {
        "indicator": 1, "year": 0, "value": 3, "size": 4,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "part", "code"),
    [
        (["Onbekend", "2019", "70", "", "bron"], "indicator", "unknown"),
        (["", "2019", "70", "", "bron"], "indicator", "empty"),
        (["Heldere taal", "eens", "70", "", "bron"], "year", "no_year"),
        (["Heldere taal", "2019", "zeventig", "", "bron"], "value", "no_number"),
        (["Heldere taal", "2019", "101", "", "bron"], "value", "not_percent"),
        (["Heldere taal", "2019", "0,7", "", "bron"], "value", "fraction"),
        (["Waardering digitaal", "2019", "67 %", "", "bron"], "value", "no_percent"),
        (["Waardering digitaal", "2019", "0,9", "", "bron"], "value", "not_mark"),
        (["Waardering digitaal", "2019", "11", "", "bron"], "value", "not_mark"),
        (["Bezoeken", "2019", "12.345", "", "bron"], "value", "two_ways"),
        (["Heldere taal", "2019", "70", "veel", "bron"], "size", "no_count"),
        (["Heldere taal", "2019", "70", "", ""], "source", "empty"),
        (["Heldere taal", "2019", "70", "", "x" * 201], "source", "too_long"),
        (["Heldere taal", "2019", "70"], "source", "empty"),
    ],
)
def test_what_is_wrong_names_the_line_and_the_column(cells: list[str], part: str, code: str) -> None:
    read, wrong = read_rows([(7, cells)], ALL, {}, [LANGUAGE, DIGITAL, VISITS])
    assert read == []
    assert [(one.line, one.part, one.code) for one in wrong] == [(7, part, code)]


def test_the_same_row_twice_counts_once_and_another_score_is_told() -> None:
    row = ["heldere  TAAL", "2019", "70", "412", "Bron"]
    read, wrong = read_rows([(2, row), (3, row)], ALL, {}, [LANGUAGE])
    assert (len(read), wrong) == (1, [])
    other = ["De gemeente gebruikt heldere taal", "2019", "71", "412", "bron"]
    read, wrong = read_rows([(2, row), (3, other)], ALL, {}, [LANGUAGE])
    assert wrong == [Wrong(3, "value", "twice", "2")]
