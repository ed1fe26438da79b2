"""Reading a picture of a page with Tesseract, when the machine has it (Debian: tesseract-ocr and tesseract-ocr-nld)."""

from __future__ import annotations

import functools
import logging
import os
import shutil
import subprocess
from typing import Final

log = logging.getLogger(__name__)
PATIENCE_SECONDS: Final = 12
WIDTH: Final = 1_654
"""Pixels: A4 at 200 dots an inch, which Tesseract reads well."""
LANGUAGES: Final = ("nld", "eng")


@functools.cache
def program() -> str | None:
    """Where Tesseract is; None on a machine without it."""
    return shutil.which("tesseract")


@functools.cache
def language() -> str:
    """Dutch when its words are there, else English."""
    found = program()
    if found is None:
        return ""
    try:
        listed = subprocess.run(
            [found, "--list-langs"], capture_output=True, timeout=PATIENCE_SECONDS, check=False
        ).stdout.decode("utf-8", "replace")
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return next((one for one in LANGUAGES if one in listed.split()), "")


def can_read() -> bool:
    return bool(language())


def read(picture: bytes) -> str:
    """The text of a grey PNG of our own making; empty when there is none, or when it takes too long."""
    found = program()
    if found is None or not language():
        return ""
    try:
        done = subprocess.run(
            [found, "-", "-", "-l", language(), "--dpi", "200"],
            input=picture,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=False,
            env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        log.warning("a page of a scan could not be read", extra={"error": type(error).__name__})
        return ""
    if done.returncode != 0:
        log.warning("a page of a scan could not be read", extra={"code": done.returncode})
        return ""
    return done.stdout.decode("utf-8", "replace").replace("\x0c", "").replace("\x00", "").strip()
