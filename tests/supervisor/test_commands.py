"""What a command needs is known by its name, before anything is installed or started."""

from pathlib import Path

import pytest
from django.core.management import get_commands

from supervisor import commands, inside
from supervisor.place import Place
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


@pytest.mark.parametrize(
    ("words", "code"), [("kpi email.answer --from 2026-10-01 --to 2026-10-31", 0), ("kpi --from x", 2)]
)
def test_a_command_that_is_called_wrongly_makes_no_installation(words: str, code: int) -> None:
    """Looked at by the very parser of the command, before a database and its demo are made for it."""
    try:
        found = inside._usage(*_split(words))
    except SystemExit as error:
        found = error.code
    assert found == code


def _split(words: str) -> tuple[str, list[str]]:
    name, *arguments = words.split()
    return name, arguments


def test_a_folder_is_new_until_something_was_started_in_it(tmp_path: Path) -> None:
    place = Place(tmp_path / "mistyped")
    assert place.is_new
    place.folder("secrets")
    assert place.is_new
    (place.data / "mode").write_text("demo")
    assert not place.is_new
