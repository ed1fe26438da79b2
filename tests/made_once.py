"""The tables are made once, as a template from which every test process copies its database.

The template is kept as long as the migrations and the packages stay as they are.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg2
from django.apps import apps

from supervisor.place import ROOT, digest

Where = dict[str, object]
"""Django's settings of one database."""


def template(where: Where) -> str:
    """The name of a database with every migration applied; made when it is not there yet."""
    base = f"template_{where['NAME']}"
    name = f"{base}_{_fingerprint()}"
    with _one_at_a_time(base), _server(where) as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"{base}_"])
        found = {row[0] for row in cursor.fetchall()}
        if name not in found:
            for old in found:
                cursor.execute(f'DROP DATABASE "{old}"')
            cursor.execute(f'CREATE DATABASE "{name}_begun"')
            _migrate(where, f"{name}_begun")
            cursor.execute(f'ALTER DATABASE "{name}_begun" RENAME TO "{name}"')
    return name


def _fingerprint() -> str:
    files = [path for app in apps.get_app_configs() for path in (Path(app.path) / "migrations").glob("*.py")]
    return digest([*files, ROOT / "requirements-dev.lock"])[:12]


@contextmanager
def _one_at_a_time(name: str) -> Iterator[None]:
    with (Path(tempfile.gettempdir()) / f"{name}-{os.getuid()}.lock").open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def _server(where: Where) -> Iterator[psycopg2.extensions.cursor]:
    line = psycopg2.connect(
        dbname="postgres", user=where["USER"], password=where["PASSWORD"], host=where["HOST"], port=where["PORT"]
    )
    line.autocommit = True
    try:
        yield line.cursor()
    finally:
        line.close()


def _migrate(where: Where, name: str) -> None:
    secret = quote(str(where["PASSWORD"]), safe="")
    url = f"postgresql://{where['USER']}:{secret}@{where['HOST']}:{where['PORT']}/{name}"
    env = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "opmeer_kcc.settings_test"}
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v", "0", "--skip-checks"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
