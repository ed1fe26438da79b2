"""What lies where in BACKUP_DIR: sets of one moment, the database's log since then, and the attachments, which are only ever added."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from opmeer_kcc.backup.sealed import Sealing, key_from, unsealed
from supervisor.plain import Plain

_STAMP = re.compile(r"^\d{8}T\d{6}Z$")
SEALED = ".sealed"


@dataclass(frozen=True)
class Made:
    """One set. `kind`: `base` (the whole cluster, goes on with the log to any later moment) or `dump`."""

    stamp: str
    kind: str
    at: str
    size: int
    seconds: float
    version: str
    first_segment: str = ""

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)


def keys() -> Sequence[bytes]:
    if not settings.BACKUP_KEYS:
        raise Plain("Set BACKUP_KEYS: without a key no backup is made, for it would lie there readable.")
    return [key_from(one) for one in settings.BACKUP_KEYS]


def second_place() -> Path:
    """The folder that was set; made by whoever manages the server, so that a disk that is not mounted is noticed."""
    if not settings.BACKUP_DIR:
        raise Plain("Set BACKUP_DIR: the folder of the backups, on another disk or machine than DATA_DIR.")
    path = Path(settings.BACKUP_DIR)
    if not path.is_dir():
        raise Plain(f"The folder of the backups is not there: {path}. Is the disk mounted?")
    if path.resolve().is_relative_to(settings.DATA_DIR.resolve() / "postgres"):
        raise Plain("BACKUP_DIR lies within the database it should save: choose another disk or machine.")
    return path


def told(error: Exception) -> str:
    """A disk that is full, a folder that is closed, an archive that is none: in a sentence."""
    if not isinstance(error, OSError):
        return f"The backup cannot be read: {error}"
    return f"{error.filename or 'The disk'} cannot be used: {error.strerror or error}."


def folder(name: str) -> Path:
    path = second_place() / name
    path.mkdir(exist_ok=True, mode=0o700)
    return path


def sets() -> list[Made]:
    """Whole sets, oldest first; one that broke off has no manifest and does not count."""
    found = []
    for path in sorted(folder("sets").iterdir()):
        manifest = path / "manifest.json"
        if _STAMP.match(path.name) and manifest.is_file():
            found.append(_read(manifest))
    return found


def _read(manifest: Path) -> Made:
    try:
        return Made(**json.loads(manifest.read_text()))
    except (ValueError, TypeError) as error:
        raise Plain(f"{manifest} cannot be read: move that set elsewhere, and the others are found.") from error


def newest() -> Made:
    found = sets()
    if not found:
        raise Plain(f"There is no backup in {second_place()} yet: make one with script/manage backup.")
    return found[-1]


def newest_before(moment: datetime) -> Made:
    """The last one that was whole by then: from a later one nothing goes back to that moment."""
    found = sets()
    fitting = [one for one in found if one.moment + timedelta(seconds=one.seconds) <= moment]
    if found and not fitting:
        raise Plain(f"No backup is that old: the oldest was made at {found[0].at}.")
    return fitting[-1] if fitting else newest()


def chosen(stamp: str) -> Made:
    found = {one.stamp: one for one in sets()}
    if stamp not in found:
        raise Plain(f"There is no backup {stamp}. There are: {', '.join(found) or 'none'}.")
    return found[stamp]


def write_manifest(made: Made) -> None:
    path = folder("sets") / made.stamp / "manifest.json"
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(asdict(made), indent=1))
    draft.replace(path)


def seal_bytes(path: Path, data: bytes) -> None:
    with Sealing(path, keys()[0]) as out:
        out.write(data)


def unseal_to(path: Path, target: Path, *, mode: int = 0o600) -> None:
    """Complete, or not there: what a restore that broke off wrote half would stay so, as the next one leaves alone what is there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.part")
    with draft.open("wb") as file:
        for piece in unsealed(path, keys()):
            file.write(piece)
    draft.chmod(mode)
    draft.replace(target)


def keep_files() -> int:
    """Attachments that are not in the second place yet; they are write-once by hash, so what is there stays. Gives how many came."""
    source, target = settings.FILES_DIR, folder("files")
    count = 0
    for path in source.rglob("*") if source.is_dir() else ():
        sealed = target / path.name[:2] / f"{path.name}{SEALED}"
        if path.is_file() and not path.name.startswith(".") and not sealed.exists():
            sealed.parent.mkdir(exist_ok=True)
            with Sealing(sealed, keys()[0]) as out, path.open("rb") as file:
                out.pour(file)
            count += 1
    return count


def forget(days: int, at: datetime) -> list[str]:
    """Sets older than so many days go, never the newest; and the log from before the oldest that stays."""
    found = sets()
    old = [one for one in found[:-1] if one.moment < at - timedelta(days=days)]
    for one in old:
        shutil.rmtree(folder("sets") / one.stamp)
    left = [one.first_segment for one in found if one not in old and one.first_segment]
    for path in folder("log").iterdir():
        if left and len(path.name) == 24 + len(SEALED) and path.name < min(left):
            path.unlink()
    _forget_files(days, at)
    for path in folder("sets").iterdir():  # what broke off more than a day ago
        begun = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        if not (path / "manifest.json").exists() and begun < at - timedelta(days=1):
            shutil.rmtree(path)
    return [one.stamp for one in old]


def _forget_files(days: int, at: datetime) -> None:
    """An attachment that was erased here goes there too, when no set is left that names it (quality rule 46, the right to be erased)."""
    here = (
        {path.name for path in settings.FILES_DIR.rglob("*") if path.is_file()}
        if settings.FILES_DIR.is_dir()
        else set()
    )
    if not here:  # a disk that is not mounted erases nothing
        return
    for sealed in folder("files").rglob(f"*{SEALED}"):
        gone = sealed.with_suffix(".gone")
        if sealed.name.removesuffix(SEALED) in here:
            gone.unlink(missing_ok=True)
        elif not gone.exists():
            gone.touch()
            os.utime(gone, (at.timestamp(), at.timestamp()))
        elif gone.stat().st_mtime < (at - timedelta(days=days)).timestamp():
            sealed.unlink()
            gone.unlink()
