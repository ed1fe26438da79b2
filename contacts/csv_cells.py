"""Cells of a CSV that a spreadsheet may not run as a formula (quality rule 41; pure)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""First characters that Excel, LibreOffice or Sheets read as the beginning of a formula; the last four are full-width.

What nobody sees may stand before them."""


def guarded(value: object) -> str:
    """The cell as text; one that could be run gets an apostrophe in front. Numbers stay numbers, with a comma."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value).replace(".", ",")
    text = str(value).replace("\x00", "")
    first = next((sign for sign in text if sign.isprintable() and sign != " "), "")
    return f"'{text}" if first in DANGEROUS or text.startswith(DANGEROUS) else text


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """A file that a Dutch spreadsheet opens as it is: semicolons, CRLF, and a mark that says UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()
