"""The hours of the week are averaged over days that were there: known, over, and not closed for once."""

from datetime import date

import pytest
from django.utils import translation

from kpi.measures.base import Tally
from kpi.pages.trends import Heat, heat, heat_weeks
from kpi.reading import Answer
from organisation.workdays import Calendar

LAST, TODAY = date(2026, 11, 22), date(2026, 11, 25)
WEEKS = heat_weeks(LAST, TODAY)
OFFICE = {day: ((9 * 60, 11 * 60),) for day in range(5)}
MONDAY_CLOSED = date(2026, 11, 9)


def calls(weeks: range, count: int, weekday: int = 0) -> Answer:
    return {("phone.pickup", week, f"{weekday}-9"): Tally(0, count) for week in weeks}


def shown(answer: Answer, exceptions: dict[date, tuple[tuple[int, int], ...]] | None = None, **more: bool) -> Heat:
    with translation.override("nl"):
        made = heat(answer, WEEKS, Calendar(OFFICE, exceptions or {}), **more)
    assert made is not None
    return made


def test_eight_weeks_end_at_the_period_and_never_with_a_day_that_is_going_on() -> None:
    assert (len(WEEKS), WEEKS[0].first, WEEKS[-1].last) == (8, date(2026, 9, 28), LAST)
    assert heat_weeks(date(2026, 11, 29), TODAY)[-1].last == date(2026, 11, 24)


def test_an_average_is_of_all_weeks_in_which_there_was_something_to_count() -> None:
    made = shown(calls(range(8), 6))
    assert (made.rows[0][2][0].count, made.note) == ("6,0", "gesprekken per uur, gemiddeld over 8 weken")
    assert made.rows[1][2][0].count == "0"


def test_weeks_before_the_first_call_make_no_average_lower() -> None:
    made = shown(calls(range(5, 8), 12))
    assert (made.rows[0][2][0].count, made.note) == ("12", "gesprekken per uur, gemiddeld over 2 weken")
    made = shown(calls(range(7, 8), 12))
    assert (made.rows[0][2][0].count, made.note) == ("12", "gesprekken per uur, van 1 week")


def test_weeks_without_anything_of_a_channel_that_is_hardly_used_count() -> None:
    made = shown(calls(range(6, 8), 4))
    assert (made.rows[0][2][0].count, made.note) == ("1,0", "gesprekken per uur, gemiddeld over 8 weken")


def test_a_day_that_was_closed_for_once_makes_no_average_lower() -> None:
    answer = calls(range(8), 14) | calls(range(8), 14, weekday=1)
    del answer[("phone.pickup", 6, "0-9")]
    made = shown(answer, {MONDAY_CLOSED: ()})
    assert [cells[0].count for _short, _long, cells in made.rows[:2]] == ["14", "14"]


def test_who_sees_aggregates_only_reads_a_bound_of_the_days_that_were_there() -> None:
    answer = calls(range(8), 20) | calls(range(1), 4, weekday=1)
    assert shown(answer, hides_small=True).rows[1][2][0].count == "< 1,25"
    assert shown(answer, {date(2026, 11, 10): ()}, hides_small=True).rows[1][2][0].count == "< 1,43"


def test_what_comes_in_on_a_day_that_is_never_open_is_told_too() -> None:
    made = shown(calls(range(8), 16, weekday=5))
    assert [cells[0].count for short, _long, cells in made.rows if short == "za"] == ["16"]


@pytest.mark.parametrize("answer", [{}, {("phone.pickup", 0, ""): Tally(0, 4)}])
def test_nothing_to_count_is_no_card(answer: Answer) -> None:
    assert heat(answer, WEEKS, Calendar(OFFICE, {})) is None
