"""What a command needs is known by its name, before anything is installed or started."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import get_commands

from supervisor import commands, environment, inside
from supervisor.place import Place
from supervisor.plain import Plain
from supervisor.verbs import manage, server


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


@pytest.mark.parametrize("words", ["--data={} norm_due", "--data {} norm_due"])
def test_the_folder_is_named_either_way(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: str) -> None:
    """As `script/server` takes it; what is not understood would begin a new installation in the usual place."""
    asked = []
    monkeypatch.setattr("supervisor.place.Place.of", lambda given: asked.append(given) or Place(tmp_path))
    monkeypatch.setattr("supervisor.install.ensure", lambda: sys.exit(0))
    with pytest.raises(SystemExit):
        manage.main(words.format(tmp_path).split())
    assert asked == [str(tmp_path)]
    assert manage.main(["--data="]) == manage.main(["--data"]) == 2


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


def test_an_installation_stays_what_it_began_as(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Demo mode asks for no second factor: nobody may get there by forgetting a flag."""
    place = Place(tmp_path)
    monkeypatch.delenv("DEMO_MODE", raising=False)
    for began, no_demo in (("empty", True), ("empty", False), ("demo", False)):
        if began == "demo":
            (place.data / "mode").unlink()
        server._settle_mode(place, no_demo=no_demo)
        assert environment.mode(place) == began
    with pytest.raises(Plain, match="--data"):
        server._settle_mode(place, no_demo=True)


@pytest.mark.parametrize(
    ("command", "said", "began"),
    [("set_up", "0", "empty"), ("set_up", "", "demo"), ("loaddata", "0", "empty"), ("loaddata", "", None)],
)
def test_an_installation_that_a_command_began_stays_what_it_began_as(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, said: str, began: str | None
) -> None:
    """What DEMO_MODE said once counts for the server that is started later without it."""
    place = Place(tmp_path)
    monkeypatch.setenv("DEMO_MODE", said)
    services = SimpleNamespace(start=lambda: None, stop=lambda: None, database_url="", owner_url="")
    monkeypatch.setattr(manage, "Services", lambda *_given, **_more: services)
    monkeypatch.setattr(manage.prepare, "everything", lambda *_given, **_more: None)
    monkeypatch.setattr(manage, "_call", lambda *_given: 0)
    monkeypatch.setattr(manage.signal, "signal", lambda *_given: None)
    assert manage._alone(place, [command]) == 0
    assert (environment.mode(place) if (place.data / "mode").exists() else None) == began
    monkeypatch.delenv("DEMO_MODE")
    server._settle_mode(place, no_demo=False)
    assert environment.mode(place) == (began or "demo")


def test_a_folder_is_new_until_something_was_started_in_it(tmp_path: Path) -> None:
    place = Place(tmp_path / "mistyped")
    assert place.is_new
    place.folder("secrets")
    assert place.is_new
    (place.data / "mode").write_text("demo")
    assert not place.is_new
