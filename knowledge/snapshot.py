"""What is published per subject, kept in the process and renewed when the settings have another version."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from knowledge.markup import plain_of
from knowledge.models import ArticleVersion
from organisation.snapshot import Organisation, Versioned


@dataclass(frozen=True)
class Said:
    """A published answer as the desk and a reply need it."""

    pk: int
    title: str
    short_answer: str
    team_id: int
    checked_on: date | None
    ask: tuple[str, ...]

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
            "article_id", "title", "short_answer", "ask", "article__team_id", "article__checked_on", "article__subjects"
        )
    )
    about = Counter(row[0] for row in rows)
    found: dict[int, list[Said]] = {}
    for pk, title, short, ask, team_id, checked_on, subject_id in rows:
        if subject_id is not None:
            found.setdefault(subject_id, []).append(Said(pk, title, short, team_id, checked_on, tuple(ask)))
    # sorting keeps the order of the titles among those that are about as many subjects
    return Published({key: tuple(sorted(said, key=lambda one: about[one.pk])) for key, said in found.items()})


PUBLISHED = Versioned(_build)


def articles_of(subject_id: int | None, house: Organisation) -> tuple[Said, ...]:
    """The published articles about a subject, no query when nothing changed. The first is the answer: it is about the fewest subjects."""
    if subject_id is None:
        return ()
    return PUBLISHED.get(house.version).by_subject.get(subject_id, ())
