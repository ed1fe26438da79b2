"""script/manage: a management command with the services of the running server, or with its own for as long as it takes.

Standard output and the exit code are the command's own.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from supervisor import children, commands, install, locks, mode, prepare
from supervisor.embedded import Services
from supervisor.environment import OWNER, environment
from supervisor.place import PYTHON, ROOT, VENV, Place
from supervisor.plain import Plain, say

PATIENCE_SECONDS = 300
"""A server that makes a new installation on a busy machine takes minutes; when it ends, the command goes on alone."""

SAID_AFTER_SECONDS = 3


def main(argv: list[str]) -> int:
    data = None
    if argv and argv[0].startswith("--data="):
        argv = ["--data", argv[0].removeprefix("--data="), *argv[1:]]
    if argv[:1] == ["--data"]:
        if not argv[1:2] or not argv[1]:
            print("Name the folder behind --data.", file=sys.stderr)
            return 2
        data, argv = argv[1], argv[2:]
    if sentence := commands.refusal(commands.name_of(argv)):
        print(sentence, file=sys.stderr)
        return 2
    place = Place.of(data)
    install.ensure()
    if os.path.realpath(sys.prefix) != os.path.realpath(VENV):
        os.execv(PYTHON, [str(PYTHON), "-P", "-m", "supervisor", "manage", *(["--data", data] if data else []), *argv])
    prepare.translations()
    nowhere = os.environ.get("DATABASE_URL") or "postgresql://nobody@127.0.0.1:1/nothing"
    if not commands.needs_database(argv):
        return _call(argv, environment(place, database_url=nowhere, redis_url=""))
    if place.is_new and not os.environ.get("DATABASE_URL"):
        if code := _is_called_wrongly(argv, nowhere):
            return code
        say(f"There is nothing in {place.data} yet: a new installation begins there.", to=sys.stderr)
    begun, is_said = time.monotonic(), False
    lock = locks.take(place.data / "server.lock", shared=True)  # held as long as this process lives
    while lock is None:
        if told := _told(place):
            return _with_the_server(place, told, argv)
        waited = time.monotonic() - begun
        if waited > PATIENCE_SECONDS:
            raise Plain(f"The server on the data in {place.data} does not get started; look at what it says.")
        if waited > SAID_AFTER_SECONDS and not is_said:
            is_said = True
            say(f"The server on the data in {place.data} is being started: this waits for it.", to=sys.stderr)
        time.sleep(0.1)
        lock = locks.take(place.data / "server.lock", shared=True)
    if url := os.environ.get("DATABASE_URL"):
        _settle_mode(place, os.environ.get(OWNER) or url, commands.name_of(argv))
        return _call(argv, environment(place, database_url="", redis_url=""))
    return _alone(place, argv)


def _settle_mode(place: Place, url: str, command: str) -> None:
    """While nobody is in the database, `set_up` makes it one of real people, and what DEMO_MODE says counts for the server that is
    started later without it."""
    found, is_said = mode.whose_database(url), bool(os.environ.get("DEMO_MODE"))
    mode.settle(place, found)
    if found == "nobody" and not mode.chosen(place) and (is_said or command in commands.OF_REAL_PEOPLE):
        mode.begin(place, no_demo=not is_said)


def _is_called_wrongly(argv: list[str], nowhere: str) -> int:
    """2, said by the command itself, before a new installation is made for it; leaves nothing behind."""
    if argv[0] != commands.name_of(argv):
        return 0
    with tempfile.TemporaryDirectory(prefix="usage-") as folder:
        env = environment(Place(Path(folder)), database_url=nowhere, redis_url="")
        asked = [str(PYTHON), "-m", "supervisor.inside", "usage", *argv]
        return subprocess.run(asked, env=env, cwd=ROOT, check=False).returncode


def _told(place: Place) -> dict[str, str]:
    """What the running server says of itself; nothing while it is on its way."""
    try:
        return dict(json.loads(place.running.read_text()))
    except (OSError, ValueError):
        return {}


def _with_the_server(place: Place, told: dict[str, str], argv: list[str]) -> int:
    env = environment(
        place, database_url=told["DATABASE_URL"], owner_url=told.pop(OWNER, ""), redis_url=told["REDIS_URL"]
    )
    for name, value in told.items():
        if not os.environ.get(name):
            env[name] = value
    return _call(argv, env)


def _alone(place: Place, argv: list[str]) -> int:
    """The first command starts the database, those beside it use it, and the first stops it when all are done."""
    command = commands.name_of(argv)
    told = place.data / "command.json"
    while (starter := locks.take(place.data / "command.lock")) is None:
        with (place.data / "users.lock").open("a") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                app, owner = json.loads(told.read_text())
                _settle_mode(place, owner, command)
                return _call(argv, environment(place, redis_url="", database_url=app, owner_url=owner))
            except (OSError, ValueError):
                fcntl.flock(users, fcntl.LOCK_UN)
                time.sleep(0.05)
    children.end_leftovers(_leftovers(place))
    services = Services(place, broker=False)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(143))
    try:
        services.start()
        app, owner = services.database_url, services.owner_url
        _settle_mode(place, owner, command)
        env = environment(place, redis_url="", database_url=app, owner_url=owner)
        if command not in commands.WITHOUT_TABLES:
            load = mode.is_demo(place) and command not in commands.WITHOUT_DEMO
            prepare.everything(place, env, is_ours=True, load=load)
            if load and not mode.chosen(place):
                mode.begin(place)
        with os.fdopen(os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
            json.dump([app, owner], handle)
        return _call(argv, env)
    finally:
        with locks.held(place.data / "users.lock"):
            told.unlink(missing_ok=True)
        services.stop()
        starter.close()


def _leftovers(place: Place) -> dict[str, str]:
    """A database that a killed supervisor left is on its way out."""
    try:
        pid = (place.data / "postgres" / "data" / "postmaster.pid").read_text().split("\n")[0]
    except OSError:
        return {}
    command = Path(f"/proc/{pid}/cmdline")
    is_ours = command.exists() and str(place.data / "postgres" / "data").encode() in command.read_bytes()
    return {pid: children.born(int(pid))} if is_ours else {}


def _call(argv: list[str], env: dict[str, str]) -> int:
    """Runs Django's manage.py in the caller's own folder; Ctrl-C reaches it by itself."""
    env = {**env, "STATEMENT_TIMEOUT_MS": os.environ.get("STATEMENT_TIMEOUT_MS") or "600000"}
    if env.get(OWNER) and commands.ABOUT_TABLES & set(argv):
        env["DATABASE_URL"] = env[OWNER]  # the role of the application may not be there yet
    dies = children.dies_with_parent(signal.SIGTERM)  # a restore, say, goes on for half an hour
    process = subprocess.Popen([str(PYTHON), str(ROOT / "manage.py"), *argv], env=env, preexec_fn=dies)
    previous = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        code = process.wait()
    except SystemExit:
        process.terminate()
        process.wait()
        raise
    finally:
        signal.signal(signal.SIGINT, previous)
    return code if code >= 0 else 128 - code
