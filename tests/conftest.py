"""Fixtures that every test may ask for by name: the cast and its members."""

import gc
import os
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from channels_app.actions import import_calls
from channels_app.adapters.email import limits
from contacts.numbering import make_sequence
from organisation import rate
from organisation.clock import AMSTERDAM
from organisation.models import User
from organisation.snapshot import ORGANISATION
from surveys.actions import outside
from tests.cast import Cast, settle_in
from tests.emptying import Migrated, remember
from tests.kept import Kept, keep
from tests.lent_child import lend_children
from tests.lent_press import lend_press
from tests.made_once import template
from tests.rows import Row, rows_of
from tests.signing_in import sign_in_straight
from tests.standing import Standing, has_cast

sign_in_straight()
lend_children()
lend_press()

for reader in (limits, outside, import_calls):
    reader.WALL_SECONDS = 120  # type: ignore[misc]
"""What a stranger sent is read in a process with a limit; on a busy machine that one's processor time says enough."""

_seconds = [0.0]
rate.monotonic = lambda: _seconds[0]  # type: ignore[attr-defined]
"""What one caller may do in a minute is counted by a clock that stands still in a test and is a minute on in the next."""

gc.disable()
"""Until the tests were collected: looking for garbage took a third of that time, and there is none."""


def pytest_configure(config: pytest.Config) -> None:
    """What is asked for stands in the order of depth: after another look at the folder above, pytest 9.1 no longer finds the
    fixtures of a folder that it was in before."""
    config.args.sort(key=lambda asked: len(Path(asked.split("::")[0]).absolute().parts))
    if moment := os.environ.get("TEST_CLOCK"):  # all of it at another hour, as Amsterdam tells it
        time_machine.travel(datetime.fromisoformat(moment).replace(tzinfo=AMSTERDAM), tick=True).start()


def pytest_make_parametrize_id(val: object) -> str | None:
    """A text or file that is a case by itself is named by its beginning: some are a page long, and every report names them."""
    if isinstance(val, str | bytes) and len(val) > 60:
        return f"{val[:40]!r} and more, {len(val)}"
    return None


def pytest_collection_finish() -> None:
    """All that is there now stays, and is not looked through again."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()


@receiver(post_migrate, sender=apps.get_app_config("organisation"))
def _may_be_emptied(**kwargs: object) -> None:
    """Django empties tables between tests, which append-only ones refuse. The owner of this database may alter that; no app's role can."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'no_truncate'")
        for (table,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER no_truncate")


@pytest.fixture(scope="session")
def _django_setup_unittest() -> None:
    """What pytest-django does around every test, as the four below: for classes of unittest and for its marks `urls`,
    `django_isolate_apps` and `ignore_template_errors`, which no test here uses. It was a quarter of what a small test costs."""


@pytest.fixture(scope="session")
def _django_set_urlconf() -> None: ...


@pytest.fixture(scope="session")
def _django_isolate_apps() -> None: ...


@pytest.fixture(scope="session")
def _template_string_if_invalid_marker() -> None: ...


@pytest.fixture(scope="session")
def _django_clear_site_cache() -> None: ...


@pytest.fixture(autouse=True)
def _no_settings_from_another_test() -> None:
    """Rolled-back transactions roll the settings' version back too, so what is held in the process is dropped."""
    from channels_app.accounts import ACCOUNTS
    from contacts.rulebook import RULEBOOK
    from knowledge.outside import PART, SITEMAP
    from knowledge.snapshot import PUBLISHED

    ORGANISATION.forget()
    PART.forget()
    SITEMAP.forget()
    PUBLISHED.forget()
    RULEBOOK.forget()
    ACCOUNTS.forget()


@pytest.fixture(autouse=True)
def _a_minute_of_its_own() -> None:
    """However long a busy machine takes over a test, and however many tests it does in a minute."""
    _seconds[0] += 2 * rate.MINUTE


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_keepdb: bool, django_db_createdb: bool
) -> None:
    """A new database is a copy of the one in which the migrations ran."""
    if django_db_createdb or not django_db_keepdb:
        connection.settings_dict["TEST"]["TEMPLATE"] = template(connection.settings_dict)


YEARS = range(2020, 2030)
"""In which the tests play; else each test that registers makes the sequence of its year, in a transaction that takes it away again."""


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_keepdb: bool, django_db_createdb: bool, django_db_blocker: DjangoDbBlocker
) -> Migrated:
    """How the database was made; so it is again after every test that commits. One of last time may hold what a broken-off test left."""
    with django_db_blocker.unblock():
        if django_db_keepdb and not django_db_createdb:
            call_command("flush", verbosity=0, interactive=False, reset_sequences=False)
        migrated = remember()
        for year in YEARS:
            make_sequence(year)
        TransactionTestCase._fixture_teardown = lambda case: migrated.put_back()
        return migrated


STRANGERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


@pytest.fixture(scope="session")
def whole_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In the end everybody has left it, so that it can be dropped; a thread of the server may still be at its goodbye."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for _try in range(50):
            cursor.execute(f"SELECT count(*) {STRANGERS}")
            if not cursor.fetchone()[0]:
                return
            time.sleep(0.1)
        cursor.execute(f"SELECT pg_terminate_backend(pid, 2000) {STRANGERS}")


@pytest.fixture(scope="session")
def kept_cast(whole_database: None, django_db_blocker: DjangoDbBlocker) -> Kept:
    with django_db_blocker.unblock():
        return keep(settle_in)


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Standing]:
    stands = Standing()
    yield stands
    with django_db_blocker.unblock():
        stands.go()


@pytest.fixture
def _stage(request: pytest.FixtureRequest, standing: Standing, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        standing.come(request.getfixturevalue("kept_cast")) if has_cast(request.node) else standing.go()


@pytest.fixture
def _django_db_helper(_stage: None, _django_db_helper: None) -> None:
    """The transaction of a test begins when the cast stands there, or has gone."""


@pytest.fixture
def row(subtests: pytest.Subtests, db: None) -> Row:
    """`with row("its name"):` one case of a table, that fails by itself and leaves nothing behind."""
    return rows_of(subtests)


@pytest.fixture
def cast(kept_cast: Kept, standing: Standing, db: None) -> Cast:
    found: Cast = kept_cast.copy() if standing.is_there else kept_cast.put_back()
    return found


@pytest.fixture
def fatima(cast: Cast) -> User:
    return cast.fatima


@pytest.fixture
def henk(cast: Cast) -> User:
    return cast.henk


@pytest.fixture
def ria(cast: Cast) -> User:
    return cast.ria


@pytest.fixture
def sanne(cast: Cast) -> User:
    return cast.sanne


@pytest.fixture
def joost(cast: Cast) -> User:
    return cast.joost


@pytest.fixture
def beheer(cast: Cast) -> User:
    return cast.beheer


@pytest.fixture
def receptie(cast: Cast) -> User:
    return cast.receptie
