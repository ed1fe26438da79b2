"""When a day is unlike other weeks, and when a month is about to miss its norm: the rules as a table, and what must hold for any numbers."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi.bands import (
    COUNT,
    DOWN,
    SHARE,
    UP,
    Outlier,
    Point,
    Rules,
    fell,
    is_back,
    loudest,
    outlier,
    outlook,
    same_weekday,
    usual,
)

RULES = Rules(weeks=8, width=3.0, fewest=10)


def counts(*numbers: int) -> list[Point]:
    return [Point(number, 0) for number in numbers]


def test_the_same_weekday_is_looked_at_newest_first_also_over_a_change_of_the_clock() -> None:
    assert same_weekday(date(2026, 10, 26), 2) == [date(2026, 10, 19), date(2026, 10, 12)]


@pytest.mark.parametrize(
    ("before", "now", "direction"),
    [
        ((8, 10, 12, 9, 11, 10, 13, 9), 31, UP),
        ((8, 10, 12, 9, 11, 10, 13, 9), 10, None),
        ((8, 10, 12, 9, 11, 10, 13, 9), 16, None),  # chance alone takes ten that far
        ((100, 98, 103, 99, 101, 102, 97, 100), 60, DOWN),
        ((1, 0, 2, 1, 0, 1, 1, 0), 5, None),  # small numbers make no noise
        ((100, 98), 300, None),  # two weeks are no usual
    ],
)
def test_a_count_outside_its_band_is_told(before: tuple[int, ...], now: int, direction: str | None) -> None:
    found = outlier(counts(*before), COUNT, Point(now, 0), RULES)
    assert (found.direction if found else None) == direction


@pytest.mark.parametrize(
    ("now", "direction"),
    [(Point(80, 100), DOWN), (Point(95, 100), None), (Point(6, 9), None), (Point(0, 0), None)],
)
def test_a_share_outside_its_band_is_told_when_enough_is_behind_it(now: Point, direction: str | None) -> None:
    found = outlier([Point(95, 100)] * 8, SHARE, now, RULES)
    assert (found.direction if found else None) == direction


def test_one_strange_week_does_not_move_what_is_usual() -> None:
    plain = usual(counts(*[100] * 8), COUNT, Point(100, 0), RULES)
    with_a_flood = usual(counts(*[100] * 7, 900), COUNT, Point(100, 0), RULES)
    assert plain is not None
    assert with_a_flood is not None
    assert (plain.low, plain.high) == (with_a_flood.low, with_a_flood.high)


@pytest.mark.parametrize(
    ("hits", "settled", "still_open", "days", "told"),
    [
        (91, 100, 20, 10, (91.0, 92.5, True)),  # 111 of 120 at best
        (90, 100, 200, 10, (90.0, 96.7, False)),  # can still be saved
        (50, 100, 0, 10, (50.0, 50.0, True)),
        (95, 100, 5, 10, None),  # on its norm
        (90, 100, 5, 4, None),  # the first week says nothing
        (15, 19, 5, 10, None),  # too little is settled
    ],
)
def test_a_month_in_danger_is_told_after_its_first_week(
    hits: int, settled: int, still_open: int, days: int, told: tuple[float, float, bool] | None
) -> None:
    found = outlook(Point(hits, settled), still_open, 95, RULES, working_days=days)
    assert (found and (found.pace, round(found.best, 1), found.is_lost)) == told


def test_a_norm_is_told_as_missed_only_when_it_was_met_before() -> None:
    assert fell(Point(90, 100), Point(97, 100), 95, 95, RULES)
    assert not fell(Point(90, 100), Point(90, 100), 95, 95, RULES)
    assert not fell(Point(95, 100), Point(97, 100), 95, 95, RULES)
    assert not fell(Point(4, 9), Point(97, 100), 95, 95, RULES)


def test_a_busy_subject_speaks_for_the_theme_above_it() -> None:
    band = usual(counts(*[10] * 8), COUNT, Point(40, 0), RULES)
    assert band is not None
    up = Outlier(40, band, UP)
    assert loudest({1: up, 2: up}, {1: frozenset({1, 2}), 2: frozenset({2})}) == {2: up}


days = st.lists(st.integers(0, 2000), min_size=8, max_size=8)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(days, st.integers(0, 4000))
def test_a_day_is_outside_or_back_and_never_both(before: list[int], now: int) -> None:
    points, today = counts(*before), Point(now, 0)
    found = outlier(points, COUNT, today, RULES)
    assert not (found and is_back(points, COUNT, today, RULES))
    if found:
        assert (found.direction == UP) == (now > found.band.middle)


@given(days, st.integers(0, 4000))
def test_a_wider_band_never_tells_more(before: list[int], now: int) -> None:
    points, today = counts(*before), Point(now, 0)
    if outlier(points, COUNT, today, Rules(width=5.0)):
        assert outlier(points, COUNT, today, Rules(width=3.0))


@given(days, st.randoms(use_true_random=False), st.integers(0, 4000))
def test_the_order_of_the_weeks_does_not_matter(before: list[int], chance: Random, now: int) -> None:
    mixed = list(before)
    chance.shuffle(mixed)
    assert usual(counts(*before), COUNT, Point(now, 0), RULES) == usual(counts(*mixed), COUNT, Point(now, 0), RULES)
