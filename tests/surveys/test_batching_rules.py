"""Answers count in batches of ten or more, so that no filter and no difference of filters says what fewer people answered."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.batching import FEWEST, Batch, Waiting, batches

TODAY = date(2026, 11, 25)


def some(
    count: int, *, channel: str = "phone", team: int | None = 1, theme: int | None = 1, age: int = 1
) -> list[Waiting]:
    begin = some.__dict__.setdefault("next", 0)
    some.__dict__["next"] = begin + count
    return [Waiting(begin + step, channel, team, theme, TODAY - timedelta(days=age)) for step in range(count)]


def test_nine_answers_do_not_count_however_old() -> None:
    assert batches(some(9, age=400), TODAY) == []


def test_ten_of_one_team_and_theme_count_at_once() -> None:
    (batch,) = batches(some(10), TODAY)
    assert (batch.channel, batch.team, batch.theme, len(batch.pks)) == ("phone", 1, 1, 10)


def test_ten_of_one_team_over_several_themes_count_after_two_weeks() -> None:
    assert batches(some(5) + some(5, theme=2), TODAY) == []
    (batch,) = batches(some(5, age=14) + some(5, theme=2), TODAY)
    assert (batch.team, batch.theme, batch.on) == (1, None, TODAY - timedelta(days=1))


def test_ten_of_several_teams_count_for_the_channel_after_eight_weeks() -> None:
    assert batches(some(5, age=55) + some(5, team=2), TODAY) == []
    (batch,) = batches(some(5, age=56) + some(5, team=2), TODAY)
    assert (batch.channel, batch.team, batch.theme) == ("phone", None, 1)


def test_channels_are_never_put_together() -> None:
    assert batches(some(9, age=99) + some(9, channel="email", age=99), TODAY) == []


def test_who_was_asked_and_who_answered_at_a_place_are_never_put_together() -> None:
    asked = some(9, team=None, age=99)
    here = [replace(one, place=7, feeds=False) for one in some(9, team=None, age=99)]
    trusted = [replace(one, place=7) for one in some(9, team=None, age=99)]
    elsewhere = [replace(one, place=8, feeds=False) for one in some(9, team=None, age=99)]
    assert batches(asked + here + trusted + elsewhere, TODAY) == []
    (batch,) = batches([*asked, *here, replace(trusted[0], feeds=False)], TODAY)
    assert (batch.place, batch.feeds, len(batch.pks)) == (7, False, 10)


def test_without_a_team_there_is_nothing_finer_to_wait_for() -> None:
    assert batches(some(9, team=None), TODAY) == []
    (batch,) = batches(some(12, team=None), TODAY)
    assert (batch.team, len(batch.pks)) == (None, 12)


WAITING = st.lists(
    st.tuples(
        st.sampled_from(["phone", "email"]),
        st.sampled_from([None, 1, 2]),
        st.sampled_from([None, 1, 2, 3]),
        st.integers(0, 40),
    ),
    max_size=80,
)


@given(rows=WAITING)
@settings(max_examples=150, deadline=None)
def test_every_batch_is_large_enough_and_says_only_what_all_share(
    rows: list[tuple[str, int | None, int | None, int]],
) -> None:
    waiting = {
        pk: Waiting(pk, channel, team, theme, TODAY - timedelta(days=age))
        for pk, (channel, team, theme, age) in enumerate(rows)
    }
    made = batches(waiting.values(), TODAY)
    used = Counter(pk for batch in made for pk in batch.pks)
    assert not used or max(used.values()) == 1
    for batch in made:
        members = [waiting[pk] for pk in batch.pks]
        assert len(members) >= FEWEST
        assert {one.channel for one in members} == {batch.channel}
        assert batch.team is None or {one.team for one in members} == {batch.team}
        assert batch.theme is None or {one.theme for one in members} == {batch.theme}
        assert batch.on == max(one.on for one in members)


FILTER = st.fixed_dictionaries(
    {
        "channel": st.sampled_from([None, "phone", "email"]),
        "team": st.sampled_from([None, 1, 2, 3]),
        "theme": st.sampled_from([None, 1, 2]),
        "first": st.integers(0, 120),
        "days": st.integers(0, 120),
    }
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["phone", "email"]),
            st.sampled_from([None, 1, 2, 3]),
            st.sampled_from([1, 2]),
            st.integers(0, 90),
        ),
        max_size=120,
    ),
    FILTER,
    FILTER,
)
def test_no_two_views_differ_by_fewer_than_ten_answers(rows, one, other) -> None:  # type: ignore[no-untyped-def]
    """Whatever is filtered, on whatever day it is looked at: what one view has and another has not is none, or ten and more."""
    waiting = {
        pk: Waiting(pk, channel, team, theme, TODAY - timedelta(days=age))
        for pk, (channel, team, theme, age) in enumerate(rows)
    }
    counted: list[Batch] = []
    for back in range(91, -1, -7):
        today = TODAY - timedelta(days=back)
        made = batches([row for row in waiting.values() if row.on <= today], today)
        counted += made
        for batch in made:
            for pk in batch.pks:
                del waiting[pk]  # type: ignore[arg-type]

    def shown(asked: dict[str, Any]) -> set[Hashable]:
        last = TODAY - timedelta(days=asked["first"])
        first = last - timedelta(days=asked["days"])
        return {
            pk
            for batch in counted
            if first <= batch.on <= last
            and all(asked[name] in (None, getattr(batch, name)) for name in ("channel", "team", "theme"))
            for pk in batch.pks
        }

    mine, theirs = shown(one), shown(other)
    assert all(not rest or len(rest) >= FEWEST for rest in (mine, mine - theirs, theirs - mine, mine & theirs))
