"""A mail server that refuses, asks to wait, wants us to sign in, hangs up, or is not there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from channels_app.actions.deliver import deliver
from channels_app.models import OutboundMessage
from channels_app.signals import outbound_settled
from tests.channels_app.sink import AT, Sink, house, queued, sink

__all__ = ["house", "sink"]
pytestmark = pytest.mark.django_db


def test_a_refusal_for_now_is_tried_again_with_growing_pauses_for_seven_days(sink: Sink) -> None:
    message = queued()
    sink.answers = ["421 busy", "450 later", "451 later"] + ["450 later"] * 100
    moments, at = [], AT
    while at - AT < timedelta(days=8):
        deliver(at=at)
        message.refresh_from_db()
        if message.state == "failed":
            break
        moments.append(message.next_try_at - at)
        at = message.next_try_at
    assert message.state == "failed"
    assert timedelta(days=7) <= at - AT < timedelta(days=7, hours=7)
    assert moments[0] == timedelta(minutes=1)
    assert moments == sorted(moments)
    assert moments[-1] == timedelta(hours=6)
    assert not sink.mails


def test_a_refusal_for_good_is_told_at_once(sink: Sink) -> None:
    message = queued()
    sink.rcpt_answers = ["550 5.1.1 unknown user"]
    told: list[str] = []

    def hear(sender: object, message: OutboundMessage, **kwargs: Any) -> None:
        told.append(message.state)

    outbound_settled.connect(hear)
    try:
        assert deliver(at=AT).failed == 1
    finally:
        outbound_settled.disconnect(hear)
    message.refresh_from_db()
    assert (message.state, told) == ("failed", ["failed"])
    assert "550" in message.error


def test_a_server_that_wants_us_to_sign_in_refuses_no_message_for_good(sink: Sink) -> None:
    first, second = queued("contact:1"), queued("contact:2")
    sink.mail_answers = ["530 5.7.57 Client not authenticated to send mail"]
    assert deliver(at=AT).later == 1
    first.refresh_from_db()
    assert (first.state, first.error) == (
        "sending",
        "De mailserver accepteert onze gebruikersnaam en ons wachtwoord niet.",
    )
    assert deliver(at=AT + timedelta(minutes=1, seconds=1)).sent == 2
    second.refresh_from_db()
    assert second.state == "sent"


def test_a_server_that_is_slow_over_copies_keeps_no_message_for_longer_than_its_lease(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("channels_app.adapters.email.smtp.PATIENCE_FOR_COPIES", -1)
    message = queued(copies=["bea@burger.example"])
    assert deliver(at=AT).later == 1
    message.refresh_from_db()
    assert (message.error, sink.mails) == ("De mailserver doet te lang over de kopieën.", [])
    assert deliver(at=AT + timedelta(minutes=16)).sent == 1
    message.refresh_from_db()
    assert "bea@burger.example" in message.error


def test_a_cut_after_the_data_repeats_the_same_message_id(sink: Sink) -> None:
    queued()
    sink.answers = ["cut"]
    assert deliver(at=AT).later == 1
    assert deliver(at=AT + timedelta(minutes=2)).sent == 1
    first, second = sink.mails
    assert first["Message-ID"] == second["Message-ID"]


def test_one_message_that_is_refused_does_not_stop_the_next(sink: Sink) -> None:
    queued("contact:1")
    queued("contact:2")
    queued("contact:3")
    sink.rcpt_answers = ["550 no"]
    done = deliver(at=AT)
    assert (done.failed, done.sent) == (1, 2)


@pytest.mark.parametrize("later", ["250 OK", "451 greylisted", "550 no"])
def test_an_answer_waits_a_quarter_of_an_hour_for_a_copy_that_is_to_come_back_and_then_goes_once(
    sink: Sink, later: str
) -> None:
    message = queued(copies=["buur@voorbeeld.nl"])
    sink.rcpt_answers = ["250 OK", "451 greylisted, come back"]
    assert (deliver(at=AT).later, len(sink.mails)) == (1, 0)
    sink.rcpt_answers = ["250 OK", later]
    assert deliver(at=AT + timedelta(minutes=15)).sent == 1
    assert deliver(at=AT + timedelta(minutes=30)).sent == 0
    message.refresh_from_db()
    went = later.startswith("250")
    assert (len(sink.mails), message.state, "buur@voorbeeld.nl" in message.error) == (1, "sent", not went)


def test_a_listener_that_fails_never_makes_a_message_go_twice(sink: Sink) -> None:
    message = queued()

    def fails(sender: object, **kwargs: Any) -> None:
        raise ValueError("a bug in whoever listens")

    outbound_settled.connect(fails)
    try:
        assert deliver(at=AT).later == 1
    finally:
        outbound_settled.disconnect(fails)
    assert deliver(at=AT + timedelta(minutes=2)).sent == 1
    message.refresh_from_db()
    assert (len(sink.mails), message.state, message.sent_at) == (1, "sent", AT)


def test_without_a_server_the_demo_says_so_and_elsewhere_the_message_waits(settings: Any) -> None:
    settings.SMTP = {"host": ""}
    settings.DEMO_MODE = True
    shown = queued("contact:1")
    deliver(at=AT)
    shown.refresh_from_db()
    assert (shown.state, shown.error) == ("sent", "In de demo gaat er geen post de deur uit.")
    settings.DEMO_MODE = False
    waits = queued("contact:2")
    deliver(at=AT)
    waits.refresh_from_db()
    assert waits.state == "sending"
    assert waits.next_try_at > AT
    assert "SMTP_URL" in waits.error
