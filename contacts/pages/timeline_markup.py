"""The timeline as markup: what stands by itself was nearly always shown a moment ago, and is one text in the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from contacts.pages.timeline_entry import Entry
from organisation import wording
from organisation.kept import Kept

LONGEST: Final = 16_000
"""Signs of an entry that is kept: long letters would fill the process."""
ENTRIES: Final[Kept[SafeString]] = Kept(400, lambda markup: len(markup) <= LONGEST)
"""Entries as they were shown, under all their values (ADR 15)."""


@dataclass(frozen=True)
class Piece:
    """Entries one after the other as markup; or one with buttons, for the template."""

    markup: SafeString | None = None
    entry: Entry | None = None


def pieces(entries: Iterable[Entry]) -> list[Piece]:
    """In their order."""
    language = wording.language()
    found: list[Piece] = []
    for has_buttons, some in groupby(entries, attrgetter("has_buttons")):
        if has_buttons:
            found += [Piece(entry=one) for one in some]
        else:
            markup = "".join(ENTRIES.get((language, one), lambda one=one: _markup(one)) for one in some)  # type: ignore[misc]
            found.append(Piece(mark_safe(markup)))  # noqa: S308 - rendered by a template that escapes
    return found


def _markup(entry: Entry) -> SafeString:
    return render_to_string("contacts/timeline_entry.html", {"entry": entry})
