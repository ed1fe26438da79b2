"""What is kept of days that are not over is what the rows say, after every kind of change and at every second."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from contacts.models import NormClock
from kpi.models import RollupState
from kpi.open_days import LONGEST, OpenDays
from kpi.periods import between
from kpi.reading import MOST_NOTES, Ask, Rows, not_rolled_up, state
from kpi.registry import ROLLED_UP
from kpi.rollups import roll_up
from kpi.scope import Scope
from organisation.workdays import local_day
from tests.cast import Cast
from tests.kpi.history import call, clock, local, question
from tests.kpi.test_histories import ALONE, EVERYTHING, LENGTH, WORLDS, Played, play

pytestmark = pytest.mark.django_db
NOW = local("2026-11-25 12:00")


class Looked:
    """Looks at all figures of these days, kept and fresh."""

    def __init__(self, first: date, last: date) -> None:
        self.kept, self.counted = OpenDays(), 0
        self.asks = [
            Ask(tuple(measure.code for measure in ROLLED_UP), (between(first, last),), by) for by in ("", "team")
        ]
        self.scope = Scope(between(first, last))

    def fresh(self, at: datetime) -> Rows:
        self.counted += 1
        return not_rolled_up(self.asks, self.scope, state(), at=at, today=local_day(at))

    def agree(self, at: datetime) -> None:
        for _time in range(2):  # the second time from what was kept
            found = self.kept.get("all", state(), at, lambda: self.fresh(at))
            assert sorted(map(str, found)) == sorted(map(str, self.fresh(at)))


@pytest.mark.parametrize("history", [EVERYTHING, ALONE], ids=["everything", "alone"])
@pytest.mark.parametrize("place", [1, 3])
def test_after_every_act_what_was_kept_is_what_the_rows_say(
    cast: Cast, place: int, history: list[tuple[str, int, int | None, int]]
) -> None:
    """All days but the first few are open; acts change these and the finished ones."""
    first, special = WORLDS[place]
    now = local(f"{(first + LENGTH).isoformat()} 12:00")
    roll_up(at=now - LENGTH + timedelta(days=3))
    look = Looked(first, local_day(now))
    look.agree(now)
    play(Played(cast, first, now), special, history, lambda: look.agree(now))


def test_nothing_is_counted_again_until_something_changes_or_time_breaks_a_promise(cast: Cast) -> None:
    roll_up(at=NOW)
    late = question(cast, received=NOW - timedelta(days=9), channel="email")
    clock(late, "email.answer", started=late.received_at, due=NOW + timedelta(seconds=10), state="running")
    look = Looked(local_day(NOW), local_day(NOW))

    def counts(seconds: float) -> int:
        before = look.counted
        at = NOW + timedelta(seconds=seconds)
        look.kept.get("all", state(), at, lambda: look.fresh(at))
        return look.counted - before

    assert [counts(seconds) for seconds in (0, 1, 9.9, 10, 10.1, 12)] == [1, 0, 0, 1, 0, 0]
    call(NOW)
    assert [counts(seconds) for seconds in (13, 14)] == [1, 0]
    NormClock.objects.update(soon_told_at=NOW)  # nothing that a figure depends on
    assert counts(15) == 0
    assert counts(13 + LONGEST.total_seconds()) == 1, "and never kept for long"
    assert counts(0) == 1, "a moment before it was counted"


def test_what_cannot_be_compared_is_not_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    look = Looked(local_day(NOW), local_day(NOW))
    assert state().notes is None, "nothing was rolled up yet: the triggers do not note"
    for _time in range(2):
        look.kept.get("all", state(), NOW, lambda: look.fresh(NOW))
    assert look.counted == 2
    roll_up(at=NOW)
    assert RollupState.objects.get().rolled_until and state().notes is not None
    monkeypatch.setattr("kpi.reading.MOST_NOTES", 1)
    call(NOW)
    call(NOW)
    assert state().notes is None and MOST_NOTES > 1
