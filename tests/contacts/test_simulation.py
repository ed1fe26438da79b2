"""“Simuleer drukte” fills the demo through the doors of real messages, within its bounds, and nowhere else."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from channels_app.actions.read_events import read_events
from channels_app.adapters.email.sandbox import Sandbox
from channels_app.models import Call, InboundMessage, LiveCall, MessageSource
from contacts.actions import simulate as module
from contacts.actions.chat_close import close_left
from contacts.actions.register_messages import register_messages
from contacts.actions.simulate import simulate, simulation
from contacts.models import Chat, Contact, Question
from organisation.clock import AMSTERDAM
from organisation.models import AuditEntry, Heartbeat, User
from tests.cast import Cast

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
ADDRESS = "/kanalen/drukte/"
NO_TALKS = {"chats": "0", "posts": "0", "whatsapp": "0"}
FAST = {"calls": "20", "mails": "20", "forms": "20", **NO_TALKS, "minutes": "5", "doe": "beginnen"}
CALM = FAST | {"calls": "8", "mails": "8", "forms": "8"}


@pytest.fixture(autouse=True)
def _same_chances(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each run draws its chances from a name of its own; here those are the same every time."""
    names = count(1)
    monkeypatch.setattr(module, "uuid4", lambda: UUID(int=next(names) << 96))


@pytest.fixture
def sanne(cast: Cast, settings: Any) -> Client:
    settings.DEMO_MODE = True
    User.objects.filter(pk=cast.fatima.pk).update(extension="101")
    client = Client()
    client.force_login(cast.sanne)
    return client


def post(client: Client, seconds: int, **fields: str) -> int:
    with time_machine.travel(NINE + timedelta(seconds=seconds), tick=False):
        return client.post(ADDRESS, fields).status_code


def sweep(begin: int, end: int) -> int:
    made = 0
    for second in range(begin, end, 5):
        made += simulate(at=NINE + timedelta(seconds=second))
    return made


def test_a_minute_of_busyness_comes_in_through_the_doors(sanne: Client) -> None:
    assert post(sanne, 0, **CALM) == 302
    assert sweep(5, 65) == 24
    assert InboundMessage.objects.filter(source="simulatie").count() == 8
    assert Question.objects.filter(channel="form").count() == 8
    assert LiveCall.objects.filter(source="simulatie").count() == 8
    assert simulate(at=NINE + timedelta(seconds=60)) == 0  # the same moment twice
    raw = InboundMessage.objects.filter(source="simulatie").earliest("pk").raw.data
    assert b"Verzonnen bericht" in bytes(raw)
    sweep(300, 700)
    assert simulation(NINE + timedelta(seconds=700)).talking == 0
    calls = Call.objects.filter(source="simulatie")
    assert {call.outcome for call in calls} == {"answered", "abandoned"}
    assert not LiveCall.objects.exclude(state="ended").exists()
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"simulation.started"}


def test_it_ends_at_its_time_at_its_number_and_when_somebody_stops_it(
    sanne: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(sanne, 0, **(CALM | {"minutes": "1"}))
    assert sweep(5, 400) == 24
    monkeypatch.setattr(module, "MOST", 7)
    post(sanne, 400, **FAST)
    assert sweep(405, 500) == 7 and not simulation(NINE + timedelta(seconds=500)).is_on
    monkeypatch.setattr(module, "MOST", 500)
    post(sanne, 500, **FAST)
    sweep(505, 520)
    assert post(sanne, 520, doe="stoppen") == 302
    assert sweep(525, 700) == 0 and not LiveCall.objects.exclude(state="ended").exists()


def test_what_nobody_swept_is_left_out(sanne: Client) -> None:
    post(sanne, 0, **FAST)
    assert simulate(at=NINE + timedelta(seconds=290)) == 30  # of half a minute


@pytest.mark.parametrize(
    "wrong",
    [{"calls": "21"}, {"minutes": "61"}, {"minutes": "0"}, {"mails": "x"}, {"calls": "0", "mails": "0", "forms": "0"}],
)
def test_a_pace_beyond_the_bounds_is_refused(sanne: Client, wrong: dict[str, str]) -> None:
    assert post(sanne, 0, **(FAST | wrong)) == 422
    assert not Heartbeat.objects.filter(name="simulatie").exists()


def test_outside_the_demo_there_is_nothing(sanne: Client, cast: Cast, settings: Any) -> None:
    post(sanne, 0, **FAST)
    settings.DEMO_MODE = False
    assert sweep(5, 60) == 0 and not Question.objects.filter(channel="form").exists()
    assert not simulation(NINE).is_on
    assert sanne.get(ADDRESS).status_code == 404 and post(sanne, 5, **FAST) == 404
    settings.DEMO_MODE = True
    team = Client()
    team.force_login(cast.henk)
    assert team.get(ADDRESS).status_code == 403


def test_chats_posts_and_whatsapp_come_in_through_their_doors_and_go_on(sanne: Client) -> None:
    talks = {"calls": "0", "mails": "0", "forms": "0", "chats": "6", "posts": "3", "whatsapp": "3", "minutes": "1"}
    assert post(sanne, 0, **talks, doe="beginnen") == 302
    for second in range(5, 125, 5):
        at = NINE + timedelta(seconds=second)
        simulate(at=at)
        with Sandbox() as reader:
            read_events(at=at, sandbox=reader)
        register_messages(at=at)
        close_left(at=at)
    assert Question.objects.filter(channel="social").count() == Question.objects.filter(channel="whatsapp").count() == 3
    chats = Chat.objects.all()
    assert {chat.state for chat in chats} == {"waiting"} and len(chats) == 6, "who waits is still there"
    assert {chat.lines.filter(who="visitor").count() for chat in chats} == {2}
    assert all("Verzonnen bericht" in one.text for one in Contact.objects.all())
    assert not MessageSource.objects.exclude(secrets_encrypted="").exists(), "an answer to them goes nowhere"
    page = sanne.get(ADDRESS).content.decode()
    assert "Chats die nu lopen" in page
    assert post(sanne, 125, doe="stoppen") == 302
    assert set(Chat.objects.values_list("state", "ended")) == {("closed", "visitor")}
