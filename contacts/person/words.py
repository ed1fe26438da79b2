"""The rows of the file about one person: label → value in words, without what is empty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from organisation import wording

MOST: Final = 5_000
"""Rows of one kind; more than this nobody has, and a file has an end."""
SHORT: Final = 60
"""Letters of a value that may share its line with others on paper."""
Row = dict[str, Any]


@dataclass(frozen=True)
class Section:
    """`rows`: label → value, in words; empty values are left out."""

    title: str
    rows: tuple[Row, ...]
    note: str = ""


@dataclass(frozen=True)
class PaperRow:
    """One row as text with line breaks: what is short on one line, each longer value below it."""

    first: str
    rest: str


def row(*pairs: tuple[str, Any]) -> Row:
    """Without what is empty."""
    return {label: value for label, value in pairs if value not in ("", None)}


def without_names(text: str, employees: Iterable[object]) -> str:
    """Of those who had to do with it: as with who looked, a person hears the names of employees only after weighing."""
    for name in sorted({str(one) for one in employees if one is not None}, key=len, reverse=True):
        text = text.replace(name, _("an employee"))
    return text


def moment(value: datetime | None) -> str:
    return f"{wording.local(value):%d-%m-%Y %H:%M}" if value else ""


def day(value: date | None) -> str:
    return f"{value:%d-%m-%Y}" if value else ""


def paper_row(told: Row) -> PaperRow:
    """Tables read a little easier and cost twenty times as much to lay out (docs/privacy.md)."""
    pairs = [(label, str(value).strip()) for label, value in told.items()]
    short = [f"{label}: {value}" for label, value in pairs[1:] if len(value) <= SHORT and "\n" not in value]
    long = [f"{label}:\n{value}" for label, value in pairs[1:] if len(value) > SHORT or "\n" in value]
    label, first = pairs[0] if pairs else ("", "")
    return PaperRow(f"{label}: {first}", "".join(f"\n{line}" for line in [" · ".join(short), *long] if line))
