"""Reads a table (CSV or Excel) in a child process with little time and memory (quality rule 13); no Django, no models.

As a program it takes the bytes on standard input and writes one JSON object: `{"rows": [[line, [cell, …]], …]}`, every cell as text,
or `{"error": "code"}` when the file cannot be used. Numbers are written with a comma, a share as `68%`, a day as `2025-06-01`.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, Final

MOST_BYTES: Final = 2_000_000
MOST_UNPACKED: Final = 60_000_000
MOST_ROWS: Final = 2_000
MOST_COLUMNS: Final = 120
MOST_CHARACTERS: Final = 500
CPU_SECONDS: Final = 10
MEMORY_BYTES: Final = 768 * 1024 * 1024


class BadFile(ValueError):
    """The file as a whole cannot be used; the code says why."""


def read(raw: bytes) -> list[tuple[int, list[str]]]:
    """The rows that say something, each with its line; raises `BadFile`."""
    if len(raw) > MOST_BYTES:
        raise BadFile("too_large")
    if not raw.strip():
        raise BadFile("empty")
    rows: list[tuple[int, list[str]]] = []
    for line, cells in _sheet(raw) if raw.startswith(b"PK\x03\x04") else _csv(raw):
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if len(rows) > MOST_ROWS:
            raise BadFile("too_many_rows")
        if len(cells) > MOST_COLUMNS:
            raise BadFile("too_many_columns")
        rows.append((line, cells))
    if not rows:
        raise BadFile("empty")
    return rows


def _csv(raw: bytes) -> Iterator[tuple[int, list[str]]]:
    text, above = _decoded(raw), 0
    if text[:4].lower() == "sep=":  # so spreadsheets are told what stands between the cells
        text, above = text.partition("\n")[2], 1
    first = text.lstrip("\r\n ").split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    csv.field_size_limit(10_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            yield above + reader.line_num, [_clean(cell) for cell in cells]
    except csv.Error as error:
        raise BadFile("not_csv") from error


def _decoded(raw: bytes) -> str:
    is_wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in raw and not is_wide:
        raise BadFile("not_text")
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadFile("not_text")


def _sheet(raw: bytes) -> Iterator[tuple[int, list[str]]]:
    """The first sheet; formulas as the numbers that were kept with them."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
                raise BadFile("too_large")
    except zipfile.BadZipFile as error:
        raise BadFile("not_readable") from error
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for line, cells in enumerate(_rows(sheet), start=1):
            yield line, [_said(cell) for cell in cells]
    except BadFile:
        raise
    except Exception as error:  # whatever a broken file makes of a library
        raise BadFile("not_readable") from error


def _rows(sheet: Any) -> Iterable[Any]:
    rows: Iterable[Any] = sheet.iter_rows(max_row=MOST_ROWS * 5, max_col=MOST_COLUMNS + 1)
    return rows


def _said(cell: Any) -> str:
    """As a person would type it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        is_share = "%" in str(getattr(cell, "number_format", "") or "")
        exact = round(float(value) * (100 if is_share else 1), 6)
        return f"{exact:.6f}".rstrip("0").rstrip(".").replace(".", ",") + ("%" if is_share else "")
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else _clean(str(value))


def _clean(text: str) -> str:
    """One line without signs that nobody sees, and without the mark that keeps a text from being a formula."""
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return text.removeprefix("'")[:MOST_CHARACTERS]


def main() -> None:
    """The child: limits first, then the bytes."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        told: dict[str, Any] = {"rows": read(sys.stdin.buffer.read(MOST_BYTES + 1))}
    except BadFile as error:
        told = {"error": str(error)}
    except MemoryError:
        told = {"error": "too_large"}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
