"""What a command needs is known by its name, before anything is installed or started."""

import pytest
from django.core.management import get_commands

from supervisor import commands
from supervisor.verbs import manage


def test_every_command_is_known_and_no_other() -> None:
    known = {name for name in get_commands() if not commands.refusal(name)}
    assert known == set(get_commands())
    assert {*get_commands(), "help", "version"} >= commands.OF_PACKAGES


def test_a_slip_of_the_keys_is_wrong_use_and_starts_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("supervisor.install.ensure", lambda: pytest.fail("nothing may be installed"))
    assert manage.main(["norm_deu", "email.answer"]) == 2
    told = capsys.readouterr()
    assert told.out == "" and "Did you mean norm_due?" in told.err


@pytest.mark.parametrize(
    ("words", "needs"),
    [
        ("", False),
        ("help kpi", False),
        ("norm_due --help", False),
        ("restore --to x", False),
        ("kpi email.answer", True),
        ("--traceback settle_due", True),
    ],
)
def test_asking_how_needs_no_database(words: str, needs: bool) -> None:
    assert commands.needs_database(words.split()) is needs
