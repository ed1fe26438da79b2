"""The exchange's events become one call with one outcome, whatever their order, doubles and gaps."""

from __future__ import annotations

import random
import threading
from datetime import date, datetime, timedelta
from itertools import permutations

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from channels_app.actions.end_silent_calls import end_silent_calls
from channels_app.actions.log_events import Told, log_events
from channels_app.adapters.phone.fold import KINDS, PhoneEvent, fold
from channels_app.models import Call, LiveCall
from channels_app.models import PhoneEvent as Row
from kpi.measures.phone import OFFERED
from organisation.clock import AMSTERDAM
from organisation.models import User
from tests.cast import Cast

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
NIGHT = datetime(2026, 3, 2, 22, 0, tzinfo=AMSTERDAM)


def at(seconds: int, begin: datetime = NINE) -> datetime:
    return begin + timedelta(seconds=seconds)


def event(kind: str, seconds: int, **more: object) -> PhoneEvent:
    return PhoneEvent(kind, at(seconds), **more)  # type: ignore[arg-type]


HELPED = [
    event("entered", 0, queue="algemeen", caller="0226351244"),
    event("ringing", 4, leg="a", agent="101"),
    event("answered", 12, leg="a", agent="101"),
    event("ended", 90),
]


@pytest.mark.parametrize(
    ("events", "outcome", "state", "wait"),
    [
        (HELPED[:1], "", "waiting", 0),
        (HELPED[:2], "", "ringing", 0),
        (HELPED[:3], "answered", "talking", 12),
        (HELPED, "answered", "ended", 12),
        ([HELPED[0], event("ended", 25)], "abandoned", "ended", 25),
        ([HELPED[0], HELPED[1], event("ended", 25)], "abandoned", "ended", 25),
        ([HELPED[0], event("voicemail", 40)], "voicemail", "ended", 40),
        ([HELPED[0], event("overflow", 30), event("ended", 31)], "overflow", "ended", 31),
        ([HELPED[0], event("overflow", 30), event("answered", 35, agent="201")], "answered", "talking", 35),
        ([event("entered", 0, is_test=True), event("answered", 3)], "test", "talking", 3),
        ([event("answered", 12, agent="101")], "answered", "talking", 0),
        ([*HELPED[:3], event("held", 30), event("resumed", 50)], "answered", "talking", 12),
        ([*HELPED[:3], event("held", 30)], "answered", "held", 12),
        ([*HELPED[:3], event("transferred", 40, leg="b", agent="202")], "answered", "ringing", 12),
        ([*HELPED[:2], event("ended", 14, leg="a")], "", "waiting", 0),
        ([event("entered", 0, leg="c"), HELPED[1], event("ended", 14, leg="c")], "abandoned", "ended", 14),
        ([*HELPED[:3], event("ended", 90, leg="a")], "answered", "ended", 12),
        ([*HELPED[:2], event("ringing", 14, leg="b", agent="102"), event("ended", 14, leg="a")], "", "ringing", 0),
    ],
)
def test_the_outcome_is_exactly_one(events: list[PhoneEvent], outcome: str, state: str, wait: int) -> None:
    found = fold(events)
    assert (found.outcome, found.state, found.wait_seconds) == (outcome, state, wait)


def test_who_picked_up_and_who_has_it_now() -> None:
    moved = [*HELPED[:3], event("transferred", 40, leg="b", agent="202"), event("answered", 45, leg="b", agent="202")]
    found = fold(moved)
    assert (found.first_agent, found.agent, found.state, found.transfers) == ("101", "202", "talking", 1)


@pytest.mark.parametrize("events", [("answered", "entered", "ended"), ("ended", "answered", "entered")])
def test_clocks_that_differ_end_no_call_before_it_began(events: tuple[str, ...]) -> None:
    found = fold(event(kind, 60 * n) for n, kind in enumerate(events))
    assert (found.outcome, found.wait_seconds) == ("answered", 0)
    assert found.answered_at is not None and found.ended_at is not None
    assert found.entered_at <= found.answered_at <= found.ended_at


def test_every_order_and_every_double_give_the_same() -> None:
    expected = fold(HELPED)
    for order in permutations(HELPED):
        assert fold(order) == expected
        assert fold([*order, *order[:2]]) == expected


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(KINDS), st.integers(0, 300), st.sampled_from(["", "a", "b"]), st.sampled_from(["", "101"])
        ),
        min_size=1,
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_arrival_never_matters(rows: list[tuple[str, int, str, str]], chance: random.Random) -> None:
    events = [event(kind, seconds, leg=leg, agent=agent) for kind, seconds, leg, agent in rows]
    shuffled = events * 2
    chance.shuffle(shuffled)
    found = fold(events)
    once = fold(set(shuffled))
    assert (found.outcome, found.state, found.wait_seconds, found.ended_at) == (
        once.outcome,
        once.state,
        once.wait_seconds,
        once.ended_at,
    )
    assert found.wait_seconds >= 0
    assert (found.outcome == "") <= (found.state != "ended")


# --- kept ---------------------------------------------------------------------------------------------------------------------------


def told(kind: str, seconds: int, call: str = "c1", begin: datetime = NINE, **more: object) -> Told:
    return Told(call, kind, at(seconds, begin), **more)  # type: ignore[arg-type]


def log(*events: Told, when: datetime | None = None) -> tuple[int, int]:
    done = log_events(
        source="telefonie:1",
        events=events,
        at=when or max(one.at for one in events),
        pickup_seconds=lambda day: 30 if day < date(2026, 3, 3) else 20,
    )
    return done.new, done.known


@pytest.fixture
def extension(cast: Cast) -> str:
    User.objects.filter(pk=cast.fatima.pk).update(extension="101")
    return "101"


def test_a_call_is_a_row_from_the_moment_it_is_picked_up(cast: Cast, extension: str) -> None:
    assert log(told("entered", 0, queue="algemeen", caller="0226 35 12 44"), told("ringing", 4, agent=extension)) == (
        2,
        0,
    )
    live = LiveCall.objects.get()
    assert (live.state, live.agent, live.caller) == ("ringing", "101", "+31226351244")
    assert not Call.objects.exists()
    log(told("answered", 12, agent=extension))
    call = Call.objects.get()
    assert (call.outcome, call.wait_seconds, call.answered_by, call.ended_at) == ("answered", 12, cast.fatima, None)
    log(told("ended", 90))
    call.refresh_from_db()
    assert call.ended_at == at(90)
    assert LiveCall.objects.get().call == call


def test_twice_and_late_and_backwards_is_one_row(cast: Cast) -> None:
    events = [told("entered", 0), told("answered", 12, agent="101"), told("ended", 90)]
    for one in reversed(events):
        log(one, when=at(100))
    assert log(*events, when=at(200)) == (0, 3)
    call = Call.objects.get()
    assert (call.outcome, call.wait_seconds, call.entered_at, call.ended_at) == ("answered", 12, at(0), at(90))


def test_a_call_that_rings_at_one_desk_after_another_is_not_given_up_in_between(cast: Cast) -> None:
    log(told("entered", 0), told("ringing", 2, leg="a", agent="101"))
    log(told("ended", 20, leg="a"))
    assert (LiveCall.objects.get().state, Call.objects.count()) == ("waiting", 0)
    log(told("ringing", 21, leg="b", agent="102"))
    live = LiveCall.objects.get()
    assert (live.state, live.agent, live.call, Call.objects.count()) == ("ringing", "102", None, 0)
    log(told("answered", 30, leg="b", agent="102"))
    assert [(call.outcome, call.wait_seconds) for call in Call.objects.all()] == [("answered", 30)]


def test_a_late_event_corrects_the_row_and_never_its_limits(cast: Cast) -> None:
    log(told("entered", 0), told("ended", 40))
    assert Call.objects.get().outcome == "abandoned"
    late = at(0) + timedelta(days=2)
    log(told("answered", 20, agent="101"), when=late)
    call = Call.objects.get()
    assert (call.outcome, call.wait_seconds, call.pickup_limit_seconds) == ("answered", 20, 30)


@pytest.mark.parametrize("told_of_it", ["voicemail", "ended", "answered"])
def test_outside_opening_hours_is_said_so_also_when_somebody_picks_up(cast: Cast, told_of_it: str) -> None:
    log(told("entered", 0, begin=NIGHT), told(told_of_it, 20, begin=NIGHT))
    assert Call.objects.get().outcome == "outside_hours"
    assert not Call.objects.filter(OFFERED).exists()


def test_two_people_at_one_phone_are_counted_for_nobody(cast: Cast) -> None:
    User.objects.filter(pk__in=[cast.fatima.pk, cast.henk.pk]).update(extension="101")
    log(told("entered", 0), told("answered", 5, agent="101"))
    assert Call.objects.get().answered_by is None


def test_a_clock_that_runs_ahead_ends_no_call_before_it_began(cast: Cast) -> None:
    log(told("entered", 0), told("answered", 500), when=at(10))
    assert Call.objects.get().wait_seconds == 10


def test_a_call_of_which_the_end_was_lost_is_closed_and_flagged_until_the_end_comes(cast: Cast) -> None:
    log(told("entered", 0), told("answered", 5))
    log(told("entered", 0, call="c2"))
    half = at(0) + timedelta(hours=3)
    assert end_silent_calls(at=half, pickup_seconds=lambda day: 30) == 0
    later = at(0) + timedelta(hours=5)
    assert end_silent_calls(at=later, pickup_seconds=lambda day: 30) == 2
    assert end_silent_calls(at=later, pickup_seconds=lambda day: 30) == 0
    rows = {call.external_key: (call.outcome, call.has_no_end, call.ended_at) for call in Call.objects.all()}
    assert rows == {"c1": ("answered", True, None), "c2": ("abandoned", True, None)}
    log(told("answered", 5), when=later)
    assert Call.objects.get(external_key="c1").has_no_end
    log(told("ended", 300), when=later)
    call = Call.objects.get(external_key="c1")
    assert (call.has_no_end, call.ended_at) == (False, at(300))
    end_silent_calls(at=later + timedelta(days=100), pickup_seconds=lambda day: 30)
    assert not LiveCall.objects.exists() and not Row.objects.exists() and Call.objects.count() == 2


def test_the_wait_of_a_call_without_end_is_up_to_what_was_told_last_also_when_that_came_late(cast: Cast) -> None:
    log(told("entered", 0), told("ringing", 40, agent="101"), when=at(5 * 3600))
    end_silent_calls(at=at(10 * 3600), pickup_seconds=lambda day: 30)
    call = Call.objects.get()
    assert (call.outcome, call.wait_seconds, call.has_no_end) == ("abandoned", 40, True)


def test_a_call_that_rang_out_at_every_desk_is_closed_with_its_end_and_goes_on_when_it_rings_again(cast: Cast) -> None:
    log(told("entered", 0), told("ringing", 2, leg="a", agent="101"), told("ended", 20, leg="a"))
    log(told("entered", 0, call="queue"), when=at(20))  # waits, and rang nowhere: that may take long
    assert end_silent_calls(at=at(300), pickup_seconds=lambda day: 30) == 0
    assert end_silent_calls(at=at(700), pickup_seconds=lambda day: 30) == 1
    call = Call.objects.get()
    assert (call.outcome, call.has_no_end, call.ended_at) == ("abandoned", False, at(20))
    log(told("ringing", 800, leg="b", agent="102"))
    assert (LiveCall.objects.get(external_key="c1").state, Call.objects.count()) == ("ringing", 0)


def test_a_later_talk_of_the_same_desk_ends_one_whose_hanging_up_was_lost(cast: Cast, extension: str) -> None:
    for call, begin in (("c1", 0), ("held", 100), ("c2", 200)):
        log(told("entered", begin, call=call), told("answered", begin + 5, call=call, agent=extension))
        if call == "held":
            log(told("held", 110, call=call, agent=extension))
    states = dict(LiveCall.objects.values_list("external_key", "state"))
    assert states == {"c1": "ended", "held": "held", "c2": "talking"}
    lost = Call.objects.get(external_key="c1")
    assert (lost.outcome, lost.has_no_end, lost.ended_at) == ("answered", True, None)
    log(told("ended", 90, call="c1"), when=at(300))
    lost.refresh_from_db()
    assert (lost.has_no_end, lost.ended_at) == (False, at(90))


@pytest.mark.parametrize("event_id", ["silent:c1", "rangout:c1", "silent:" + "x" * 200])
def test_an_event_of_the_exchange_with_a_key_like_ours_is_its_own(cast: Cast, event_id: str) -> None:
    log(told("entered", 0), told("ended", 40, event=event_id))
    call = Call.objects.get()
    assert (call.has_no_end, call.ended_at) == (False, at(40))


@pytest.mark.django_db(transaction=True)
def test_the_same_events_from_several_sides_at_once_are_one_call(cast: Cast) -> None:
    events = [told("entered", 0), told("ringing", 3, agent="101"), told("answered", 12, agent="101"), told("ended", 90)]
    start = threading.Barrier(4)

    def send(part: list[Told]) -> None:
        start.wait()
        log_events(source="telefonie:1", events=part, at=at(100), pickup_seconds=lambda day: 30)
        connection.close()

    parts = [events[:2], events[2:], events, list(reversed(events))]
    threads = [threading.Thread(target=send, args=(part,)) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Row.objects.count() == 4
    call = Call.objects.get()
    assert (call.outcome, call.wait_seconds, call.ended_at) == ("answered", 12, at(90))


def test_many_events_cost_no_more_statements_than_one(cast: Cast, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        log(*[told(kind, n, call=f"c{n}") for n in range(100) for kind in ("entered", "answered", "ended")])
    assert Call.objects.count() == 100
