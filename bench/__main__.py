"""script/bench [--contacts N] [--only NAME …] [--seconds S] [--runs R]: one JSON object a line per workload and number of clients."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from bench import phone, webhooks
from bench.limits import measure as limits
from bench.runs import measure, say
from bench.server import Server, environment, sign_in
from bench.workloads import Asker, table
from supervisor import install
from supervisor.embedded import Services
from supervisor.place import PYTHON, ROOT, VENV, Place

CLIENTS = (1, 8)
PHONE = {"phone_events", "screen_pop"}
JOBS = (
    "settle_due",
    "take_in_mail",
    "figures_group_by",
    "figures_report",
    "figures_changes",
    "figures_rebuild",
    "knowledge_search",
    "knowledge_search_en",
    "survey_invite",
    "survey_taken_in",
    "readability",
)


def main() -> int:
    options = _options()
    install.ensure()
    if os.path.realpath(sys.prefix) != os.path.realpath(VENV):
        os.execv(PYTHON, [str(PYTHON), "-m", "bench", *sys.argv[1:]])
    place = Place.of(os.environ.get("DATA_DIR") or str(ROOT / "var" / "bench"))
    services = Services(place, broker=False)
    services.start()
    try:
        url = _own_database(place, services.owner_url, options.contacts, fresh=not options.keep)
        env = environment({**os.environ, "DATA_DIR": str(place.data)}, url)
        facts = _rows(place, env, options)
        _measure(place, env, facts, options)
    finally:
        services.stop()
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="script/bench", description="Measures the application on a large municipality."
    )
    parser.add_argument("--contacts", type=int, default=100_000, help="number of contacts to load (default 100,000)")
    parser.add_argument("--years", type=int, default=3, help="years over which they are spread (default 3)")
    parser.add_argument("--only", nargs="+", default=[], help="names of the workloads to run")
    parser.add_argument("--seconds", type=float, default=8.0, help="length of one run (default 8)")
    parser.add_argument("--runs", type=int, default=1, help="runs of which the median counts")
    parser.add_argument(
        "--clients", type=int, nargs="+", default=list(CLIENTS), help="numbers of clients (default 1 and 8)"
    )
    parser.add_argument("--keep", action="store_true", help="use the rows of the last time when they are there")
    options = parser.parse_args()
    if strange := sorted(set(options.only) - names()):
        parser.error(f"There is no workload {', '.join(strange)}. The names are: {', '.join(sorted(names()))}.")
    return options


def names() -> set[str]:
    """What `--only` takes."""
    works = table(Asker(defaultdict(lambda: "2000-01-01"), {}))  # whatever the rows are
    return {work.name for work in works} | limits.NAMES | PHONE | {"webhooks", *JOBS}


def _own_database(place: Place, url: str, contacts: int, *, fresh: bool) -> str:
    """A database of its own beside the one that the address names; its old rows go, unless kept."""
    import psycopg2

    name = f"bench_{contacts}"
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if not cursor.fetchone()[0]:
            raise SystemExit(
                "The benchmark loads rows without checking them one by one: DATABASE_URL must be of a superuser."
            )
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        exists = cursor.fetchone() is not None
        if exists and fresh:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
        if fresh or not exists:
            cursor.execute(f"CREATE DATABASE {name}")
            _facts_of(place, contacts).unlink(missing_ok=True)  # of rows that are gone
    connection.close()
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _facts_of(place: Place, contacts: int) -> Path:
    """Where the facts of the rows that were loaded are kept."""
    return place.data / f"bench_{contacts}.json"


def _rows(place: Place, env: dict[str, str], options: argparse.Namespace) -> dict[str, Any]:
    kept = _facts_of(place, options.contacts)
    longer = {**env, "STATEMENT_TIMEOUT_MS": "0"}
    subprocess.run(
        [str(PYTHON), "manage.py", "migrate", "--verbosity=0"], env=longer, cwd=ROOT, check=True, stdout=sys.stderr
    )
    if options.keep and kept.exists():
        _job("figures_catch_up", env, options)  # a migration may have noted days as changed, and no worker runs here
        return dict(json.loads(kept.read_text()))
    done = subprocess.run(
        [str(PYTHON), "-m", "bench.inside.load", str(options.contacts), str(options.years)],
        env=longer,
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    told = json.loads(done.stdout)
    say({"workload": "load", "contacts": options.contacts, **{f"{name}_s": s for name, s in told["seconds"].items()}})
    kept.write_text(json.dumps(told["facts"]))
    return dict(told["facts"])


def _measure(place: Place, env: dict[str, str], facts: dict[str, Any], options: argparse.Namespace) -> None:
    """Reads first, then what leaves rows, then the jobs. One client keeps its connection; eight do not, so that they spread."""
    subprocess.run(
        [str(PYTHON), "manage.py", "collectstatic", "--noinput", "--verbosity=0"],
        env=env,
        cwd=ROOT,
        check=True,
        stdout=sys.stderr,
    )
    names = set(options.only)
    env = {"FIELD_KEYS": webhooks.FIELD_KEY, **env}
    log = place.folder("log") / "bench.log"
    if names == {"webhooks"}:
        _webhooks(env, options, log)
        return
    if names and names <= PHONE:
        _phone(env, facts, options, names, log)
        return
    if not names or names & limits.NAMES:
        _limits(env, facts, options, names, log)
    if names and names <= limits.NAMES:
        return
    facts = {**facts, "survey": _surveys(env)}
    for writes in (False, True):
        for clients in options.clients:
            server = Server(env, log, keep_alive=clients == 1)
            try:
                asyncio.run(_all(server, facts, options, clients, writes, names))
            finally:
                server.stop()
    if not names or names & PHONE:
        _phone(env, facts, options, names, log)
    if not names or "webhooks" in names:
        _webhooks(env, options, log)
    for job in JOBS:
        if not names or job in names:
            _job(job, env, options)


def _phone(env: dict[str, str], facts: dict[str, Any], options: argparse.Namespace, names: set[str], log: Path) -> None:
    """The site with the process that keeps the open lines beside it."""
    server = Server(env, log, keep_alive=True)
    lines = phone.stream(env, log)

    async def measure() -> None:
        found = []
        cookies = await sign_in(server.port, "sanne", facts["password"])
        page = Asker(facts, cookies).page
        phone.inside(env, "desks", str(phone.SCREENS))
        if not names or "screen_pop" in names:
            found += await phone.screen_pop(
                server, facts, env, options.seconds, lambda n: page("/werkvoorraad/?lijst=alles")
            )
        if not names or "phone_events" in names:
            found.append(await phone.phone_events(server.port, facts, env, max(30.0, options.seconds)))
        for line in found:
            say({**line, "contacts": options.contacts, "rss_mb": round(server.memory_mb(), 1)})

    try:
        asyncio.run(measure())
    finally:
        lines.terminate()
        lines.wait(10)
        server.stop()


def _webhooks(env: dict[str, str], options: argparse.Namespace, log: Path) -> None:
    server = Server(env, log, keep_alive=False)
    try:
        say({**asyncio.run(webhooks.webhooks(server, env)), "contacts": options.contacts})
    finally:
        server.stop()


def _surveys(env: dict[str, str]) -> dict[str, Any]:
    """200,000 answers once, and links that nobody used yet."""
    longer = {**env, "STATEMENT_TIMEOUT_MS": "0"}
    command = [str(PYTHON), "-m", "bench.inside.surveys", "fill"]
    done = subprocess.run(command, env=longer, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout))


async def _all(
    server: Server, facts: dict[str, Any], options: argparse.Namespace, clients: int, writes: bool, names: set[str]
) -> None:
    cookies = await sign_in(server.port, "sanne", facts["password"])
    counted = {work.name: work for work in table(Asker(facts, cookies, {"X-Count-SQL": "1"}))}
    for work in table(Asker(facts, cookies)):
        if work.writes == writes and (not names or work.name in names):
            await measure(server, work, counted[work.name], clients, options)


def _limits(
    env: dict[str, str], facts: dict[str, Any], options: argparse.Namespace, names: set[str], log: Path
) -> None:
    """The bare site on the same rows: what the machine gives in this hour."""

    async def all_of(server: Server, clients: int) -> None:
        for work in limits.table(facts):
            if not names or work.name in names:
                await measure(server, work, work, clients, options)

    with limits.table_of_rows(env["DATABASE_URL"]):
        for clients in options.clients:
            server = Server(env, log, keep_alive=clients == 1, site=limits.SITE)
            try:
                asyncio.run(all_of(server, clients))
            finally:
                server.stop()


def _job(name: str, env: dict[str, str], options: argparse.Namespace) -> None:
    """The work without a screen, each in a process of its own; some tell more than one thing."""
    first = name.partition("_")[0]
    first = {"survey": "surveys"}.get(first, first)
    module = f"bench.inside.{first if first in ('figures', 'knowledge', 'readability', 'surveys') else 'jobs'}"
    command = [str(PYTHON), "-m", module, name]
    longer = {**env, "STATEMENT_TIMEOUT_MS": "0"}
    done = subprocess.run(command, env=longer, cwd=ROOT, check=False, stdout=subprocess.PIPE, text=True)
    told = json.loads(done.stdout) if done.returncode == 0 else {"workload": name, "skipped": f"exit {done.returncode}"}
    for line in told if isinstance(told, list) else [told]:
        say({**line, "clients": 1, "contacts": options.contacts})


if __name__ == "__main__":
    Path(ROOT / "var").mkdir(exist_ok=True)
    sys.exit(main())
