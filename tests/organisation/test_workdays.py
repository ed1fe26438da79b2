"""Working days and opening time, as tables and as properties (norms-and-kpis §2)."""

from __future__ import annotations

import time as clock
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from organisation.workdays import AMSTERDAM, Calendar, NoOpeningTime, day_start, local_day

OFFICE = ((510, 1020),)
HOLIDAYS = holidays.country_holidays("NL", years=range(2020, 2034), language="nl")
DUTCH = {on: () for on, name in HOLIDAYS.items() if name != "Goede vrijdag"}  # worked, unless a test closes it
MON_FRI = Calendar(dict.fromkeys(range(5), OFFICE), DUTCH)
ROUND_THE_CLOCK = Calendar(dict.fromkeys(range(7), ((0, 1440),)))


def local(text: str) -> datetime:
    """`2026-03-02 09:00` on the wall in Amsterdam."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


@pytest.fixture(params=["UTC", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe"])
def server_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The zone of the machine, which must not matter."""
    monkeypatch.setenv("TZ", request.param)
    clock.tzset()
    yield request.param
    monkeypatch.undo()
    clock.tzset()


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        ("2026-03-02", 3, "2026-03-05"),
        ("2026-03-06", 3, "2026-03-11"),
        ("2026-03-07", 3, "2026-03-11"),
        ("2026-04-23", 3, "2026-04-29"),
        ("2026-12-24", 3, "2026-12-30"),
        ("2026-05-07", 5, "2026-05-15"),
        ("2027-03-26", 1, "2027-03-30"),
        ("2026-04-02", 3, "2026-04-08"),
        ("2026-04-24", 5, "2026-05-04"),
        ("2026-04-24", 3, "2026-04-30"),
        ("2026-12-23", 5, "2026-12-31"),
        ("2026-03-27", 3, "2026-04-01"),
        ("2026-12-30", 3, "2027-01-05"),  # out of ISO week 53 of 2026, past New Year's Day
        ("2028-02-28", 1, "2028-02-29"),
        ("2028-02-28", 2, "2028-03-01"),
        ("2025-05-02", 1, "2025-05-06"),  # Bevrijdingsdag counts in a lustrum year
        ("2026-05-04", 1, "2026-05-05"),  # and in another year it is a working day
    ],
)
def test_the_nth_working_day_after_a_day(day: str, count: int, expected: str) -> None:
    assert MON_FRI.working_day_after(date.fromisoformat(day), count) == date.fromisoformat(expected)


def test_good_friday_closed_moves_the_deadline_one_day() -> None:
    closed = Calendar(MON_FRI.weekly, {**DUTCH, date(2026, 4, 3): ()})
    assert closed.working_day_after(date(2026, 4, 2), 3) == date(2026, 4, 9)


def test_a_day_with_other_hours_is_still_a_working_day() -> None:
    late_opening = Calendar(MON_FRI.weekly, {date(2026, 3, 3): ((720, 1020),), date(2026, 3, 7): ((600, 720),)})
    assert late_opening.working_day_after(date(2026, 3, 2), 1) == date(2026, 3, 3)
    assert late_opening.working_day_after(date(2026, 3, 6), 1) == date(2026, 3, 7)  # a Saturday that opens for once


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        ("2026-03-28 23:30", 4, "2026-03-29 04:30"),  # 02:00–03:00 does not exist
        ("2026-10-25 00:30", 4, "2026-10-25 03:30"),  # 02:00–03:00 comes twice
        ("2026-06-01 22:00", 4, "2026-06-02 02:00"),
        ("2028-02-28 23:00", 4, "2028-02-29 03:00"),
        ("2026-12-31 22:00", 4, "2027-01-01 02:00"),
    ],
)
def test_round_the_clock_counts_real_hours(server_zone: str, start: str, hours: int, expected: str) -> None:
    assert ROUND_THE_CLOCK.add_open_seconds(local(start), hours * 3600) == local(expected)


def test_the_night_that_summer_time_begins_has_23_hours_and_the_other_25() -> None:
    assert ROUND_THE_CLOCK.open_seconds(day_start(date(2026, 3, 29)), day_start(date(2026, 3, 30))) == 23 * 3600
    assert ROUND_THE_CLOCK.open_seconds(day_start(date(2026, 10, 25)), day_start(date(2026, 10, 26))) == 25 * 3600


LUNCH = Calendar(dict.fromkeys(range(5), ((510, 720), (780, 1020))))
AFTERNOON = Calendar({0: ((780, 1440),), 1: ((0, 60),)})


@pytest.mark.parametrize(
    ("calendar", "start", "minutes", "expected"),
    [
        (MON_FRI, "2026-03-02 08:30", 15, "2026-03-02 08:45"),  # exactly at opening
        (MON_FRI, "2026-03-02 08:29:59", 15, "2026-03-02 08:45"),
        (MON_FRI, "2026-03-02 17:00", 15, "2026-03-03 08:45"),  # exactly at closing
        (MON_FRI, "2026-03-02 16:59:59", 1, "2026-03-03 08:30:59"),
        (MON_FRI, "2026-03-02 16:50", 10, "2026-03-02 17:00"),  # the last minute of the day is still that day
        (MON_FRI, "2026-03-06 16:55", 15, "2026-03-09 08:40"),  # over a weekend
        (MON_FRI, "2026-04-24 16:55", 15, "2026-04-28 08:40"),  # over a weekend and Koningsdag
        (LUNCH, "2026-03-02 11:55", 15, "2026-03-02 13:10"),
        (LUNCH, "2026-03-02 12:30", 15, "2026-03-02 13:15"),
        (AFTERNOON, "2026-03-02 23:50", 15, "2026-03-03 00:05"),  # 13:00–24:00 runs on into the next day
        (AFTERNOON, "2026-03-02 12:00", 11 * 60, "2026-03-03 00:00"),
        (AFTERNOON, "2026-03-03 01:00", 1, "2026-03-09 13:01"),
    ],
)
def test_only_opening_time_counts(
    server_zone: str, calendar: Calendar, start: str, minutes: int, expected: str
) -> None:
    assert calendar.add_open_seconds(local(start), minutes * 60) == local(expected)


def test_a_holiday_that_is_added_later_closes_that_day() -> None:
    before = MON_FRI.working_day_after(date(2026, 3, 2), 3)
    added = Calendar(MON_FRI.weekly, {**DUTCH, before: ()})
    assert added.working_day_after(date(2026, 3, 2), 3) == before + timedelta(days=1)


def test_the_local_day_is_cut_in_amsterdam(server_zone: str) -> None:
    assert local_day(datetime(2026, 3, 2, 23, 30, tzinfo=UTC)) == date(2026, 3, 3)
    assert local_day(datetime(2026, 7, 2, 22, 0, tzinfo=UTC)) == date(2026, 7, 3)
    assert local_day(datetime(2026, 7, 2, 21, 59, 59, tzinfo=UTC)) == date(2026, 7, 2)
    with pytest.raises(ValueError, match="time zone"):
        local_day(datetime(2026, 7, 2, 12, 0))


def test_a_calendar_that_never_opens_is_an_error_and_no_endless_loop() -> None:
    never = Calendar({})
    with pytest.raises(NoOpeningTime):
        never.working_day_after(date(2026, 3, 2), 1)
    with pytest.raises(NoOpeningTime):
        never.add_open_seconds(local("2026-03-02 09:00"), 60)
    assert never.open_seconds(local("2026-03-02 09:00"), local("2027-03-02 09:00")) == 0


def test_a_calendar_with_one_open_day_ends_with_an_error_after_that_day() -> None:
    once = Calendar({}, {date(2026, 6, 1): ((600, 660),)})
    assert once.working_day_after(date(2026, 5, 1), 1) == date(2026, 6, 1)
    assert once.add_open_seconds(local("2026-05-01 09:00"), 3600) == local("2026-06-01 11:00")
    with pytest.raises(NoOpeningTime):
        once.working_day_after(date(2026, 5, 1), 2)
    with pytest.raises(NoOpeningTime):
        once.add_open_seconds(local("2026-05-01 09:00"), 3601)


def test_a_sum_over_a_thousand_years_ends_at_once() -> None:
    began = clock.thread_time()
    MON_FRI.working_days_between(date(2026, 1, 1), date(9990, 1, 1))
    MON_FRI.open_seconds(local("2026-01-01 00:00"), datetime(9990, 1, 1, tzinfo=UTC))
    assert clock.thread_time() - began < 3


# --- properties ---------------------------------------------------------------------------------------------------------

INTERVALS = st.sampled_from(
    [(), OFFICE, ((510, 720), (780, 1020)), ((780, 1440),), ((0, 60),), ((0, 1440),), ((120, 180),)]
)
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Any week with at least one opening, and a handful of dates that differ."""
    weekly = {weekday: draw(INTERVALS) for weekday in range(7)}
    weekly[draw(st.integers(0, 6))] = OFFICE
    return Calendar(weekly, draw(st.dictionaries(DAYS, INTERVALS, max_size=6)))


@given(calendars(), DAYS, st.integers(1, 40))
@settings(max_examples=80, deadline=None)
def test_the_day_found_is_a_working_day_with_exactly_so_many_before_it(
    calendar: Calendar, day: date, count: int
) -> None:
    found = calendar.working_day_after(day, count)
    assert found > day
    assert calendar.is_working_day(found)
    assert calendar.working_days_between(day, found) == count
    assert calendar.working_days_between(day, found - timedelta(days=1)) == count - 1


@given(calendars(), DAYS, st.integers(-10, 900))
@settings(max_examples=80, deadline=None)
def test_counting_in_weeks_gives_what_counting_day_by_day_gives(calendar: Calendar, after: date, span: int) -> None:
    counted = sum(calendar.is_working_day(after + timedelta(days=step)) for step in range(1, span + 1))
    assert calendar.working_days_between(after, after + timedelta(days=span)) == counted


@given(calendars(), MOMENTS, st.integers(1, 200_000))
@settings(max_examples=80, deadline=None)
def test_adding_opening_time_and_measuring_it_are_each_others_inverse(
    calendar: Calendar, start: datetime, seconds: int
) -> None:
    end = calendar.add_open_seconds(start, seconds)
    assert end > start
    assert calendar.open_seconds(start, end) == pytest.approx(seconds, abs=1)


@given(calendars(), MOMENTS, st.timedeltas(timedelta(days=-30), timedelta(days=30)))
@settings(max_examples=80, deadline=None)
def test_opening_time_is_never_negative_nor_longer_than_the_time_itself(
    calendar: Calendar, start: datetime, span: timedelta
) -> None:
    measured = calendar.open_seconds(start, start + span)
    assert 0 <= measured <= max(0, span.total_seconds())
