"""Replaces the words of a person in every column that can hold them, a stretch of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from django.db import connection, transaction

from privacy.columns import Column, searched, text_columns
from privacy.words import MARK, Words

STRETCH: Final = 20_000
"""Rows that are looked at in one transaction."""
LONGEST_MS: Final = 1_800_000
"""Of a statement that reads a table from end to end: a million texts take longer than a statement of a worker may."""


@cache
def columns_by_table() -> dict[str, list[Column]]:
    """Asked once in a process: tables change with a release, which starts new ones, and the catalogue takes 50 ms to tell."""
    return searched(text_columns())


def tables() -> list[str]:
    """In a fixed order, so that a sweep that was killed goes on where it was."""
    return sorted(columns_by_table())


def look_through(table: str, words: Words) -> int:
    """Says in how many rows something was replaced."""
    columns = columns_by_table().get(table, [])
    if not columns or not words.pattern:
        return 0
    statement = (  # of names of our own tables
        f"UPDATE {_quoted(table)} SET {', '.join(_new(one) for one in columns)}"  # noqa: S608
        f" WHERE ctid >= %(first)s::tid AND ctid < %(last)s::tid AND {_holds_words(columns)}"
    )
    both = f"{words.pattern}|{words.street_pattern}" if words.street_pattern else words.pattern
    done = 0
    for first, last in _stretches(table):
        given = {**_sought(words), "first": f"({first},0)", "last": f"({last},0)", "both": both, "mark": MARK}
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, given)
            done += cursor.rowcount
    return done


def found_in(table: str, words: Words) -> int:
    """How many rows of the table hold such a word: for who must decide, nothing is changed."""
    columns = columns_by_table().get(table, [])
    if not columns or not words.pattern:
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = {LONGEST_MS}")
        cursor.execute(  # at once, at one moment: a row that moves meanwhile is passed over by no stretch
            f"SELECT count(*) FROM {_quoted(table)} WHERE {_holds_words(columns)}",  # noqa: S608 - names of our own tables
            _sought(words),
        )
        return int(cursor.fetchone()[0])


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _holds_words(columns: list[Column]) -> str:
    """Whether a row does; see `_sought`. Nearly every row is passed over by the first half."""
    joined = f"concat_ws(E'\\n', {', '.join(f'{_quoted(one.name)}::text' for one in columns)})"
    return f"{joined} ~* %(rough)s AND {joined} ~* %(pattern)s"


def _sought(words: Words) -> dict[str, str]:
    return {"rough": words.rough_pattern, "pattern": words.pattern}


def _new(column: Column) -> str:
    """A street goes only where another word of the person stands as well."""
    name = _quoted(column.name)
    value = f"regexp_replace({name}::text, %(both)s, %(mark)s, 'gi')"
    if column.length:
        value = f"left({value}, {column.length})"
    kind = {"jsonb": "::jsonb", "json": "::json", "ARRAY": "::text[]"}.get(column.kind, "")
    return f"{name} = ({value}){kind}"


def _stretches(table: str) -> Iterator[tuple[int, int]]:
    """Runs of pages of the table, about STRETCH rows each; whatever its key is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_relation_size(oid) / current_setting('block_size')::int, greatest(reltuples, 0)::bigint, relpages"
            " FROM pg_class WHERE oid = %s::regclass",
            [table],
        )
        pages, rows, known = cursor.fetchone()
    step = max(1, STRETCH // (max(1, rows // known) if known else 60))
    for first in range(0, max(pages, 1), step):
        yield first, first + step
