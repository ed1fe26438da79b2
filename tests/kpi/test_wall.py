"""The wallboard says what the dashboard says, names nobody, and is asked for often at little cost."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from kpi.pages import wall as page
from kpi.pages.wall import fragment, wall
from kpi.periods import DAY, Period
from kpi.registry import MEASURES
from kpi.scope import Scope
from kpi.wall import opening
from organisation.clock import now
from organisation.snapshot import organisation
from organisation.workdays import AMSTERDAM, Calendar
from tests.cast import Cast

OFFICE = Calendar({day: ((510, 750), (780, 1020)) for day in range(5)}, {date(2026, 12, 25): ()})


@pytest.fixture(autouse=True)
def _no_screen_from_another_test() -> None:
    page._kept.clear()


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-11-25 08:29", "Gesloten; vandaag open om 8:30"),
        ("2026-11-25 08:30", "Open tot 12:30"),
        ("2026-11-25 12:30", "Gesloten; vandaag open om 13:00"),
        ("2026-11-25 16:59", "Open tot 17:00"),
        ("2026-11-25 17:00", "Gesloten; morgen open om 8:30"),
        ("2026-11-27 17:30", "Gesloten; maandag 30 november open om 8:30"),
        ("2026-12-24 18:00", "Gesloten; maandag 28 december open om 8:30"),
        ("2026-03-29 02:30", "Gesloten; morgen open om 8:30"),
        ("2026-10-25 02:30", "Gesloten; morgen open om 8:30"),
    ],
)
def test_the_screen_says_whether_it_is_open_and_when_it_opens(at: str, words: str) -> None:
    with translation.override("nl"):
        assert opening(OFFICE, datetime.fromisoformat(at).replace(tzinfo=AMSTERDAM)).words == words


def test_a_calendar_that_is_always_or_never_open_says_so() -> None:
    at = datetime(2026, 11, 25, 12, tzinfo=AMSTERDAM)
    with translation.override("nl"):
        assert opening(Calendar({}), at).words == "Gesloten"
        assert opening(None, at).words == "Nog geen openingstijden"
        assert opening(Calendar({day: ((0, 1440),) for day in range(7)}), at).is_open


@pytest.mark.django_db
def test_every_figure_of_today_is_the_figure_itself(cast: Cast) -> None:
    at = now()
    today = at.astimezone(AMSTERDAM).date()
    for row in wall(organisation(), at).rows:
        tally = MEASURES[row.code].count(Scope(Period(DAY, today, today)), at)
        assert (row.count == "–") == tally.is_empty
        if not tally.is_empty:
            assert row.count == str(tally.denominator)


@pytest.mark.django_db
def test_the_part_that_is_asked_again_is_304_until_a_figure_changes(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.fatima)
    first = client.get(reverse("kpi:wall_now"))
    assert first.status_code == 200
    assert first["Cache-Control"] == "no-store"
    again = client.get(reverse("kpi:wall_now"), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["X-Wall-Release"] == first["X-Wall-Release"]


@pytest.mark.django_db
def test_twenty_screens_cost_one_computation(cast: Cast) -> None:
    house, at = organisation(), now()
    fragment(house, at)
    with CaptureQueriesContext(connection) as asked:
        for second in range(9):
            fragment(house, at + timedelta(seconds=second))
    assert len(asked) == 0
    with CaptureQueriesContext(connection) as later:
        fragment(house, at + timedelta(seconds=11))
    assert 0 < len(later) <= 6


@pytest.mark.django_db
def test_nobody_is_named_on_the_screen(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ria)
    html = client.get(reverse("kpi:wall")).content.decode()
    for person in (cast.fatima, cast.henk, cast.ria, cast.sanne):
        assert person.name not in html


@pytest.mark.django_db
def test_an_empty_house_shows_no_data_and_no_zero_percent(cast: Cast) -> None:
    with translation.override("nl"):
        html = render_to_string("kpi/wall_now.html", {"wall": wall(organisation(), now())})
    assert "geen telefooncentrale gekoppeld" in html
    assert "geen gegevens" in html
    assert "0 %" not in html.replace("\u00a0", " ").replace("90 %", "").replace("60 %", "")
