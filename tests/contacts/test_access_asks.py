"""`contacts.access` and the querysets ask by themselves, whatever the page around them asked before (quality.md §4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404

from channels_app.models import StoredFile
from contacts.access import get_customer, get_file, get_question, lock_question, may_write
from contacts.models import ApiClient, Contact, Customer, Question, QuestionContact
from organisation.clock import now
from organisation.models import Membership, User
from organisation.roles import Role
from tests.access_scene import Scene, scene

__all__ = ["scene"]
RELATIONS = ("own", "other", "confidential")
QUESTIONS = {
    "fatima": "yes yes 404",
    "henk": "yes 404 404",
    "ria": "yes 404 404",
    "sanne": "yes yes 404",
    "bas": "404 yes yes",
    "joost": "403 403 403",
    "beheer": "403 403 403",
    "receptie": "403 403 403",
}
"""Bas is of the other team, and named in the confidential question."""
CUSTOMERS = QUESTIONS | {"fatima": "yes yes yes", "sanne": "yes yes yes"}


def said(act: Callable[[], object]) -> str:
    try:
        with transaction.atomic():
            act()
    except PermissionDenied:
        return "403"
    except Http404:
        return "404"
    return "yes"


def test_each_way_to_an_object_asks_right_and_reach(scene: Scene) -> None:
    questions = {one: Question.objects.get(number=scene.numbers[one]) for one in RELATIONS}
    ids = scene.ids
    ways: dict[str, tuple[dict[str, str], Callable[[User, str], Any]]] = {
        "read": (QUESTIONS, lambda user, one: get_question(user, scene.numbers[one])),
        "write": (QUESTIONS, lambda user, one: get_question(user, scene.numbers[one], write=True)),
        "lock": (
            {name: row.replace("403", "404") for name, row in QUESTIONS.items()},
            lambda user, one: lock_question(user, questions[one]),
        ),
        "customer": (CUSTOMERS, lambda user, one: get_customer(user, ids[one]["customer"])),
        "file": (QUESTIONS, lambda user, one: get_file(user, ids[one]["file"])),
    }
    for way, (expected, act) in ways.items():
        for name, row in expected.items():
            user = getattr(scene.cast, name)
            found = [said(lambda act=act, user=user, one=one: act(user, one)) for one in RELATIONS]
            if way == "lock":  # who may not write at all is refused before or after, but refused
                found = [one.replace("403", "404") for one in found]
            assert " ".join(found) == row, (way, name)
    assert [may_write(getattr(scene.cast, name), questions["own"]) for name in ("henk", "joost")] == [True, False]
    assert StoredFile.objects.count() >= len(RELATIONS)


def test_without_the_right_there_are_no_rows(scene: Scene) -> None:
    team = scene.cast.openbare_ruimte
    Membership.objects.create(user=scene.cast.receptie, team=team, role=Role.HOST)  # of a team with questions
    Contact.objects.filter(pk=scene.ids["own"]["contact"]).update(channel="reception", direction="in")
    span = {"since": now() - timedelta(days=1), "until": now()}
    assert QuestionContact.objects.visits(User.objects.get(pk=scene.cast.receptie.pk), **span).count() == 1
    assert not QuestionContact.objects.visits(scene.cast.henk, **span).exists()
    for name in ("joost", "beheer", "receptie"):
        user = User.objects.get(pk=getattr(scene.cast, name).pk)
        assert not Question.objects.visible_to(user).exists(), name
        assert not Customer.objects.visible_to(user).exists(), name


def test_confidential_counts_in_the_own_team_too_and_for_other_systems(scene: Scene) -> None:
    own, everything = Question.objects.filter(number=scene.numbers["own"]), ApiClient(channels=[])
    henk = scene.cast.henk
    assert own.visible_to(henk).exists() and own.visible_to_client(everything).exists()
    own.update(is_confidential=True)
    assert not own.visible_to(henk).exists()
    assert not own.visible_to_client(everything).exists()
