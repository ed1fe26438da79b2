"""The two database roles: the application's, and the owner's, who alone makes and changes tables (docs/adr/0017-two-database-roles.md)."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError, InterfaceError, connection, transaction

_MARK = "kcc_owner"
_LOOKS = 2513
_IS_HELD = """
SELECT EXISTS (
    SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
    WHERE datname = current_database() AND locktype = 'advisory' AND classid = %s AND objid = %s)
"""


def has_two_roles() -> bool:
    """Whether MIGRATE_DATABASE_URL names another role than DATABASE_URL."""
    owner = settings.OWNER_DATABASE
    return owner is not None and owner["USER"] != settings.DATABASES["default"]["USER"]


def speaks_as_owner() -> bool:
    return getattr(connection, _MARK, False)


def leads_elsewhere() -> str:
    """A sentence when the owner's address leads to another database than the application's, whose tables would stay as they are.

    A lock that is held in one database is seen in it by everybody, also past a pooler that calls it by another name. While one of
    the two cannot be asked, as before the application's role is made, their names tell.
    """
    if not has_two_roles() or speaks_as_owner():
        return ""
    app, owner = settings.DATABASES["default"], settings.OWNER_DATABASE
    try:
        is_same = _sees_the_same()
    except (DatabaseError, InterfaceError):
        is_same = app["NAME"] == owner["NAME"]
    if is_same:
        return ""
    return (
        f"MIGRATE_DATABASE_URL leads to another database ({owner['NAME']} on {owner['HOST'] or 'this machine'}) than DATABASE_URL"
        f" ({app['NAME']} on {app['HOST'] or 'this machine'}): both must name the same one, by two roles. Nothing was done."
    )


def _sees_the_same() -> bool:
    key = secrets.randbelow(2**31)
    other = connection.copy()
    other.settings_dict = _as_owner(connection.settings_dict)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOOKS, key])
            with other.cursor() as looking:
                looking.execute(_IS_HELD, [_LOOKS, key])
                return bool(looking.fetchone()[0])
    finally:
        other.close()


def _as_owner(of_the_application: dict[str, Any]) -> dict[str, Any]:
    owner: dict[str, Any] = settings.OWNER_DATABASE
    options = {**of_the_application["OPTIONS"], **owner.get("OPTIONS", {})}
    return {**of_the_application, **owner, "OPTIONS": options}


@contextmanager
def as_owner() -> Iterator[None]:
    """Inside it this process's connection is the owner's; with one role for everything nothing changes.

    CommandError, and nothing done, when that is the owner of another database.
    """
    if not has_two_roles() or speaks_as_owner():
        yield
        return
    if sentence := leads_elsewhere():
        raise CommandError(sentence)
    before = connection.settings_dict
    connection.close()
    connection.settings_dict = _as_owner(before)
    setattr(connection, _MARK, True)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = before
        setattr(connection, _MARK, False)
