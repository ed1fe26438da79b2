"""What a database role may do, and what the application's role should be able to do.

Append-only tables are known by their own triggers, so that a table that comes later is never forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

APPEND_ONLY = "organisation_append_only"
"""The function of the triggers that refuse a change or a removal."""
RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
ORDINARY = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})
READ_ONLY = frozenset({"django_migrations"})
SEE = "See “Two database roles” in docs/operations.md."

_TABLES = """
SELECT c.relname, pg_get_userbyid(c.relowner), pg_has_role(%(role)s, c.relowner, 'MEMBER'),
    coalesce(bool_or(t.tgtype & 16 > 0), false), coalesce(bool_or(t.tgtype & 8 > 0), false),
    ARRAY(SELECT one FROM unnest(%(rights)s::text[]) AS one WHERE has_table_privilege(%(role)s, c.oid, one))
FROM pg_class c
LEFT JOIN pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgtype & 1 = 1
    AND t.tgfoid IN (SELECT oid FROM pg_proc WHERE proname = %(guard)s)
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
GROUP BY c.oid, c.relname, c.relowner ORDER BY c.relname
"""


@dataclass(frozen=True)
class Table:
    """One table, and what one role may do with it."""

    name: str
    owner: str
    is_known: bool
    """One of the application's own; others in the same schema are left alone."""
    is_owned: bool
    """By the role, or by a role that it is a member of."""
    wanted: frozenset[str]
    held: frozenset[str]

    @property
    def excess(self) -> frozenset[str]:
        return self.held - self.wanted


def tables(cursor: Any, role: str) -> list[Table]:
    """Every table, with what the application's role should have and what this role has."""
    cursor.execute(_TABLES, {"role": role, "rights": list(RIGHTS), "guard": APPEND_ONLY})
    known = {*connection.introspection.django_table_names(), *READ_ONLY}
    return [
        Table(
            name,
            owner,
            name in known,
            is_owned,
            _wanted(name, no_update=no_update, no_delete=no_delete),
            frozenset(held),
        )
        for name, owner, is_owned, no_update, no_delete, held in cursor.fetchall()
    ]


def wrong_rights(cursor: Any) -> list[str]:
    """What is not right with the rights of the role that asks (quality.md rule 44), in sentences that say what to do."""
    cursor.execute("SELECT current_user::text")
    role = cursor.fetchone()[0]
    if wrong := too_mighty(cursor, role):
        return wrong
    if names := lacking(cursor, role):
        return [
            f"The database role {role} lacks rights on {len(names)} tables ({names[0]}): run manage.py migrate first."
        ]
    return []


def too_mighty(cursor: Any, role: str) -> list[str]:
    """Why the application should not work as this role, in sentences; empty when its rights are right."""
    cursor.execute(
        "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication,"
        " has_schema_privilege(rolname, 'public', 'CREATE') OR has_database_privilege(rolname, current_database(), 'CREATE')"
        " FROM pg_roles WHERE rolname = %s",
        [role],
    )
    is_mighty, may_create = cursor.fetchone()
    if is_mighty:
        return [f"The database role {role} of DATABASE_URL is a superuser or may make roles or databases. {SEE}"]
    found = tables(cursor, role)
    if owned := [table.name for table in found if table.is_owned]:
        return [
            f"The database role {role} of DATABASE_URL owns {_few(owned)}, so the application could alter or drop them. {SEE}"
        ]
    wrong = []
    if may_create:
        wrong.append(f"The database role {role} of DATABASE_URL may make tables of its own. {SEE}")
    if excess := [table for table in found if table.is_known and table.excess]:
        rights = ", ".join(sorted({right for table in excess for right in table.excess}))
        wrong.append(
            f"The database role {role} of DATABASE_URL has {rights} on {_few([table.name for table in excess])}. {SEE}"
        )
    return wrong


def lacking(cursor: Any, role: str) -> list[str]:
    """The tables on which this role has less than the application needs."""
    return [table.name for table in tables(cursor, role) if table.is_known and table.wanted - table.held]


def _wanted(name: str, *, no_update: bool, no_delete: bool) -> frozenset[str]:
    if name in READ_ONLY:
        return frozenset({"SELECT"})
    refused = {right for right, is_refused in (("UPDATE", no_update), ("DELETE", no_delete)) if is_refused}
    return ORDINARY - refused


def _few(names: list[str]) -> str:
    more = len(names) - 3
    return ", ".join(names[:3]) + (f" and {more} more tables" if more > 0 else "")
