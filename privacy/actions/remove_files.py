"""Removes the bytes of files whose rows went, when nobody else has the same."""

from __future__ import annotations

import time
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from typing import Final

from django.db import transaction

from channels_app.files import path_of
from channels_app.models import StoredFile
from privacy.failures import FILES, Tries
from privacy.models import FileToRemove

QUIET_SECONDS: Final = 60
"""A file that somebody sent again just now is left for the next tick: its row may not be committed yet."""


def to_remove(digests: Collection[str], *, at: datetime | None) -> None:
    """In the transaction in which the rows went."""
    rows = [FileToRemove(sha256=one, since_at=at) for one in sorted(digests)]
    FileToRemove.objects.bulk_create(rows, ignore_conflicts=True)


def remove_files(*, at: datetime) -> int:
    """Says how many files went; what is used by another message stays. One that cannot be removed keeps no other."""
    gone, tries = 0, Tries(at, tried=FILES)
    for row in FileToRemove.objects.order_by("pk")[:500]:
        with tries.one(FILES):
            gone += _remove(row)
    tries.end()
    return gone


@transaction.atomic
def _remove(row: FileToRemove) -> int:
    if not FileToRemove.objects.select_for_update(skip_locked=True).filter(pk=row.pk).exists():
        return 0
    gone = 0
    if not StoredFile.objects.filter(sha256=row.sha256).exists():
        path = path_of(row.sha256)
        if path.exists() and time.time() - path.stat().st_mtime < QUIET_SECONDS:
            return 0
        with suppress(FileNotFoundError):
            path.unlink()
            gone = 1
    row.delete()
    return gone
