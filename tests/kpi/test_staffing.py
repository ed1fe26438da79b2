"""How many people the phone needs: Erlang C by its own tables, and a page that a team lead can act on."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from channels_app.models import Call
from kpi.erlang import in_time, needed, waits
from kpi.pages.staffing import staffing_page
from kpi.staffing import load_of
from organisation.clock import AMSTERDAM
from organisation.models import CalendarDay, WorkingCalendar
from organisation.snapshot import organisation, settings_changed
from tests.cast import Cast

SUNDAY = datetime(2026, 3, 1, 12, 0, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("traffic", "people", "chance"),
    [
        (5, 6, 0.5875),
        (5, 7, 0.3241),
        (5, 8, 0.1673),
        (10, 12, 0.4494),
        (1, 2, 0.3333),
        (0, 3, 0.0),
        (5, 5, 1.0),
        (5, 4, 1.0),
    ],
)
def test_the_chance_to_wait_is_that_of_the_tables(traffic: float, people: int, chance: float) -> None:
    assert waits(traffic, people) == pytest.approx(chance, abs=0.0001)


def test_the_part_in_time_and_the_people_for_it() -> None:
    assert in_time(100, 3600, 180, 8, 20) == pytest.approx(0.8801, abs=0.0005)
    assert needed(100, 3600, 180, 20, 0.8) == 8
    assert needed(100, 3600, 180, 20, 0.9) == 9
    assert needed(0, 3600, 180, 20, 0.9) == 0
    assert (needed(1, 1800, 180, 30, 0.9), needed(1, 1800, 180, 30, 0.95)) == (1, 2)


@given(st.floats(0.1, 400), st.floats(20, 900), st.integers(5, 120), st.floats(0.5, 0.99))
def test_one_less_is_too_few_and_more_calls_never_need_fewer(
    calls: float, length: float, limit: int, share: float
) -> None:
    people = needed(calls, 1800, length, limit, share)
    if people < 200:
        assert in_time(calls, 1800, length, people, limit) >= share
        assert people == 1 or in_time(calls, 1800, length, people - 1, limit) < share
    assert needed(calls * 1.5, 1800, length, limit, share) >= people


def calls_of_weeks(per_slot: int, *, weeks: int = 8, skip: date | None = None) -> None:
    """Every working day at 9:10 so many calls of two minutes, of the whole weeks before SUNDAY's own; nobody calls on New Year."""
    rows = []
    for back in range(weeks * 7):
        day = date(2026, 2, 22) - timedelta(days=back)
        if day.weekday() > 4 or day in (skip, date(2026, 1, 1)):
            continue
        for n in range(per_slot):
            entered = datetime(day.year, day.month, day.day, 9, 10, n % 60, tzinfo=AMSTERDAM)
            rows.append(
                Call(
                    source="t",
                    external_key=f"{day}-{n}",
                    entered_at=entered,
                    answered_at=entered + timedelta(seconds=10),
                    ended_at=entered + timedelta(seconds=130),
                    outcome="answered",
                    wait_seconds=10,
                    entered_on=day,
                )
            )
    Call.objects.bulk_create(rows)


def test_next_week_says_how_many_and_where_it_falls_short(cast: Cast) -> None:
    calls_of_weeks(20)
    page = staffing_page(organisation(), SUNDAY, None)
    assert page.has_data and page.slots[0] == "8:30" and page.slots[-1] == "16:30"
    monday = page.rows[0]
    assert [row.day for row in page.rows] == ["ma 2 mrt", "di 3 mrt", "wo 4 mrt", "do 5 mrt", "vr 6 mrt"]
    assert monday.cells[0].people == "1"  # nobody calls, and still we are open
    expected = needed(20, 1800, 180, 30, 0.9)
    assert monday.cells[1].people == str(expected) and "20 gesprekken verwacht" in monday.cells[1].says
    assert page.sentence == f"Op het drukste moment zijn {expected} mensen nodig"
    short = staffing_page(organisation(), SUNDAY, expected - 1)
    assert len(short.shorts) == 5 and short.shorts[0].day == "ma 2 mrt" and short.shorts[0].time == "9:00–9:30"
    assert monday.cells[1].is_short is False and short.rows[0].cells[1].is_short
    assert staffing_page(organisation(), SUNDAY, expected).sentence == f"{expected} mensen zijn de hele week genoeg"


def test_as_many_people_as_usual_are_taken_to_be_there(cast: Cast) -> None:
    calls_of_weeks(20)
    for call in Call.objects.all():
        call.answered_by = [cast.fatima, cast.sanne][call.pk % 2]
        call.save(update_fields=["answered_by"])
    page = staffing_page(organisation(), SUNDAY, None)
    assert page.people == 2 and len(page.shorts) == 5
    assert "namen gemiddeld 2 mensen per dag op" in page.usual
    words = " ".join(page.how)
    assert "Erlang" not in words and "Erlang" in str(page.exact)
    assert "100 gesprekken" not in words and "3 min. om te praten" not in words and "2 min." in words


def test_a_holiday_lowers_no_average_and_asks_for_nobody(cast: Cast) -> None:
    closed = date(2026, 2, 16)
    calendar = WorkingCalendar.objects.get(is_default=True)
    for day in (closed, date(2026, 3, 3)):
        CalendarDay.objects.create(calendar=calendar, on=day, kind="closed", name="Dicht", is_confirmed=True)
    settings_changed()
    calls_of_weeks(20, skip=closed)
    page = staffing_page(organisation(), SUNDAY, None)
    assert page.rows[0].cells[1].people == page.rows[2].cells[1].people
    assert page.rows[1].note == "gesloten" and not any(cell.people for cell in page.rows[1].cells)


def test_a_day_that_begins_late_lowers_no_average(cast: Cast) -> None:
    calendar = WorkingCalendar.objects.get(is_default=True)
    late = date(2026, 2, 16)
    CalendarDay.objects.create(
        calendar=calendar, on=late, kind="other_hours", name="Laat", intervals=[[720, 1020]], is_confirmed=True
    )
    settings_changed()
    calls_of_weeks(20, skip=late)
    page = staffing_page(organisation(), SUNDAY, None)
    assert "20 gesprekken verwacht" in page.rows[0].cells[1].says


def test_a_stretch_of_half_hours_is_in_time_as_its_calls_are(cast: Cast) -> None:
    calls_of_weeks(20)
    more = []
    for call in Call.objects.all():  # a second half hour with three times as many
        entered = call.entered_at + timedelta(minutes=25)
        moments = {"entered_at": entered, "answered_at": entered, "ended_at": entered + timedelta(seconds=120)}
        known = {"source": "t", "outcome": "answered", "wait_seconds": 0, "entered_on": call.entered_on, **moments}
        more += [Call(external_key=f"{call.external_key}-{n}", **known) for n in range(3)]
    Call.objects.bulk_create(more)
    [short, *_rest] = staffing_page(organisation(), SUNDAY, 3).shorts
    kept = (20 * in_time(20, 1800, 180, 3, 30) + 60 * in_time(60, 1800, 180, 3, 30)) / 80
    assert short.time == "9:00–10:00" and f"{kept * 100:.0f}%" in short.words.replace("\xa0", "")


def test_weeks_of_before_the_first_call_lower_no_average(cast: Cast) -> None:
    """A town that uses it since three weeks needs as many people as one that uses it for years."""
    calls_of_weeks(20, weeks=3)
    found = load_of(organisation().calendar_of(None).rules, SUNDAY.date())
    assert found is not None and found.calls[0, 18] == 20 and (found.weeks, found.first) == (3, date(2026, 2, 2))
    Call.objects.filter(entered_on__lt=date(2026, 2, 10)).delete()
    assert load_of(organisation().calendar_of(None).rules, SUNDAY.date()) is None, "thirteen days say too little"


def test_with_few_calls_nothing_is_foretold(cast: Cast) -> None:
    calls_of_weeks(1)
    page = staffing_page(organisation(), SUNDAY, 3)
    assert not page.has_data


def test_the_page_takes_any_number(cast: Cast) -> None:
    calls_of_weeks(20)
    client = Client()
    client.force_login(cast.sanne)
    with time_machine.travel(SUNDAY, tick=False):
        for asked in ("", "0", "-1", "100", "x", "²", "9" * 30):
            answer = client.get("/cijfers/telefoon/bezetting/", {"mensen": asked})
            assert answer.status_code == 200 and "Op het drukste moment" in answer.content.decode(), asked
