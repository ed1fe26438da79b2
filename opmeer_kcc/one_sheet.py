"""The stylesheet of the pages as one file: the browser asks once, not for each of the thirty parts in which we write it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import get_ident
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder
from django.core.files.storage import FileSystemStorage

SHEET = "css/app.css"
IMPORT = re.compile(r'@import url\("([^"/:]+\.css)"\);')

FOLDERS: list[TemporaryDirectory[str]] = []
"""Of every finder, gone with the process and not before: two first requests at once make a finder each, and Django forgets one of
them while its sheet is still on its way to a browser."""


class OneSheet(AppDirectoriesFinder):
    """Finds the static files of our apps, and of `css/app.css` one with every part in the place of its import."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._made_of: list[tuple[Path, int]] = []

    @cached_property
    def _folder(self) -> Path:
        """Made for the first sheet: most processes ask for none, and one that is killed would leave it behind."""
        folder = TemporaryDirectory(prefix="opmeer-sheet-")
        FOLDERS.append(folder)
        return Path(folder.name)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[Any]:
        for path, storage in super().list(ignore_patterns):
            if path == SHEET:
                self._write(Path(storage.path(path)))
                yield path, FileSystemStorage(location=self._folder)
            else:
                yield path, storage

    def find(self, path: str, *arguments: Any, **more: Any) -> Any:
        found = super().find(path, *arguments, **more)
        return self._write(Path(found)) if path == SHEET and isinstance(found, str) else found

    def _write(self, source: Path) -> str:
        """The path of the whole sheet, which is as new as its parts."""
        target = self._folder / SHEET
        if not target.exists() or any(_age(path) != age for path, age in self._made_of):
            text = source.read_text()
            parts = [source.parent / name for name in IMPORT.findall(text)]
            made_of = [(path, _age(path)) for path in (source, *parts)]
            target.parent.mkdir(exist_ok=True)
            fresh = target.with_suffix(f".{get_ident()}")  # whole before another thread finds it
            fresh.write_text(IMPORT.sub(lambda found: (source.parent / found[1]).read_text().rstrip(), text))
            fresh.replace(target)
            self._made_of = made_of
        return str(target)


def _age(path: Path) -> int:
    return path.stat().st_mtime_ns
