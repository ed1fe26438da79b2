"""Brings a backup back: a whole cluster to any moment of its log, or a dump into an empty database; and the attachments."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

import psycopg2
from django.conf import settings

from opmeer_kcc.backup import place, tools
from opmeer_kcc.backup.make import BASE, DUMP, KEYS
from opmeer_kcc.backup.sealed import unsealed
from opmeer_kcc.demo_accounts import whose
from supervisor.plain import Plain
from supervisor.postgres import Postgres, in_command

LONGEST_SECONDS = 4 * 3600
NOT_KNOWN_BEFORE_17 = 'unrecognized configuration parameter "transaction_timeout"'
"""What a server of version 15 or 16 says to the first line of a newer pg_restore, which sets nothing that matters and goes on."""


def restore_cluster(made: place.Made, folder: Path, log: Path, *, until: datetime | None = None) -> Postgres:
    """A running copy in `folder`, as far as the log goes or until the moment; the caller stops it.

    What does not succeed leaves no half database behind, so that it can be tried again in the same folder.
    """
    data, pieces = folder / "data", folder / "pieces"
    _refuse_database(data)
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        return _bring_back(made, folder, data, pieces, log, until)
    except BaseException:
        for begun in (data, pieces):
            shutil.rmtree(begun, ignore_errors=True)
        raise


def _bring_back(
    made: place.Made, folder: Path, data: Path, pieces: Path, log: Path, until: datetime | None
) -> Postgres:
    source = place.folder("sets") / made.stamp
    _untar(unsealed(source / BASE, place.keys()), data)
    data.chmod(0o700)
    for name, value in json.loads(b"".join(unsealed(source / KEYS, place.keys()))).items():
        path = folder / name
        path.write_text(value)
        path.chmod(0o600)
    for path in sorted(place.folder("log").glob(f"*{place.SEALED}")):
        name = path.name.removesuffix(place.SEALED)
        if name >= made.first_segment or name.endswith(".history"):
            place.unseal_to(path, pieces / name)
    pieces.mkdir(exist_ok=True)
    (data / "recovery.signal").touch()
    orders = {
        "restore_command": f"cp {in_command(pieces)}/%f '%p'",
        "archive_mode": "off",
        "recovery_target_action": "promote",
        "hot_standby": "off",  # it answers when everything is back, and not before
    }
    if until is not None:
        orders["recovery_target_time"] = until.isoformat()
    postgres = Postgres(folder, log, orders)
    postgres.patience = LONGEST_SECONDS
    postgres.own(data, pieces)
    try:
        postgres.start()
    except Plain as sentence:
        said = log.read_text(errors="replace")
        if "before consistent recovery point" in said:
            raise Plain("This backup was made after that moment: choose an older one with --set.") from sentence
        if "recovery target was reached" in said:
            raise Plain(
                "The log in the second place does not go that far: give an earlier moment, or leave it out."
            ) from sentence
        raise
    except BaseException:
        postgres.stop()  # it still reads the log, and what is removed would come back
        raise
    if (data / "recovery.signal").exists():
        postgres.stop()
        raise Plain(f"The copy did not get to its end; {log} tells why.")
    shutil.rmtree(pieces, ignore_errors=True)
    return postgres


def _refuse_database(data: Path) -> None:
    if data.exists() and any(data.iterdir()):
        raise Plain(f"There is a database in {data} already: choose a folder without one.")


def restore_dump_there(made: place.Made, folder: Path, log: Path, settings: dict[str, str] | None = None) -> Postgres:
    """A running database of its own in `folder`; the caller stops it. What does not succeed leaves nothing behind."""
    copy = Postgres(folder, log, settings)
    _refuse_database(copy.data)
    try:
        copy.start()
        secret = (folder / "password").read_text().strip()
        parts = {"NAME": "opmeer", "USER": "opmeer", "PASSWORD": secret, "HOST": "127.0.0.1", "PORT": str(copy.port)}
        restore_dump(made, parts)
    except BaseException:
        copy.stop()
        shutil.rmtree(copy.data, ignore_errors=True)
        raise
    return copy


def restore_dump(made: place.Made, database: dict[str, Any]) -> None:
    """Into an empty database, as its owner; rights of the application follow with `manage.py migrate`."""
    _refuse_tables(database)
    command = [tools.program("pg_restore"), "--no-owner", "--no-privileges", "--no-password"]
    command += [f"--dbname={database['NAME']}"]
    with tempfile.TemporaryFile() as told:  # not a pipe: nobody reads it before all is said
        with subprocess.Popen(
            command, env=tools.reach(database), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=told
        ) as process:
            assert process.stdin is not None  # noqa: S101 - for the types
            try:
                for piece in unsealed(place.folder("sets") / made.stamp / DUMP, place.keys()):
                    process.stdin.write(piece)
                process.stdin.close()
            except BrokenPipeError:
                pass
        told.seek(0)
        said = told.read().decode(errors="replace").strip().splitlines()
    wrong = [line for line in said if "error:" in line and NOT_KNOWN_BEFORE_17 not in line]
    is_harmless = not wrong and any(NOT_KNOWN_BEFORE_17 in line for line in said)
    if process.returncode and not is_harmless:
        raise Plain(f"Bringing the dump back failed: {[*wrong, *said[-1:], 'no reason given'][0]}")


def _refuse_tables(database: dict[str, Any]) -> None:
    """Rows of the dump would come between those that are there."""
    named = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    given = {name: database[key] for name, key in named.items() if database.get(key)}
    try:
        connection = psycopg2.connect(**{**(database.get("OPTIONS") or {}), **given, "connect_timeout": 10})
    except psycopg2.Error as error:
        raise Plain(f"The database gives no answer: {str(error).strip().splitlines()[0]}") from error
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public')")
            if cursor.fetchone()[0]:
                raise Plain(
                    f"There are tables in {database['NAME']} already: a dump comes back into an empty database."
                )
    finally:
        connection.close()


def restore_files(target: Path) -> int:
    """Every attachment under its name; what is there already stays."""
    count = 0
    room = shutil.disk_usage(target.parent if target.parent.is_dir() else target.parent.parent).free
    needed = sum(path.stat().st_size for path in place.folder("files").rglob(f"*{place.SEALED}"))
    if needed * 2 > room:
        raise Plain(f"There is too little room for the attachments: {needed * 2 // 1_000_000} MB are needed.")
    from channels_app.files import path_of

    for sealed in place.folder("files").rglob(f"*{place.SEALED}"):
        name = sealed.name.removesuffix(place.SEALED)
        path = target / path_of(name).relative_to(settings.FILES_DIR)
        if not path.exists():
            place.unseal_to(sealed, path, mode=0o440)  # as the attachments themselves are kept
            count += 1
    return count


def began_as(copy: Postgres) -> str:
    """What `script/server` begins a copy as: `demo` with the open accounts of the demo in it, else `empty`, with all that protects real people."""
    connection = psycopg2.connect(copy.owner_url, connect_timeout=10)
    try:
        with connection.cursor() as cursor:
            return "demo" if whose(cursor) == "demo" else "empty"
    finally:
        connection.close()


class _Pieces:
    """A readable file over pieces that come one by one."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = b""

    def read(self, size: int = -1) -> bytes:
        parts, have = [self._left], len(self._left)
        while size < 0 or have < size:
            piece = next(self._pieces, b"")
            if not piece:
                break
            parts.append(piece)
            have += len(piece)
        whole = b"".join(parts)
        if size < 0:
            self._left = b""
            return whole
        self._left = whole[size:]
        return whole[:size]


def _untar(pieces: Iterator[bytes], target: Path) -> None:
    source: IO[bytes] = _Pieces(pieces)  # type: ignore[assignment]
    with tarfile.open(fileobj=source, mode="r|") as tar:
        _extract(tar, target)


def copied_environment(url: str, files: Path) -> dict[str, str]:
    """For a command of ours on the copy."""
    env = {name: value for name, value in os.environ.items() if name != "MIGRATE_DATABASE_URL"}
    return {**env, "DATABASE_URL": url, "DATA_DIR": str(files.parent), "STATEMENT_TIMEOUT_MS": "600000"}


def seconds_since(begun: float) -> float:
    return round(time.monotonic() - begun, 1)


def _extract(tar: tarfile.TarFile, target: Path) -> None:
    """Python 3.11 knows a safe way from 3.11.4 on; Debian 12 has an older one, so the members are looked at here as well."""
    safe: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
    tar.extractall(target, members=_plain_members(tar), **safe)  # noqa: S202 - they are looked at


def _plain_members(tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """Files and folders within the folder, in the order of the archive; anything else is none of ours."""
    for member in tar:
        path = PurePosixPath(member.name)
        if not (member.isfile() or member.isdir()) or path.is_absolute() or ".." in path.parts:
            raise Plain(f"The backup holds something that is no file of a database: {member.name}")
        yield member
