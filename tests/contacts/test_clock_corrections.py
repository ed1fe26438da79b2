"""A settled clock stays as it was: a correction is a new one, and the database refuses anything else."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from channels_app.models import OutboundMessage
from contacts.actions.ask_customer import ask_customer
from contacts.actions.correct_clock import correct_clock
from contacts.actions.resume import resume
from contacts.invariants import check_all
from contacts.models import ClockEvent, NormClock
from organisation.models import CalendarDay, WorkingCalendar
from tests.cast import Cast
from tests.contacts.test_clock_life import MONDAY, asked, clock_of, kinds
from tests.organisation.test_workdays import local


def test_a_correction_is_a_new_clock_and_both_are_kept(cast: Cast) -> None:
    question = asked(cast, channel="letter", registered="2026-03-20 11:00")
    old = clock_of(question, "letter.respond")
    assert old.state == "missed"
    new = correct_clock(
        clock=old,
        by=cast.sanne,
        at=local("2026-03-20 12:00"),
        reason="Stempel verkeerd gelezen",
        started_at=local("2026-03-18 09:00"),
    )
    old.refresh_from_db()
    assert (old.state, old.replaced_by_id) == ("missed", new.pk)
    assert (new.state, new.due_at) == ("running", local("2026-03-26 00:00"))
    assert kinds(old) == ["started", "missed", "replaced"]


@pytest.mark.parametrize(
    "change",
    [
        {"state": "met", "stopped_at": local("2026-03-04 10:00")},
        {"due_at": local("2026-04-01 00:00")},
        {"settled_on": date(2026, 4, 1)},
        {"length": 30},
        {"team_id": None},
    ],
)
def test_the_database_refuses_to_change_a_settled_clock(cast: Cast, change: dict[str, object]) -> None:
    clock = clock_of(asked(cast, MONDAY, channel="letter", registered="2026-03-20 11:00"), "letter.respond")
    if "team_id" in change:
        change = {"team_id": cast.burgerzaken.pk}
    with pytest.raises(IntegrityError), transaction.atomic():
        NormClock.objects.filter(pk=clock.pk).update(**change)


def test_the_events_of_a_clock_can_be_added_to_but_not_edited(cast: Cast) -> None:
    clock = clock_of(asked(cast))
    with pytest.raises(IntegrityError), transaction.atomic():
        ClockEvent.objects.filter(clock=clock).update(cause="anders")
    with pytest.raises(IntegrityError), transaction.atomic():
        ClockEvent.objects.create(
            clock=clock, kind="started", at=local(MONDAY), norm_version=1, calendar_version=1, due_at=clock.due_at
        )


def test_the_database_refuses_two_running_clocks_for_one_norm(cast: Cast) -> None:
    clock = clock_of(asked(cast))
    contact_id = clock.contact_id
    clock.pk = None
    clock.contact_id = contact_id
    with pytest.raises(IntegrityError), transaction.atomic():
        clock.save(force_insert=True)


def test_a_correction_can_be_corrected_again(cast: Cast) -> None:
    clock = clock_of(asked(cast))
    for day in ("2026-02-27 09:00", "2026-02-26 09:00"):
        clock = correct_clock(clock=clock, by=cast.sanne, at=local(MONDAY), reason="Stempel", started_at=local(day))
    assert NormClock.objects.filter(question=clock.question, code="email.answer").count() == 3
    assert clock_of(clock.question) == clock


def test_a_holiday_added_afterwards_leaves_the_running_clock_alone(cast: Cast) -> None:
    question = asked(cast)
    calendar = WorkingCalendar.objects.get(is_default=True)
    CalendarDay.objects.create(calendar=calendar, on=date(2026, 3, 5), kind="closed", name="Dicht", is_confirmed=True)
    assert clock_of(question).due_at == local("2026-03-06 00:00")
    assert clock_of(asked(cast, "2026-03-03 09:00")).due_at == local("2026-03-10 00:00")


def test_a_correction_keeps_the_days_that_were_given_back(cast: Cast) -> None:
    question = asked(cast)  # Monday: until Thursday
    ask_customer(question=question, by=cast.fatima, at=local("2026-03-03 10:00"))
    still = correct_clock(
        clock=clock_of(question), by=cast.sanne, at=local("2026-03-09 09:00"), reason="Uur", started_at=local(MONDAY)
    )
    assert (still.state, still.remaining) == ("paused", 2)
    resume(question=question, by=cast.fatima, at=local("2026-03-10 10:00"))
    before = clock_of(question)
    after = correct_clock(
        clock=before, by=cast.sanne, at=local("2026-03-10 11:00"), reason="Uur", started_at=local("2026-03-02 08:00")
    )
    assert (after.state, after.due_at) == ("running", before.due_at) == ("running", local("2026-03-13 00:00"))
    OutboundMessage.objects.update(state="sent", sent_at=local(MONDAY))
    with time_machine.travel(local("2026-03-10 11:00"), tick=False):
        assert not [found for found in check_all() if found.violations]


@pytest.mark.parametrize("is_over", [True, False])
def test_a_pause_that_began_before_the_right_start_counts_from_there(cast: Cast, is_over: bool) -> None:
    question = asked(cast)
    ask_customer(question=question, by=cast.fatima, at=local("2026-03-03 10:00"))
    if is_over:
        resume(question=question, by=cast.fatima, at=local("2026-03-10 10:00"))
    start = local("2026-03-04 09:00")
    new = correct_clock(
        clock=clock_of(question), by=cast.sanne, at=local("2026-03-10 11:00"), reason="Stempel", started_at=start
    )
    found = (new.state, new.paused_at, new.remaining)
    assert found == (("running", None, None) if is_over else ("paused", start, 3))
    assert kinds(new) == ["started", "paused", "resumed"][: 3 if is_over else 2]
    if is_over:
        assert new.due_at == local("2026-03-14 00:00"), "three working days after the tenth"
    OutboundMessage.objects.update(state="sent", sent_at=local(MONDAY))
    with time_machine.travel(local("2026-03-10 11:00"), tick=False):
        assert not [found for found in check_all() if found.violations]
