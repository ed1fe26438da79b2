"""Thousands of rows into a table by COPY: no value passes through Django, and no statement is made of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

NULL = "\\N"
CHUNK = 1 << 20
"""Bytes that go to the database at a time."""
ESCAPES = (("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"), ("\x00", ""))


def columns_of(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The fields of a table that can be filled so."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    if any(isinstance(field, ArrayField) for field in fields):
        raise TypeError("Arrays are not copied.")
    return fields


def copy_in(model: type[models.Model], columns: dict[str, list[Any]]) -> None:
    """Column → its values, as long as each other. Signals are not sent: say history yourself."""
    send(model, columns, written(columns))


def written(columns: dict[str, list[Any]]) -> bytes:
    """The rows as COPY wants them; asks the database nothing."""
    return "\n".join(map("\t".join, zip(*map(_texts, columns.values()), strict=True))).encode()


def send(model: type[models.Model], columns: Iterable[str], lines: bytes) -> None:
    """What was written, of these columns in this order."""
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN', BytesIO(lines), CHUNK)


def copy_rows(rows: Sequence[models.Model]) -> None:
    """New rows of one model; the database gives out ids, in their order, and does not tell them."""
    if rows:
        fields = [field for field in columns_of(type(rows[0])) if field.attname != "id" or rows[0].pk is not None]
        copy_in(type(rows[0]), {field.column: [getattr(row, field.attname) for row in rows] for field in fields})


def _texts(values: list[Any]) -> list[str]:
    """One column in PostgreSQL's COPY text format: by kind, as there may be millions of values."""
    kinds = set(map(type, values))
    if len(values) > 1 and len(kinds) == 1 and values.count(values[0]) == len(values):
        return _texts(values[:1]) * len(values)
    if type(None) in kinds:
        given = iter(_texts([value for value in values if value is not None]))
        return [NULL if value is None else next(given) for value in values]
    if kinds == {bool}:
        return ["t" if value else "f" for value in values]
    if kinds & {dict, list}:
        values = [json.dumps(value) if isinstance(value, dict | list) else value for value in values]
    texts = list(map(str, values))
    whole = "".join(texts)
    for special, written in ESCAPES:
        if special in whole:
            texts = [text.replace(special, written) for text in texts]
    return texts
