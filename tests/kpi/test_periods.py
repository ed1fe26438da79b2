"""Periods are whole local days; a year may have 53 ISO weeks."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi.periods import NoSuchPeriod, between, last_finished_week, period_of
from kpi.scope import Asked, read

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
