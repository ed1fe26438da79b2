"""Tables that are filled in one go: their indexes are built once, and their foreign keys looked at once, for all rows together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

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
def filled_at_once(models: Iterable[type[Model]]) -> Iterator[None]:
    """Takes the foreign keys and the indexes of these tables away and puts the same ones back, which checks every row.

    In the caller's transaction, as the owner of the tables: nobody else ever sees them without.
    """
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        cursor.execute(NOTHING_WAITS)
        found = []
        for asked in (KEYS, INDEXES):
            cursor.execute(asked, [tables])
            found += cursor.fetchall()
        for away, _back in found:
            cursor.execute(away)
    yield
    with connection.cursor() as cursor:
        cursor.execute(NOTHING_WAITS)
        for _away, back in reversed(found):
            cursor.execute(back)
