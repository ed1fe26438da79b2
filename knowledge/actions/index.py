"""Makes articles findable: by the stems of their text, by their title and by the words of citizens."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from django.db import connection

from knowledge.models import Article, ArticleTranslation, ArticleVersion
from organisation.words import plain

_INDEX: Final = """
UPDATE knowledge_article SET search_text = %s,
    search_names = setweight(to_tsvector('dutch_plain', %s), 'A') || setweight(to_tsvector('dutch_plain', %s), 'B'),
    search_body = setweight(to_tsvector('dutch_plain', %s), 'C') || setweight(to_tsvector('dutch_plain', %s), 'D'),
    public_body = to_tsvector('dutch_plain', %s)
WHERE id = %s
"""
_WORDS: Final = "INSERT INTO knowledge_articleword (word) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING"
_INDEX_TRANSLATION: Final = """
UPDATE knowledge_articletranslation SET search_text = %s,
    search_body = setweight(to_tsvector(%s::regconfig, %s), 'A') || setweight(to_tsvector(%s::regconfig, %s), 'D')
WHERE id = %s
"""
STEMS: Final = {"en": "english"}
"""How PostgreSQL takes words of a language apart."""
_WORD: Final = re.compile(r"\w{4,80}")
LONGEST: Final = 60_000


def index(article_ids: Collection[int]) -> None:
    """Of the published version of each; three queries and a statement per article."""
    versions = {
        one.article_id: one
        for one in ArticleVersion.objects.filter(article__in=article_ids, state=ArticleVersion.State.PUBLISHED)
    }
    rows = []
    words: set[str] = set()
    for article in Article.objects.filter(pk__in=versions).prefetch_related("subjects"):
        version = versions[article.pk]
        phrases = [version.title, *version.words]
        for subject in article.subjects.all():
            phrases += [subject.name, *subject.synonyms]
        known = list(dict.fromkeys(one for one in map(plain, phrases) if one))
        text = " ".join([version.answer, version.for_business, version.internal, *version.ask, version.forward_when])
        outside = " ".join([version.short_answer, version.answer, version.for_business])
        values = (version.title, " . ".join(known[1:]), version.short_answer, text[:LONGEST], outside[:LONGEST])
        words.update(_WORD.findall(" ".join(known)))
        rows.append(("\n".join(known), *values, article.pk))
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.executemany(_INDEX, rows)
        cursor.execute(_WORDS, [sorted(words)])


def index_translation(row: ArticleTranslation) -> None:
    """A text in another language, by its own stems; one statement."""
    known = list(dict.fromkeys(one for one in map(plain, [row.title, *row.words]) if one))
    outside = " ".join([row.short_answer, row.answer, row.for_business])[:LONGEST]
    stems = STEMS.get(row.language, "simple")
    with connection.cursor() as cursor:
        cursor.execute(_INDEX_TRANSLATION, ["\n".join(known), stems, " . ".join(known), stems, plain(outside), row.pk])
