"""What is published per subject, kept in the process and renewed when the settings have another version."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from knowledge.markup import plain_of
from knowledge.models import ArticleTranslation, ArticleVersion
from organisation.snapshot import Organisation, Versioned


@dataclass(frozen=True)
class SaidIn:
    """The same answer in another language."""

    language: str
    title: str
    short_answer: str
    is_outdated: bool
    """The Dutch answer changed since."""

    @property
    def plain(self) -> str:
        return plain_of(self.short_answer)


@dataclass(frozen=True)
class Said:
    """A published answer as the desk and a reply need it."""

    pk: int
    title: str
    short_answer: str
    team_id: int
    checked_on: date | None
    ask: tuple[str, ...]
    translations: tuple[SaidIn, ...] = ()

    @property
    def plain(self) -> str:
        """To put in a note or a reply."""
        return plain_of(self.short_answer)


@dataclass(frozen=True)
class Published:
    by_subject: dict[int, tuple[Said, ...]]


def _build(version: int) -> Published:
    rows = list(
        ArticleVersion.objects.filter(state=ArticleVersion.State.PUBLISHED, article__is_published=True)
        .order_by("title", "pk")
        .values_list(
            "article_id",
            "title",
            "short_answer",
            "ask",
            "article__team_id",
            "article__checked_on",
            "number",
            "article__subjects",
        )
    )
    translated = _translated()
    about = Counter(row[0] for row in rows)
    found: dict[int, list[Said]] = {}
    for pk, title, short, ask, team_id, checked_on, number, subject_id in rows:
        if subject_id is not None:
            also = tuple(
                SaidIn(language, its_title, its_short, of_number < number)
                for language, its_title, its_short, of_number in translated.get(pk, ())
            )
            said = Said(pk, title, short, team_id, checked_on, tuple(ask), also)
            found.setdefault(subject_id, []).append(said)
    # sorting keeps the order of the titles among those that are about as many subjects
    return Published({key: tuple(sorted(said, key=lambda one: about[one.pk])) for key, said in found.items()})


def _translated() -> dict[int, list[tuple[str, str, str, int]]]:
    """Per article: language, title, short answer, and of which Dutch version."""
    rows = ArticleTranslation.objects.filter(
        state=ArticleTranslation.State.PUBLISHED, article__is_published=True
    ).order_by("language")
    found: dict[int, list[tuple[str, str, str, int]]] = {}
    for pk, *said in rows.values_list("article_id", "language", "title", "short_answer", "of_number"):
        found.setdefault(pk, []).append((said[0], said[1], said[2], said[3]))
    return found


PUBLISHED = Versioned(_build)


def articles_of(subject_id: int | None, house: Organisation) -> tuple[Said, ...]:
    """The published articles about a subject, no query when nothing changed. The first is the answer: it is about the fewest subjects."""
    if subject_id is None:
        return ()
    return PUBLISHED.get(house.version).by_subject.get(subject_id, ())
