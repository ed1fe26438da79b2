"""Addresses in the settings: nothing of them is forgotten, and what cannot be read is said without the password in it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from opmeer_kcc import env
from organisation.owner import as_owner

SECRET = "s3cr"


@pytest.fixture(autouse=True)
def settings_stay() -> Any:
    before = dict(env.SETTINGS)
    yield
    env.SETTINGS.clear()
    env.SETTINGS.update(before)


def read(monkeypatch: pytest.MonkeyPatch, address: str) -> dict[str, object]:
    monkeypatch.setenv("A_DATABASE", address)
    return env.database("A_DATABASE", "for this test")


def test_how_the_database_is_reached_is_not_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    found = read(
        monkeypatch, "postgresql://my%20app:a%40b%2Fc%25@db:6432/kcc?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem"
    )
    assert found == {
        "NAME": "kcc", "USER": "my app", "PASSWORD": "a@b/c%", "HOST": "db", "PORT": "6432",
        "OPTIONS": {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"},
    }  # fmt: skip
    assert read(monkeypatch, "postgres://app@db/kcc")["OPTIONS"] == {}


@pytest.mark.parametrize("sign", ["#", "/", "?", "["])
@pytest.mark.parametrize("password", [f"{SECRET}{{}}et", f"12{{}}{SECRET}"])
def test_a_password_that_cannot_be_read_is_not_told(monkeypatch: pytest.MonkeyPatch, password: str, sign: str) -> None:
    address = f"app:{password.format(sign)}@db.example.nl"
    monkeypatch.setenv("A_MAIL", f"smtps://{address}:465")
    for ask in (lambda: read(monkeypatch, f"postgresql://{address}/kcc"), lambda: env.smtp("A_MAIL", "for this test")):
        with pytest.raises(env.SettingError, match="%23") as refused:
            ask()
        assert SECRET not in str(refused.value)
        assert refused.value.__cause__ is None and refused.value.__context__ is None


def test_an_option_that_is_not_known_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(env.SettingError, match="sslmode"):
        read(monkeypatch, "postgresql://app@db/kcc?ssl_mode=verify-full")


def test_the_owner_is_reached_as_its_own_address_says(settings: Any, db: None) -> None:
    before = connection.settings_dict
    settings.OWNER_DATABASE = {"NAME": before["NAME"], "USER": "owner", "OPTIONS": {"sslmode": "require"}}
    connection_closed = connection.close
    connection.close = lambda: None  # the transaction of the test stays
    try:
        with as_owner():
            assert connection.settings_dict["USER"] == "owner"
            assert connection.settings_dict["OPTIONS"] == {**before["OPTIONS"], "sslmode": "require"}
    finally:
        connection.close = connection_closed
    assert connection.settings_dict is before


@pytest.mark.parametrize("value", ["nonsense", "amqp://guest@broker/", "http://broker:6379/0"])
def test_a_broker_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """Celery would take it for another kind of broker and try to reach that for ever."""
    monkeypatch.setenv("A_BROKER", value)
    with pytest.raises(env.SettingError, match="redis://"):
        env.broker_or_none("A_BROKER", "for this test")
