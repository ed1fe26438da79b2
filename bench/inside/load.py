"""Loads N contacts over Y years in SQL (`python -m bench.inside.load N Y`) and says what the workloads need to know of them.

Indexes are made afterwards and foreign keys are not checked row by row, so this wants a superuser.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db import connection

from bench.inside.facts import prepare
from bench.inside.rows import TABLES, Loader
from contacts.demo.load import load_demo
from contacts.numbering import make_sequence, sequence_of
from kpi.models import RollupState
from kpi.rollups import rebuild, roll_up
from organisation.clock import now
from organisation.workdays import local_day


def _run(statements: Sequence[str]) -> None:
    """On a connection of its own, one transaction; foreign keys are not checked row by row."""
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute(
                "SET statement_timeout = 0; SET session_replication_role = replica; SET synchronous_commit = off"
            )
            cursor.execute("SET maintenance_work_mem = '1GB'; SET max_parallel_maintenance_workers = 2")
            for statement in statements:
                cursor.execute(statement)
    finally:
        own.close()


def _loose_indexes() -> list[tuple[str, str]]:
    """Name and definition of the indexes that no constraint needs, largest work first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
            " LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid WHERE c.oid IS NULL AND i.indrelid::regclass::text = ANY(%s)"
            " ORDER BY pg_get_indexdef(i.indexrelid) LIKE '%% gin %%' DESC",
            [[model._meta.db_table for model in TABLES]],
        )
        return list(cursor.fetchall())


def load(count: int, years: int) -> dict[str, float]:
    """The small municipality, then the rows; says how long each part took."""
    told = {}
    begun = time.monotonic()
    day = local_day(now())
    load_demo(day=day, first=day)
    loader = Loader(count, end=now() - timedelta(minutes=5), years=years)
    indexes = _loose_indexes()
    one, other = loader.statements()
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(_run, [one, other]))
        told["rows"] = time.monotonic() - begun
        list(pool.map(_run, [[definition] for _name, definition in indexes]))
    _finish(loader, years)
    told["load"] = time.monotonic() - begun
    begun = time.monotonic()
    _roll_up()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    told["figures"] = time.monotonic() - begun
    return {name: round(seconds, 1) for name, seconds in told.items()}


def _roll_up() -> None:
    """All finished days; the roll-up gives way while another transaction on the server may still write."""
    rebuild(at=now())
    while (RollupState.objects.get(pk=1).rolled_until or local_day(now()) - timedelta(days=1)) < local_day(now()):
        time.sleep(0.2)
        roll_up(at=now())


def _finish(loader: Loader, past: int) -> None:
    years = range(loader.end.year - past, loader.end.year + 1)
    with connection.cursor() as cursor:
        for model in TABLES:
            table = model._meta.db_table
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
        for year in years:
            make_sequence(year)
            cursor.execute("SELECT setval(%s, %s)", [sequence_of(year), loader.count + 20_000])
        cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    seconds = load(int(sys.argv[1]), int(sys.argv[2]))
    json.dump({"seconds": seconds, "facts": prepare()}, sys.stdout)
