"""Deadlines of norms, pauses and which norms start: the tables of norms-and-kpis §1–§3, and their properties."""

from __future__ import annotations

import time as clock
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.norms.clock import (
    CALENDAR_DAYS,
    OPENING_MINUTES,
    SECONDS,
    WORKING_DAYS,
    Deadline,
    deadline,
    last_day_of,
    remaining,
    resumed,
)
from contacts.norms.defaults import DEFAULT_NORMS
from contacts.norms.promises import norms_to_start
from organisation.workdays import Calendar, day_start, local_day
from tests.organisation.test_workdays import DUTCH, MOMENTS, MON_FRI, ROUND_THE_CLOCK, calendars, local


def ends(
    received: str, length: int, *, unit: str = WORKING_DAYS, calendar: Calendar = MON_FRI, escalate: int = 2
) -> Deadline:
    return deadline(unit=unit, length=length, start=local(received), calendar=calendar, escalate_days=escalate)


@pytest.fixture(params=["UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
def server_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TZ", request.param)
    clock.tzset()
    yield request.param
    monkeypatch.undo()
    clock.tzset()


GOOD_FRIDAY_CLOSED = Calendar(MON_FRI.weekly, {**DUTCH, date(2026, 4, 3): ()})
BRIDGE_DAY = Calendar(MON_FRI.weekly, {**DUTCH, date(2026, 5, 13): ()})
EXAMPLES = [
    ("2026-03-02 09:00", 3, MON_FRI, "2026-03-05"),
    ("2026-03-02 23:59:59", 3, MON_FRI, "2026-03-05"),
    ("2026-03-06 16:45", 3, MON_FRI, "2026-03-11"),
    ("2026-03-07 11:00", 3, MON_FRI, "2026-03-11"),
    ("2026-04-23 15:00", 3, MON_FRI, "2026-04-29"),
    ("2026-12-24 10:00", 3, MON_FRI, "2026-12-30"),
    ("2026-05-07 12:00", 5, MON_FRI, "2026-05-15"),
    ("2027-03-26 08:00", 1, MON_FRI, "2027-03-30"),
    ("2026-04-02 10:00", 3, MON_FRI, "2026-04-08"),
    ("2026-04-02 10:00", 3, GOOD_FRIDAY_CLOSED, "2026-04-09"),
    ("2026-04-24 17:30", 5, MON_FRI, "2026-05-04"),
    ("2026-04-24 17:30", 3, MON_FRI, "2026-04-30"),
    ("2026-12-23 09:00", 5, MON_FRI, "2026-12-31"),
    ("2026-03-27 10:00", 3, MON_FRI, "2026-04-01"),
    ("2026-03-02 00:00", 3, MON_FRI, "2026-03-05"),
    ("2026-03-02 08:30", 3, MON_FRI, "2026-03-05"),  # exactly at opening
    ("2026-03-02 17:00", 3, MON_FRI, "2026-03-05"),  # exactly at closing
    ("2026-12-30 10:00", 3, MON_FRI, "2027-01-05"),  # 2026 has 53 ISO weeks
]


@pytest.mark.parametrize(("received", "length", "calendar", "last_day"), EXAMPLES)
def test_working_days_end_on_the_day_the_spec_says(
    server_zone: str, received: str, length: int, calendar: Calendar, last_day: str
) -> None:
    found = ends(received, length, calendar=calendar)
    assert local_day(last_day_of(found.due_at)) == date.fromisoformat(last_day)
    assert found.due_at == local(f"{last_day} 00:00") + timedelta(
        days=1
    )  # wall time: the first instant of the next day


@pytest.mark.parametrize(
    ("received", "unit", "length", "calendar", "due"),
    [
        ("2026-03-28 23:30", OPENING_MINUTES, 240, ROUND_THE_CLOCK, "2026-03-29 04:30"),
        ("2026-10-25 00:30", OPENING_MINUTES, 240, ROUND_THE_CLOCK, "2026-10-25 03:30"),
        ("2026-03-28 23:30", SECONDS, 4 * 3600, MON_FRI, "2026-03-29 04:30"),
        ("2026-10-25 00:30", SECONDS, 4 * 3600, MON_FRI, "2026-10-25 03:30"),
        ("2026-03-02 16:50", OPENING_MINUTES, 15, MON_FRI, "2026-03-03 08:35"),
        ("2026-03-06 17:00", OPENING_MINUTES, 15, MON_FRI, "2026-03-09 08:45"),
        ("2026-03-02 08:30", OPENING_MINUTES, 15, MON_FRI, "2026-03-02 08:45"),
        ("2026-03-02 12:00", SECONDS, 30, MON_FRI, "2026-03-02 12:00:30"),
        ("2026-03-02 12:00", CALENDAR_DAYS, 42, MON_FRI, "2026-04-14 00:00"),  # Mon 13 April, six weeks
        ("2026-03-14 12:00", CALENDAR_DAYS, 42, MON_FRI, "2026-04-29 00:00"),  # Sat 25 April, then Koningsdag: Tue 28
        ("2026-04-01 12:00", CALENDAR_DAYS, 42, BRIDGE_DAY, "2026-05-14 00:00"),  # Wed 13 May, though we are closed
        ("2026-02-20 12:00", CALENDAR_DAYS, 42, MON_FRI, "2026-04-08 00:00"),  # Good Friday, worked: Tue 7 April
        ("2026-03-24 12:00", CALENDAR_DAYS, 42, MON_FRI, "2026-05-07 00:00"),  # 5 May, worked: Wed 6
        (
            "2026-02-28 12:00",
            CALENDAR_DAYS,
            42,
            ROUND_THE_CLOCK,
            "2026-04-14 00:00",
        ),  # Sat 11 April, though we are open
    ],
)
def test_other_units_end_at_the_instant_the_spec_says(
    server_zone: str, received: str, unit: str, length: int, calendar: Calendar, due: str
) -> None:
    assert ends(received, length, unit=unit, calendar=calendar).due_at == local(due)


def test_almost_due_is_the_last_quarter_of_opening_time_and_at_the_latest_the_last_working_day() -> None:
    short = ends("2026-03-02 09:00", 3)
    assert local("2026-03-03 12:00") < short.soon_at <= local("2026-03-05 00:00") < short.due_at
    long = ends("2026-03-02 17:00", 20)  # until Mon 30 March: twenty whole days of opening time, a quarter is five
    assert long.soon_at == local("2026-03-23 17:00")
    closed = ends("2026-05-11 09:00", 2, unit=CALENDAR_DAYS, calendar=BRIDGE_DAY)  # Wed 13 May, a closing day
    assert closed.soon_at <= local("2026-05-12 00:00"), "on the last day itself nobody is there any more"


def test_the_coordinator_is_told_after_two_working_days_overdue() -> None:
    assert ends("2026-03-02 09:00", 3).escalate_at == local("2026-03-10 00:00")  # due Thu 5; Fri 6, Mon 9 go by
    assert ends("2026-03-02 09:00", 3, escalate=0).escalate_at == local("2026-03-06 00:00")


@pytest.mark.parametrize(
    ("received", "paused", "left", "taken_up", "last_day"),
    [
        ("2026-03-02 09:00", "2026-03-02 10:00", 3, "2026-03-09 10:00", "2026-03-12"),
        ("2026-03-02 09:00", "2026-03-03 10:00", 2, "2026-03-09 10:00", "2026-03-11"),
        (
            "2026-03-02 09:00",
            "2026-03-05 16:00",
            1,
            "2026-03-05 16:01",
            "2026-03-06",
        ),  # on the last day one day is left
        ("2026-03-05 09:00", "2026-03-06 16:30", 2, "2026-03-09 09:00", "2026-03-11"),  # a pause over a weekend
        ("2026-03-05 09:00", "2026-03-07 11:00", 2, "2026-03-08 11:00", "2026-03-10"),  # within a weekend: nothing lost
        ("2026-04-23 15:00", "2026-04-24 10:00", 2, "2026-04-26 10:00", "2026-04-29"),  # and Koningsdag
    ],
)
def test_a_pause_keeps_the_working_days_that_are_left(
    received: str, paused: str, left: int, taken_up: str, last_day: str
) -> None:
    due = ends(received, 3).due_at
    kept = remaining(unit=WORKING_DAYS, due_at=due, at=local(paused), calendar=MON_FRI)
    again = resumed(unit=WORKING_DAYS, left=kept, at=local(taken_up), calendar=MON_FRI, escalate_days=2)
    assert kept == left
    assert local_day(last_day_of(again.due_at)) == date.fromisoformat(last_day)


def test_a_pause_that_runs_over_the_deadline_still_leaves_its_days() -> None:
    due = ends("2026-03-02 09:00", 3).due_at
    kept = remaining(unit=WORKING_DAYS, due_at=due, at=local("2026-03-04 15:00"), calendar=MON_FRI)
    again = resumed(unit=WORKING_DAYS, left=kept, at=local("2026-03-20 15:00"), calendar=MON_FRI, escalate_days=2)
    assert (kept, local_day(last_day_of(again.due_at))) == (1, date(2026, 3, 23))


def test_two_pauses_in_one_minute_change_nothing_but_the_day_that_is_not_counted() -> None:
    first = ends("2026-03-02 09:00", 3)
    at = local("2026-03-02 10:00")
    due = first.due_at
    for step in range(2):
        kept = remaining(unit=WORKING_DAYS, due_at=due, at=at + timedelta(seconds=20 * step), calendar=MON_FRI)
        due = resumed(
            unit=WORKING_DAYS, left=kept, at=at + timedelta(seconds=20 * step + 10), calendar=MON_FRI, escalate_days=2
        ).due_at
    assert due == first.due_at


def test_opening_minutes_and_seconds_resume_with_exactly_what_was_left() -> None:
    due = ends("2026-03-02 16:50", 15, unit=OPENING_MINUTES).due_at
    kept = remaining(unit=OPENING_MINUTES, due_at=due, at=local("2026-03-02 16:55"), calendar=MON_FRI)
    assert kept == 600
    again = resumed(unit=OPENING_MINUTES, left=kept, at=local("2026-03-06 16:55"), calendar=MON_FRI, escalate_days=2)
    assert again.due_at == local("2026-03-09 08:35")


def test_a_deadline_on_a_day_that_becomes_a_holiday_moves_only_when_it_is_computed_again() -> None:
    before = ends("2026-03-02 09:00", 3)
    closed = Calendar(MON_FRI.weekly, {**DUTCH, date(2026, 3, 5): ()})
    assert before.due_at == local("2026-03-06 00:00")
    assert ends("2026-03-02 09:00", 3, calendar=closed).due_at == local("2026-03-07 00:00")


def test_a_norm_of_nothing_is_an_error() -> None:
    for length in (0, -1):
        with pytest.raises(ValueError, match="at least 1"):
            ends("2026-03-02 09:00", length)
    with pytest.raises(ValueError, match="unit"):
        ends("2026-03-02 09:00", 1, unit="weeks")


# --- which norms start ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("channel", "kind", "end", "codes"),
    [
        ("email", "question", "open", {"email.acknowledge", "email.answer"}),
        ("email", "question", "direct", {"email.answer"}),
        ("letter", "question", "forward", {"letter.respond"}),
        ("social", "question", "open", {"social.respond"}),
        ("form", "report", "open", {"form.acknowledge", "form.answer"}),
        ("app", "report", "open", {"form.acknowledge", "form.answer"}),
        ("chat", "question", "open", {"chat.first_response"}),
        ("whatsapp", "question", "open", {"chat.first_response"}),
        ("phone", "question", "direct", set()),
        ("phone", "question", "forward", {"handover.answer"}),
        ("counter", "question", "forward", {"handover.answer"}),
        ("phone", "complaint", "forward", {"complaint.settle"}),
        ("letter", "complaint", "open", {"letter.respond", "complaint.settle"}),
        ("email", "complaint", "open", {"email.acknowledge", "complaint.settle"}),
    ],
)
def test_the_norms_that_a_contact_sets_running(channel: str, kind: str, end: str, codes: set[str]) -> None:
    assert set(norms_to_start(channel=channel, kind=kind, end=end, acknowledge=True)) == codes


def test_a_call_back_has_a_promise_of_its_own() -> None:
    assert "callback.done" in norms_to_start(channel="phone", kind="question", end="callback", acknowledge=True)


def test_a_message_from_a_machine_promises_nothing() -> None:
    assert norms_to_start(channel="email", kind="question", end="open", acknowledge=True, is_automatic=True) == ()


def test_the_default_norms_are_those_of_the_spec() -> None:
    table = {norm.code: (norm.unit, norm.length, norm.target) for norm in DEFAULT_NORMS}
    assert table["phone.pickup"] == ("seconds", 30, "90")
    assert table["phone.direct"] == ("share", None, "60")
    assert table["email.acknowledge"] == ("seconds", 300, "100")
    assert table["email.answer"] == ("working_days", 3, "95")
    assert table["letter.respond"] == ("working_days", 5, "95")
    assert table["letter.answer"] == ("working_days", 20, "90")
    assert table["social.respond"] == ("working_days", 1, "95")
    assert table["form.acknowledge"] == table["email.acknowledge"]
    assert table["form.answer"] == table["email.answer"]
    assert table["chat.first_response"] == ("opening_minutes", 15, "90")
    assert table["callback.done"] == ("working_days", 1, "90")
    assert table["visit.wait"] == ("seconds", 600, "90")
    assert {code: table[code][2] for code in table if code.startswith("rating.")} == {
        "rating.phone": "7.0",
        "rating.appointment": "7.0",
        "rating.letter": "7.0",
        "rating.email": "7.0",
        "rating.newsletter": "7.0",
        "rating.friendliness": "8.0",
        "rating.digital": "6.7",
        "rating.general": "6.7",
        "rating.clear_language": "68",
    }
    assert table["language.b1"] == ("share", None, "80")
    assert len(table) == len(DEFAULT_NORMS)


# --- properties -----------------------------------------------------------------------------------------------------------

UNITS = st.sampled_from([SECONDS, OPENING_MINUTES, WORKING_DAYS, CALENDAR_DAYS])


@given(calendars(), UNITS, st.integers(1, 30), MOMENTS)
@settings(max_examples=80, deadline=None)
def test_a_longer_norm_never_ends_earlier_and_no_deadline_lies_before_its_start(
    calendar: Calendar, unit: str, length: int, start: datetime
) -> None:
    short = deadline(unit=unit, length=length, start=start, calendar=calendar, escalate_days=2)
    longer = deadline(unit=unit, length=length + 1, start=start, calendar=calendar, escalate_days=2)
    assert start < short.due_at <= longer.due_at
    assert start <= short.soon_at <= short.due_at <= short.escalate_at


@given(calendars(), st.integers(1, 30), MOMENTS, st.timedeltas(timedelta(0), timedelta(days=3)))
@settings(max_examples=80, deadline=None)
def test_later_received_is_never_due_earlier_and_the_last_day_is_a_working_day(
    calendar: Calendar, length: int, start: datetime, later: timedelta
) -> None:
    first = deadline(unit=WORKING_DAYS, length=length, start=start, calendar=calendar, escalate_days=2)
    second = deadline(unit=WORKING_DAYS, length=length, start=start + later, calendar=calendar, escalate_days=2)
    assert first.due_at <= second.due_at
    assert calendar.is_working_day(local_day(last_day_of(first.due_at)))
    assert first.due_at == day_start(local_day(first.due_at))


@given(calendars(), UNITS, st.integers(1, 30), MOMENTS, st.timedeltas(timedelta(0), timedelta(days=40)))
@settings(max_examples=80, deadline=None)
def test_what_is_left_is_never_negative_and_a_pause_never_takes_time_away(
    calendar: Calendar, unit: str, length: int, start: datetime, after: timedelta
) -> None:
    due = deadline(unit=unit, length=length, start=start, calendar=calendar, escalate_days=2).due_at
    at = start + after
    left = remaining(unit=unit, due_at=due, at=at, calendar=calendar)
    assert left >= 0
    if at < due:
        again = resumed(unit=unit, left=left, at=at, calendar=calendar, escalate_days=2)
        assert again.due_at >= due - timedelta(seconds=1)  # whole seconds are kept


@given(UNITS, st.integers(1, 20), MOMENTS)
@settings(max_examples=40, deadline=None)
def test_the_zone_in_which_a_moment_is_written_does_not_matter(unit: str, length: int, start: datetime) -> None:
    from zoneinfo import ZoneInfo

    found = {
        deadline(unit=unit, length=length, start=start.astimezone(zone), calendar=MON_FRI, escalate_days=2)
        for zone in (UTC, ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Amsterdam"))
    }
    assert len(found) == 1
