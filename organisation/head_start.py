"""An empty database gets its tables from one file, as all migrations together made them; the migrations after those follow.

Working out the models of the past after each of 140 migrations is most of the time of a first start (docs/adr/0030).
`script/head-start` writes the file.
"""

from __future__ import annotations

import inspect
from hashlib import sha256
from pathlib import Path

from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

FILE = Path(__file__).with_name("head_start.sql")

_IS_EMPTY = """
SELECT current_setting('server_version_num')::int / 10000, current_schema() = 'public' AND NOT EXISTS (
    SELECT FROM pg_class WHERE relnamespace = to_regnamespace('public') AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
)
"""


def give_head_start() -> bool:
    """False, and nothing done, where there are tables already, in another schema, or the file was not made of these migrations."""
    told, body = read(FILE.read_text())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_IS_EMPTY)
        version, is_empty = cursor.fetchone()
        if not (is_empty and told.pop("PostgreSQL", "") == str(version) and told.items() <= migrations().items()):
            return False
        cursor.execute(
            "SET LOCAL statement_timeout = 0; SET LOCAL search_path = ''; SET LOCAL check_function_bodies = off"
        )
        cursor.execute(body)
    return True


def read(text: str) -> tuple[dict[str, str], str]:
    """What the lines at the top tell (the version of PostgreSQL, and a digest per migration), and the statements."""
    head, _, body = text.partition("\n\n")
    told = (line.removeprefix("-- ").partition(": ") for line in head.splitlines())
    return {name: value for name, _, value in told if value}, body


def migrations() -> dict[str, str]:
    """Every migration that is there, of ours and of packages, with a digest of its file."""
    found = MigrationLoader(None).disk_migrations
    return {
        f"{app}.{name}": sha256(Path(inspect.getfile(type(migration))).read_bytes()).hexdigest()[:16]
        for (app, name), migration in found.items()
    }
