"""What a row of a table of outside results says, and what is wrong with it (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Final

PARTS: Final = ("indicator", "year", "value", "size", "source")
NEEDED: Final = ("indicator", "year", "value", "source")
FIXED: Final = frozenset({"indicator", "source"})
"""What may be said once for all rows instead of in a column."""
NAMES: Final = {
    "indicator": ("onderwerp", "indicator", "vraag", "stelling", "item", "naam", "question"),
    "year": ("jaar", "periode", "meetjaar", "year", "period", "datum", "gemeten op"),
    "value": ("score", "waarde", "cijfer", "rapportcijfer", "aandeel", "percentage", "gemiddelde", "uitkomst", "value", "mark"),
    "size": ("aantal", "n", "aantal antwoorden", "respondenten", "aantal respondenten", "steekproef", "respons", "sample size"),
    "source": ("bron", "onderzoek", "source"),
}  # fmt: skip
"""How a column may be called, the most likely first."""
HIGHEST: Final = {"mark": Decimal(10), "percent": Decimal(100), "number": Decimal(9_999_999)}
_MONTHS: Final = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]


@dataclass(frozen=True)
class Wrong:
    """Why a cell cannot be used: the line in the file, the part, a code and what stands there."""

    line: int
    part: str
    code: str
    found: str = ""
    column: str = ""
    """Head of the column, when it is not the one that was chosen for the part (surveys/wide.py)."""


@dataclass(frozen=True)
class Row:
    """What a row says."""

    line: int
    indicator: str
    """Its code."""
    year: int
    month: int
    value: Decimal
    size: int | None
    source: str

    @property
    def key(self) -> tuple[str, str, int, int]:
        return self.indicator, self.source.casefold(), self.year, self.month


@dataclass(frozen=True)
class Known:
    """A thing that is measured, as far as rows are read against it."""

    code: str
    unit: str
    names: tuple[str, ...]


def guess(heads: Sequence[str]) -> dict[str, int]:
    """Which part stands in which column, by the names of the columns."""
    said = [_plain(head) for head in heads]
    found: dict[str, int] = {}
    for part, names in NAMES.items():
        place = next((said.index(name) for name in names if name in said), None)
        if place is not None and place not in found.values():
            found[part] = place
    return found


def missing(columns: Mapping[str, int], fixed: Mapping[str, str]) -> list[str]:
    """The parts that stand in no column and are not said for all rows."""
    return [part for part in NEEDED if part not in columns and not (part in FIXED and fixed.get(part))]


def read_rows(
    rows: Iterable[tuple[int, Sequence[str]]],
    columns: Mapping[str, int],
    fixed: Mapping[str, str],
    known: Iterable[Known],
    heads: Sequence[str] = (),
) -> tuple[list[Row], list[Wrong]]:
    """Every row that can be used, and everything that cannot. `heads`: of the column in which the score of each row stands, in a wide table."""
    by_name = {_plain(name): one for one in known for name in (one.code, *one.names)}
    read: list[Row] = []
    wrong: list[Wrong] = []
    seen: dict[tuple[str, str, int, int], Row] = {}
    for number, (line, cells) in enumerate(rows):
        head = heads[number] if heads else ""

        def cell(part: str, cells: Sequence[str] = cells) -> str:
            place = columns.get(part)
            text = cells[place] if place is not None and place < len(cells) else ""
            return text or (fixed.get(part, "") if part in FIXED else "")

        row, errors = _row(line, {part: cell(part) for part in PARTS}, by_name)
        wrong += [replace(one, column=head) if head and one.part != "source" else one for one in errors]
        if row is None:
            continue
        before = seen.setdefault(row.key, row)
        if before is row:
            read.append(row)
        elif (before.value, before.size) != (row.value, row.size):
            wrong.append(Wrong(line, "value", "twice", str(before.line), head))
    return read, wrong


def _row(line: int, said: Mapping[str, str], by_name: Mapping[str, Known]) -> tuple[Row | None, list[Wrong]]:
    wrong: list[Wrong] = []

    def bad(part: str, code: str) -> None:
        wrong.append(Wrong(line, part, code, said[part][:60]))

    one = by_name.get(_plain(said["indicator"]))
    if one is None:
        bad("indicator", "unknown" if said["indicator"] else "empty")
    moment = moment_of(said["year"])
    if moment is None:
        bad("year", "no_year" if said["year"] else "empty")
    value = number_of(said["value"])
    if value is None:
        bad("value", "no_number" if said["value"] else "empty")
    elif one is not None and (code := _unfit(one.unit, value, said["value"])):
        bad("value", code)
    size = None
    if said["size"]:
        size = count_of(said["size"])
        if size is None:
            bad("size", "no_count")
    source = " ".join(said["source"].split())
    if not source:
        bad("source", "empty")
    elif len(source) > 200:
        bad("source", "too_long")
    if wrong or one is None or moment is None or value is None:
        return None, wrong
    return Row(line, one.code, *moment, value, size, source), []


def _unfit(unit: str, value: Decimal, said: str) -> str:
    """Why a number cannot be a score of this unit."""
    if "%" in said and unit != "percent":
        return "no_percent"
    if unit == "percent" and 0 < value < 1 and "%" not in said:
        return "fraction"
    if unit == "number" and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", said.strip(), re.ASCII):
        return "two_ways"
    low = Decimal(1) if unit == "mark" else Decimal(0)
    return "" if low <= value <= HIGHEST[unit] else f"not_{unit}"


def number_of(text: str) -> Decimal | None:
    """`6,7`, `6.7`, `68 %`, `1.234,5`; two places at most are kept."""
    text = text.replace("\u00a0", "").replace(" ", "").removesuffix("%")
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    if not re.fullmatch(r"-?\d{1,7}(\.\d{1,12})?", text, re.ASCII):
        return None
    try:
        return Decimal(text).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None


def count_of(text: str) -> int | None:
    """`412`, `1.234`, `412.0`; None for what is no number of people."""
    text = text.replace("\u00a0", "").replace(" ", "")
    if re.fullmatch(r"[1-9]\d{0,2}(\.\d{3}){1,2}", text, re.ASCII):
        text = text.replace(".", "")
    return int(text) if re.fullmatch(r"[1-9]\d{0,8}", text, re.ASCII) else None


def moment_of(text: str) -> tuple[int, int] | None:
    """`2025`; with a month `2025-06`, `06-2025`, `juni 2025` or a whole day. Month 0: the whole year."""
    text = text.strip().lower()
    if found := re.fullmatch(r"(\d{4})(?:\.0)?", text, re.ASCII):
        year, month = int(found[1]), 0
    elif found := re.fullmatch(r"(\d{4})-(\d{1,2})(?:-\d{1,2})?", text, re.ASCII):
        year, month = int(found[1]), int(found[2])
    elif found := re.fullmatch(r"(?:\d{1,2}[-/])?(\d{1,2})[-/](\d{4})", text, re.ASCII):
        year, month = int(found[2]), int(found[1])
    elif (found := re.fullmatch(r"([a-z]+) (\d{4})", text, re.ASCII)) and found[1] in _MONTHS:
        year, month = int(found[2]), _MONTHS.index(found[1]) + 1
    else:
        return None
    has_month = text.count("-") + text.count("/") > 0 or " " in text
    return (year, month) if 2000 <= year <= 2100 and month <= 12 and (month > 0 or not has_month) else None


def _plain(text: str) -> str:
    return " ".join(text.replace("_", " ").replace("-", " ").casefold().split())
