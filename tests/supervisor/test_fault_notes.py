"""What a fault run judges: that something came, everywhere; how soon, only where nobody else is at work."""

import pytest

from faults.fault import Notes


@pytest.mark.parametrize(
    ("seconds", "is_busy", "is_kept"),
    [(3.0, False, True), (30.0, False, False), (30.0, True, True), (None, True, False), (None, False, False)],
)
def test_a_speed_is_judged_on_a_quiet_machine_and_never_is_broken_everywhere(
    seconds: float | None, is_busy: bool, is_kept: bool
) -> None:
    notes = Notes(is_busy=is_busy)
    notes.within("sent_seconds", seconds, 10)
    assert (not notes.broken) is is_kept


@pytest.mark.parametrize(
    ("count", "is_busy", "is_kept"), [(0, False, True), (1, False, False), (20, True, True), (60, True, False)]
)
def test_refusals_are_few_on_a_busy_machine_and_none_on_a_quiet_one(count: int, is_busy: bool, is_kept: bool) -> None:
    notes = Notes(is_busy=is_busy)
    notes.few("requests_that_failed", count, 100)
    assert (not notes.broken) is is_kept


@pytest.mark.parametrize("is_busy", [True, False])
def test_what_was_lost_is_judged_on_every_machine(is_busy: bool) -> None:
    notes = Notes(is_busy=is_busy)
    notes.exactly("lost", 1, 0)
    assert notes.broken
