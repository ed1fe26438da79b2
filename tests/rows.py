"""A table of cases in one test: what they begin with is made once, and each row fails under its own name.

For cases that need a database and begin at the same place; one test each costs a scene each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import connection, transaction

Row = Callable[[object], AbstractContextManager[None]]


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is taken back at the end, when its foreign keys were right."""
    with transaction.atomic():
        yield
        connection.check_constraints()
        transaction.set_rollback(True)


def rows_of(subtests: pytest.Subtests) -> Row:
    """Gives `with row("its name"):`, which leaves the database as it was; the rows after one that fails are tried too."""

    @contextmanager
    def row(name: object) -> Iterator[None]:
        with subtests.test(str(name)), undone():
            yield

    return row
