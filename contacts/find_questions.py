"""Finds questions by their number or by words, newest first, fast for rare and for common words (performance.md lesson c).

The planner cannot know whether a word is rare. So the newest questions are looked through first (a common word is found there at
once); when that gives too few, the word index is read as a whole inside a materialised part, never mixed with a walk by date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchQuery
from django.db import connection

from contacts.models import Question
from contacts.recognise import recognise
from organisation.clock import today
from organisation.roles import Right
from organisation.snapshot import Organisation, organisation

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from organisation.models import User

NEWEST = 1_500
"""Questions that are looked through first."""
COMMON = 8
"""From this many among the newest a word is common: the walk by date goes on and stays short."""
FAR = 60_000
"""The walk ends here, whatever happens."""
GIN_MOST = 20_000
LIMIT = 50


def find_questions(user: User, text: str, limit: int = LIMIT, house: Organisation | None = None) -> list[int]:
    """The ids of at most `limit` visible questions, newest first; by number when the text is one, else by all its words."""
    words = text.strip()[:200]
    if not words or not user.may(Right.QUESTIONS_READ):
        return []
    typed = recognise(words, (house or organisation()).municipality.number_prefix, today().year)
    visible = Question.objects.visible_to(user)
    if typed.kind == "number":
        return list(visible.filter(number=typed.value).values_list("pk", flat=True))
    query = SearchQuery(words, config="dutch_plain", search_type="websearch")
    newest = visible.order_by("-received_at", "-pk").values_list("pk", "received_at", "search")
    found = _walk(newest[:NEWEST], words, limit)
    if len(found) >= limit:
        return found
    if len(found) >= COMMON:
        return _walk(newest[:FAR], words, limit)
    return _through_index(visible.filter(search=query).order_by().values_list("pk", "received_at")[:GIN_MOST], limit)


def _walk(rows: QuerySet, words: str, limit: int) -> list[int]:
    """The first hits in this row of questions, which are read one by one and no further than needed."""
    sql, params = rows.query.sql_with_params()
    return _ids(
        f"SELECT w.id FROM ({sql}) AS w (id, received_at, search)"  # noqa: S608 - Django's own SQL
        " WHERE w.search @@ websearch_to_tsquery('dutch_plain', %s) LIMIT %s",
        [*params, words, limit],
    )


def _through_index(rows: QuerySet, limit: int) -> list[int]:
    """All hits of the word index, then the newest of them."""
    sql, params = rows.query.sql_with_params()
    return _ids(
        f"WITH hits (id, received_at) AS MATERIALIZED ({sql})"  # noqa: S608 - Django's own SQL
        " SELECT id FROM hits ORDER BY received_at DESC, id DESC LIMIT %s",
        [*params, limit],
    )


def _ids(sql: str, params: list[object]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor.fetchall()]
