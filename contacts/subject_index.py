"""The subjects that may be chosen, ready for searching; made again when the settings are."""

from __future__ import annotations

from contacts.subject_search import Entry, entry
from organisation.snapshot import Organisation

_held: tuple[Organisation, tuple[Entry, ...]] | None = None


def subject_entries(house: Organisation) -> tuple[Entry, ...]:
    """All subjects in use that have nothing below them; the same object as long as the settings are the same."""
    global _held
    held = _held
    if held is None or held[0] is not house:
        held = _held = (house, _build(house))
    return held[1]


def _build(house: Organisation) -> tuple[Entry, ...]:
    parents = {subject.parent_id for subject in house.subjects.values() if subject.parent_id}
    entries = []
    for subject in house.subjects.values():
        if not subject.is_active or subject.id in parents:
            continue
        above = house.subjects.get(subject.parent_id) if subject.parent_id else None
        entries.append(entry(subject.id, subject.name, subject.synonyms, above.name if above else ""))
    return tuple(entries)
