"""What every table keeps of persons. Each app says so of its own tables in a module `personal`; a table that nobody tells of fails the tests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from django.apps import apps
from django.db import connection

TEXTS: Final = ("text", "character varying", "jsonb", "json", "ARRAY", "bytea", "tsvector")
CODES: Final = frozenset({"history_type", "history_change_reason"})


@dataclass(frozen=True)
class Kept:
    """One table. `personal`: emptied with the person, question or message that the row belongs to. `codes`: never typed by anybody.

    Every other column with text is looked through for the words of the person. Without `is_searched` the table is left alone, and
    `why` says why that may be.
    """

    table: str
    personal: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """Kept when the row is wiped, but looked through for words of the person."""
    is_searched: bool = True
    is_all_told: bool = False
    """A table of which every column with text must stand in `personal` or `codes`: a new column fails the tests until somebody chose."""
    why: str = ""


@dataclass(frozen=True)
class Column:
    table: str
    name: str
    kind: str
    length: int | None


@cache
def kept() -> dict[str, Kept]:
    """Of all apps, by table; the history of a table is as the table itself."""
    told: dict[str, Kept] = {}
    for app in apps.get_app_configs():
        if app.path.startswith(_home()) and find_spec(f"{app.name}.personal") is not None:
            for one in import_module(f"{app.name}.personal").TABLES:
                told[one[0]] = Kept(one[0], **one[1])
    for model in apps.get_models():
        base = getattr(getattr(model, "instance_type", None), "_meta", None)
        if base is not None and base.db_table in told and model._meta.db_table not in told:
            first = told[base.db_table]
            told[model._meta.db_table] = Kept(
                model._meta.db_table,
                **{name: getattr(first, name) for name in Kept.__dataclass_fields__ if name != "table"},
            )
    return told


def _home() -> str:
    return __file__.rsplit("/", 2)[0]


def text_columns() -> list[Column]:
    """Every column of the database that can hold words, outside PostgreSQL's own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.table_name, c.column_name, c.data_type, c.character_maximum_length FROM information_schema.columns c"
            " JOIN information_schema.tables t USING (table_schema, table_name)"
            " WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.data_type = ANY(%s)"
            " AND (c.data_type <> 'ARRAY' OR c.udt_name IN ('_text', '_varchar'))"
            " ORDER BY c.table_name, c.ordinal_position",
            [list(TEXTS)],
        )
        return [Column(*row) for row in cursor.fetchall()]


def untold(columns: Iterable[Column]) -> list[str]:
    """Tables and columns of which nobody said what they keep of persons."""
    told = kept()
    coded = _coded()
    lacking: list[str] = []
    for column in columns:
        table = told.get(column.table)
        if table is None:
            lacking.append(column.table)
        elif (
            table.is_all_told
            and column.kind != "tsvector"
            and column.name not in {*table.personal, *table.codes, *table.words, *CODES}
            and (column.table, column.name) not in coded
        ):
            lacking.append(f"{column.table}.{column.name}")
    return sorted(set(lacking))


def searched(columns: Iterable[Column]) -> dict[str, list[Column]]:
    """By table: the columns that are looked through for the words of a person."""
    told = kept()
    coded = _coded()
    found: dict[str, list[Column]] = {}
    for column in columns:
        table = told.get(column.table)
        if table is None or not table.is_searched or column.kind in ("bytea", "tsvector"):
            continue
        if (
            column.name not in table.codes
            and column.name != "history_type"
            and (column.table, column.name) not in coded
        ):
            found.setdefault(column.table, []).append(column)
    return found


@cache
def _coded() -> frozenset[tuple[str, str]]:
    """Columns with a fixed list of choices: no words."""

    def is_coded(field: Any) -> bool:
        return bool(getattr(field, "choices", None))

    return frozenset(
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if is_coded(field)
    )
