"""Rows that a statement brings along, each told as a text of its own: of a long list nearly all were read a moment ago (ADR 15).

Reading fifty contacts costs half of what making a page of them costs; here only those are read whose text was not seen before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.db.models import QuerySet, Subquery, TextField

from organisation.kept import Kept
from organisation.prepared import JsonRow

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

BETWEEN: Final = "\x1e"
"""Stands in no text of JSON, where signs of its kind are written out (RFC 7464)."""
LONGEST: Final = 8_000
"""Signs of a row that is kept: long letters would fill the process."""


class Told(dict[str, Any]):
    """One row, shared by whoever reads it: nobody writes in it. What is made of the row alone can be kept under its `text`."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        super().__init__(json.loads(text))
        self.text = text


_READ: Final[Kept[Told]] = Kept(400, lambda row: len(row.text) <= LONGEST)


def told(rows: QuerySet[Any], **fields: Any) -> Subquery:
    """As `json_list`: gives the texts of the rows, for `read`."""
    return _ToldRows(rows.values(json=JsonRow(**fields)))


def read(texts: Iterable[str]) -> list[Told]:
    """The rows themselves, in the order of their texts."""
    return [_READ.get(text, partial(Told, text)) for text in texts]


class _Texts(TextField):
    """The texts of all rows as one, taken apart."""

    def from_db_value(self, value: str | None, _expression: object, _connection: BaseDatabaseWrapper) -> list[str]:
        return value.split(BETWEEN) if value else []


class _ToldRows(Subquery):
    template = "(SELECT string_agg(listed.json::text, chr(30)) FROM (%(subquery)s) listed)"
    output_field = _Texts()
