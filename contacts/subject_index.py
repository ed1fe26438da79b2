"""The subjects that may be chosen, ready for searching; renewed when the settings' version rises."""

from __future__ import annotations

from contacts.subject_search import Entry, entry
from organisation.snapshot import Organisation, Versioned, organisation


def _build(version: int) -> tuple[Entry, ...]:
    house = organisation()
    parents = {subject.parent_id for subject in house.subjects.values() if subject.parent_id}
    entries = []
    for subject in house.subjects.values():
        if not subject.is_active or subject.id in parents:
            continue
        above = house.subjects.get(subject.parent_id) if subject.parent_id else None
        entries.append(entry(subject.id, subject.name, subject.synonyms, above.name if above else ""))
    return tuple(entries)


SUBJECTS = Versioned(_build)


def subject_entries(house: Organisation) -> tuple[Entry, ...]:
    """All subjects in use that have nothing below them."""
    return SUBJECTS.get(house.version)
