"""A database as the migrations left it, after a test that committed: only the tables that hold something are emptied.

Django's own way truncates some hundred and fifty tables with their indexes and makes every content type and permission again,
which takes longer than most tests.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.management import call_command
from django.db import connection, transaction

NEVER_CHANGED = frozenset({"django_content_type", "auth_permission"})
AS_A_REPLICA = "SET LOCAL session_replication_role = replica"
"""No trigger and no foreign key is asked: append-only tables are emptied too, in any order. Only a superuser may."""


@dataclass(frozen=True)
class Migrated:
    """The tables, and the rows that are there from the beginning."""

    tables: tuple[str, ...]
    rows: dict[str, str]
    may_act_as_a_replica: bool

    def put_back(self) -> None:
        """Waits until nobody writes any more. The numbers of rows go on counting: rows that tests put back (`kept.py`) keep theirs."""
        if not self.may_act_as_a_replica:
            call_command("flush", verbosity=0, interactive=False, reset_sequences=False)
            return
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{AS_A_REPLICA}; LOCK TABLE {', '.join(self.tables)} IN EXCLUSIVE MODE")
            full = _with_rows(self.tables)
            cursor.execute("; ".join(f"DELETE FROM {table}" for table in full) or "SELECT 1")
            for table, rows in self.rows.items():
                cursor.execute(
                    f"INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT * FROM json_populate_recordset(NULL::{table}, %s)",
                    [rows],
                )


def remember() -> Migrated:
    """What stands in the tables now, right after they were made."""
    found = connection.introspection.django_table_names(only_existing=True, include_views=False)
    tables = tuple(sorted(set(found) - NEVER_CHANGED))
    rows = {}
    with connection.cursor() as cursor:
        for table in _with_rows(tables):
            cursor.execute(f"SELECT json_agg(row_to_json(t))::text FROM {table} t")
            rows[table] = cursor.fetchone()[0]
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return Migrated(tables, rows, may_act_as_a_replica=cursor.fetchone()[0])


def _with_rows(tables: tuple[str, ...]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in tables))
        return [row[0] for row in cursor.fetchall()]
