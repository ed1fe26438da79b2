"""Who is asked after a contact: the rules as a table, and that the same contact always gets the same answer."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from organisation.clock import AMSTERDAM
from surveys import sampling
from surveys.sampling import Ended, Limits, Rule, draw, is_quiet, quiet_ends, verdict

AT = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
LIMITS = Limits(between=timedelta(days=90), stale_after=timedelta(days=5))
ALL = Rule(share=100, delay=timedelta(hours=1))
ENDED = Ended(
    key="contact:1",
    ended_at=AT - timedelta(hours=2),
    is_answered=True,
    is_confidential=False,
    is_automatic=False,
    has_address=True,
    has_opted_out=False,
)


@pytest.mark.parametrize(
    ("contact", "rule", "expected"),
    [
        (ENDED, ALL, sampling.ASK),
        (ENDED, None, sampling.NO_RULE),
        (ENDED, replace(ALL, share=0), sampling.NO_RULE),
        (replace(ENDED, is_confidential=True), ALL, sampling.CONFIDENTIAL),
        (replace(ENDED, is_automatic=True), ALL, sampling.AUTOMATIC),
        (replace(ENDED, is_answered=False), ALL, sampling.NOT_ANSWERED),
        (replace(ENDED, has_address=False), ALL, sampling.NO_ADDRESS),
        (replace(ENDED, has_opted_out=True), ALL, sampling.OPTED_OUT),
        (replace(ENDED, ended_at=AT - timedelta(minutes=59)), ALL, sampling.TOO_EARLY),
        (replace(ENDED, ended_at=AT - timedelta(hours=1)), ALL, sampling.ASK),
        (replace(ENDED, ended_at=AT - timedelta(days=5)), ALL, sampling.ASK),
        (replace(ENDED, ended_at=AT - timedelta(days=5, seconds=1)), ALL, sampling.STALE),
        (replace(ENDED, last_asked_at=ENDED.ended_at - timedelta(days=89)), ALL, sampling.ASKED_BEFORE),
        (replace(ENDED, last_asked_at=ENDED.ended_at - timedelta(days=90)), ALL, sampling.ASK),
        (replace(ENDED, last_asked_at=ENDED.ended_at + timedelta(minutes=5)), ALL, sampling.ASKED_BEFORE),
    ],
)
def test_the_first_reason_decides(contact: Ended, rule: Rule | None, expected: str) -> None:
    assert verdict(contact, rule, LIMITS, AT) == expected


@pytest.mark.parametrize(
    ("local", "quiet_from", "quiet_until", "expected"),
    [
        (time(19, 59), 20, 8, False),
        (time(20, 0), 20, 8, True),
        (time(0, 0), 20, 8, True),
        (time(7, 59), 20, 8, True),
        (time(8, 0), 20, 8, False),
        (time(13, 0), 12, 14, True),
        (time(14, 0), 12, 14, False),
        (time(3, 0), 8, 8, False),
    ],
)
def test_the_quiet_hours_go_over_midnight(local: time, quiet_from: int, quiet_until: int, expected: bool) -> None:
    assert is_quiet(local, quiet_from, quiet_until) is expected


def test_the_share_is_about_what_was_chosen() -> None:
    asked = sum(draw(f"contact:{pk}") * 100 < 25 for pk in range(4000))
    assert 900 < asked < 1100


ENDINGS = st.builds(
    Ended,
    key=st.text(max_size=20),
    ended_at=st.datetimes(datetime(2026, 11, 1), datetime(2026, 11, 25), timezones=st.just(UTC)),
    is_answered=st.booleans(),
    is_confidential=st.booleans(),
    is_automatic=st.booleans(),
    has_address=st.booleans(),
    has_opted_out=st.booleans(),
    last_asked_at=st.none() | st.datetimes(datetime(2026, 1, 1), datetime(2026, 11, 25), timezones=st.just(UTC)),
)
RULES = st.builds(
    Rule, share=st.integers(0, 100), delay=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=2))
)


@given(contact=ENDINGS, rule=RULES, later=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=30)))
@settings(max_examples=150, deadline=None)
def test_a_later_run_asks_nobody_anew(contact: Ended, rule: Rule, later: timedelta) -> None:
    """What was refused stays refused, save for a delay that is over; who may be asked is asked until it is stale."""
    first, again = verdict(contact, rule, LIMITS, AT), verdict(contact, rule, LIMITS, AT + later)
    if first == sampling.ASK:
        assert again in (sampling.ASK, sampling.STALE)
        assert not (contact.is_confidential or contact.is_automatic or contact.has_opted_out)
    elif first != sampling.TOO_EARLY:
        assert again in (first, sampling.STALE)


@given(contact=ENDINGS, rule=RULES)
@settings(max_examples=80, deadline=None)
def test_a_larger_share_asks_the_same_people_and_more(contact: Ended, rule: Rule) -> None:
    if verdict(contact, rule, LIMITS, AT) == sampling.ASK:
        assert verdict(contact, replace(rule, share=100), LIMITS, AT) == sampling.ASK


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        (datetime(2026, 11, 25, 20, 0, tzinfo=AMSTERDAM), datetime(2026, 11, 26, 8, 0, tzinfo=AMSTERDAM)),
        (datetime(2026, 11, 26, 7, 59, 59, tzinfo=AMSTERDAM), datetime(2026, 11, 26, 8, 0, tzinfo=AMSTERDAM)),
        (datetime(2026, 10, 24, 23, 0, tzinfo=AMSTERDAM), datetime(2026, 10, 25, 8, 0, tzinfo=AMSTERDAM)),  # 10 hours
        (datetime(2027, 3, 27, 23, 0, tzinfo=AMSTERDAM), datetime(2027, 3, 28, 8, 0, tzinfo=AMSTERDAM)),  # 8 hours
        (datetime(2026, 12, 31, 22, 0, tzinfo=AMSTERDAM), datetime(2027, 1, 1, 8, 0, tzinfo=AMSTERDAM)),
    ],
)
def test_the_quiet_hours_end_by_the_clock_on_the_wall(local: datetime, expected: datetime) -> None:
    assert quiet_ends(local, 8) == expected
