"""Marks of customers as figures: the same number on the tile, in the roll-up, in the command and from the rows, and never a list."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from kpi.measures.base import Tally
from kpi.measures.ratings import _WAITING, MEASURES, margin
from kpi.models import ChangedDay
from kpi.pages.dashboard import _kept
from kpi.periods import DATES, Period
from kpi.reading import _rolled_up, tally
from kpi.registry import MEASURES as ALL
from kpi.rollups import rebuild, roll_up
from kpi.scope import Scope
from surveys.actions.answer import write_answers
from surveys.actions.gather import gather
from surveys.models import Response, Survey, SurveyPlace
from tests.cast import Cast
from tests.surveys.conftest import AT
from tests.surveys.test_results import Given, given  # noqa: F401 - a fixture

PHONE = ALL["rating.phone"]
MONTH = Scope(Period(DATES, date(2026, 11, 1), date(2026, 11, 30)))


@pytest.fixture(autouse=True)
def _now() -> Any:
    _WAITING._held.clear()
    with time_machine.travel(AT, tick=False):
        yield


def command(code: str, *more: str) -> dict[str, Any]:
    out = StringIO()
    call_command("kpi", code, "--from", "2026-11-01", "--to", "2026-11-30", *more, stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


@pytest.mark.parametrize(("marks", "value", "met"), [([7] * 10, 7.0, True), ([7] * 9 + [6], 6.9, False)])
def test_the_mean_is_met_from_seven_on(cast: Cast, given: Given, marks: list[int], value: float, met: bool) -> None:  # noqa: F811
    given(marks)
    gather(at=AT)
    found = command("rating.phone")
    assert (found["denominator"], found["value"], found["target"], found["met"]) == (10, value, 7.0, met)


def test_the_margin_of_a_team_is_that_of_its_own_answers(cast: Cast, given: Given) -> None:  # noqa: F811
    given([7] * 9 + [4])
    gather(at=AT)
    assert margin(PHONE, replace(MONTH, team_ids=frozenset({cast.servicecentrum.pk}))) == margin(PHONE, MONTH)
    assert margin(PHONE, MONTH) is not None
    assert margin(PHONE, replace(MONTH, team_ids=frozenset({cast.burgerzaken.pk}))) is None


def test_fewer_than_ten_say_too_few_and_none_say_no_data(cast: Cast, given: Given) -> None:  # noqa: F811
    client = Client()
    client.force_login(cast.sanne)

    def tile() -> str:
        page = client.get("/cijfers/rating.phone/?periode=maand&dag=2026-11-25").content.decode()
        return page.split('class="kpi__state"')[1][:600]

    assert "geen gegevens" in tile()
    given([9] * 9)
    gather(at=AT)
    _WAITING._held.clear()
    assert "te weinig antwoorden" in tile()
    assert command("rating.phone") == command("rating.phone") | {"value": None, "met": None, "denominator": None}


def test_the_dashboard_says_too_few_as_soon_as_somebody_answered(cast: Cast, given: Given) -> None:  # noqa: F811
    """No figure changes with it, so the tile that was kept must not stay."""
    _kept.clear()
    given([8] * 10, days_ago=40)
    gather(at=AT)
    client = Client()
    client.force_login(cast.sanne)

    def tile() -> str:
        _WAITING.clear()
        page = client.get("/cijfers/?periode=maand&dag=2026-11-25").content.decode()
        return page.split("/cijfers/rating.phone/")[0].rsplit('class="kpi__state"', 1)[1]

    assert "geen gegevens" in tile()
    given([9] * 3)
    gather(at=AT)
    assert "te weinig antwoorden" in tile()
    assert "te weinig antwoorden" in tile()


def test_rows_roll_up_and_command_say_the_same_also_when_answers_count_later(cast: Cast, given: Given) -> None:  # noqa: F811
    given([6, 7, 8, 9, 10] * 2, days_ago=9)
    gather(at=AT)
    roll_up(at=AT)
    assert tally(PHONE, MONTH, at=AT, today=AT.date()) == PHONE.count(MONTH, AT) == Tally(80, 10)
    given([1] * 10, days_ago=5)  # a finished day changes: its answers count from today on
    gather(at=AT)
    assert ChangedDay.objects.filter(on=AT.date() - timedelta(days=5)).exists()
    assert tally(PHONE, MONTH, at=AT, today=AT.date()) == Tally(90, 20)
    roll_up(at=AT)
    _rolled_up.cache_clear()  # in one transaction every revision has the same number
    assert tally(PHONE, MONTH, at=AT, today=AT.date()) == Tally(90, 20)
    rebuild(at=AT)
    _rolled_up.cache_clear()
    assert tally(PHONE, MONTH, at=AT, today=AT.date()) == Tally(90, 20)


def test_every_day_and_every_cut_holds_ten_answers_or_none(cast: Cast, given: Given) -> None:  # noqa: F811
    for days_ago in range(1, 20):
        given([5, 8], days_ago=days_ago)
        given([6], team=cast.burgerzaken, days_ago=days_ago)
        gather(at=AT - timedelta(days=days_ago - 1))
    sizes = set()
    for first in range(1, 26, 3):
        for last in range(first, 26):
            for team in (None, cast.servicecentrum.pk, cast.burgerzaken.pk):
                period = Period(DATES, date(2026, 11, first), date(2026, 11, last))
                scope = Scope(period, team_ids=frozenset({team}) if team else None)
                sizes.add(PHONE.count(scope, AT).denominator)
    sizes.discard(0)
    assert sizes
    assert all(abs(one - other) >= 10 for one in sizes for other in sizes if one != other)
    assert min(sizes) >= 10


def test_the_certainty_is_that_of_the_very_answers(cast: Cast, given: Given) -> None:  # noqa: F811
    given([6, 8] * 5)
    gather(at=AT)
    assert margin(PHONE, MONTH) == pytest.approx((6.347, 7.653), abs=0.001)
    assert margin(ALL["rating.clear_language"], MONTH) is None


def test_no_page_of_a_mark_lists_answers(cast: Cast, given: Given) -> None:  # noqa: F811
    given([3] * 10, team=cast.openbare_ruimte)
    gather(at=AT)
    for number, code in enumerate(one.code for one in MEASURES):
        for name in ("sanne", "ria", "fatima", "joost"):
            client = Client()
            client.force_login(getattr(cast, name))
            if number == 0 or name == "sanne":  # each page once, and each person one of them
                page = client.get(f"/cijfers/{code}/?periode=maand&dag=2026-11-25")
                assert page.status_code == 200, (code, name)
                assert 'id="lijst"' not in page.content.decode(), (code, name)
            sent = client.post(f"/cijfers/{code}/lijst.csv", {"query": "periode=maand", "reason": "controle"})
            assert sent.status_code in (403, 404), (code, name)


def test_a_newsletter_is_no_contact(cast: Cast, given: Given) -> None:  # noqa: F811
    """Its marks and its language count for newsletters alone."""
    given([8] * 10)
    place = SurveyPlace.objects.create(
        name="Nieuwsbrief", survey=Survey.objects.get(code="nieuwsbrief"), channel="newsletter", feeds_figures=True
    )
    version = place.survey.versions.get(state="running")
    questions = {one.key: one for one in version.questions.all()}
    for _reader in range(10):
        response = Response.objects.create(
            survey_version=version, channel="newsletter", place=place, feeds_figures=True, answered_on=AT.date()
        )
        values = {questions["mark"].pk: 4, questions["clear_language"].pk: 1}
        write_answers(response, place.survey_id, {one.pk: one for one in questions.values()}, values)
    gather(at=AT)
    assert command("rating.newsletter")["value"] == 4
    assert command("rating.clear_language")["denominator"] in (0, None)
    client = Client()
    client.force_login(cast.sanne)
    page = client.get("/enquetes/").content.decode()
    assert "Klanten geven een 8,0" in page
    assert ">Nieuwsbrief<" in page.split('id="plekken"')[1]
