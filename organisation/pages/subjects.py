"""What the tree of subjects shows; from the settings in memory, so without a query per subject."""

from __future__ import annotations

from dataclasses import dataclass

from organisation import wording
from organisation.models import Subject
from organisation.snapshot import Organisation
from organisation.words import plain


@dataclass(frozen=True)
class SubjectRow:
    pk: int
    name: str
    words: str
    kind: str
    team: str
    handling: str
    has_answer: bool
    checked: str
    is_active: bool


@dataclass(frozen=True)
class Theme:
    pk: int
    name: str
    team: str
    is_active: bool
    subjects: list[SubjectRow]


def tree(settings: Organisation, word: str = "", *, without_answer: bool = False) -> list[Theme]:
    """Themes by name with their subjects by name; only what holds every part of the word."""
    parts = plain(word).split()
    below: dict[int, list[Subject]] = {}
    themes = []
    for subject in sorted(settings.subjects.values(), key=lambda s: plain(s.name)):
        if subject.parent_id is None:
            themes.append(subject)
        else:
            top = settings.subject_line(subject.id)[-1]
            below.setdefault(top.id, []).append(subject)
    shown = []
    for theme in themes:
        rows = [
            _row(settings, subject)
            for subject in below.get(theme.id, [])
            if _holds(subject, theme, parts) and not (without_answer and subject.short_answer)
        ]
        if rows or (not parts and not without_answer):
            team = settings.subject_team(theme.id)
            shown.append(Theme(theme.id, theme.name, team.name if team else "", theme.is_active, rows))
    return shown


def _holds(subject: Subject, theme: Subject, parts: list[str]) -> bool:
    text = plain(" ".join([subject.name, theme.name, *subject.synonyms]))
    return all(part in text for part in parts)


def _row(settings: Organisation, subject: Subject) -> SubjectRow:
    team = settings.subject_team(subject.id)
    words = ", ".join(subject.synonyms[:4]) + ("…" if len(subject.synonyms) > 4 else "")
    return SubjectRow(
        pk=subject.id,
        name=subject.name,
        words=words,
        kind=str(subject.get_kind_display()),
        team=team.name if team else "",
        handling=str(subject.get_handling_display()),
        has_answer=bool(subject.short_answer),
        checked=wording.day(subject.answer_checked_on),
        is_active=subject.is_active,
    )
