"""What a service tells of an answer afterwards: in any order, any number of times, and what became of it never goes back."""

from __future__ import annotations

import itertools
import json
from datetime import timedelta

import pytest
import time_machine

from channels_app.actions.deliver import deliver
from channels_app.actions.resend import resend
from channels_app.models import MessageSource, OutboundMessage
from contacts.models import Notice
from tests.cast import Cast
from tests.channels_app.fake_service import FakeService
from tests.channels_app.payloads import wa_status, whatsapp
from tests.contacts.service_scene import AT, _one_reader, asked, reply, service, source, tell
from tests.rows import Row

__all__ = ["_one_reader", "service", "source"]
pytestmark = pytest.mark.django_db


def test_receipts_in_any_order_and_any_number_end_at_the_same(source: MessageSource, cast: Cast, row: Row) -> None:
    reply(cast, asked(source), "Wij legen hem morgen.")
    deliver(at=AT, by_services=True)
    arrived = AT + timedelta(minutes=1)
    for order in itertools.permutations(["sent", "delivered", "read"]):
        with row(", ".join(order)):
            receipts = [wa_status(state, arrived, "wamid.OUT1") for state in order]
            for minute, told in enumerate([[one] for one in receipts] + [receipts], 1):
                tell(source, whatsapp(statuses=told), AT + timedelta(minutes=minute))
            tell(source, whatsapp(statuses=[wa_status("failed", AT, "wamid.OUT1", 131026)]), AT + timedelta(days=7))
            message = OutboundMessage.objects.get()
            assert (message.state, message.read_at, message.delivered_at) == ("sent", arrived, arrived)


def test_a_failure_that_the_service_tells_afterwards_opens_the_question_again_once(
    source: MessageSource, cast: Cast
) -> None:
    question = asked(source)
    reply(cast, question, "Wij legen hem morgen.")
    deliver(at=AT, by_services=True)
    for minute in (1, 2):
        body = whatsapp(statuses=[wa_status("failed", AT, "wamid.OUT1", 131047)])
        tell(source, body, AT + timedelta(minutes=minute))
    question.refresh_from_db()
    message = OutboundMessage.objects.get()
    assert (question.status, message.state) == ("in_progress", "failed")
    assert message.error == "De klant schreef langer dan 24 uur geleden. Stuur een goedgekeurd sjabloon. (131047)"
    assert Notice.objects.filter(kind=Notice.Kind.SEND_FAILED).count() == 1


def test_what_arrives_after_the_service_said_it_failed_counts_from_when_it_left(
    source: MessageSource, cast: Cast, row: Row
) -> None:
    question = asked(source)
    for then, status in (("close", "in_progress"), ("interim", "in_progress"), ("waiting", "waiting")):
        with row(then):
            reply(cast, question, "Waar staat hij?", then=then)
            deliver(at=AT, by_services=True)
            for minute, state in enumerate(["failed", "delivered", "failed"], 1):
                at = AT + timedelta(minutes=minute)
                with time_machine.travel(at, tick=False):
                    tell(source, whatsapp(statuses=[wa_status(state, at, "wamid.OUT1")]), at)
            question.refresh_from_db()
            message = OutboundMessage.objects.get()
            assert (message.state, message.error, message.delivered_at) == ("sent", "", AT + timedelta(minutes=2))
            clock = question.clocks.get(replaced_by=None)
            assert (question.status, clock.state, clock.stopped_at) == (status, "met", AT)
            assert (question.answered_at == AT) == (then == "close")


def test_a_reaction_that_did_not_arrive_leaves_the_customer_waiting_for_one(
    source: MessageSource, cast: Cast, row: Row
) -> None:
    question = asked(source)
    failed = whatsapp(statuses=[wa_status("failed", AT, "wamid.OUT1", 131026)])
    for then in ("close", "stay", "interim", "waiting"):
        with row(then):
            reply(cast, question, "Waar staat hij?", then=then)
            assert question.clocks.get().state == "met"
            deliver(at=AT, by_services=True)
            tell(source, failed, AT + timedelta(minutes=1))
            question.refresh_from_db()
            clock = question.clocks.get(replaced_by=None)
            assert (question.status, clock.code, clock.stopped_at) == ("in_progress", "chat.first_response", None)


def test_a_receipt_of_a_message_whose_answer_was_lost_keeps_it_from_going_twice(
    source: MessageSource, service: FakeService, cast: Cast
) -> None:
    reply(cast, asked(source), "Wij legen hem morgen.")
    service.answers = [(0, b"", 0)]
    assert deliver(at=AT, by_services=True).later == 1
    message = OutboundMessage.objects.get()
    told = wa_status("delivered", AT, "wamid.LOST", biz_opaque_callback_data=message.message_id)
    tell(source, whatsapp(statuses=[told]), AT + timedelta(minutes=1))
    assert deliver(at=AT + timedelta(minutes=6), by_services=True).sent == 1
    message.refresh_from_db()
    assert (len(service.asked), message.state, message.remote_id) == (1, "sent", "wamid.LOST")


def test_an_old_failure_that_is_told_again_does_not_undo_what_a_person_sent_again(
    source: MessageSource, service: FakeService, cast: Cast
) -> None:
    reply(cast, asked(source), "Wij legen hem morgen.")
    deliver(at=AT, by_services=True)
    message = OutboundMessage.objects.get()
    old = whatsapp(
        statuses=[wa_status("failed", AT, "wamid.OUT1", 131026, biz_opaque_callback_data=message.message_id)]
    )
    tell(source, old)
    later = AT + timedelta(hours=2)
    assert resend(message=message, by=cast.sanne, at=later)
    again = json.dumps({**json.loads(old), "x": 1}).encode()
    tell(source, again, later)
    service.usual = (200, {"messages": [{"id": "wamid.OUT2"}]})
    deliver(at=later, by_services=True)
    tell(source, json.dumps({**json.loads(old), "x": 2}).encode(), later)
    message.refresh_from_db()
    assert (message.state, message.remote_id) == ("sent", "wamid.OUT2")
