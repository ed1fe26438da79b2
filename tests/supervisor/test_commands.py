"""What a command needs is known by its name, before anything is installed or started."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import get_commands

from supervisor import commands, environment, inside, mode
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


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setenv("DEMO_MODE", "")  # what settling sets for this process goes with the test
    return Place(tmp_path)


def test_an_installation_stays_what_it_began_as(place: Place) -> None:
    """Demo mode asks for no second factor: nobody may get there by forgetting a flag."""
    for no_demo in (True, False):
        server._settle_mode(place, "nobody", no_demo=no_demo)
        assert mode.chosen(place) == "empty" and not mode.is_demo(place)
    (place.data / "mode").write_text("")  # of a start that was cut off
    server._settle_mode(place, "nobody", no_demo=False)
    server._settle_mode(place, "demo", no_demo=False)
    assert mode.chosen(place) == "demo" and mode.is_demo(place)
    with pytest.raises(Plain, match="--data"):
        server._settle_mode(place, "demo", no_demo=True)


@pytest.mark.parametrize("began", [None, "demo", "empty"])
@pytest.mark.parametrize("no_demo", [True, False])
def test_real_people_are_never_opened_as_a_demo(place: Place, began: str | None, no_demo: bool) -> None:
    """Whatever an older or a new folder says of the database that is used now."""
    if began is not None:
        (place.data / "mode").write_text(began)
    server._settle_mode(place, "real", no_demo=no_demo)
    assert not mode.is_demo(place)
    assert environment.environment(place, database_url="x", redis_url="")["DEMO_MODE"] == "0"
    assert mode.chosen(place) == (began or "empty")


def test_a_database_that_gives_no_answer_is_no_demo_and_decides_nothing(place: Place) -> None:
    assert mode.whose_database("postgresql://nobody@127.0.0.1:1/nothing") == "unknown"
    server._settle_mode(place, "unknown", no_demo=False)
    assert not mode.is_demo(place) and mode.chosen(place) == ""


@pytest.mark.parametrize(
    ("command", "said", "found", "began"),
    [
        ("set_up", "0", "nobody", "empty"),
        ("set_up", "", "nobody", "empty"),
        ("set_up", "1", "nobody", "demo"),
        ("norm_due", "", "nobody", "demo"),
        ("loaddata", "0", "nobody", "empty"),
        ("loaddata", "", "nobody", ""),
        ("migrate", "", "nobody", ""),
        ("migrate", "0", "nobody", "empty"),
        ("migrate", "", "real", "empty"),
        ("settle_due", "", "real", "empty"),
        ("settle_due", "", "demo", "demo"),
    ],
)
def test_an_installation_that_a_command_began_stays_what_it_began_as(
    place: Place, monkeypatch: pytest.MonkeyPatch, command: str, said: str, found: mode.Found, began: str
) -> None:
    """What DEMO_MODE said once counts for the server that is started later without it."""
    monkeypatch.setenv("DEMO_MODE", said)
    services = SimpleNamespace(start=lambda: None, stop=lambda: None, database_url="", owner_url="")
    monkeypatch.setattr(manage, "Services", lambda *_given, **_more: services)
    monkeypatch.setattr(mode, "whose_database", lambda _url: found)
    monkeypatch.setattr(manage.prepare, "everything", lambda *_given, **_more: None)
    monkeypatch.setattr(manage, "_call", lambda *_given: 0)
    monkeypatch.setattr(manage.signal, "signal", lambda *_given: None)
    assert manage._alone(place, [command]) == 0
    assert mode.chosen(place) == began


def test_a_folder_is_new_until_something_was_started_in_it(tmp_path: Path) -> None:
    place = Place(tmp_path / "mistyped")
    assert place.is_new
    place.folder("secrets")
    assert place.is_new
    (place.data / "mode").write_text("demo")
    assert not place.is_new
