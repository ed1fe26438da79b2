"""Pictures of the pages of a stored file, made anew in the child process; nothing of them is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final, TypeVar

from channels_app.adapters.email.limits import Unreadable
from channels_app.adapters.email.sandbox import Sandbox
from channels_app.files import open_file
from channels_app.models import StoredFile

T = TypeVar("T")
KINDS: Final = frozenset({"application/pdf", "image/tiff", "image/jpeg", "image/png"})
WIDTH: Final = 1_100
"""Pixels: A4 on a desk is read without a lens."""
PROOF_WIDTH: Final = 100
AT_ONCE: Final = 2
"""So many files a web process opens at the same time: each may take 512 MB."""
PATIENCE_SECONDS: Final = 10
_PLACES: Final = threading.BoundedSemaphore(AT_ONCE)


def can_be_shown(content_type: str) -> bool:
    return content_type in KINDS


def pages_of(stored: StoredFile) -> int:
    """How many pages there are; `Unreadable` when it cannot be opened, `FileNotFoundError` when the disk lost it."""
    is_picture = stored.content_type.startswith("image/")

    def count(sandbox: Sandbox, raw: bytes) -> int:
        pages = int(sandbox.of_scan(raw, "pages")["pages"])
        if is_picture:  # one that is too fine or damaged is said so, instead of shown as a broken picture
            sandbox.made_of_scan(raw, "picture", page=0, width=PROOF_WIDTH, for_reading=False)
        return pages

    return _opened(stored, count)


def picture_of(stored: StoredFile, page: int) -> bytes:
    """A page (from 0) as JPEG, without anything that the camera or the maker noted."""
    return _opened(
        stored, lambda sandbox, raw: sandbox.made_of_scan(raw, "picture", page=page, width=WIDTH, for_reading=False)
    )


def _opened(stored: StoredFile, ask: Callable[[Sandbox, bytes], T]) -> T:
    if not can_be_shown(stored.content_type):
        raise Unreadable("no_scan")
    with open_file(stored) as file:
        raw = file.read()
    if not _PLACES.acquire(timeout=PATIENCE_SECONDS):
        raise Unreadable("busy", is_final=False)
    try:
        with Sandbox() as sandbox:
            return ask(sandbox, raw)
    finally:
        _PLACES.release()
