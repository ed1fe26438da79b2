"""Periods are whole local days; a year may have 53 ISO weeks."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi.measures.base import Tally
from kpi.periods import NoSuchPeriod, between, last_finished_week, period_of
from kpi.scope import Asked, read
from kpi.seasons import VOLUME, asks, known, year_before

days = st.dates(date(2001, 1, 1), date(2190, 12, 31))
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""How fast the machine draws a day says nothing about periods."""


@pytest.mark.parametrize(
    ("kind", "day", "first", "last"),
    [
        ("week", date(2026, 11, 18), date(2026, 11, 16), date(2026, 11, 22)),
        ("week", date(2027, 1, 1), date(2026, 12, 28), date(2027, 1, 3)),
        ("month", date(2028, 2, 10), date(2028, 2, 1), date(2028, 2, 29)),
        ("month", date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
        ("quarter", date(2026, 11, 18), date(2026, 10, 1), date(2026, 12, 31)),
        ("year", date(2026, 11, 18), date(2026, 1, 1), date(2026, 12, 31)),
        ("day", date(2026, 3, 29), date(2026, 3, 29), date(2026, 3, 29)),
    ],
)
def test_a_period_has_its_first_and_last_day(kind: str, day: date, first: date, last: date) -> None:
    period = period_of(kind, day)
    assert (period.first, period.last) == (first, last)


def test_the_year_2026_has_a_week_53_that_ends_in_2027() -> None:
    week = period_of("week", date(2026, 12, 31))
    assert week.week == 53
    assert week.next().week == 1
    assert week.next().previous() == week


@unhurried
@given(day=days, kind=st.sampled_from(["day", "week", "month", "quarter", "year"]))
def test_periods_follow_each_other_without_a_gap(day: date, kind: str) -> None:
    period = period_of(kind, day)
    assert period.holds(day)
    assert (period.next().first - period.last).days == 1
    assert period.next().previous() == period
    assert between(period.first, period.last).first == period.first


@unhurried
@given(first=days, length=st.integers(0, 400))
def test_two_dates_have_as_many_days_before_them(first: date, length: int) -> None:
    last = date.fromordinal(first.toordinal() + length)
    period = between(first, last)
    if period.kind == "dates":
        assert period.previous().days == period.days == length + 1


@pytest.mark.parametrize(
    ("first", "last"), [(date(2026, 2, 2), date(2026, 2, 1)), (date(1990, 1, 1), date(2026, 1, 1))]
)
def test_dates_that_make_no_period_are_refused(first: date, last: date) -> None:
    with pytest.raises(NoSuchPeriod):
        between(first, last)


@unhurried
@given(
    day=days,
    kind=st.sampled_from(["day", "week", "month", "quarter", "year"]),
    team=st.sampled_from(["", "burgerzaken"]),
)
def test_the_address_bar_says_what_was_asked_and_reads_it_back(day: date, kind: str, team: str) -> None:
    from urllib.parse import parse_qsl

    asked = Asked(period_of(kind, day), team=team, channel="email")
    assert read(dict(parse_qsl(asked.query())), today=day) == asked


@pytest.mark.parametrize(
    "params",
    [
        {"dag": "gisteren"},
        {"periode": "eeuw", "dag": "2026-01-01"},
        {"van": "2026-02-31"},
        {"van": "2026-05-01", "tot": "2026-04-01"},
    ],
)
def test_dates_that_cannot_be_read_fall_back_to_the_last_full_week(params: dict[str, str]) -> None:
    asked = read(params, today=date(2026, 11, 25))
    assert asked.is_bad
    assert asked.period == last_finished_week(date(2026, 11, 25))


@pytest.mark.parametrize(
    ("kind", "day", "first", "last"),
    [
        ("month", "2024-02-10", "2023-02-01", "2023-02-28"),
        ("quarter", "2026-08-01", "2025-07-01", "2025-09-30"),
        ("week", "2026-11-16", "2025-11-17", "2025-11-23"),
        ("week", "2026-12-28", "2025-12-29", "2026-01-04"),  # week 53, which the year before has not: its days do
        ("week", "2027-01-04", "2026-01-05", "2026-01-11"),
        ("day", "2024-02-29", "2023-03-02", "2023-03-02"),  # both a Thursday
    ],
)
def test_a_year_before_is_the_same_month_or_quarter_or_the_same_weekdays(
    kind: str, day: str, first: str, last: str
) -> None:
    found = period_of(kind, date.fromisoformat(day)).a_year_before()
    assert (found.kind, found.first.isoformat(), found.last.isoformat()) == (kind, first, last)


def test_a_year_before_stands_beside_what_is_over_and_was_known_from_its_beginning() -> None:
    week = period_of("week", date(2026, 11, 16))
    year = year_before(week, date(2026, 11, 23))
    assert year == week.a_year_before()
    assert year_before(week, date(2026, 11, 22)) is None
    assert year_before(period_of("year", date(2025, 1, 1)), date(2026, 11, 23)) is None
    whole = {("phone.pickup", 0, ""): Tally(8, 10)}
    assert [len(one.periods) for one in asks(("phone.pickup",), year)] == [1, 1]
    assert known([whole, {(VOLUME, 0, ""): Tally(1, 2)}]) == {"phone.pickup": Tally(8, 10)}
    assert known([whole, {}]) == {}, "nothing came in when that period began: the municipality had not begun"
