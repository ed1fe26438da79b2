"""The two database roles: the application's, and the owner's, who alone makes and changes tables (docs/adr/0017-two-database-roles.md)."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

_MARK = "kcc_owner"


def has_two_roles() -> bool:
    """Whether MIGRATE_DATABASE_URL names another role than DATABASE_URL."""
    owner = settings.OWNER_DATABASE
    return owner is not None and owner["USER"] != settings.DATABASES["default"]["USER"]


def speaks_as_owner() -> bool:
    return getattr(connection, _MARK, False)


@contextmanager
def as_owner() -> Iterator[None]:
    """Inside it this process's connection is the owner's; with one role for everything nothing changes."""
    if not has_two_roles() or speaks_as_owner():
        yield
        return
    before = connection.settings_dict
    connection.close()
    options = {**before["OPTIONS"], **settings.OWNER_DATABASE.get("OPTIONS", {})}
    connection.settings_dict = {**before, **settings.OWNER_DATABASE, "OPTIONS": options}
    setattr(connection, _MARK, True)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = before
        setattr(connection, _MARK, False)
