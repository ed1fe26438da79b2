"""A kept connection that the server closed is seen and renewed before the first statement; a living one costs no question."""

from __future__ import annotations

import select

import pytest
from django.db import connection


@pytest.fixture(autouse=True)
def _own_connection(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "CONN_HEALTH_CHECKS", True)
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 600)
    connection.close()


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def next_request() -> None:
    connection.close_if_unusable_or_obsolete()


def end(pid: int) -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    finally:
        other.close()


def test_a_session_that_the_server_ended_is_renewed_without_an_error() -> None:
    first = backend()
    next_request()
    end(first)
    assert select.select([connection.connection], [], [], 60)[0], "its last words"
    assert backend() != first


def test_a_living_connection_is_kept_and_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    first = backend()
    next_request()
    monkeypatch.setattr("django.db.backends.postgresql.base.DatabaseWrapper.is_usable", None)
    assert backend() == first


def test_a_notice_in_the_socket_is_no_reason_to_renew() -> None:
    first = backend()
    with connection.cursor() as cursor:
        cursor.execute("LISTEN something")
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("NOTIFY something")
    other.close()
    next_request()
    assert backend() == first
