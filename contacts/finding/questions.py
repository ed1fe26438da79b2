"""Finds questions by their number or by words, newest first, fast for rare and for common words (performance.md lesson c).

The planner cannot know whether a word is rare. So the newest questions are looked through first (a common word is found there at
once); when that gives too few, the word index is read as a whole inside a materialised part, never mixed with a walk by date. Of a word
that was common a while ago it holds thousands, of which only the newest are wanted: the walk by date goes on before they are all read.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from contacts.finding.recognise import recognise
from contacts.finding.words import WORDS_ASKED, WordsAsked
from contacts.models import ConfidentialAccess, Question
from organisation.built_once import rows_built_once
from organisation.clock import today
from organisation.prepared import marked_user, user_shape, user_values
from organisation.roles import Right
from organisation.snapshot import Organisation, organisation

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from organisation.models import User

NEWEST = 1_500
"""Questions that are looked through first."""
COMMON = 8
"""From this many among the newest a word is common: the walk by date goes on and stays short."""
FEW = 500
"""As many hits of the word index are read at once."""
FURTHER = 12_000
"""With more hits, but not among the newest, the walk ends here."""
FAR = 60_000
"""The walk ends here, whatever happens."""
FAR_IN_TEAM = 20_000
"""The same for one team."""
GIN_MOST = 20_000
LIMIT = 50
WALK = (
    "SELECT w.id, w.received_at FROM ({}) AS w (id, received_at, search) WHERE w.search @@ {asked} LIMIT %s"
).replace("{asked}", WORDS_ASKED)
NEWEST_HITS = (
    "WITH hits (id, received_at) AS MATERIALIZED ({})"
    " SELECT id, (SELECT count(*) FROM hits) FROM hits ORDER BY received_at DESC, id DESC LIMIT %s"
)
Row = tuple[int, datetime]


def find_questions(user: User, text: str, limit: int = LIMIT, house: Organisation | None = None) -> list[int]:
    """The ids of at most `limit` visible questions, newest first; by number when the text is one, else by all its words or what they begin."""
    words = text.strip()[:200]
    if not words or not user.may(Right.QUESTIONS_READ):
        return []
    prefix = (house or organisation()).municipality.number_prefix
    typed = recognise(words, prefix, today().year)
    visible = Question.objects.visible_to(user)
    if typed.kind == "number":
        numbered = list(visible.filter(number=typed.value).values_list("pk", flat=True))
        if numbered or typed.value.startswith(f"{prefix.upper()}-"):
            return numbered  # else it is a number of another system, that stands in a text
    if not user.may(Right.QUESTIONS_ALL_TEAMS):
        return _in_own_teams(user, words, visible, limit)
    found = _walk_town(user, NEWEST, words, limit)
    if len(found) < limit:
        is_common = len(found) >= COMMON
        rare = None if is_common else _few_hits(user, words, limit)
        if rare is not None:
            return rare
        found = _walk_town(user, FAR if is_common else FURTHER, words, limit)
        if len(found) < limit and not is_common:
            return _through_index(user, words, limit, GIN_MOST)[0]
    return [pk for pk, _moment in found]


def _in_own_teams(user: User, words: str, visible: QuerySet, limit: int) -> list[int]:
    """A word that is rare in the whole town goes through the index; a common one is walked team by team, each by its own index."""
    town = Question.objects.order_by("-received_at", "-pk").values_list("pk", "received_at", "search")
    is_common = len(_walk(town[:NEWEST], words, COMMON)) >= COMMON
    rare = None if is_common else _few_hits(user, words, limit)
    if rare is not None:
        return rare
    parts = [visible.filter(team_id=team_id) for team_id in sorted(user.team_ids)]
    named = ConfidentialAccess.objects.filter(user=user).values("question_id")
    parts.append(visible.filter(pk__in=named).exclude(team_id__in=user.team_ids))
    found = []
    for part in parts:
        rows = part.order_by("-received_at", "-pk").values_list("pk", "received_at", "search")
        found += _walk(rows[: FAR_IN_TEAM if is_common else FURTHER], words, limit)
    if len(found) < limit and not is_common:
        return _through_index(user, words, limit, GIN_MOST)[0]
    return [pk for pk, _moment in sorted(found, key=lambda row: (row[1], row[0]), reverse=True)[:limit]]


def _walk(rows: QuerySet, words: str, limit: int) -> list[Row]:
    """The first hits in this row of questions, which are read one by one and no further than needed."""
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(WALK.replace("{}", sql), [*params, words, limit])
        return cursor.fetchall()


def _walk_town(user: User, most: int, words: str, limit: int) -> list[Row]:
    """The first hits among the newest questions that this person may see."""
    return rows_built_once(
        ("walk", most, user_shape(user)),
        lambda marks: (
            Question.objects.visible_to(marked_user(user, marks))
            .order_by("-received_at", "-pk")
            .values("pk", "received_at", "search")[:most]
        ),
        {**user_values(user), "words": words, "limit": limit},
        WALK,
        ("words", "limit"),
    )


def _few_hits(user: User, words: str, limit: int) -> list[int] | None:
    """The newest of all hits of the word index; None when there are too many to read."""
    newest, count = _through_index(user, words, limit, FEW + 1)
    return newest if count <= FEW else None


def _through_index(user: User, words: str, limit: int, most: int) -> tuple[list[int], int]:
    """So many hits of the word index in no order, the newest of them, and how many there were."""

    def hits(marks: dict[str, Any]) -> QuerySet:
        found = Question.objects.visible_to(marked_user(user, marks))
        return found.filter(search=WordsAsked(marks["words"])).order_by().values("pk", "received_at")[:most]

    values = {**user_values(user), "words": words, "limit": limit}
    rows = rows_built_once(("index", most, user_shape(user)), hits, values, NEWEST_HITS, ("limit",))
    return [pk for pk, _count in rows], rows[0][1] if rows else 0
