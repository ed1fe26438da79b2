"""script/server: from a fresh clone to the first page, and then keeps everything running."""

import argparse
import os
import shlex
import sys

from opmeer_kcc.demo_accounts import ACCOUNTS
from supervisor import children, environment, install, locks, mode, ports, prepare, processes
from supervisor.embedded import Services
from supervisor.keeper import Keeper
from supervisor.place import PYTHON, ROOT, VENV, Place
from supervisor.plain import Plain, say

LONGEST_STATEMENT_MS = 86_400_000


def main(argv: list[str]) -> int:
    options = _options(argv)
    place = Place.of(options.data)
    place.data.mkdir(parents=True, exist_ok=True)
    lock = locks.take(place.data / "server.lock", wait=10 if not place.running.exists() else 1)
    if lock is None:
        raise Plain(_who_is_there(place))
    children.end_leftovers(Keeper.leftovers(place))
    place.running.unlink(missing_ok=True)  # of one that was killed: its database is not there
    _see_to_port(options.port)
    _see_to_limit(os.environ.get("WORKER_STATEMENT_TIMEOUT_MS", "").strip())
    install.ensure()
    if os.path.realpath(sys.prefix) != os.path.realpath(VENV):  # the rest needs the packages
        lock.close()
        os.execv(PYTHON, [str(PYTHON), "-P", "-m", "supervisor", "server", *argv])
    if place.is_new:
        say(f"There is nothing in {place.data} yet: a new installation begins there.", to=sys.stderr)
    return _run(place, options)


def _settle_mode(place: Place, found: mode.Found, *, no_demo: bool) -> None:
    """What began stays what it is: a flag that was forgotten once would open the installation of real people as a demo."""
    began = mode.chosen(place)
    if no_demo and found == "demo" and began != "empty":
        raise Plain(f"The installation in {place.data} is a demo: begin an empty one in another folder with --data.")
    mode.settle(place, found)
    if found == "nobody" and (no_demo or not began):
        mode.begin(place, no_demo=no_demo)
    elif found == "real" and began == "demo":
        say("The people in this database are not those of the demo, so it is not opened as one.", to=sys.stderr)
    elif began == "empty" and not no_demo:
        say(
            f"The installation in {place.data} began without the demo and stays so; --data DIR makes another.",
            to=sys.stderr,
        )


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("script/server", description="Starts the whole application on this machine.")
    parser.add_argument("--port", type=int, default=8000, help="port of the site on 127.0.0.1 (8000)")
    parser.add_argument("--data", help="folder of the database, the files and the secrets (var)")
    parser.add_argument("--no-demo", action="store_true", help="an empty installation instead of the demo municipality")
    parser.add_argument("--no-worker", action="store_true", help="only the site: no worker, no beat, no broker")
    options = parser.parse_args(argv)
    if not 1 <= options.port <= 65535:
        parser.error("--port must be between 1 and 65535")
    return options


def _see_to_port(port: int) -> None:
    try:
        is_taken = ports.is_taken(port)
    except PermissionError as error:
        raise Plain(f"Port {port} is only for the administrator of this machine: choose one above 1023.") from error
    if is_taken:
        raise Plain(f"Port {port} is in use by another program: choose another one with --port.")


def _see_to_limit(given: str) -> None:
    """Said here: in the log of a worker that is started again for ever nobody would read it."""
    is_number = given.isascii() and given.isdecimal()
    if given and not (is_number and len(given) <= 8 and int(given) <= LONGEST_STATEMENT_MS):
        raise Plain(
            f"WORKER_STATEMENT_TIMEOUT_MS must be a whole number of milliseconds, at most a day, not {given!r}."
        )


def _who_is_there(place: Place) -> str:
    return (
        f"A server already runs on the data in {place.data}: stop that one, or give this one another folder with --data."
        if place.running.exists()
        else f"Another command works on the data in {place.data}: try again when it is done."
    )


def _run(place: Place, options: argparse.Namespace) -> int:
    services = Services(place, broker=not options.no_worker)
    keeper = Keeper(place, services)

    def env() -> dict[str, str]:
        return environment.environment(
            place,
            database_url=services.database_url,
            owner_url=services.owner_url,
            redis_url=services.redis_url,
            port=options.port,
        )

    is_made = place.stamps / "made"
    is_made.unlink(missing_ok=True)

    def load_site() -> None:
        keeper.run(processes.web(place, {**env(), "OPENS_WHEN_THERE": str(is_made)}, options.port))

    with keeper, prepare.Files(place, env()) as files:
        services.start()
        keeper.note()
        _settle_mode(place, mode.whose_database(services.owner_url), no_demo=options.no_demo)
        is_demo = mode.is_demo(place)
        is_ours = services.postgres is not None
        prepare.everything(
            place, env(), is_ours=is_ours, load=is_demo, files=files, meanwhile=load_site, shows_password=True
        )
        is_made.touch()
        keeper.wait_for_page(options.port)
        if not options.no_worker:
            keeper.run(processes.worker(place, env()))
            keeper.run(processes.beat(place, env()))
            keeper.run(processes.mailwatch(place, env()))
            keeper.run(processes.stream(place, env()))
            if env().get("ASTERISK_AMI"):
                keeper.run(processes.asterisk(place, env()))
        if os.environ.get("BACKUP_DIR"):
            keeper.run(processes.backup(place, env()))
        keeper.tell(env())
        _welcome(place, env(), options.port, is_demo=is_demo)
        keeper.watch()
    return 0


def _welcome(place: Place, env: dict[str, str], port: int, *, is_demo: bool) -> None:
    lines = [f"Servicecentrum Opmeer runs at http://127.0.0.1:{port}/"]
    if is_demo:
        password = env.get("DEMO_PASSWORD") or "opmeer-demo-2026"
        lines += ["", f"Demo accounts, all with the password {password}"]
        lines += [f"  {name:<10}{meaning}" for name, meaning in ACCOUNTS.items()]
    else:
        there = "" if place.data == ROOT / "var" else f"--data {shlex.quote(str(place.data))} "
        lines += ["", f"script/manage {there}set_up makes the first administrator of an empty installation."]
    lines += ["", "Ctrl-C stops everything."]
    say("\n".join(lines), to=sys.stdout)
