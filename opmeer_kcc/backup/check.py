"""Whether the newest backup can be brought back: done for real, on a database of its own, and held against the invariants."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO

import psycopg2
from django.conf import settings

from opmeer_kcc.backup import place
from opmeer_kcc.backup.restore import (
    copied_environment,
    restore_cluster,
    restore_dump_there,
    restore_files,
    seconds_since,
)
from organisation import nightly
from organisation.clock import now
from supervisor import locks
from supervisor.place import ROOT
from supervisor.plain import Plain
from supervisor.postgres import FLEETING, Postgres

NAME = "backup_check"
SCRATCH = "backup-check-"


@dataclass
class Checked:
    """What was found. `lost_seconds`: how old the newest sign of life in the copy was when the check began."""

    stamp: str
    kind: str
    seconds: float = 0.0
    lost_seconds: float | None = None
    contacts: int = 0
    files: int = 0
    violations: int = 0
    found: list[str] = field(default_factory=list)


def check_backup(*, at: datetime) -> Checked:
    """Brings the newest set back beside the real database, checks it, throws the copy away, and leaves the result on the health page."""
    begun = time.monotonic()
    made = place.newest()
    result = Checked(made.stamp, made.kind)
    scratch, lock = _scratch()
    postgres: Postgres | None = None
    try:
        folder, log = scratch / "postgres", scratch / "database.log"
        if made.kind == "base":
            postgres = restore_cluster(made, folder, log)
        else:
            postgres = restore_dump_there(made, folder, log, FLEETING)
        result.files = restore_files(scratch / "files")
        _look(postgres.owner_url, result, at)
        _invariants(postgres.owner_url, scratch / "files", result)
    except Plain as sentence:
        result.violations += 1
        result.found.append(str(sentence))
    finally:
        if postgres is not None:
            postgres.stop()
        shutil.rmtree(scratch, ignore_errors=True)
        lock.close()
    result.seconds = seconds_since(begun)
    nightly.done(NAME, now(), **asdict(result))
    return result


def _scratch() -> tuple[Path, IO[str]]:
    """A folder that is held for as long as this process lives; those of a check that was stopped half-way, gigabytes each, go."""
    for left in Path(settings.DATA_DIR).glob(f"{SCRATCH}*"):
        with suppress(OSError):
            if held := locks.take(left / "lock"):
                shutil.rmtree(left, ignore_errors=True)
                held.close()
    scratch = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=settings.DATA_DIR))
    scratch.chmod(0o711)
    lock = locks.take(scratch / "lock")
    assert lock is not None  # noqa: S101 - nobody knows of it yet
    return scratch, lock


def _look(url: str, result: Checked, at: datetime) -> None:
    connection = psycopg2.connect(url, connect_timeout=10)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM contacts_contact")
            result.contacts = cursor.fetchone()[0]
            cursor.execute("SELECT max(beat_at) FROM organisation_heartbeat WHERE name IN ('worker', 'beat')")
            (beat,) = cursor.fetchone()
    finally:
        connection.close()
    if beat is not None:
        result.lost_seconds = round((at - beat).total_seconds(), 1)


def _invariants(url: str, files: Path, result: Checked) -> None:
    command = [sys.executable, str(ROOT / "manage.py"), "check_invariants"]
    done = subprocess.run(command, env=copied_environment(url, files), capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or not done.stdout.strip():
        said = done.stderr.strip().splitlines()
        raise Plain(f"The copy could not be checked: {said[-1] if said else 'no reason given'}")
    for line in done.stdout.splitlines():
        one = json.loads(line)
        if one["violations"] and not one["invariant"].startswith("I6"):  # a copy of a while ago waits by nature
            result.violations += one["violations"]
            result.found.append(f"{one['invariant']}: {one['violations']}")
