"""Visitors who leave before anybody helped, and those whom the desk registers: who waits, who is warned, what counts."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from channels_app.models import OutboundMessage
from contacts.actions.assign import take
from contacts.invariants import check_all
from contacts.models import Contact, Note, Notice, Question
from organisation.models import Presence, User
from tests.cast import Cast
from tests.contacts import registration_scene
from tests.contacts.test_visits import AT, HALL, _wednesday_morning, form, hall

__all__ = ["_wednesday_morning", "hall"]


@pytest.fixture
def henk_is_here(cast: Cast) -> User:
    Presence.objects.update_or_create(user=cast.henk, defaults={"status": "available", "changed_at": AT})
    return cast.henk


def comes(hall: Client, cast: Cast) -> Question:
    hall.post(HALL, form(end="forward", name="Mevr. Vriend", warn=f"team:{cast.openbare_ruimte.pk}"))
    return Question.objects.get()


def test_who_leaves_is_not_waited_for_and_can_be_brought_back(hall: Client, cast: Cast, henk_is_here: User) -> None:
    question = comes(hall, cast)
    promised = question.clocks.get()
    page = hall.post(f"{HALL}{question.number}/weg/", follow=True).content.decode()
    assert "Er wacht niemand op een collega." in page and "weggegaan" in page
    question.refresh_from_db()
    assert (question.status, question.close_reason) == ("closed", "no_reaction_needed")
    assert question.clocks.get().state == "cancelled", "counted in no figure"
    assert not Notice.objects.filter(kind="visitor_waits").exists(), "nobody need come any more"
    assert "wordt al geholpen" in hall.post(f"{HALL}{question.number}/weg/", follow=True).content.decode()
    page = hall.post(f"{HALL}{question.number}/toch-niet-weg/", follow=True).content.decode()
    assert "1 bezoeker wacht op een collega." in page
    question.refresh_from_db()
    again = question.clocks.get(replaced_by=None)
    assert (question.status, again.state, again.due_at) == ("new", "running", promised.due_at)
    assert not Note.objects.exists() and Contact.objects.get().remarks == []
    assert not [found for found in check_all() if found.violations]


def test_a_promise_that_was_broken_before_the_visitor_left_stays_broken(hall: Client, cast: Cast) -> None:
    question = comes(hall, cast)
    question.clocks.update(due_at=AT + timedelta(minutes=5))
    with time_machine.travel(AT + timedelta(minutes=20), tick=False):
        hall.post(f"{HALL}{question.number}/weg/")
    assert question.clocks.get().state == "missed"


def test_only_who_waits_can_have_left_and_only_for_a_minute_it_is_taken_back(
    hall: Client, cast: Cast, henk_is_here: User
) -> None:
    question = comes(hall, cast)
    take(question=question, by=henk_is_here, at=AT)
    assert "wordt al geholpen" in hall.post(f"{HALL}{question.number}/weg/", follow=True).content.decode()
    assert Question.objects.get().status == "in_progress"
    hall.post(HALL, form(end="forward", name="Dhr. Laan", warn=f"team:{cast.openbare_ruimte.pk}"))
    left = Question.objects.latest("pk")
    hall.post(f"{HALL}{left.number}/weg/")
    with time_machine.travel(AT + timedelta(seconds=61), tick=False):
        hall.post(f"{HALL}{left.number}/toch-niet-weg/")
    left.refresh_from_db()
    assert left.status == "closed"


@pytest.mark.parametrize(
    ("typed", "told", "words"),
    [
        ({"end": "forward"}, 1, "1 bezoeker wacht op een collega."),
        ({"end": "callback", "panel": "callback", "callback_phone": "0612345678"}, 0, "wordt teruggebeld"),
        ({"end": "waiting", "panel": "waiting"}, 0, "wacht op klant"),
        ({"end": "forward", "received_time": "08:00"}, 0, "doorgezet naar Openbare Ruimte"),
        ({"end": "direct"}, 0, "geholpen"),
        ({"end": "forward", "channel": "counter"}, 0, "Er wacht niemand op een collega."),
    ],
)
def test_a_visitor_of_the_desk_is_waited_for_when_he_stands_there(
    cast: Cast, hall: Client, henk_is_here: User, typed: dict[str, str], told: int, words: str
) -> None:
    desk = Client()
    desk.force_login(cast.fatima)
    end = {"panel": "forward"} if typed["end"] == "forward" else {}
    data = registration_scene.form(channel="reception", customer_state="unknown", **{"q0-subject": cast.grofvuil.pk})
    answer = desk.post(registration_scene.DESK, {**data, **end, **typed}, follow=True)
    assert (f"{henk_is_here.name} is gewaarschuwd." in answer.content.decode()) == bool(told)
    assert Notice.objects.filter(user=henk_is_here, kind="visitor_waits").count() == told
    assert OutboundMessage.objects.filter(purpose="notice").count() == told
    assert words in hall.get(HALL).content.decode()
