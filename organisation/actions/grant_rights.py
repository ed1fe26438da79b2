"""Gives the application's role what it needs and takes the rest away; the owner does it at the end of every migration."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

import psycopg2
from django.conf import settings
from django.db import connection, transaction
from psycopg2 import sql
from psycopg2.extensions import encrypt_password

from organisation.owner import as_owner, has_two_roles
from organisation.role_rights import SEE, lacking, tables, too_mighty

_LOCK = 2513
_FUNCTIONS = """
SELECT p.oid::regprocedure::text FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef AND pg_has_role(p.proowner, 'USAGE')
"""
_SEQUENCES = """
SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind = 'S' AND pg_has_role(relowner, 'USAGE')
    AND NOT (has_sequence_privilege(%(role)s, c.oid, 'USAGE') AND has_sequence_privilege(%(role)s, c.oid, 'SELECT')
        AND NOT has_sequence_privilege(%(role)s, c.oid, 'UPDATE'))
"""


class CannotGrant(Exception):
    """The roles are not as they should be; the message says what to do."""


def grant_rights() -> int:
    """May run again and again; says on how many tables and sequences something changed. With one role there is nothing to do."""
    if not has_two_roles():
        return 0
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        return grant_to(cursor, settings.DATABASES["default"])


def grant_to(cursor: Any, app: Mapping[str, Any]) -> int:
    """The same for these settings of a database, in the caller's transaction."""
    role = app["USER"]
    if not role:
        raise CannotGrant(f"DATABASE_URL must name the database role of the application. {SEE}")
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    _be_there(cursor, app)
    changed = _grant_all(cursor, role)
    if sentences := too_mighty(cursor, role):
        raise CannotGrant("\n".join(sentences))
    if names := lacking(cursor, role):
        raise CannotGrant(f"The database role {role} could not be given its rights on {', '.join(names)}. {SEE}")
    return changed


def refuse_strangers() -> None:
    """Before anything is changed: the tables that are there belong to the owner of MIGRATE_DATABASE_URL."""
    if has_two_roles():
        with as_owner(), connection.cursor() as cursor:
            _ours(cursor)


def _ours(cursor: Any) -> set[str]:
    cursor.execute("SELECT current_user::text")
    owner = cursor.fetchone()[0]
    found = tables(cursor, owner)
    if strangers := [table for table in found if table.is_known and not table.is_owned]:
        raise CannotGrant(
            f"{strangers[0].name} belongs to {strangers[0].owner}, not to {owner} of MIGRATE_DATABASE_URL. Name its owner there, or let"
            f" the administrator of PostgreSQL run: REASSIGN OWNED BY {_named(strangers[0].owner)} TO {_named(owner)}. {SEE}"
        )
    return {table.name for table in found if table.is_owned}


def _be_there(cursor: Any, app: Mapping[str, Any]) -> None:
    """The role of DATABASE_URL is made, or gets the password that stands there, when the owner may do that."""
    role = app["USER"]
    cursor.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
    may_make = cursor.fetchone()[0]
    cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = %s)", [role])
    is_there = cursor.fetchone()[0]
    if not is_there and not may_make:
        raise CannotGrant(
            f"The database role {role} of DATABASE_URL does not exist, and the owner may not make it."
            f" Let the administrator of PostgreSQL run: CREATE ROLE {_named(role)} LOGIN PASSWORD '…'. {SEE}"
        )
    if is_there and (not may_make or _signs_in(app)):
        return
    secret = encrypt_password(app["PASSWORD"], role, connection.connection, "scram-sha-256")
    verb = sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}" if is_there else "CREATE ROLE {} LOGIN PASSWORD {}")
    _run(cursor, verb.format(sql.Identifier(role), sql.Literal(secret)))


def _signs_in(app: Mapping[str, Any]) -> bool:
    """False only when PostgreSQL answers and does not accept the password."""
    try:
        with contextlib.closing(
            psycopg2.connect(
                dbname=app["NAME"], user=app["USER"], password=app["PASSWORD"], host=app["HOST"], port=app["PORT"] or None,
                **{**app.get("OPTIONS", {}), "connect_timeout": 3},
            )
        ):  # fmt: skip
            return True
    except psycopg2.OperationalError as error:
        return "password authentication failed" not in str(error)


def _grant_all(cursor: Any, role: str) -> int:
    app = sql.Identifier(role)
    cursor.execute(
        "SELECT has_schema_privilege(%s, 'public', 'USAGE'), has_schema_privilege(%s, 'public', 'CREATE')", [role] * 2
    )
    may_use, may_create = cursor.fetchone()
    if not may_use:
        _run(cursor, sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(app))
    if may_create:
        _run(cursor, sql.SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC, {}").format(app))
    cursor.execute("SELECT has_database_privilege(%s, current_database(), 'CONNECT'), current_database()", [role])
    may_connect, database = cursor.fetchone()
    if not may_connect:
        _run(cursor, sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(database), app))
    for kind, rights in (("TABLES", "SELECT, INSERT, UPDATE, DELETE"), ("SEQUENCES", "USAGE, SELECT")):
        _run(
            cursor,
            sql.SQL(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rights} ON {kind} TO {{}}").format(app),
        )
    ours = _ours(cursor)
    changed = [table for table in tables(cursor, role) if table.name in ours and table.held != table.wanted]
    for table in changed:
        names = {"table": sql.Identifier(table.name), "app": app}
        _run(cursor, sql.SQL("REVOKE ALL ON {table} FROM {app}").format(**names))
        rights = ", ".join(sorted(table.wanted))
        _run(cursor, sql.SQL(f"GRANT {rights} ON {{table}} TO {{app}}").format(**names))
    cursor.execute(_SEQUENCES, {"role": role})
    sequences = [name for (name,) in cursor.fetchall()]
    for name in sequences:
        names = {"sequence": sql.Identifier(name), "app": app}
        _run(cursor, sql.SQL("REVOKE ALL ON SEQUENCE {sequence} FROM {app}").format(**names))
        _run(cursor, sql.SQL("GRANT USAGE, SELECT ON SEQUENCE {sequence} TO {app}").format(**names))
    cursor.execute(_FUNCTIONS)
    for (signature,) in cursor.fetchall():
        _run(cursor, sql.SQL(f"GRANT EXECUTE ON FUNCTION {signature} TO {{}}").format(app))
    return len(changed) + len(sequences)


def _named(role: str) -> str:
    """As it must be typed: a name with a capital or a hyphen is another role without quotes."""
    return sql.Identifier(role).as_string(connection.connection)


def _run(cursor: Any, statement: sql.Composable) -> None:
    cursor.execute(statement.as_string(connection.connection))
