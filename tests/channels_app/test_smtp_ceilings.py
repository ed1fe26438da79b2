"""Automatic mail stops at its ceilings, and goes nowhere where mail came back from."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from channels_app.actions.deliver import deliver
from channels_app.actions.resend import resend
from channels_app.models import DeadAddress, OutboundMessage
from organisation.models import Municipality
from tests.channels_app.sink import AT, Sink, house, queued, sink

__all__ = ["house", "sink"]
pytestmark = pytest.mark.django_db


def test_automatic_mail_stops_at_the_ceiling_per_address_until_a_person_lets_it_go(sink: Sink, cast: Any) -> None:
    for number in range(6):
        queued(f"contact:{number}", purpose="acknowledgement", is_automatic=True)
    queued("contact:99")
    done = deliver(at=AT)
    assert (done.sent, done.held) == (4, 3)
    held = OutboundMessage.objects.filter(state="held").first()
    assert held is not None
    assert "Te veel" in held.error
    assert resend(message=held, by=cast.sanne, at=AT)
    assert deliver(at=AT).sent == 1
    later = queued("contact:7", purpose="acknowledgement", is_automatic=True, at=AT + timedelta(hours=2))
    deliver(at=AT + timedelta(hours=2))
    later.refresh_from_db()
    assert later.state == "sent"


def test_a_notice_to_an_employee_waits_for_room_and_is_never_left_behind(sink: Sink) -> None:
    """A coordinator with eight talks on one day gets eight mails, three an hour; nobody has to let them go."""
    for number in range(8):
        queued(f"agreement:{number}:talk:2026-12-08:user:1", purpose="notice", is_automatic=True)
    done = deliver(at=AT)
    assert (done.sent, done.held, done.later) == (3, 0, 5)
    assert (deliver(at=AT).sent, deliver(at=AT + timedelta(minutes=30)).sent) == (0, 0)
    hours = [deliver(at=AT + timedelta(hours=hour, minutes=1)).sent for hour in (1, 2, 3)]
    assert (hours, len(sink.mails)) == ([3, 2, 0], 8)
    assert set(OutboundMessage.objects.values_list("state", "error")) == {("sent", "")}
    DeadAddress.objects.create(address="anna@burger.example", since_at=AT)
    queued("agreement:9:talk:2026-12-08:user:1", purpose="notice", is_automatic=True)
    assert deliver(at=AT).held == 1


def test_automatic_mail_stops_at_the_ceiling_in_total(sink: Sink) -> None:
    Municipality.objects.update(automatic_per_hour=5)
    from organisation.snapshot import settings_changed

    settings_changed()
    for number in range(8):
        queued(
            f"contact:{number}", purpose="acknowledgement", is_automatic=True, to_address=f"p{number}@burger.example"
        )
    done = deliver(at=AT)
    assert (done.sent, done.held, done.later) == (4, 0, 4), "a fifth part stays for forms, chats and notices"
    assert deliver(at=AT + timedelta(minutes=61)).sent == 4


def test_nothing_automatic_goes_to_a_dead_address(sink: Sink) -> None:
    DeadAddress.objects.create(address="anna@burger.example", since_at=AT)
    queued("contact:1", purpose="acknowledgement", is_automatic=True, to_address="Anna@burger.example")
    queued("contact:2")
    done = deliver(at=AT)
    assert (done.held, done.sent) == (1, 1)
