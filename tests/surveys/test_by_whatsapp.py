"""A survey by WhatsApp: only to who wrote by it, only while the service lets us write, never at night or about something confidential."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from channels_app.actions.deliver import deliver
from channels_app.models import MessageSource, OutboundMessage
from contacts.models import Question
from surveys.actions.add_defaults import add_defaults
from surveys.actions.invite import invite
from surveys.models import ChannelRule, Invitation, OptOut
from tests.cast import Cast
from tests.channels_app.fake_service import FakeService
from tests.channels_app.payloads import NUMBER
from tests.contacts.service_scene import AT, _one_reader, asked, reply, service, source

__all__ = ["_one_reader", "service", "source"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(source: MessageSource, service: FakeService, cast: Cast) -> Question:
    """Answered at once; the rule asks after an hour."""
    add_defaults(at=AT)
    ChannelRule.objects.filter(channel="whatsapp").update(share=100, is_active=True)
    question = asked(source)
    assert reply(cast, question, "Wij legen hem morgen.").status_code == 302
    assert deliver(at=AT, by_services=True).sent == 1
    service.asked.clear()
    return question


@time_machine.travel(AT + timedelta(hours=3))  # a link ends after some weeks
def test_it_goes_in_the_talk_with_a_link_and_without_the_question(answered: Question, service: FakeService) -> None:
    at = AT + timedelta(hours=2)
    assert invite(at=at) == 1
    assert invite(at=at) == 0
    assert deliver(at=at + timedelta(minutes=1), by_services=True).sent == 1
    (request,) = service.asked
    body: str = request.data["text"]["body"]
    assert request.data["to"] == NUMBER
    assert "container" not in body
    assert "U stuurde ons een bericht op dinsdag 24 november." in body
    token = re.search(r"/mening/([A-Za-z0-9_-]{22})/\n", body)
    assert token is not None
    assert Client().get(f"/mening/{token[1]}/").status_code == 200
    assert token[1] not in OutboundMessage.objects.get(purpose="survey").body, "its secret leaves the outbox"
    assert Client().post(f"/mening/{token[1]}/niet-meer/").status_code == 200
    assert OptOut.objects.exists()
    Invitation.objects.all().delete()
    assert invite(at=at) == 0, "who opted out is not asked again"


@pytest.mark.parametrize(
    ("change", "hours"), [({}, 25), ({"is_confidential": True}, 2)], ids=["a day later", "confidential"]
)
def test_who_may_not_be_asked_is_not(answered: Question, change: dict[str, Any], hours: int) -> None:
    Question.objects.filter(pk=answered.pk).update(**change)
    assert invite(at=AT + timedelta(hours=hours)) == 0


def test_what_waited_through_the_night_is_not_sent_when_the_service_no_longer_allows_it(
    answered: Question, service: FakeService
) -> None:
    assert invite(at=AT + timedelta(hours=2)) == 1
    night = AT + timedelta(hours=11)
    assert deliver(at=night, by_services=True).sent == 0
    morning = AT + timedelta(hours=24, minutes=30)
    assert deliver(at=morning, by_services=True).sent == 0
    assert service.asked == []
    assert OutboundMessage.objects.get(purpose="survey").state == "held"
