"""Rows that many tests begin with, written once by the real code and put back in one statement for every next test."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

from organisation.models import Municipality

Rows = dict[str, dict[str, dict[str, Any]]]
"""Table → primary key → row."""


@dataclass(frozen=True)
class Kept:
    """What `keep` wrote, and what it returned."""

    answer: bytes
    statements: str
    arguments: tuple[str, ...]

    def put_back(self) -> Any:
        """The same rows with the same keys in this transaction; the answer is the caller's own copy."""
        if self.statements:
            with connection.cursor() as cursor:
                cursor.execute(self.statements, self.arguments)
        return pickle.loads(self.answer)  # noqa: S301 - made below


def keep(write: Callable[[], object], *, may_change: bool = False) -> Kept:
    """Runs `write` in a transaction that is undone, and keeps the rows it added. It may take none away that were there, and change one
    only with `may_change`: putting it back then overwrites what stands there."""
    with transaction.atomic():
        before = _rows()
        answer = write()
        after = _rows()
        transaction.set_rollback(True)
    statements, arguments = [], []
    for model in _models():
        table = model._meta.db_table
        assert before[table].keys() <= after[table].keys(), f"{table} lost rows"
        is_changed = any(before[table].get(key, row) != row for key, row in after[table].items())
        assert may_change or not is_changed, f"rows of {table} that were there changed"
        if written := [row for key, row in after[table].items() if before[table].get(key) != row]:
            columns = ", ".join(f'"{name}"' for name in _columns(model))
            statements.append(
                f'INSERT INTO "{table}" ({columns}) OVERRIDING SYSTEM VALUE'
                f' SELECT {columns} FROM json_populate_recordset(NULL::"{table}", %s::json)'
                + _when_there(model, is_changed=is_changed)
            )
            arguments.append(json.dumps(written))
    return Kept(pickle.dumps(answer), "; ".join(statements), tuple(arguments))


def _when_there(model: type[Model], *, is_changed: bool) -> str:
    """What becomes of a row with the same key."""
    if is_changed:
        new = ", ".join(f'"{name}" = EXCLUDED."{name}"' for name in _columns(model))
        return f' ON CONFLICT ("{model._meta.pk.column}") DO UPDATE SET {new}'
    return " ON CONFLICT (id) DO NOTHING" if model is Municipality else ""  # anything that saves makes its one row


def _models() -> list[type[Model]]:
    return [
        model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy
    ]


def _columns(model: type[Model]) -> list[str]:
    fields = model._meta.local_concrete_fields
    return [field.column for field in fields if not getattr(field, "generated", False)]


def _rows() -> Rows:
    """Every row of every table; meant for a database that is all but empty."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for model in _models():
            key = model._meta.pk.column
            cursor.execute(f'SELECT row_to_json(t) FROM "{model._meta.db_table}" t')
            rows = [json.loads(row) if isinstance(row, str) else row for (row,) in cursor.fetchall()]
            found[model._meta.db_table] = {str(row[key]): row for row in rows}
    return found
