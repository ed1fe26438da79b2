"""No combination of filters and periods, on any page, tells fewer than ten answers apart (docs/adr/0029)."""

from __future__ import annotations

import csv
import io
import itertools
import random
from collections import defaultdict
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kpi.periods import DAY, MONTH, WEEK, Period, between, period_of
from kpi.reading import tally
from kpi.registry import MEASURES
from kpi.rollups import roll_up
from kpi.scope import Scope
from organisation.snapshot import organisation
from surveys.actions.gather import gather
from surveys.batching import FEWEST
from surveys.models import Answer, AnswerBatch
from tests.api.conftest import call as call_api  # noqa: F401 - a fixture
from tests.api.conftest import website  # noqa: F401 - a fixture
from tests.cast import Cast
from tests.surveys.conftest import AT
from tests.surveys.test_results import Given, given  # noqa: F401 - a fixture

CHANNELS = ("", "phone", "email", "letter")
CODES = ("rating.phone", "rating.email", "rating.letter", "rating.friendliness", "rating.clear_language")


def history(cast: Cast, given: Given, seed: int) -> None:  # noqa: F811
    """Sixty days of answers of three teams of very different size; batches are made now and then, as the job does."""
    draw = random.Random(seed)
    teams = (cast.servicecentrum, cast.burgerzaken, cast.openbare_ruimte)
    for ago in range(60, 0, -1):
        for team, often in zip(teams, (4, 2, 1), strict=True):
            marks = [draw.randint(1, 10) for _one in range(draw.randrange(often + 1))]
            given(marks, team=team, channel=draw.choice(CHANNELS[1:]), days_ago=ago)
        if draw.random() < 0.3:
            gather(at=AT - timedelta(days=ago - 1))
    gather(at=AT)


def periods() -> list[Period]:
    """Each day, week and month, and two dates of every ninth day."""
    last = AT.date()
    days = [last - timedelta(days=ago) for ago in range(62)]
    known = {period_of(kind, day) for day in days for kind in (DAY, WEEK, MONTH)}
    known |= {between(first, until) for first, until in itertools.product(days[::9], days[::9]) if first <= until}
    return sorted(known, key=lambda one: (one.first, one.last))


def smallest(told: dict[Any, set[str]]) -> int:
    """The fewest answers that can be told apart from all others: each answer is known by the questions that count it."""
    groups: dict[frozenset[str], int] = defaultdict(int)
    for asked in told.values():
        groups[frozenset(asked)] += 1
    return min(groups.values(), default=FEWEST)


@pytest.mark.django_db
def test_whatever_is_asked_and_subtracted_ten_answers_stay_together(cast: Cast, given: Given) -> None:  # noqa: F811
    history(cast, given, 1)
    teams = [None, *(frozenset({one.pk}) for one in (cast.servicecentrum, cast.burgerzaken, cast.openbare_ruimte))]
    subjects = [None, frozenset({cast.afval.pk, cast.grofvuil.pk})]
    told: dict[int, set[str]] = defaultdict(set)
    assert AnswerBatch.objects.count() > 5, "a history that says something"
    for number, (code, period) in enumerate(itertools.product(CODES, periods())):
        for team, channel, subject in (
            itertools.product(teams, CHANNELS, subjects) if number % 31 == 0 else [(None,) * 3]
        ):
            scope = Scope(period, team, channel or "", subject)
            for pk in MEASURES[code].population(scope, AT).values_list("pk", flat=True):
                told[pk].add(f"{code} {scope}")
    assert told
    assert smallest(told) >= FEWEST
    with_results = defaultdict(set)
    # each period with some teams and channels, each of those with many periods
    for period, team, channel in list(itertools.product(periods(), teams, CHANNELS))[::5]:
        rows = AnswerBatch.objects.within(
            period.first, period.last, team_id=next(iter(team)) if team else None, channel=channel
        )
        for pk in Answer.objects.filter(batch__in=rows).values_list("pk", flat=True):
            with_results[pk].add(f"{period} {team} {channel}")
    assert smallest(with_results) >= FEWEST


@pytest.mark.django_db
def test_tile_file_and_interface_tell_the_sums_of_whole_batches(cast: Cast, given: Given, call_api: Any) -> None:  # noqa: F811
    history(cast, given, 3)
    roll_up(at=AT)
    house, director = organisation(), Client()
    director.force_login(cast.joost)
    first, last = AT.date() - timedelta(days=62), AT.date()
    for code, team in itertools.product(CODES, ("", "servicecentrum", "burgerzaken", "openbare-ruimte")):
        ids = frozenset(one.pk for one in house.teams.values() if one.code == team) if team else None
        whole = AnswerBatch.objects.filter(feeds_figures=True, on__gte=first, on__lte=last)
        scope = Scope(between(first, last), ids)
        found = tally(MEASURES[code], scope, at=AT, today=last)
        counted = Answer.objects.filter(pk__in=MEASURES[code].population(scope, AT).values("pk"))
        sizes = list(whole.filter(pk__in=counted.values("batch")).values_list("size", flat=True))
        assert found.denominator == sum(sizes)
        assert all(size >= FEWEST for size in sizes)
        query = f"from={first}&to={last}" + (f"&team={team}" if team else "")
        assert (call_api("GET", f"/api/v1/kpis/{code}?{query}").json()["denominator"] or 0) == found.denominator
        address = f"/cijfers/{code}/export.csv?van={first}&tot={last}" + (f"&team={team}" if team else "")
        lines = list(csv.reader(io.StringIO(director.get(address).content.decode("utf-8-sig")), delimiter=";"))
        shown = {int(line[3]) for line in lines[1:] if line[3].isdigit()}
        assert all(one >= FEWEST for one in shown), "every cell of the file"
