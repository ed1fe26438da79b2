"""The small promises of the supervisor: secrets, locks, ports, stamps and processes that never outlive their parent."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from supervisor import children, install, keeper, kept_logs, locks, ports, postgres, prepare, processes
from supervisor.__main__ import main as supervisor_main
from supervisor.environment import environment
from supervisor.place import ROOT, Place
from supervisor.plain import Plain
from supervisor.postgres import in_command
from supervisor.pulse import Pulse
from supervisor.secret import secret
from supervisor.verbs import server

PARENT = """
import os, sys, time
from pathlib import Path
from supervisor import children
child = children.start(["sleep", "60"], env=dict(os.environ), log=None)
print(child.pid, flush=True)
time.sleep(60)
"""


def test_a_secret_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    first = secret(tmp_path / "secrets", "key")
    assert secret(tmp_path / "secrets", "key") == first
    assert len(first) == 44
    assert (tmp_path / "secrets" / "key").stat().st_mode & 0o777 == 0o600


def test_two_servers_never_work_on_the_same_data(tmp_path: Path) -> None:
    first = locks.take(tmp_path / "server.lock")
    assert first is not None
    assert locks.take(tmp_path / "server.lock") is None
    first.close()
    again = locks.take(tmp_path / "server.lock")
    assert again is not None
    again.close()


def test_a_taken_port_is_seen() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert ports.is_taken(other.getsockname()[1])
    assert not ports.is_taken(ports.free())


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's signal at the death of the parent is Linux only")
def test_a_killed_supervisor_leaves_no_child() -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    parent = subprocess.Popen([sys.executable, "-c", PARENT], env=env, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert children.born(child)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    end = time.monotonic() + 60
    while children.born(child) and time.monotonic() < end:
        time.sleep(0.05)
    assert children.born(child) == ""


def test_a_script_never_takes_the_supervisor_of_the_folder_it_is_called_from(tmp_path: Path) -> None:
    """`python -m` looks in the current folder first: in another checkout that is another application."""
    (tmp_path / "supervisor").mkdir()
    (tmp_path / "supervisor" / "__init__.py").touch()
    (tmp_path / "supervisor" / "__main__.py").write_text("print('the wrong one')")
    for name in ("server", "manage", "test", "lint", "format", "messages"):
        text = (ROOT / "script" / name).read_text()
        assert '"$python" -P -m supervisor' in text, name
    done = subprocess.run(
        [str(ROOT / "script" / "server"), "--help"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "usage: script/server" in done.stdout, done


@pytest.mark.parametrize("name", ["test", "lint", "format", "lock", "corpus", "mutants"])
def test_a_script_that_is_asked_what_it_does_says_so_and_does_nothing(name: str) -> None:
    """What hands its words on would answer with the help of pytest or Ruff, or just begin."""
    done = subprocess.run(
        [str(ROOT / "script" / name), "--help"], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0 and done.stderr == "", done
    assert done.stdout and "pytest [options]" not in done.stdout and "Ruff is" not in done.stdout, done


def test_a_script_works_beside_another_python() -> None:
    """PYTHONHOME of another Python would let none start, and the sentence would be that there is none."""
    done = subprocess.run(
        [str(ROOT / "script" / "manage"), "norm_deu"],
        env={**os.environ, "PYTHONHOME": "/nowhere"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2 and "norm_due" in done.stderr, done


def test_a_folder_may_have_any_name_in_a_command_of_the_database(tmp_path: Path) -> None:
    folder = tmp_path / "één 'map' met \"tekens\" $HOME 100%"
    folder.mkdir()
    filled = f"echo x > {in_command(folder)}/%f".replace("%f", "piece").replace("%%", "%")
    subprocess.run(["sh", "-c", filled], check=True)
    assert (folder / "piece").exists()


def test_a_database_without_room_is_refused_before_it_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "ROOM_BYTES", 10**18)
    with pytest.raises(Plain, match="There is no room for a database"):
        postgres.Postgres(tmp_path / "postgres", tmp_path / "log").start()


def test_a_database_that_cannot_start_now_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full for a while would else end the whole server, and stop what still works."""
    said: list[str] = []
    troubles: list[Exception] = [Plain("The database did not start."), OSError(28, "No space left on device")]

    class Part:
        name = "database"
        process: SimpleNamespace | None = None

        def start(self) -> None:
            if troubles:
                raise troubles.pop(0)
            self.process = SimpleNamespace(poll=lambda: None, pid=os.getpid())

    part = Part()
    watched = keeper.Keeper(Place(tmp_path), SimpleNamespace(parts=[part]))  # type: ignore[arg-type]
    monkeypatch.setattr(keeper.time, "sleep", lambda _seconds: None)
    monkeypatch.setattr(keeper, "_say", said.append)
    for _look in range(3):
        watched.look(SimpleNamespace(silent=list))  # type: ignore[arg-type]
    assert part.process is not None
    assert [sentence for sentence in said if "tried again" in sentence] == [
        "The database did not start. It is tried again in 5 seconds.",
        "The machine gives an error: No space left on device. It is tried again in 5 seconds.",
    ]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PermissionError(13, "Permission denied", "/srv/data"), "/srv/data cannot be used: Permission denied."),
        (OSError(28, "No space left on device"), "The disk cannot be used: No space left on device."),
    ],
)
def test_a_disk_that_cannot_be_used_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: OSError, told: str
) -> None:
    def fails(_words: list[str]) -> int:
        raise error

    monkeypatch.setattr("supervisor.verbs.server.main", fails)
    monkeypatch.setattr(sys, "argv", ["supervisor", "server"])
    assert supervisor_main() == 1
    assert capsys.readouterr().err.strip() == told


def test_a_limit_of_the_worker_that_is_no_number_is_said_before_anything_starts() -> None:
    server._see_to_limit("60000")
    for wrong in ("a minute", "86400001", "9" * 5000):
        with pytest.raises(Plain, match="WORKER_STATEMENT_TIMEOUT_MS"):
            server._see_to_limit(wrong)
    for said in ("", " "):
        made = processes.worker(Place(ROOT), {"WORKER_STATEMENT_TIMEOUT_MS": said})
        assert made.env["STATEMENT_TIMEOUT_MS"] == "60000"


def test_a_log_is_kept_small_while_processes_write_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that runs for months would fill its disk: none of these processes is ever started again."""
    monkeypatch.setattr(kept_logs, "MOST_BYTES", 1000)
    log = tmp_path / "web.log"
    says = ["sh", "-c", "while read line; do echo $line; done"]
    with log.open("ab") as out:
        one, other = (subprocess.Popen(says, stdin=subprocess.PIPE, stdout=out, text=True) for _each in range(2))
    logs = kept_logs.KeptLogs(tmp_path)

    def writes(process: "subprocess.Popen[str]", line: str) -> None:
        assert process.stdin is not None
        process.stdin.write(f"{line}\n")
        process.stdin.flush()
        while not log.read_text().endswith(f"{line}\n"):
            time.sleep(0.01)

    for count in range(40):
        writes(one, f"{count:02}" + " first" * 10)
        writes(other, f"{count:02}" + " second" * 10)
        logs.looked = -100.0
        logs.look()
        assert log.stat().st_size <= 1000
    old = log.with_suffix(".old.log")
    kept = old.read_text() + log.read_text()
    assert old.stat().st_size <= 1000 and "\0" not in kept
    assert [line[:8] for line in kept.splitlines()][-2:] == ["39 first", "39 secon"]
    for process in (one, other):
        process.communicate()


def test_silence_is_judged_by_whether_the_row_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [0.0]
    rows: dict[str, object] = {"worker": 1, "beat": 1}
    monkeypatch.setattr("supervisor.pulse.time.monotonic", lambda: moment[0])
    monkeypatch.setattr(Pulse, "_rows", lambda self: dict(rows))
    pulse = Pulse("", ["worker", "beat"])
    told: list[str] = []
    for second in range(10, 131, 10):
        moment[0] = float(second)
        rows["beat"] = second
        told = pulse.silent()
    assert told == ["worker"]


def test_nobody_is_to_blame_while_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [0.0]
    monkeypatch.setattr("supervisor.pulse.time.monotonic", lambda: moment[0])
    monkeypatch.setattr(Pulse, "_rows", lambda self: None)
    pulse = Pulse("", ["worker"])
    for second in range(10, 300, 10):
        moment[0] = float(second)
        assert pulse.silent() == []


def test_the_folder_of_data_follows_the_option_then_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "a"))
    assert Place.of(None).data == tmp_path / "a"
    assert Place.of(str(tmp_path / "b c")).data == tmp_path / "b c"
    monkeypatch.delenv("DATA_DIR")
    assert Place.of(None).data == ROOT / "var"


def test_only_what_makes_tables_knows_their_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("MIGRATE_DATABASE_URL", "postgresql://somebody@elsewhere/else")
    urls = {"database_url": "postgresql://app@here/db", "owner_url": "postgresql://owner@here/db"}
    env = environment(Place(tmp_path), redis_url="", **urls)
    assert (env["DATABASE_URL"], env["MIGRATE_DATABASE_URL"]) == tuple(urls.values())
    for process in (processes.web(Place(tmp_path), env, 8000), processes.worker(Place(tmp_path), env)):
        assert "owner@here" not in str(process.env)
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@elsewhere/else")
    env = environment(Place(tmp_path), redis_url="", **urls)
    assert env["MIGRATE_DATABASE_URL"] == "postgresql://somebody@elsewhere/else"


def test_a_start_that_ends_early_collects_no_files_any_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "_begin", lambda *arguments: subprocess.Popen(["sleep", "60"]))
    with pytest.raises(KeyboardInterrupt), prepare.Files(Place(tmp_path), {}) as files:
        raise KeyboardInterrupt
    assert files.process is not None
    assert files.process.wait(60) == -signal.SIGKILL
    assert not (tmp_path / "stamps" / "static").exists()


def test_what_python_compiled_is_kept_for_the_next_process() -> None:
    """Images and CI often say that it is not: each of our processes would compile Django again."""
    asked = '. "$root/supervisor/find_python.sh"; echo "${PYTHONDONTWRITEBYTECODE-not set}"'
    env = {**os.environ, "root": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(["sh", "-euc", asked], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "not set"


def test_an_installation_that_was_stopped_halfway_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Packages that were half in place looked whole to the next start."""
    venv = tmp_path / ".venv"
    venv.mkdir()
    for name, value in (
        ("ROOT", tmp_path),
        ("VENV", venv),
        ("PYTHON", Path(sys.executable)),
        ("STAMP", venv / "installed.json"),
        ("UNFINISHED", venv / "unfinished"),
    ):
        monkeypatch.setattr(install, name, value)
    made: list[bool] = []
    monkeypatch.setattr(install, "_make_venv", lambda: made.append(install.UNFINISHED.exists()))
    ends: list[BaseException | None] = [None, KeyboardInterrupt(), Plain("no index"), None]

    def end(_lock: Path) -> None:
        if error := ends.pop(0):
            raise error

    monkeypatch.setattr(install, "_install", end)
    install.ensure()
    install.ensure()  # there already
    install.STAMP.unlink()
    with pytest.raises(KeyboardInterrupt):
        install.ensure()
    with pytest.raises(Plain):
        install.ensure()
    install.ensure()
    assert made == [False, False, True, False] and not ends and not install.UNFINISHED.exists()
