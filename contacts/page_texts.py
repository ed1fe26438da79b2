"""What citizens read on pages, as texts of which the level is kept: apps say which (docs/plain-language.md)."""

from __future__ import annotations

import ast
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext, override
from django.utils.translation.template import templatize

FIXED: Final = (
    "contacts/citizen_choose.html",
    "contacts/citizen_form.html",
    "contacts/citizen_sent.html",
    "contacts/citizen_closed.html",
    "contacts/citizen_gone.html",
    "contacts/follow.html",
    "contacts/follow_gone.html",
    "contacts/follow_merged.html",
    "contacts/chat.html",
    "customer_wait.html",
    "error_customer.html",
    "knowledge/outside_front.html",
    "knowledge/outside_theme.html",
    "knowledge/outside_answer.html",
    "knowledge/outside_thanks.html",
    "knowledge/outside_gone.html",
    "knowledge/outside_wait.html",
    "surveys/ask.html",
    "surveys/here.html",
    "surveys/here_again.html",
    "surveys/here_closed.html",
    "surveys/here_thanks.html",
    "surveys/thanks.html",
    "surveys/no_more.html",
    "surveys/gone.html",
)
"""The pages for citizens that come with the product (tests/contacts/test_page_levels.py looks whether one is missing)."""
_CALL: Final = re.compile(r"\bn?gettext\(\s*u?('(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")")
_HOLE: Final = re.compile(r"%\(\w+\)[sd]|<[^>]+>|&\w+;")


@dataclass(frozen=True)
class PageText:
    """A text that stands on a page."""

    key: str
    """The same text of the same page has the same key: each counts once."""
    title: str
    text: str
    at: datetime
    """Since when it can be read there."""
    team_id: int
    subject_id: int | None = None


SOURCES: Final[list[Callable[[Callable[[str], bool], datetime, int], Iterator[PageText]]]] = []
"""Give the texts of pages that have no level yet: asked with a test for a key that is known, the moment, and the team of the Servicecentrum."""


@cache
def fixed_texts() -> tuple[tuple[str, str, str], ...]:
    """Key, name and Dutch text of every page that comes with the product, each from top to bottom; read once in a process."""
    found = []
    with override("nl"):
        for name in FIXED:
            path = Path(settings.BASE_DIR) / "templates" / name
            code = templatize(path.read_text(encoding="utf-8"), origin=name)
            texts = [gettext(ast.literal_eval(literal)) for literal in _CALL.findall(code)]
            text = _HOLE.sub("7", "\n\n".join(texts).replace("%%", "%"))
            found.append((f"screen:{name}:{zlib.crc32(text.encode()):08x}", texts[0] if texts else name, text))
    return tuple(found)
