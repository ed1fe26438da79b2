"""What somebody still holds who left, or no longer answers in the team, goes back to it, so that it waits for somebody."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client

from contacts.actions import hand_back as handing_back
from contacts.actions.ask_customer import ask_customer
from contacts.actions.assign import assign, move_to, take
from contacts.actions.confidential import set_confidential
from contacts.actions.hand_back import hand_back
from contacts.actions.register import Asked, register
from contacts.actions.settle import settle_due
from contacts.models import ConfidentialAccess, Draft, Notice, Question
from contacts.pages.registration_answer import present_in
from contacts.tasks import sweep
from organisation.clock import AMSTERDAM
from organisation.models import Presence, Team, User
from tests.cast import Cast, person
from tests.contacts.visit_scene import sound

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=AMSTERDAM)
LATER = MONDAY + timedelta(hours=2)


def ask(cast: Cast, team: Team, by: User) -> Question:
    asked = [Asked(title="Kaart", end="forward", team_id=team.pk)]
    made = register(by=cast.fatima, at=MONDAY, channel="phone", received_at=MONDAY, asked=asked)
    question = made.questions[0]
    with time_machine.travel(MONDAY, tick=False):
        take(question=question, by=by, at=MONDAY)
    return question


def leaves(cast: Cast, person: User, how: str) -> None:
    memberships = person.memberships.all()
    if how == "left":
        User.objects.filter(pk=person.pk).update(is_active=False)
    elif how == "ended":
        memberships.update(valid_until=MONDAY.date())
    elif how == "host":
        memberships.update(role="host")
    elif how == "moved":
        memberships.update(team=cast.burgerzaken)


HELD = [
    ("henk", "", True),
    ("henk", "left", False),
    ("henk", "ended", False),
    ("henk", "host", False),
    ("henk", "moved", False),
    ("fatima", "", True),
    ("fatima", "moved", True),
    ("fatima", "left", False),
]
"""By whom a question is held, or by somebody with the same role; what became of that person, and whether the question stays."""


def test_what_somebody_holds_who_left_goes_back_to_its_team(
    cast: Cast, client: Client, subtests: pytest.Subtests
) -> None:
    held = {}
    for who, how, _stays in HELD:
        like = getattr(cast, who).memberships.get()
        one = person(f"{who}-{how or 'stays'}", like.role, like.team)
        held[who, how] = one, ask(cast, cast.openbare_ruimte, one)
    for (_who, how), (one, _question) in held.items():
        leaves(cast, one, how)
    client.force_login(cast.ria)
    with time_machine.travel(LATER, tick=False):
        sweep()
        for who, how, stays in HELD:
            with subtests.test(who, how=how):
                one, question = held[who, how]
                question.refresh_from_db()
                assert (question.assignee, question.status) == ((one, "in_progress") if stays else (None, "new"))
                page = client.get(f"/vragen/{question.number}/").content.decode()
                assert (f"Terug naar het team: {one.name} werkt niet meer in dit team" in page) != stays
        assert hand_back(at=LATER) == 0
        sound()


def test_what_waits_or_is_confidential_goes_back_with_its_deadline_and_to_who_may_see_it(cast: Cast) -> None:
    waiting, closed_off = (ask(cast, cast.openbare_ruimte, cast.henk) for _number in range(2))
    with time_machine.travel(MONDAY, tick=False):
        ask_customer(question=waiting, by=cast.henk, at=MONDAY)
        set_confidential(question=closed_off, by=cast.henk, at=MONDAY, is_confidential=True)
        named = ask(cast, cast.openbare_ruimte, cast.henk)
        set_confidential(question=named, by=cast.henk, at=MONDAY, is_confidential=True, people=[cast.bas.pk])
        assign(question=named, by=cast.henk, at=MONDAY, to=None)
        take(question=named, by=cast.bas, at=MONDAY)
    leaves(cast, cast.henk, "left")
    with time_machine.travel(LATER, tick=False):
        assert hand_back(at=LATER) == 2
        named.refresh_from_db()
        assert named.assignee == cast.bas, "of another team, but named"
        waiting.refresh_from_db()
        assert (waiting.status, waiting.clocks.get().state) == ("waiting", "paused")
        assert ConfidentialAccess.objects.filter(question=closed_off, user=cast.ria, until_at=None).exists()
        sound()


def test_the_lead_hears_of_what_is_almost_due_and_was_held_by_who_left(cast: Cast) -> None:
    question = ask(cast, cast.openbare_ruimte, cast.henk)
    leaves(cast, cast.henk, "left")
    hand_back(at=LATER)
    settle_due(at=question.clocks.get().soon_at)
    assert set(Notice.objects.filter(kind="almost_due").values_list("user__username", flat=True)) == {"ria"}


def test_a_host_is_not_said_to_be_there_for_a_question(cast: Cast) -> None:
    for one in (cast.receptie, cast.fatima):
        Presence.objects.update_or_create(user=one, defaults={"status": "available", "changed_at": MONDAY})
    assert present_in(cast.servicecentrum.pk, LATER) == "Fatima aanwezig"


def test_one_that_cannot_go_back_stops_neither_the_next_nor_the_rest_of_the_sweep(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck, other = (ask(cast, cast.openbare_ruimte, cast.henk) for _number in range(2))
    leaves(cast, cast.henk, "left")
    Draft.objects.create(user=cast.fatima, created_at=MONDAY, updated_at=MONDAY - timedelta(days=365))

    def move(question: Question, **told: object) -> None:
        if question.pk == stuck.pk:
            raise OperationalError("canceling statement due to lock timeout")
        move_to(question, **told)  # type: ignore[arg-type]

    monkeypatch.setattr(handing_back, "move_to", move)
    with time_machine.travel(LATER, tick=False):
        sweep()
    held = Question.objects.filter(assignee=cast.henk)
    assert list(held) == [stuck] and Question.objects.get(pk=other.pk).assignee is None
    assert not Draft.objects.exists()
