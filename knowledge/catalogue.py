"""The public answers as another system reads them: in the order in which they changed, or found by words. Only the public fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, Q

from knowledge.models import Article, ArticleTranslation, ArticleVersion
from knowledge.outside import translations_shown
from knowledge.search import search, search_translated
from organisation.models import Subject

DUTCH = "nl"


@dataclass(frozen=True)
class Entry:
    """One answer; without a version it is not public any more."""

    article: Article
    version: ArticleVersion | None
    subjects: list[Subject]
    translation: ArticleTranslation | None = None
    """In the language that was asked, when there is one."""
    languages: tuple[str, ...] = (DUTCH,)
    """In which it can be read."""

    @property
    def text(self) -> ArticleVersion | ArticleTranslation | None:
        return self.translation or self.version

    @property
    def is_outdated(self) -> bool:
        """The Dutch answer changed since it was translated."""
        return bool(self.translation and self.version and self.translation.of_number < self.version.number)


def changed(
    *,
    since: datetime | None,
    after: tuple[datetime, int] | None,
    subject_ids: Iterable[int] | None,
    most: int,
    language: str = DUTCH,
) -> list[Entry]:
    """The oldest change first. With `since` also what is gone since then; of a subject only what is still about it."""
    rows = Article.objects.filter(public_at__isnull=False)
    if since is None:
        rows = rows.public()
    else:
        rows = rows.filter(public_at__gte=since)
    if subject_ids is not None:
        rows = rows.filter(Q(subjects__in=list(subject_ids))).distinct()
    if after is not None:
        moment, pk = after
        rows = rows.filter(public_at__gte=moment).filter(Q(public_at__gt=moment) | Q(pk__gt=pk))
    return _entries(rows.order_by("public_at", "pk")[:most], language)


def found(typed: str, day: date, *, subject_ids: Iterable[int] | None, most: int, language: str = DUTCH) -> list[Entry]:
    """The best first."""
    ids = search(typed, day, is_outside=True, language=language).ids
    if language != DUTCH:
        ids = list(dict.fromkeys([*search_translated(typed, language).ids, *ids]))
    rows = Article.objects.public().filter(pk__in=ids)
    if subject_ids is not None:
        rows = rows.filter(subjects__in=list(subject_ids)).distinct()
    by_pk = {one.article.pk: one for one in _entries(rows, language)}
    return [by_pk[pk] for pk in ids if pk in by_pk][:most]


def one(address: str, language: str = DUTCH) -> Entry | None:
    entries = _entries(Article.objects.public().filter(address=address), language)
    return entries[0] if entries else None


def _entries(rows: Any, language: str) -> list[Entry]:
    """Four queries, however many."""
    texts = ArticleVersion.objects.filter(state=ArticleVersion.State.PUBLISHED)
    subjects = Subject.objects.order_by("pk")
    translated = translations_shown().order_by("language")
    rows = rows.prefetch_related(
        Prefetch("versions", texts, "published_one"),
        Prefetch("subjects", subjects),
        Prefetch("translations", translated, "translated"),
    )
    return [_entry(row, language) for row in rows]


def _entry(row: Any, language: str) -> Entry:
    if not (row.is_public and row.published_one):
        return Entry(row, None, [], languages=())
    known = {one.language: one for one in row.translated}
    return Entry(row, row.published_one[0], list(row.subjects.all()), known.get(language), (DUTCH, *known))
