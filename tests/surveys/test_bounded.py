"""Lists cost the same number of statements, however long they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organisation.clock import now, today
from surveys.actions.add_outside import add_outside
from surveys.models import OutsideIndicator, OutsideResult, SurveyPlace, SurveyRound, WordGroup
from tests.cast import Cast
from tests.surveys.scene import outside_file, research, survey_place, survey_results, survey_round


def more_rounds(cast: Cast, count: int) -> str:
    survey = research()
    for number in range(count):
        SurveyRound.objects.create(
            name=f"Ronde {number}", survey=survey, way="link", state="ended", survey_version=survey.versions.get(), began_at=now(),
            starts_on=today(), ends_on=today(), intro_nl="x", intro_en="x",
        )  # fmt: skip
    return "/enquetes/onderzoek/"


def more_scores(cast: Cast, count: int) -> str:
    add_outside()
    for number in range(count):
        one = OutsideIndicator.objects.create(code=f"m{number}", name=f"Meting {number}", unit="mark")
        for year in (2020, 2022):
            OutsideResult.objects.create(indicator=one, year=year, value=7, source="bron")
    return "/enquetes/buiten/"


def more_years(cast: Cast, count: int) -> str:
    add_outside()
    one = OutsideIndicator.objects.get(code="digitaal")
    for number in range(count):
        OutsideResult.objects.create(indicator=one, year=2018 + number, value=7, source=f"bron {number}")
    return "/enquetes/buiten/digitaal/"


def more_rows_of_a_file(cast: Cast, count: int) -> str:
    row = outside_file()
    row.rows = [[line, ["Heldere taal", str(2000 + line % 99), "70", "", f"bron {line}"]] for line in range(count)]
    row.save()
    return f"/enquetes/buiten/inlezen/{row.pk}/"


def more_of_a_series(cast: Cast, count: int) -> str:
    address = f"/enquetes/onderzoek/{survey_round('ended').pk}/uitkomsten/"
    more_rounds(cast, count)
    return address


def more_themes(cast: Cast, count: int) -> str:
    survey_results(cast)
    for number in range(count):
        WordGroup.objects.create(name=f"Thema {number}", words=["ga zo"])
    return "/enquetes/woorden/"


def more_places(cast: Cast, count: int) -> str:
    place = survey_place()
    for number in range(count):
        SurveyPlace.objects.create(name=f"Plek {number}", survey=place.survey, channel="newsletter")
    return "/enquetes/codes/"


@pytest.mark.parametrize(
    "make",
    [more_rounds, more_scores, more_years, more_rows_of_a_file, more_of_a_series, more_themes, more_places],
)
def test_a_longer_list_costs_no_more_statements(cast: Cast, make: Callable[[Cast, int], str]) -> None:
    client = Client()
    client.force_login(cast.sanne)

    def statements(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    address = make(cast, 1)
    few = statements(address)
    _forget(make)
    make(cast, 25)
    assert statements(address) <= few


def _forget(make: Any) -> None:
    """What the first call made, so that the second can make more of it."""
    WordGroup.objects.filter(name__startswith="Thema").delete()
    SurveyPlace.objects.filter(name__startswith="Plek").delete()
    if make in (more_rounds, more_of_a_series):
        SurveyRound.objects.filter(name__startswith="Ronde").delete()
    if make is more_scores:
        OutsideResult.objects.filter(indicator__name__startswith="Meting").delete()
        OutsideIndicator.objects.filter(name__startswith="Meting").delete()
    if make is more_years:
        OutsideResult.objects.filter(source__startswith="bron").delete()
