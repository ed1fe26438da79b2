"""A reminder reaches the assignee once a day, and everybody reads who gave it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from contacts.actions.remind import remind
from contacts.errors import Refused
from contacts.models import Note, Notice, Question
from organisation.clock import now
from tests.cast import Cast
from tests.kpi.history import question

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(cast: Cast) -> Question:
    late = now() - timedelta(days=2)
    return question(
        cast,
        received=now() - timedelta(days=9),
        channel="email",
        team=cast.openbare_ruimte,
        subject=cast.grofvuil,
        assignee=cast.henk,
        due_at=late,
        sort_at=late,
    )


def test_the_assignee_is_told_and_the_question_says_who_asked(cast: Cast, held: Question) -> None:
    remind(question=held, by=cast.ria, at=now())
    assert Notice.objects.get(kind="reminded").user == cast.henk
    assert Note.objects.get(question=held).created_by == cast.ria


def test_one_reminder_a_day_is_enough_whoever_gives_it(cast: Cast, held: Question) -> None:
    remind(question=held, by=cast.ria, at=now())
    with pytest.raises(Refused):
        remind(question=held, by=cast.sanne, at=now())
    remind(question=held, by=cast.ria, at=now() + timedelta(days=1))
    assert Notice.objects.filter(kind="reminded").count() == 2


def test_nobody_is_reminded_of_what_nobody_holds_or_of_what_is_done(cast: Cast, held: Question) -> None:
    Question.objects.filter(pk=held.pk).update(assignee=None)
    with pytest.raises(Refused):
        remind(question=held, by=cast.ria, at=now())
    Question.objects.filter(pk=held.pk).update(assignee=cast.henk, status="closed", closed_at=now())
    with pytest.raises(Refused):
        remind(question=held, by=cast.ria, at=now())
    assert not Notice.objects.exists()


def test_who_only_looks_cannot_remind(cast: Cast, held: Question) -> None:
    with pytest.raises(PermissionDenied):
        remind(question=held, by=cast.joost, at=now())


def test_the_list_of_what_is_late_has_the_button_and_comes_back_to_the_figures(cast: Cast, held: Question) -> None:
    browser = Client()
    browser.force_login(cast.ria, backend="organisation.sign_in.Employees")
    assert f"/vragen/{held.number}/herinneren/" in browser.get("/cijfers/").content.decode()
    answer = browser.post(f"/vragen/{held.number}/herinneren/", {"back": "figures", "query": "periode=week"})
    assert answer["Location"] == "/cijfers/?periode=week#telaat"
    assert Notice.objects.filter(kind="reminded", user=cast.henk).exists()
