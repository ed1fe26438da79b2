"""A copy that was brought back sends nothing twice: what waited in it stays until a person has looked."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command

from channels_app.models import OutboundMessage
from contacts.actions.send_planned import send_planned
from contacts.models import Notice, PlannedReply
from tests.cast import Cast
from tests.contacts.test_planned_replies import FRIDAY, MONDAY, ask, plan

LATER = MONDAY + timedelta(hours=3)


def test_what_waited_in_a_copy_is_held_for_a_person(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    first = plan(cast, ask(cast), MONDAY)
    second = plan(cast, ask(cast), MONDAY, send_at=FRIDAY)
    waits = {
        ("acknowledgement", "queued"): "held",
        ("reply", "sending"): "held",
        ("survey", "queued"): "dropped",
        ("notice", "queued"): "queued",
        ("interim", "sent"): "sent",
        ("refusal", "failed"): "failed",
    }
    for purpose, state in waits:
        OutboundMessage.objects.create(
            purpose=purpose, object_key="invitation:0", to_address="anna@burger.example", subject="x", body="x", state=state,
            created_at=MONDAY, next_try_at=MONDAY,
        )  # fmt: skip
    left_already = OutboundMessage.objects.create(
        purpose="reply", object_key="contact:9", to_address="anna@burger.example", subject="x", body="x", state="sending",
        created_at=MONDAY, next_try_at=MONDAY, accepted_at=MONDAY,
    )  # fmt: skip
    with time_machine.travel(LATER, tick=False):
        call_command("hold_waiting")
        assert json.loads(capsys.readouterr().out) == {"held": 2, "dropped": 1, "planned": 1}
        call_command("hold_waiting")
        assert json.loads(capsys.readouterr().out) == {"held": 0, "dropped": 0, "planned": 0}
    left_already.refresh_from_db()
    assert left_already.state == "sending", "the mail server has it: nobody sends it again"
    left = OutboundMessage.objects.filter(object_key="invitation:0").order_by("pk")
    assert list(left.values_list("state", flat=True)) == list(waits.values())
    assert set(left.filter(state="held").values_list("error", flat=True)) == {
        "Teruggezet uit een back-up: dit bericht is misschien al eerder verstuurd."
    }
    assert send_planned(at=LATER) == 0
    states = dict(PlannedReply.objects.values_list("pk", "state"))
    assert states == {first.pk: "refused", second.pk: "waiting"}
    assert Notice.objects.filter(kind=Notice.Kind.SEND_FAILED, user=cast.henk).exists(), "who wrote it hears of it"
