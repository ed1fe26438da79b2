"""A setting that cannot be meant is refused in one sentence that names it, and never tells a secret."""

from typing import Any

import pytest

from opmeer_kcc import env

MEANING = "for this test"


@pytest.fixture(autouse=True)
def settings_stay() -> Any:
    before = dict(env.SETTINGS)
    yield
    env.SETTINGS.clear()
    env.SETTINGS.update(before)


def number(name: str) -> object:
    return env.integer(name, 5, MEANING, least=1, most=100)


def broker(name: str) -> object:
    return env.broker_or_none(name, MEANING)


def scanner(name: str) -> object:
    return env.one_address(name, ("tcp://host:3310", "unix:///run/clamd.ctl"), MEANING)


def site(name: str) -> object:
    return env.site(name, "http://127.0.0.1:8000", MEANING)


def hosts(name: str) -> object:
    return env.hosts(name, "127.0.0.1", MEANING)


def origins(name: str) -> object:
    return env.origins(name, MEANING)


def sender(name: str) -> object:
    return env.mail_address(name, "a@b.example", MEANING)


def contact(name: str) -> object:
    return env.contact(name, MEANING)


def keys(name: str) -> object:
    return env.keys(name, MEANING)


def database(name: str) -> object:
    return env.database(name, MEANING)


def flag(name: str) -> object:
    return env.flag(name, False, MEANING)


KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="


@pytest.mark.parametrize(
    ("ask", "wrong"),
    [
        *((number, value) for value in ("ten", "-1", "0", "101", "1.5", "1_0", "\u0663", "9" * 30, "5 minutes")),
        *((flag, value) for value in ("maybe", "2", "ja")),
        *(
            (site, value)
            for value in ("kcc.opmeer.nl", "https://", "https://kcc.opmeer.nl/app", "ftp://kcc", "https://a b")
        ),
        *((hosts, value) for value in ("https://kcc.opmeer.nl", "kcc.opmeer.nl:443", "kcc.opmeer.nl/", ",")),
        *((origins, value) for value in ("www.opmeer.nl", "https://www.opmeer.nl/form")),
        *((sender, value) for value in ("opmeer.nl", "KCC <kcc@opmeer.nl>", "a@b@c", "a@b\nBcc: c@d")),
        *((contact, value) for value in ("kcc@opmeer.nl", "http://opmeer.nl", "mailto:kcc")),
        *((keys, value) for value in ("password", KEY[:-4], f"{KEY},short")),
        *((broker, value) for value in ("redis://", "redis:///0", "redis://host/mail", "127.0.0.1:6379")),
        *((scanner, value) for value in ("host:3310", "tcp://", "unix://", "http://host")),
        *(
            (database, value)
            for value in ("opmeer", "postgresql://app@db", "postgresql://app@db/", "mysql://app@db/kcc")
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, ask: Any, wrong: str) -> None:
    monkeypatch.setenv("A_SETTING", wrong)
    with pytest.raises(env.SettingError, match=r"^A_SETTING ") as refused:
        ask("A_SETTING")
    assert ask is not keys or wrong not in str(refused.value)


@pytest.mark.parametrize(
    ("ask", "given", "read"),
    [
        (number, " 7 ", 7),
        (number, "   ", 5),
        (flag, " ON ", True),
        (site, "https://kcc.opmeer.nl/ ", "https://kcc.opmeer.nl"),
        (site, "http://[::1]:8000", "http://[::1]:8000"),
        (hosts, "kcc.opmeer.nl, .opmeer.nl,[::1],*", ["kcc.opmeer.nl", ".opmeer.nl", "[::1]", "*"]),
        (origins, "https://www.opmeer.nl/, https://*.opmeer.nl", ["https://www.opmeer.nl", "https://*.opmeer.nl"]),
        (sender, "kcc@opmeer.nl", "kcc@opmeer.nl"),
        (contact, "mailto:veilig@opmeer.nl", "mailto:veilig@opmeer.nl"),
        (keys, f"{KEY}, {KEY}", [KEY, KEY]),
        (broker, "rediss://:secret@host:6379/1", "rediss://:secret@host:6379/1"),
        (broker, "redis://host", "redis://host"),
        (scanner, "unix:///run/clamav/clamd.ctl", "unix:///run/clamav/clamd.ctl"),
    ],
)
def test_what_can_be_meant_is_taken_without_the_spaces(
    monkeypatch: pytest.MonkeyPatch, ask: Any, given: str, read: object
) -> None:
    monkeypatch.setenv("A_SETTING", given)
    assert ask("A_SETTING") == read


def test_a_database_may_be_reached_by_the_folder_of_its_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SETTING", "postgresql://app@%2Frun%2Fpostgresql/kcc")
    assert env.database("A_SETTING", MEANING)["HOST"] == "/run/postgresql"
