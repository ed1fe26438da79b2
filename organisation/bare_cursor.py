"""A cursor without Django's layers, for the statements that every page runs.

Asking for a cursor, the statement and its rows pass nine functions of Django, most of which look whether somebody counts or logs statements. While
nobody does, what is left of them is here: a connection that lives, a transaction that is not broken, errors that are Django's.
"""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper


class BareCursor:
    """What `organisation` and Django use of a cursor; `cursor` is psycopg2's own, as in Django's."""

    __slots__ = ("cursor", "own")

    def __init__(self, own: BaseDatabaseWrapper) -> None:
        own.close_if_health_check_failed()
        own.ensure_connection()
        own.validate_no_broken_transaction()
        self.own = own
        with own.wrap_database_errors:
            self.cursor = own.create_cursor()

    def __enter__(self) -> BareCursor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cursor.close()

    def execute(self, sql: str, params: Sequence[Any]) -> None:
        with self.own.wrap_database_errors:
            self.cursor.execute(sql, params)

    def fetchall(self) -> list[tuple[Any, ...]]:
        with self.own.wrap_database_errors:
            return self.cursor.fetchall()  # type: ignore[no-any-return]


def bare_cursor(own: BaseDatabaseWrapper) -> Any:
    """For the connection of this thread; Django's own cursor when a test, the log or a measurement follows the statements."""
    return own.cursor() if own.execute_wrappers or own.queries_logged else BareCursor(own)
