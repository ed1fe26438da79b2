"""Rows of one table, kept as plain values and copied into the database in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import connection, models

from organisation.copy_in import columns_of, send, written

Row = dict[str, Any]


class Sheet:
    """Rows as column → value; what a row leaves out gets the model's default. Ids run from 1."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.rows: list[Row] = []
        self._defaults = {field.column: _default(field) for field in columns_of(model)}
        self._has_id = model._meta.pk.attname == "id"

    def add(self, **values: Any) -> Row:
        """Appends a row and gives it its id; the row may still be changed until `copy`."""
        if self._has_id:
            values["id"] = len(self.rows) + 1
        self.rows.append(values)
        return values

    def written(self) -> bytes:
        """The rows as the database takes them in."""
        named = set().union(*self.rows)
        return written(
            {
                column: [row.get(column, default) for row in self.rows]
                if column in named
                else [default] * len(self.rows)
                for column, default in self._defaults.items()
            }
        )

    def copy(self, lines: bytes) -> int:
        """Copies what was `written` into the (empty) table and sets the sequence behind the last id; says how many rows."""
        if not lines:
            return 0
        count = lines.count(b"\n") + 1
        send(self.model, self._defaults, lines)
        if self._has_id:
            with connection.cursor() as cursor:
                table = self.model._meta.db_table
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, count])
        return count


def _default(field: models.Field[Any, Any]) -> Any:
    if field.has_default() and not callable(field.default):
        return field.default
    if field.default in (list, dict):
        return field.default()
    return "" if field.empty_strings_allowed and not field.null else None


def copy_all(
    sheets: Iterable[Sheet], texts: Iterator[bytes], index: Callable[[type[models.Model]], None]
) -> dict[str, int]:
    """Copies the sheets in their order, each as it comes written; `index` builds the indexes while the next one is being written."""
    rows = {}
    for sheet in sheets:
        rows[sheet.model._meta.model_name or ""] = sheet.copy(next(texts))
        index(sheet.model)
    return rows
