"""A prepared statement outlives rollbacks, migrations, killed connections and whoever forgets it: no page fails, none shows old values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import OperationalError, connection, transaction
from django.db.utils import InternalError, NotSupportedError

from organisation.clock import today
from organisation.models import Membership, Presence, Team, User
from organisation.prepared import compile_statement, rows_prepared
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _team(settings: SettingsWrapper) -> Iterator[None]:
    settings.PREPARE_STATEMENTS = True
    connection.close()
    Team.objects.create(code="proef", name="Proef")
    yield
    connection.close()


def names() -> list[str]:
    return [
        row["name"]
        for row in rows_prepared(
            "faults", lambda marks: Team.objects.filter(code=marks["code"]).values("name"), {"code": "proef"}
        )
    ]


def told(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0] if cursor.description else None


def test_it_is_planned_once_and_stays_so_when_the_transaction_that_prepared_it_rolls_back() -> None:
    with transaction.atomic():
        assert names() == ["Proef"]
        transaction.set_rollback(True)
    assert told("SHOW plan_cache_mode") == "force_generic_plan"
    assert told("SHOW jit") == "off"
    assert told("SELECT count(*) FROM pg_prepared_statements") == 1
    assert names() == ["Proef"]
    assert told("SELECT generic_plans FROM pg_prepared_statements") == 2


def test_a_statement_that_is_prepared_in_a_broken_transaction_is_prepared_after_it() -> None:
    with transaction.atomic():
        with pytest.raises(OperationalError):
            told("SET LOCAL statement_timeout = 1; SELECT pg_sleep(1)")
        with pytest.raises(InternalError):
            names()
        transaction.set_rollback(True)
    assert names() == ["Proef"]


@pytest.fixture
def _wider() -> Iterator[None]:
    """What a migration does while this process runs."""
    assert names() == ["Proef"]
    told("ALTER TABLE organisation_team ALTER COLUMN name TYPE varchar(500)")
    yield
    connection.close()
    length = Team._meta.get_field("name").max_length
    told(f"ALTER TABLE organisation_team ALTER COLUMN name TYPE varchar({length})")


@pytest.mark.usefixtures("_wider")
def test_a_column_that_changes_its_type_meanwhile_gives_no_error() -> None:
    assert names() == ["Proef"]
    assert told("SELECT count(*) FROM pg_prepared_statements") == 1


@pytest.mark.usefixtures("_wider")
def test_in_a_transaction_the_use_case_runs_again() -> None:
    runs = []

    @one_transaction
    def act() -> list[str]:
        runs.append(1)
        return names()

    assert act() == ["Proef"]
    assert len(runs) == 2


@pytest.mark.usefixtures("_wider")
def test_a_transaction_that_nobody_repeats_fails_once_and_the_next_goes_well() -> None:
    with pytest.raises(NotSupportedError), transaction.atomic():
        names()
    with transaction.atomic():
        assert names() == ["Proef"]


def test_a_column_that_is_added_meanwhile_changes_nothing() -> None:
    assert names() == ["Proef"]
    told("ALTER TABLE organisation_team ADD COLUMN proef integer NOT NULL DEFAULT 3")
    try:
        assert names() == ["Proef"]
    finally:
        told("ALTER TABLE organisation_team DROP COLUMN proef")
    assert names() == ["Proef"]


def test_what_somebody_else_forgot_is_prepared_again() -> None:
    assert names() == ["Proef"]
    told("DISCARD PLANS")
    told("DEALLOCATE ALL")
    assert names() == ["Proef"]


def test_after_a_killed_connection_the_next_request_begins_anew() -> None:
    assert names() == ["Proef"]
    pid = connection.connection.info.backend_pid
    with connection.copy().cursor() as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    with pytest.raises(OperationalError):
        names()
    connection.close_if_unusable_or_obsolete()
    assert names() == ["Proef"]
    assert connection.connection.info.backend_pid != pid


def test_a_day_that_is_no_mark_is_an_error() -> None:
    with pytest.raises(AssertionError):
        compile_statement(lambda _marks: Membership.objects.valid_on(today()).values("pk"), {})


def test_people_and_presences_of_a_name_with_percent_signs_and_quotes() -> None:
    """Fixed values stand in the text as literals: signs of the driver and of SQL stay what they are."""
    odd = "100% 'raar' \\ %s {}"
    User.objects.create(username="odd", name=odd)
    for _time in range(2):
        found = rows_prepared(
            "odd", lambda marks: User.objects.filter(name=odd, username=marks["who"]).values("name"), {"who": "odd"}
        )
        assert found == [{"name": odd}]
    assert Presence.objects.count() == 0
