"""The subjects that may be chosen, ready for searching; made again when the settings are."""

from __future__ import annotations

from typing import Final

from contacts.finding.subjects import Entry, entry, find
from organisation.kept import Kept
from organisation.snapshot import Organisation

_held: tuple[Organisation, tuple[Entry, ...], Kept[tuple[int, ...]]] | None = None
MOST_ASKED: Final = 200
"""Of the words that were searched last, what they found."""
MOST_FOUND: Final = 8


def subject_entries(house: Organisation) -> tuple[Entry, ...]:
    """All subjects in use that have nothing below them; the same object as long as the settings are the same."""
    return _index(house)[1]


def subjects_like(house: Organisation, query: str) -> tuple[int, ...]:
    """The subjects that fit best; the palette, the page and the next colleague ask for the same words."""
    _house, entries, asked = _index(house)
    return asked.get(query, lambda: tuple(find(entries, query, MOST_FOUND)))


def _index(house: Organisation) -> tuple[Organisation, tuple[Entry, ...], Kept[tuple[int, ...]]]:
    global _held
    held = _held
    if held is None or held[0] is not house:
        held = _held = (house, _build(house), Kept(MOST_ASKED))
    return held


def _build(house: Organisation) -> tuple[Entry, ...]:
    parents = {subject.parent_id for subject in house.subjects.values() if subject.parent_id}
    entries = []
    for subject in house.subjects.values():
        if not subject.is_active or subject.id in parents:
            continue
        above = house.subjects.get(subject.parent_id) if subject.parent_id else None
        also = [*subject.synonyms, subject.name_en] if subject.name_en else subject.synonyms
        entries.append(entry(subject.id, subject.name, also, above.name if above else ""))
    return tuple(entries)
