"""Rows that a statement brings along, each told as a text of its own: of a long list nearly all were read a moment ago (ADR 15).

Reading fifty rows column by column costs half of what making a page of them costs; here only those are read whose text was not seen before.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Func, JSONField, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from organisation.kept import Kept

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

BETWEEN: Final = "\x1e"
"""Stands in no text of JSON, where signs of its kind are written out (RFC 7464)."""
LONGEST: Final = 8_000
"""Signs of a row that is kept: long letters would fill the process."""
MOST: Final = 400
"""Rows of one kind that are kept."""


class Told(dict[str, Any]):
    """One row, shared by whoever reads it: nobody writes in it. What is made of the row alone can be kept under its `text`."""

    __slots__ = ("text",)

    def __init__(self, text: str, names: Iterable[str], moments: Collection[str]) -> None:
        super().__init__(zip(names, json.loads(text), strict=True))
        self.text = text
        for name in moments:
            if self[name] is not None:
                self[name] = datetime.fromisoformat(self[name])


class Telling:
    """How the rows of one kind are told: the names, what stands under each, and which of them are moments.

    A row is a list, not an object: the names need not be written fifty times.
    """

    def __init__(self, fields: dict[str, Any], moments: Collection[str] = ()) -> None:
        self.names = tuple(fields)
        self.moments = tuple(moments)
        self._row = Func(*fields.values(), function="json_build_array", output_field=JSONField())
        self._read: Kept[Told] = Kept(MOST, lambda row: len(row.text) <= LONGEST)

    def texts_of(self, rows: QuerySet[Any]) -> QuerySet[Any, dict[str, str]]:
        """The same rows in their order, as `text`."""
        return rows.values(text=Cast(self._row, TextField()))

    def list_of(self, rows: QuerySet[Any]) -> Subquery:
        """Inside another statement: gives the texts of the rows."""
        return _Texts(rows.values(json=self._row))

    def read(self, texts: Iterable[str]) -> list[Told]:
        """The rows themselves, in the order of their texts."""
        return [self._read.get(text, partial(Told, text, self.names, self.moments)) for text in texts]


class _TakenApart(TextField):
    """The texts of all rows as one, taken apart."""

    def from_db_value(self, value: str | None, _expression: object, _connection: BaseDatabaseWrapper) -> list[str]:
        return value.split(BETWEEN) if value else []


class _Texts(Subquery):
    template = "(SELECT string_agg(listed.json::text, chr(30)) FROM (%(subquery)s) listed)"
    output_field = _TakenApart()
