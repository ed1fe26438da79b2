"""Makes one backup: the database first, then the attachments, so that a copy never has a row without its file (quality rule 46)."""

from __future__ import annotations

import errno
import gzip
import json
import shutil
import threading
import time
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from opmeer_kcc.backup import place, tools
from opmeer_kcc.backup.sealed import Sealing
from organisation import nightly
from organisation.owner import as_owner, leads_elsewhere
from supervisor.plain import Plain

PACKED = ".gz"
_one_ships = threading.Lock()
KEEPS = (errno.EPERM, errno.EACCES, errno.EROFS)
"""What storage says that lets nothing go before its own term."""
BASE, DUMP, KEYS = "base.tar.sealed", "database.dump.sealed", "keys.json.sealed"


def make_backup(*, at: datetime) -> place.Made:
    """A new set, what it needs of the log and of the attachments; then older sets go as was chosen."""
    target = place.folder("sets") / f"{at:%Y%m%dT%H%M%SZ}"
    target.mkdir(mode=0o700)
    try:
        made = _whole_set(target, at)
    except BaseException:  # begun again every few minutes, copies that are not whole would fill the disk
        shutil.rmtree(target, ignore_errors=True)
        raise
    told: dict[str, object] = {"kind": made.kind, "bytes": made.size, "seconds": made.seconds}
    nightly.done("backup", at, **told)
    try:
        place.forget(settings.BACKUP_KEEP_DAYS, at)
    except OSError as refusal:
        if refusal.errno not in KEEPS:
            raise
        nightly.done("backup", at, **told, kept=True)  # the storage's own term has the last word, as it should
    return made


def _whole_set(target: Path, at: datetime) -> place.Made:
    """Its manifest comes last: without it nothing counts as a set."""
    if sentence := leads_elsewhere():  # night after night a backup of something else would look well
        raise Plain(sentence)
    begun = time.monotonic()
    is_base = tools.can_copy_the_cluster()
    first = _segment() if is_base else ""
    size = _copy_cluster(target) if is_base else _dump(target)
    if is_base:
        ship_log()
    place.keep_files()
    made = place.Made(
        stamp=target.name,
        kind="base" if is_base else "dump",
        at=at.isoformat(),
        size=size,
        seconds=round(time.monotonic() - begun, 1),
        version=_version(),
        first_segment=first,
    )
    place.write_manifest(made)
    return made


def _copy_cluster(target: Path) -> int:
    # without its part of the log, which the database has put beside itself when this ends: fetched afterwards, some of it may be gone
    command = [tools.program("pg_basebackup"), "--pgdata=-", "--format=tar", "--wal-method=none"]
    command += ["--checkpoint=fast", "--no-manifest", "--no-password"]
    with Sealing(target / BASE, place.keys()[0]) as out:
        tools.pour_into(out, command, tools.reach(tools.owner()), "The copy of the database")
    folder = Path(settings.DATA_DIR) / "postgres"
    secrets = {name: (folder / name).read_text() for name in ("password", "app_password") if (folder / name).exists()}
    place.seal_bytes(target / KEYS, json.dumps(secrets).encode())
    return out.size


def _dump(target: Path) -> int:
    command = [tools.program("pg_dump"), "--format=custom", "--compress=0", "--no-password", "--lock-wait-timeout=60s"]
    with Sealing(target / DUMP, place.keys()[0]) as out:
        tools.pour_into(out, command, tools.reach(tools.owner()), "The dump of the database")
    return out.size


def _segment() -> str:
    """The piece of the log in which the copy begins; nothing older is needed to go on from it."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_walfile_name(redo_lsn) FROM pg_control_checkpoint()")
        return str(cursor.fetchone()[0])


def _version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


def ship_log() -> int:
    """Brings finished pieces of the log to the second place, oldest first, and only then lets them go here; gives how many."""
    source = tools.log_folder()
    if not source.is_dir():
        return 0
    with _one_ships:
        return _ship(source)


def _ship(source: Path) -> int:
    target = place.folder("log")
    count = 0
    for path in sorted(source.iterdir()):
        if not path.name.endswith(PACKED):
            continue
        sealed = target / f"{path.name.removesuffix(PACKED)}{place.SEALED}"
        try:
            if not sealed.exists():
                with Sealing(sealed, place.keys()[0]) as out, gzip.open(path) as file:
                    out.pour(file)  # type: ignore[arg-type]
        except FileNotFoundError:
            if path.exists():
                raise
            continue  # `--watch` brought it away meanwhile, while somebody makes a set by hand
        path.unlink(missing_ok=True)
        count += 1
    return count
