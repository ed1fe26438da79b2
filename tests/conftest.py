"""Fixtures that every test may ask for by name: the cast and its members."""

import pytest

from organisation.models import User
from organisation.snapshot import ORGANISATION
from tests.cast import Cast, settle_in


@pytest.fixture(autouse=True)
def _no_settings_from_another_test() -> None:
    """Rolled-back transactions roll the settings' version back too, so what is held in the process is dropped."""
    from contacts.rulebook import RULEBOOK

    ORGANISATION.forget()
    RULEBOOK.forget()


@pytest.fixture
def cast(db: None) -> Cast:
    return settle_in()


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
