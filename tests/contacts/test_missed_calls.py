"""Callers whom nobody spoke stand on the list of call-backs until somebody did."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from channels_app.models import Call
from contacts.actions.customers import create_customer
from contacts.actions.register import Asked, CallbackAsked, register
from contacts.calls.missed import missed_calls
from contacts.models import ContactAddress
from contacts.pages.missed_calls import missed_rows
from organisation.clock import AMSTERDAM
from organisation.snapshot import organisation
from tests.cast import Cast

MONDAY = datetime(2026, 3, 2, 11, 0, tzinfo=AMSTERDAM)
FRIDAY = datetime(2026, 2, 27, 16, 50, tzinfo=AMSTERDAM)
NUMBER = "+31226351244"


def rang(
    moment: datetime,
    outcome: str = "abandoned",
    caller: str = NUMBER,
    wait: int = 40,
    *,
    is_picked_up: bool = False,
) -> None:
    Call.objects.create(
        source="t",
        external_key=f"{caller}{moment}{outcome}",
        caller=caller,
        entered_at=moment,
        outcome=outcome,
        wait_seconds=wait,
        entered_on=moment.date(),
        answered_at=moment if is_picked_up or outcome == "answered" else None,
    )


def who() -> list[tuple[str, int, bool]]:
    calendar = organisation().default_calendar.rules
    return [(one.caller, one.times, one.was_outside_hours) for one in missed_calls(calendar, MONDAY)]


@pytest.mark.parametrize("outcome", ["abandoned", "voicemail", "overflow", "outside_hours"])
def test_who_was_not_spoken_since_the_working_day_before_stands_there(cast: Cast, outcome: str) -> None:
    rang(FRIDAY, outcome)
    rang(FRIDAY + timedelta(minutes=1), outcome)
    assert who() == [(NUMBER, 2, outcome == "outside_hours")]


@pytest.mark.parametrize(
    ("moment", "outcome", "caller", "wait"),
    [
        (FRIDAY - timedelta(days=1), "abandoned", NUMBER, 40),
        (FRIDAY, "answered", NUMBER, 10),
        (FRIDAY, "test", NUMBER, 10),
        (FRIDAY, "abandoned", "", 40),
        (FRIDAY, "abandoned", "anoniem", 40),
        (FRIDAY, "abandoned", NUMBER, 5),
    ],
)
def test_who_need_not_be_called(cast: Cast, moment: datetime, outcome: str, caller: str, wait: int) -> None:
    rang(moment, outcome, caller, wait)
    rang(FRIDAY, "outside_hours", is_picked_up=True)
    assert who() == []


def test_a_call_that_was_picked_up_a_talk_or_a_promise_takes_somebody_off(cast: Cast) -> None:
    wit = create_customer(by=cast.fatima, at=FRIDAY, name="J. de Wit", phone="0226 35 12 44")
    rang(FRIDAY)
    rang(FRIDAY, caller="+31612345678")
    rang(FRIDAY, caller="+31687654321")
    assert len(who()) == 3
    later = MONDAY - timedelta(minutes=30)
    rang(later, "answered", "+31612345678")
    talk = {"by": cast.fatima, "at": later, "channel": "phone", "received_at": later}
    register(**talk, customer=wit, asked=[Asked(title="x", end="direct", subject_id=cast.grofvuil.pk)])  # type: ignore[arg-type]
    promise = CallbackAsked(phone="06 87 65 43 21")
    register(**talk, asked=[Asked(title="y", end="callback", subject_id=cast.grofvuil.pk, callback=promise)])  # type: ignore[arg-type]
    assert who() == []
    rang(MONDAY - timedelta(minutes=1))
    assert [caller for caller, _times, _closed in who()] == [NUMBER]


def test_the_list_shows_who_it_may_be_and_leads_to_the_form(cast: Cast) -> None:
    create_customer(by=cast.fatima, at=FRIDAY, name="J. de Wit", phone="0226 35 12 44")
    rang(FRIDAY, "outside_hours")
    with time_machine.travel(MONDAY, tick=False):
        desk = Client()
        desk.force_login(cast.fatima)
        page = desk.get("/terugbellen/").content.decode()
        assert "1 beller is nog niet gesproken" in page and "Niemand wacht" not in page
        assert "Gebeld en niet gesproken" in page and "J. de Wit" in page and "toen we dicht waren" in page
        assert "/werkplek/?kanaal=phone&amp;tel=%2B31226351244" in page
        assert "J. de Wit" in desk.get("/werkplek/", {"kanaal": "phone", "tel": NUMBER}).content.decode()
        team = Client()
        team.force_login(cast.henk)
        assert "niet gesproken" not in team.get("/terugbellen/").content.decode()


def test_who_asked_us_not_to_use_the_data_is_not_named(cast: Cast) -> None:
    wit = create_customer(by=cast.fatima, at=FRIDAY, name="J. de Wit", phone="0226 35 12 44")
    rang(FRIDAY)
    assert [row.who for row in missed_rows(cast.fatima, organisation(), MONDAY)] == ["J. de Wit"]
    wit.restricted_at = FRIDAY
    wit.save()
    assert [row.who for row in missed_rows(cast.fatima, organisation(), MONDAY)] == ["Hier niet bekend"]


def test_a_caller_of_the_simulation_is_marked(cast: Cast) -> None:
    rang(FRIDAY)
    Call.objects.update(source="simulatie")
    [row] = missed_rows(cast.fatima, organisation(), MONDAY)
    assert "verzonnen door de simulatie" in row.note


def test_who_has_two_numbers_and_was_spoken_is_called_on_neither(cast: Cast) -> None:
    wit = create_customer(by=cast.fatima, at=FRIDAY, name="J. de Wit", phone="0226 35 12 44")
    other = ContactAddress(customer=wit, kind="phone", value="06 12345678", normalized="31612345678")
    other.save()
    rang(FRIDAY)
    rang(FRIDAY, caller="+31612345678")
    assert len(who()) == 2
    register(
        by=cast.fatima,
        at=MONDAY,
        channel="phone",
        received_at=FRIDAY + timedelta(minutes=5),
        customer=wit,
        asked=[Asked(title="x", end="forward")],
    )
    assert who() == []
