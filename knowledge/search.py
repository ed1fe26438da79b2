"""Searches what is published: the database finds by stems, citizens' words and likeness; `ranking` decides on the order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import connection, transaction

from knowledge.ranking import Candidate, Ranked, asked_words, rank
from organisation.words import plain

LONGEST: Final = 200
MOST: Final = 30
CANDIDATES: Final = 60
LOOSE: Final = "0.4"
"""How much a word must look like one of ours when hardly anything was found; the database's own limit is 0.6."""
_FIND: Final = """
SELECT a.id, a.search_text, a.fits,
    coalesce((SELECT sum(u.count) FROM knowledge_articleuse u WHERE u.article_id = a.id AND u."on" >= %(since)s
        AND u.kind <> 'shown'), 0)
FROM (
    SELECT id, search_text, ts_rank(search_vector, q) AS fits,
        ts_rank(search_vector, q) + word_similarity(%(whole)s, search_text) AS likeness
    FROM knowledge_article, to_tsquery('dutch_plain', %(query)s) AS q
    WHERE is_published AND (search_vector @@ q {like})
    ORDER BY likeness DESC, id LIMIT %(most)s
) AS a
"""


@dataclass(frozen=True)
class Found:
    """Article ids, best first, and the citizens' word by which each was found."""

    ranked: tuple[Ranked, ...]

    @property
    def ids(self) -> list[int]:
        return [one.pk for one in self.ranked]


def search(typed: str, day: date, most: int = MOST) -> Found:
    """One query; a second, looser one when nothing looks like it."""
    asked = plain(typed[:LONGEST])
    words = asked_words(asked)
    if not words:
        return Found(())
    ranked = rank(_candidates(words, day), asked)
    if not ranked or ranked[0].score < 0.7:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [LOOSE])
            looser = rank(_candidates(words, day), asked)
        ranked = looser if len(looser) > len(ranked) else ranked
    return Found(tuple(ranked[:most]))


def _candidates(words: list[str], day: date) -> list[Candidate]:
    likes = {f"w{place}": word for place, word in enumerate(words) if len(word) > 3}
    like = "".join(f" OR %({name})s <%% search_text" for name in likes)
    values = {
        "since": day - timedelta(days=90),
        "whole": " ".join(words),
        "query": " | ".join(f"'{word}':*" for word in words),
        "most": CANDIDATES,
        **likes,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FIND.format(like=like), values)  # only names of parameters are put in
        return [
            Candidate(pk, tuple(text.split("\n")), min(1.0, float(fits) * 1.5), int(used))
            for pk, text, fits, used in cursor.fetchall()
        ]
