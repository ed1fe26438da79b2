"""Foreign keys of tables that are filled in one go: looked at once for all their rows instead of once for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import Model

NOTHING_WAITS = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"
"""A table of which rows still wait to be looked at cannot be altered."""


@contextmanager
def keys_looked_at_once(models: Iterable[type[Model]]) -> Iterator[None]:
    """Takes the foreign keys of these tables away and puts the same ones back, which checks every row.

    In the caller's transaction, as the owner of the tables: nobody else ever sees them without.
    """
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        cursor.execute(NOTHING_WAITS)
        cursor.execute(
            "SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),"
            " format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))"
            " FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%s::regclass[]) ORDER BY conrelid, conname",
            [tables],
        )
        found = cursor.fetchall()
        for away, _back in found:
            cursor.execute(away)
    yield
    with connection.cursor() as cursor:
        cursor.execute(NOTHING_WAITS)
        for _away, back in found:
            cursor.execute(back)
