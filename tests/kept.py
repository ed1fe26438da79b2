"""Rows that many tests begin with, written once by the real code and put back in one statement for every next test."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Generic, TypeVar

import psycopg2
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

from organisation.models import Municipality

T = TypeVar("T")
Rows = dict[str, dict[str, dict[str, Any]]]
"""Table → primary key → row."""


@dataclass(frozen=True)
class Kept:
    """What `keep` wrote, and what it returned."""

    answer: bytes
    function: str
    """Of the database, whose plans it keeps: of all ways to write the same rows again the one with the least work."""

    def put_back(self) -> Any:
        """The same rows with the same keys in this transaction; the answer is the caller's own copy."""
        self.write()
        return self.copy()

    def write(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {self.function}()")

    def copy(self) -> Any:
        return pickle.loads(self.answer)  # noqa: S301 - made below


class Once(Generic[T]):
    """A scene that many tests begin with: made for the first of them in this process, put back for every other.

    Its moments stay right for as long as the tests run, and it leaves nothing outside the tables and `files`.
    """

    def __init__(self, make: Callable[..., T]) -> None:
        self._make = make
        self._kept: Kept | None = None
        self._given: tuple[object, ...] = ()
        self._files: dict[Path, bytes] = {}

    def __call__(self, *given: object, files: Path | None = None) -> T:
        """What `make` returned for `given`, the same each time, as the caller's own copy. `files`: the folder that the settings name for this test."""
        if self._kept is None:
            self._given = given
            self._kept = keep(lambda: self._make(*given), may_change=True)
            if files is not None:
                self._files = {one.relative_to(files): one.read_bytes() for one in files.rglob("*") if one.is_file()}
        elif files is not None:
            for name, data in self._files.items():
                (files / name).parent.mkdir(parents=True, exist_ok=True)
                (files / name).write_bytes(data)
        assert given == self._given, "made for something else the first time"
        made: T = self._kept.put_back()
        return made


def keep(write: Callable[[], object], *, may_change: bool = False) -> Kept:
    """Runs `write` in a transaction that is undone, and keeps the rows it added. It may take none away that were there, and change one
    only with `may_change`: putting it back then overwrites what stands there."""
    with transaction.atomic():
        before, counted = _rows(), _counted()
        answer = write()
        after, used = _rows(), _counted().items() - counted.items()
        statements = []
        for model in _models():
            was, rows = before[model._meta.db_table], after[model._meta.db_table]
            assert was.keys() <= rows.keys(), f"{model._meta.db_table} lost rows"
            is_changed = any(was.get(key, row) != row for key, row in rows.items())
            assert may_change or not is_changed, f"rows of {model._meta.db_table} that were there changed"
            if written := [key for key, row in rows.items() if was.get(key) != row]:
                statements.append(_insert(model, written) + _when_there(model, is_changed=is_changed))
        transaction.set_rollback(True)
    return Kept(pickle.dumps(answer), _function([*statements, *(FURTHER.format(*one) for one in sorted(used))]))


def _insert(model: type[Model], keys: list[str]) -> str:
    """The statement that writes these rows as they stand there now."""
    table, key = model._meta.db_table, model._meta.pk.column
    columns = [f'"{name}"' for name in _columns(model)]
    row = " || ', ' || ".join(f"quote_nullable({name}::text)" for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT string_agg('(' || {row} || ')', ', ') FROM \"{table}\" WHERE \"{key}\"::text = ANY(%s)", [keys]
        )
        return f'INSERT INTO "{table}" ({", ".join(columns)}) OVERRIDING SYSTEM VALUE VALUES {cursor.fetchone()[0]}'


def _function(statements: list[str]) -> str:
    """Made on a connection of its own: the transaction of a test takes with it what it made."""
    name = f"kept.scene_{next(_numbers)}"
    body = "; ".join([*statements, "NULL"])
    where = connection.settings_dict
    own = psycopg2.connect(
        dbname=where["NAME"], user=where["USER"], password=where["PASSWORD"], host=where["HOST"], port=where["PORT"]
    )
    own.autocommit = True
    with closing(own), own.cursor() as cursor:
        cursor.execute("CREATE SCHEMA IF NOT EXISTS kept")
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS void LANGUAGE plpgsql AS $kept$ BEGIN {body}; END $kept$"
        )
    return name


def _when_there(model: type[Model], *, is_changed: bool) -> str:
    """What becomes of a row with the same key."""
    if is_changed:
        new = ", ".join(f'"{name}" = EXCLUDED."{name}"' for name in _columns(model))
        return f' ON CONFLICT ("{model._meta.pk.column}") DO UPDATE SET {new}'
    return " ON CONFLICT (id) DO NOTHING" if model is Municipality else ""  # anything that saves makes its one row


FURTHER = "PERFORM setval('{0}', {1}) WHERE coalesce(pg_sequence_last_value('{0}'), 0) < {1}"
"""Loading a demo turns sequences back, which nothing undoes: they go past the numbers of what is put back, so that none comes twice."""
_numbers = count(1)


def _counted() -> dict[str, int]:
    """How far each sequence came."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', schemaname, sequencename), last_value FROM pg_sequences WHERE last_value IS NOT NULL"
        )
        return dict(cursor.fetchall())


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
