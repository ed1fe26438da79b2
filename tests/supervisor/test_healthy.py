"""The health check of a container asks the site by a name that it answers to."""

import pytest

from supervisor.healthy import _host


@pytest.mark.parametrize(
    ("allowed", "asked"),
    [
        ("kcc.opmeer.nl", "kcc.opmeer.nl"),
        ("kcc.opmeer.nl, www.opmeer.nl", "kcc.opmeer.nl"),
        (".opmeer.nl", "opmeer.nl"),
        ("*", "localhost"),
        ("", "127.0.0.1"),
    ],
)
def test_the_check_names_the_first_host_of_the_site(monkeypatch: pytest.MonkeyPatch, allowed: str, asked: str) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", allowed)
    assert _host() == asked
