"""The wallboard says what the dashboard says, names nobody, and is asked for often at little cost."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from channels_app.actions.log_events import Told, log_events
from contacts.models import Customer, Question
from kpi.measures import backlog
from kpi.pages import wall as page
from kpi.pages.dashboard import dashboard
from kpi.pages.filters import question_of
from kpi.pages.wall import fragment, wall
from kpi.periods import DAY, Period
from kpi.registry import MEASURES
from kpi.scope import Scope
from kpi.wall import opening
from organisation import wording
from organisation.clock import now
from organisation.models import CalendarHours, Team, WorkingCalendar
from organisation.snapshot import organisation, settings_changed
from organisation.workdays import AMSTERDAM, Calendar
from tests.cast import Cast
from tests.kpi.history import call, clock, local, question

NOON = local("2026-11-25 12:00")
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
def test_the_screen_tells_the_hours_of_the_servicecentrum_where_these_differ(cast: Cast) -> None:
    saturday = local("2026-11-28 12:00")
    assert not wall(organisation(), saturday).opening.is_open
    desk = WorkingCalendar.objects.create(name="Servicecentrum")
    CalendarHours.objects.create(calendar=desk, weekday=5, opens=600, closes=900)
    Team.objects.filter(pk=cast.servicecentrum.pk).update(calendar=desk)
    settings_changed()
    assert wall(organisation(), saturday).opening.is_open


@pytest.fixture
def busy_day(cast: Cast, settings: object) -> Cast:
    """Wednesday: 10 calls of which 9 in time, 4 e-mails of which 3 in time, one of them late and open, of a customer with a name."""
    settings.CLOCK_OFFSET_SECONDS = int((NOON - datetime.now(UTC)).total_seconds())  # type: ignore[attr-defined]
    customer = Customer.objects.create(name="Wilhelmina Zwartjes", place="Spanbroek", created_at=NOON)
    for number in range(10):
        call(local(f"2026-11-25 09:{number:02d}"), wait=95 if number == 3 else 12)
    for number in range(4):
        at = local(f"2026-11-20 10:{number:02d}")
        row = question(cast, received=at, channel="email", customer=customer, title=f"Zwartjes wacht {number}")
        stopped = local("2026-11-25 09:30") if number else None
        clock(row, "email.answer", started=at, due=local("2026-11-25 11:00"), stopped=stopped)
    Question.objects.filter(title="Zwartjes wacht 0").update(due_at=local("2026-11-25 11:00"))
    return cast


@pytest.mark.django_db
def test_every_figure_of_today_is_the_figure_itself_and_that_of_the_tile(busy_day: Cast) -> None:
    house = organisation()
    today = NOON.date()
    scope = Scope(Period(DAY, today, today))
    with translation.override("nl"):
        screen = wall(house, NOON)
        asked = question_of({"periode": "dag", "dag": "2026-11-25"}, busy_day.sanne, house, today)
        tiles = {tile.code: tile for tile in dashboard(asked, busy_day.sanne, house, NOON).steady.tiles}
    rows = {row.code: row for row in screen.rows}
    assert (rows["phone.pickup"].count, rows["phone.pickup"].value) == ("10", "90\u00a0%")
    assert (rows["email.answer"].count, rows["email.answer"].value) == ("4", "75\u00a0%")
    assert (rows["phone.pickup"].css, rows["email.answer"].css) == ("ok", "warn")
    for code, row in rows.items():
        tally = MEASURES[code].count(scope, NOON)
        if tally.is_empty:
            assert (row.count, row.value, row.css) == ("–", "–", "none"), code
            continue
        assert row.count == str(tally.denominator)
        assert row.value == f"{wording.points(100 * tally.numerator / tally.denominator)}\u00a0%"
        assert row.value.replace("\u00a0%", "") == tiles[code].value
        assert (row.css == "ok") == (tiles[code].css == "ok")
        assert tiles[code].foot.startswith(f"{tally.numerator} van {tally.denominator} ")
    assert screen.longest == "1:35"
    loads = backlog.by_team(Question.objects.open(), NOON)
    total = sum(loads.values(), backlog.Load())
    assert (screen.open, screen.late, screen.soon) == (str(total.open), str(total.late), str(total.soon))
    assert total.late


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
def test_who_waits_on_the_phone_stands_on_the_screen_once_an_exchange_tells(cast: Cast) -> None:
    house, nine = organisation(), local("2026-03-02 09:00")
    assert wall(house, nine).queue is None

    def tell(kind: str, seconds: int, call: str, *, is_test: bool = False) -> None:
        moment = nine + timedelta(seconds=seconds)
        told = [Told(call, kind, moment, is_test=is_test)]
        log_events(source="telefonie:1", events=told, at=moment, pickup_seconds=lambda day: 30)

    def tile(seconds: int) -> tuple[str, str, str]:
        found = wall(house, nine + timedelta(seconds=seconds)).queue
        assert found is not None
        return found.count, found.note, found.css

    tell("entered", 0, "proof", is_test=True)
    tell("ringing", 0, "proof")
    assert wall(house, nine).queue is None
    tell("entered", 0, "a")
    tell("entered", 5, "b")
    tell("ringing", 6, "b")
    assert tile(18) == ("2", "langste 0:18 van 0:30", "soon")
    assert tile(31)[2] == "late"
    tell("answered", 32, "a")
    tell("ended", 33, "b")
    assert tile(40) == ("0", "niemand wacht", "")
    assert wall(house, nine + timedelta(days=2)).queue is None
    limited = wall(house, nine + timedelta(seconds=40), frozenset({cast.openbare_ruimte.pk}))
    assert limited.queue is None


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
@pytest.mark.parametrize("url", ["kpi:wall", "kpi:wall_now"])
def test_who_sees_aggregates_only_reads_no_small_number_of_a_team_on_it(busy_day: Cast, url: str) -> None:
    """What counts for the team also stands on the dashboard, as `< 10`; a screen in the room and who sees lists read the number itself."""
    pages = {}
    for person in (busy_day.fatima, busy_day.joost, busy_day.receptie):
        client = Client()
        client.force_login(person)
        pages[person.pk] = client.get(reverse(url)).content.decode().split("wall-block--teams")[1]
    assert "&lt; 10" not in pages[busy_day.fatima.pk]
    for person in (busy_day.joost, busy_day.receptie):
        cells = re.findall(r"<td[^>]*>(.*?)</td>", pages[person.pk], re.DOTALL)
        words = {re.sub(r"<svg.*?</svg>|<[^>]+>", "", cell, flags=re.DOTALL).strip() for cell in cells}
        assert "&lt; 10" in words
        assert not words & {str(number) for number in range(1, 10)}


@pytest.mark.django_db
def test_the_tiles_and_the_order_of_teams_tell_no_small_number_either(busy_day: Cast) -> None:
    house, team = organisation(), busy_day.openbare_ruimte
    for number in range(2):
        question(busy_day, received=local(f"2026-11-20 11:{number:02d}"), team=team, title=f"Ook te laat {number}")
    Question.objects.filter(team=team).update(due_at=local("2026-11-25 11:00"))
    with translation.override("nl"):
        every, few = wall(house, NOON), wall(house, NOON, small=True)
    assert every.late == "3" and every.late_note == f"2 bij {team.name}"
    assert [row.name for row in every.teams] == [team.name, busy_day.burgerzaken.name]
    assert few.late == "< 10" and few.late_note == f"< 10 bij {busy_day.burgerzaken.name}"
    assert [row.name for row in few.teams] == [busy_day.burgerzaken.name, team.name]


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["kpi:wall", "kpi:wall_now"])
def test_nobody_is_named_on_the_screen(busy_day: Cast, url: str) -> None:
    client = Client()
    client.force_login(busy_day.fatima)
    html = client.get(reverse(url)).content.decode()
    for person in (busy_day.fatima, busy_day.henk, busy_day.ria, busy_day.sanne):
        assert person.name not in html
    assert "Burgerzaken" in html
    for private in ("Zwartjes", "Wilhelmina", "Spanbroek", *Question.objects.values_list("number", flat=True)):
        assert private not in html


@pytest.mark.django_db
def test_an_empty_house_shows_no_data_and_no_zero_percent(cast: Cast) -> None:
    with translation.override("nl"):
        html = render_to_string("kpi/wall_now.html", {"wall": wall(organisation(), now())})
    assert "geen telefooncentrale gekoppeld" in html
    assert "geen gegevens" in html
    assert "0 %" not in html.replace("\u00a0", " ").replace("90 %", "").replace("60 %", "")
