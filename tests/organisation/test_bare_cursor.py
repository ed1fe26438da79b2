"""The cursor without Django's layers says and does what Django's own would, also when something is wrong."""

from __future__ import annotations

import pytest
from django.db import DEFAULT_DB_ALIAS, DataError, OperationalError, ProgrammingError, connections
from django.db.transaction import TransactionManagementError, atomic
from django.test.utils import CaptureQueriesContext

from organisation.bare_cursor import BareCursor, bare_cursor

pytestmark = pytest.mark.django_db


def answer(sql: str, *params: object) -> list[tuple[object, ...]]:
    with bare_cursor(connections[DEFAULT_DB_ALIAS]) as cursor:
        assert isinstance(cursor, BareCursor)
        cursor.execute(sql, params)
        found: list[tuple[object, ...]] = cursor.fetchall()
        return found


def test_it_answers_and_whoever_counts_statements_sees_them() -> None:
    assert answer("SELECT %s + 1", 41) == [(42,)]
    own = connections[DEFAULT_DB_ALIAS]
    with CaptureQueriesContext(own) as told, bare_cursor(own) as cursor:
        cursor.execute("SELECT 1", [])
    assert len(told) == 1


@pytest.mark.parametrize(
    ("sql", "error"),
    [("SELECT 1 / 0", DataError), ("SELECT nothing", ProgrammingError), ("SELECT pg_sleep(5)", OperationalError)],
)
def test_errors_are_those_of_django_and_who_opened_a_block_goes_on_after_it(sql: str, error: type[Exception]) -> None:
    answer("SELECT set_config('statement_timeout', '50', true)")
    with pytest.raises(error), atomic():
        answer(sql)
    assert answer("SELECT 1") == [(1,)]


def test_nothing_is_asked_in_a_transaction_that_is_broken() -> None:
    own = connections[DEFAULT_DB_ALIAS]
    with atomic():
        own.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            answer("SELECT 1")
        own.set_rollback(False)
