"""Rows of one table, kept as plain values and copied into the database in one go."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date, datetime
from io import StringIO
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

Row = dict[str, Any]
_SPECIAL = re.compile(r"[\\\n\r\t\x00]")
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\x00": ""})


class Sheet:
    """Rows as column → value; what a row leaves out gets the model's default. Ids run from 1."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.rows: list[Row] = []
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        if any(isinstance(field, ArrayField) for field in fields):
            raise TypeError("Arrays are not copied.")
        self.columns = [field.column for field in fields]
        self._defaults = [_default(field) for field in fields]
        self._has_id = model._meta.pk.attname == "id"

    def add(self, **values: Any) -> Row:
        """Appends a row and gives it its id; the row may still be changed until `copy`."""
        if self._has_id:
            values["id"] = len(self.rows) + 1
        self.rows.append(values)
        return values

    def copy(self) -> int:
        """Copies the rows into the (empty) table and sets the sequence behind the last id; says how many."""
        if not self.rows:
            return 0
        buffer = StringIO()
        pairs = [(column, _text(default)) for column, default in zip(self.columns, self._defaults, strict=True)]
        for row in self.rows:
            buffer.write("\t".join([_text(row[column]) if column in row else default for column, default in pairs]))
            buffer.write("\n")
        buffer.seek(0)
        names = ", ".join(f'"{column}"' for column in self.columns)
        table = self.model._meta.db_table
        with connection.cursor() as cursor:
            cursor.copy_expert(f'COPY "{table}" ({names}) FROM STDIN', buffer)
            if self._has_id:
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, len(self.rows)])
        return len(self.rows)


def _default(field: models.Field[Any, Any]) -> Any:
    if field.has_default() and not callable(field.default):
        return field.default
    if field.default in (list, dict):
        return "[]" if field.default is list else "{}"
    return "" if field.empty_strings_allowed and not field.null else None


def _text(value: Any) -> str:
    """One value in PostgreSQL's COPY text format."""
    kind = type(value)
    if kind is str:
        return value.translate(_ESCAPES) if _SPECIAL.search(value) else value
    if value is None:
        return "\\N"
    if kind is int:
        return str(value)
    if kind is bool:
        return "t" if value else "f"
    if kind is datetime or kind is date:
        return value.isoformat()
    if isinstance(value, dict | list):
        return json.dumps(value).translate(_ESCAPES)
    return str(value).translate(_ESCAPES)


def copy_all(sheets: Iterable[Sheet]) -> dict[str, int]:
    """Copies the sheets in their order (parents first)."""
    return {sheet.model._meta.model_name or "": sheet.copy() for sheet in sheets}
