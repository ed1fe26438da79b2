"""Fixtures that every test may ask for by name: the cast and its members."""

import pytest
from pytest_django import DjangoDbBlocker

from organisation.models import User
from organisation.snapshot import ORGANISATION
from tests.cast import Cast, settle_in
from tests.kept import Kept, keep


@pytest.fixture(autouse=True)
def _no_settings_from_another_test() -> None:
    """Rolled-back transactions roll the settings' version back too, so what is held in the process is dropped."""
    from contacts.rulebook import RULEBOOK

    ORGANISATION.forget()
    RULEBOOK.forget()


@pytest.fixture(scope="session")
def kept_cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Kept:
    with django_db_blocker.unblock():
        return keep(settle_in)


@pytest.fixture
def cast(kept_cast: Kept, db: None) -> Cast:
    found: Cast = kept_cast.put_back()
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
