"""Searches what is published: the database finds by stems and begins of words; `ranking` decides on the order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import connection

from knowledge.actions.index import STEMS
from knowledge.ranking import Candidate, Ranked, asked_words, rank, unknown_words
from organisation.words import plain

SMALL: Final = {
    "en": frozenset(
        [
            "a",
            "about",
            "an",
            "and",
            "are",
            "at",
            "be",
            "can",
            "do",
            "does",
            "for",
            "from",
            "get",
            "have",
            "how",
            "i",
            "if",
            "in",
            "is",
            "it",
            "me",
            "my",
            "need",
            "of",
            "on",
            "or",
            "the",
            "to",
            "want",
            "what",
            "when",
            "where",
            "which",
            "who",
            "will",
            "with",
            "you",
            "your",
        ]
    )
}
"""Words that say nothing about a subject, by language."""
LONGEST: Final = 200
MOST: Final = 30
CANDIDATES: Final = 60
FEW: Final = 4
"""So many that fit by their title or words are enough; else what the texts say is looked at too."""
GOOD: Final = 0.7
"""When nothing fits so well, a word may have been typed wrong."""
_FIND: Final = """
WITH said AS MATERIALIZED (
    SELECT word, to_tsquery('dutch_plain', quote_literal(word) || ':*') AS asked FROM unnest(%(said)s::text[]) AS each(word)
)
SELECT a.id, a.search_text, a.fits,
    coalesce((SELECT sum(u.count) FROM knowledge_articleuse u WHERE u.article_id = a.id AND u."on" >= %(since)s
        AND u.kind IN ('inserted', 'answered')), 0),
    ARRAY(SELECT word FROM said WHERE a.body @@ asked)
FROM (
    SELECT id, search_text, {column} AS body, ts_rank({column}, q) AS fits
    FROM knowledge_article, to_tsquery('dutch_plain', %(query)s) AS q
    WHERE {which} AND {column} @@ q ORDER BY fits DESC, id LIMIT %(most)s
) AS a
"""
_INSIDE: Final = (
    _FIND.format(column="search_names", which="is_published"),
    _FIND.format(column="search_body", which="is_published"),
)
_OUTSIDE: Final = (
    _FIND.format(column="search_names", which="is_public"),
    _FIND.format(column="public_body", which="is_public"),
)
"""Never what is only for colleagues: by what is found its words could be guessed."""
_TRANSLATED: Final = """
SELECT t.article_id, t.search_text, ts_rank({column}, q) AS fits, 0,
    ARRAY(SELECT word FROM unnest(%(said)s::text[]) AS each(word)
        WHERE t.search_body @@ to_tsquery(%(stems)s::regconfig, quote_literal(word) || ':*'))
FROM knowledge_articletranslation t JOIN knowledge_article a ON a.id = t.article_id, (SELECT {query} AS q) AS asked
WHERE t.state = 'published' AND t.language = %(language)s AND a.is_public AND {column} @@ q
ORDER BY fits DESC, t.article_id LIMIT %(most)s
"""
_STEMS: Final = "to_tsquery(%(stems)s::regconfig, %(query)s)"
_TRANSLATED_NAMES: Final = _TRANSLATED.format(
    column="t.search_names", query=f"{_STEMS} || to_tsquery('simple', %(query)s)"
)
"""Titles and words stand as they are written: they begin with the stem, or with the word itself."""
_TRANSLATED_TEXTS: Final = _TRANSLATED.format(column="t.search_body", query=_STEMS)
_TRANSLATED_LIKE: Final = """
SELECT t.article_id, t.search_text, 0, 0, ARRAY[]::text[]
FROM knowledge_articletranslation t JOIN knowledge_article a ON a.id = t.article_id
WHERE t.state = 'published' AND t.language = %(language)s AND a.is_public AND %(typed)s <%% t.search_text
ORDER BY word_similarity(%(typed)s, t.search_text) DESC, t.article_id LIMIT %(most)s
"""
_LIKE: Final = """
SELECT near.word FROM unnest(%(words)s::text[]) AS asked(word) CROSS JOIN LATERAL (
    SELECT w.word FROM knowledge_articleword w WHERE w.word %% asked.word
    ORDER BY similarity(w.word, asked.word) DESC, w.word LIMIT 4
) AS near
"""


@dataclass(frozen=True)
class Found:
    """Article ids, best first, and the citizens' word by which each was found."""

    ranked: tuple[Ranked, ...]

    @property
    def ids(self) -> list[int]:
        return [one.pk for one in self.ranked]


def search(
    typed: str, day: date, most: int = MOST, *, is_outside: bool = False, language: str = "nl", guesses: bool = True
) -> Found:
    """One query; up to three more when hardly anything fits. `is_outside`: only what citizens may read.

    `guesses`: also words of ours that merely look like what was typed.

    `language`: in which it was typed; its small words begin many words of ours, and would find half of all texts.
    """
    by_names, by_body = _OUTSIDE if is_outside else _INSIDE
    asked = plain(typed[:LONGEST])
    words = _telling(asked, language)
    if not words:
        return Found(())
    if language in SMALL:
        asked = " ".join(words)
    found = {one.pk: one for one in _candidates(by_names, words, day)}
    ranked = rank(found.values(), asked)
    if guesses and (unknown := unknown_words(found.values(), words)):
        near = _near(unknown)
        if near:
            found |= {one.pk: one for one in _candidates(by_names, near, day)}
            ranked = rank(found.values(), asked)
    if len(ranked) < FEW:
        found |= {one.pk: one for one in _candidates(by_body, words, day, in_texts=True)}
        ranked = rank(found.values(), asked)
    return Found(tuple(ranked[:most]))


def search_translated(typed: str, language: str, most: int = MOST) -> Found:
    """What citizens may read in another language, by its own words; typing errors allowed. One query; up to two more when hardly anything fits."""
    words = _telling(plain(typed[:LONGEST]), language)
    if not words:
        return Found(())
    typed = " ".join(words)
    values = {
        "said": words,
        "stems": STEMS.get(language, "simple"),
        "query": " | ".join(f"'{word}':*" for word in words),
        "language": language,
        "typed": typed,
        "most": CANDIDATES,
    }
    found = {one.pk: one for one in _rows(_TRANSLATED_NAMES, values)}
    ranked = rank(found.values(), typed)
    if not ranked or ranked[0].score < GOOD:
        found = {one.pk: one for one in _rows(_TRANSLATED_LIKE, values)} | found
        ranked = rank(found.values(), typed)
    if len(ranked) < FEW:
        found |= {one.pk: one for one in _rows(_TRANSLATED_TEXTS, values)}
        ranked = rank(found.values(), typed)
    return Found(tuple(ranked[:most]))


def _telling(asked: str, language: str) -> list[str]:
    """The words that say something; all of them when none does."""
    words = asked_words(asked)
    return [one for one in words if one not in SMALL.get(language, ())] or words


def _near(words: list[str]) -> list[str]:
    """Words of ours that look like these."""
    asked = [word for word in words if len(word) > 3]
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_LIKE, {"words": asked})
        return [word for (word,) in cursor.fetchall()]


def _candidates(statement: str, words: list[str], day: date, *, in_texts: bool = False) -> list[Candidate]:
    values: dict[str, object] = {
        "said": words if in_texts else [],
        "since": day - timedelta(days=90),
        "query": " | ".join(f"'{word}':*" for word in words),
        "most": CANDIDATES,
    }
    return _rows(statement, values)


def _rows(statement: str, values: dict[str, object]) -> list[Candidate]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [
            Candidate(pk, tuple(text.split("\n")), min(1.0, float(fits) * 1.5), int(used), frozenset(said))
            for pk, text, fits, used, said in cursor.fetchall()
        ]
