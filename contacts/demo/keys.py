"""Tables that are filled in one go: their indexes are built once, and their foreign keys looked at once, for all rows together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain

from django.db import connection
from django.db.models import Model

NOTHING_WAITS = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"
"""A table of which rows still wait to be looked at cannot be altered."""

KEYS = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
       format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%s::regclass[]) ORDER BY conrelid, conname
"""
INDEXES = r"""
SELECT format('DROP INDEX %%s', indexrelid::regclass),
       regexp_replace(pg_get_indexdef(indexrelid), '\(ARRAY\[([^]]*)\]\)::text\[\]', '(ARRAY[\1]::character varying[])::text[]', 'g')
FROM pg_index WHERE indrelid = ANY(%s::regclass[])
     AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid) ORDER BY indrelid, indexrelid
"""
"""Those of a primary or unique key stay, as keys of other tables lean on them. PostgreSQL reads its own words for `IN ('a', 'b')` back as
another text of the same meaning; with one cast more as the same."""


@contextmanager
def filled_at_once(models: Iterable[type[Model]]) -> Iterator[Callable[[type[Model]], None]]:
    """Takes the foreign keys and the indexes of these tables away and puts the same ones back, which checks every row.

    Gives what builds the indexes of one table, once it is filled; at the end it is done for the others.
    In the caller's transaction, as the owner of the tables: nobody else ever sees them without.
    """
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        cursor.execute(NOTHING_WAITS)
        cursor.execute(KEYS, [tables])
        keys = cursor.fetchall()
        indexes = {}
        for table in tables:
            cursor.execute(INDEXES, [[table]])
            indexes[table] = cursor.fetchall()
        for away, _back in [*keys, *chain(*indexes.values())]:
            cursor.execute(away)

    def index(model: type[Model]) -> None:
        with connection.cursor() as cursor:
            for _away, back in indexes.pop(model._meta.db_table):
                cursor.execute(back)

    yield index
    with connection.cursor() as cursor:
        cursor.execute(NOTHING_WAITS)
        for _away, back in [*chain(*indexes.values()), *keys]:
            cursor.execute(back)
