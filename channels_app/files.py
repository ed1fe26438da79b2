"""Attached files on disk: write-once, under their sha256, outside the web root (quality rules 32 and 46)."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from channels_app.adapters.email.files import clean_name, content_type
from channels_app.models import InboundMessage, OutboundMessage, StoredFile
from channels_app.reasons import kept


def store_bytes(data: bytes) -> str:
    """Writes the bytes when they are not there yet, safely on disk before it returns; gives their sha256."""
    digest = hashlib.sha256(data).hexdigest()
    path = path_of(digest)
    if path.exists() and path.stat().st_size == len(data):
        with suppress(
            FileNotFoundError
        ):  # just now sent again: whoever removes what nobody has any more leaves it alone for a while
            os.utime(path)
            return digest
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o440)
        os.replace(temporary, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return digest


def new_file(
    *,
    data: bytes,
    name: str,
    at: datetime,
    declared_type: str = "",
    inbound: InboundMessage | None = None,
    outbound: OutboundMessage | None = None,
) -> StoredFile:
    """The row of a file whose bytes are on disk, not saved: for whoever saves many at once."""
    return StoredFile(
        inbound=inbound,
        outbound=outbound,
        name=clean_name(name, "bijlage")[:200],
        content_type=content_type(data, declared_type, name)[:100],
        size=len(data),
        sha256=store_bytes(data),
        created_at=at,
    )


def store_file(
    *,
    data: bytes,
    name: str,
    at: datetime,
    declared_type: str = "",
    inbound: InboundMessage | None = None,
    outbound: OutboundMessage | None = None,
) -> StoredFile:
    """Writes the bytes first, then the row: a row without its file cannot be."""
    stored = new_file(data=data, name=name, at=at, declared_type=declared_type, inbound=inbound, outbound=outbound)
    stored.save()
    return stored


class Withheld(Exception):
    """The file is not handed out; the words say why. `is_final`: waiting does not help."""

    def __init__(self, message: str, *, is_final: bool) -> None:
        super().__init__(message)
        self.is_final = is_final


def open_file(stored: StoredFile) -> BinaryIO:
    """The bytes, to be read; `FileNotFoundError` when the disk lost them, `Withheld` for what is not checked or holds a virus."""
    if stored.check_state == StoredFile.Check.INFECTED:
        words = kept("“%(name)s” holds a virus (%(virus)s) and is not given out.", name=stored.name, virus=stored.virus)
        raise Withheld(words, is_final=True)
    if stored.check_state == StoredFile.Check.WAITING:
        words = kept("“%(name)s” is being checked for viruses. Try again in a minute.", name=stored.name)
        raise Withheld(words, is_final=False)
    return path_of(stored.sha256).open("rb")


def path_of(sha256: str) -> Path:
    """Where the file with this hash lies."""
    return Path(settings.FILES_DIR) / sha256[:2] / sha256[2:4] / sha256
