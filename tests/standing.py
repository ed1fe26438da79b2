"""The cast stands in one transaction for all tests of a file that ask for it: each begins at a savepoint, and rolls back to it.

Writing it anew, and checking its keys at the end, took thousands of tests some milliseconds each.
"""

from __future__ import annotations

from contextlib import ExitStack

import pytest
from django.db import connection, transaction

from tests.kept import Kept


class Standing:
    """On this process's own connection: a test sees what it would see if the cast were written in its own transaction."""

    def __init__(self) -> None:
        self._around = ExitStack()
        self.is_there = False

    def come(self, cast: Kept) -> None:
        if connection.closed_in_transaction or connection.needs_rollback:  # a test took it along
            self.go()
        if not self.is_there:
            self._around.enter_context(transaction.atomic())
            self.is_there = True
            cast.write()
            connection.check_constraints()

    def go(self) -> None:
        if self.is_there:
            self.is_there = False
            with self._around:
                transaction.set_rollback(True)


def has_cast(test: pytest.Item) -> bool:
    """It asks for the cast and undoes what it writes; one that commits writes the cast too."""
    mark = test.get_closest_marker("django_db")
    names: tuple[str, ...] = getattr(test, "fixturenames", ())
    commits = "transactional_db" in names or (mark is not None and bool(mark.kwargs.get("transaction")))
    return "cast" in names and not commits
