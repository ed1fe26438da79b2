"""Closes responses whose time to be replaced is over, and lets answers count ten or more at a time (surveys/batching.py)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import Q

from organisation.clock import local_day
from surveys.batching import Batch, Waiting, batches
from surveys.models import Answer, AnswerBatch, Response, SurveyRound

LOCK = 4_101_002
AT_ONCE = 20_000
AT_A_PLACE: Final = Q(place__isnull=False) | Q(round__way=SurveyRound.Way.LINK)
"""Of who is not known, with a mark of the form instead of a link."""


def gather(*, at: datetime) -> int:
    """Says how many answers count from now on. One worker at a time; a second run finds nothing left."""
    _close(at)
    done = 0
    for survey_id, key in _waiting_keys():
        done += _gather(survey_id, key, at)
    return done


def _close(at: datetime) -> None:
    """What leads back to a link goes at once. The mark of a form at a place leads to nobody; it goes after the next day, so that the same form
    sent once more is known again until then."""
    Response.objects.filter(AT_A_PLACE, closes_at__lte=at).update(closes_at=None)
    Response.objects.filter(closes_at__lte=at).update(closes_at=None, revise_hash="")
    yesterday = local_day(at) - timedelta(days=1)
    marked = Response.objects.filter(closes_at=None, answered_on__lt=yesterday).exclude(revise_hash="")
    marked.update(revise_hash="")


def _waiting_keys() -> list[tuple[int, str]]:
    rows = Answer.objects.filter(batch__isnull=True, value__isnull=False, response__closes_at__isnull=True)
    return sorted(set(rows.order_by().values_list("survey_id", "key").distinct()))


@transaction.atomic
def _gather(survey_id: int, key: str, at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
    judge_at_the_end()
    rows = (
        Answer.objects.filter(
            survey_id=survey_id, key=key, batch__isnull=True, value__isnull=False, response__closes_at__isnull=True
        )
        .order_by("response__answered_on", "pk")
        .values_list(
            "pk",
            "value",
            "response__channel",
            "response__team_id",
            "response__theme_id",
            "response__answered_on",
            "response__place_id",
            "response__feeds_figures",
            "response__round_id",
        )[:AT_ONCE]
    )
    values: dict[Hashable, int] = {}
    waiting: list[Waiting] = []
    for pk, value, channel, team, theme, on, place, feeds, of_round in rows:
        values[pk] = int(value or 0)
        waiting.append(Waiting(pk, channel, team, theme, on, place, feeds, of_round))
    made = batches(waiting, local_day(at), _over({one.round for one in waiting if one.round}))
    batch_rows = AnswerBatch.objects.bulk_create(batch_row(survey_id, key, one, values) for one in made)
    for row, one in zip(batch_rows, made, strict=True):
        Answer.objects.filter(pk__in=[int(str(pk)) for pk in one.pks]).update(batch_id=row.pk)
    return sum(len(one.pks) for one in made)


def _over(rounds: set[int]) -> frozenset[int]:
    """Ended, and nobody can replace an answer any more."""
    if not rounds:
        return frozenset()
    ended = SurveyRound.objects.filter(pk__in=rounds, ended_at__isnull=False)
    open_ones = Response.objects.filter(round__in=rounds, closes_at__isnull=False).values_list("round_id", flat=True)
    return frozenset(ended.values_list("pk", flat=True)) - frozenset(open_ones.distinct())


def judge_at_the_end() -> None:
    """A batch is there before its answers are: the database looks whether it is whole when the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS is_whole DEFERRED")


def batch_row(survey_id: int, key: str, batch: Batch, values: Mapping[Hashable, int]) -> AnswerBatch:
    """The sums of a batch."""
    given = [values[pk] for pk in batch.pks]
    counts = Counter(given)
    return AnswerBatch(
        survey_id=survey_id,
        key=key,
        channel=batch.channel,
        team_id=batch.team,
        theme_id=batch.theme,
        on=batch.on,
        place_id=batch.place,
        feeds_figures=batch.feeds,
        round_id=batch.round,
        size=len(given),
        total=sum(given),
        squares=sum(value * value for value in given),
        **{f"n{value}": counts.get(value, 0) for value in range(1, 11)},
    )
