"""A reminder reaches the assignee once a day, and everybody reads who gave it; what was done to a late question can be undone."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client

from contacts.actions.assign import take
from contacts.actions.edit_question import edit_question
from contacts.actions.forward import forward
from contacts.actions.put_back import put_back, take_back_reminder
from contacts.actions.remind import remind
from contacts.models import NormClock, Note, Notice, Question
from organisation.clock import now
from organisation.errors import Refused
from organisation.models import User
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


def signed_in(user: User) -> Client:
    browser = Client()
    browser.force_login(user, backend="organisation.sign_in.Employees")
    return browser


HERE = "?cijfers=periode%3Dweek%26kaarten%3Dlate%2Cteams"
BACK = "/cijfers/?periode=week&kaarten=late,teams#telaat"


def undo_address(browser: Client) -> str:
    found = re.search(
        r'<form method="post" action="([^"]+)">.{0,200}<button class="toast__action" [^>]*>', page(browser)
    )
    assert found is not None
    return unescape(found[1])


def page(browser: Client) -> str:
    return browser.get("/cijfers/?periode=week&kaarten=late,teams").content.decode()


def holder(question: Question) -> tuple[str, str | None, int, int]:
    fresh = Question.objects.select_related("team", "assignee").get(pk=question.pk)
    return fresh.team.name, fresh.assignee and fresh.assignee.name, fresh.transfer_count, fresh.assignments.count()


def test_a_reminder_from_the_figures_comes_back_there_and_can_be_taken_back(cast: Cast, held: Question) -> None:
    browser = signed_in(cast.ria)
    assert f"/vragen/{held.number}/herinneren/?cijfers=" in page(browser)
    answer = browser.post(f"/vragen/{held.number}/herinneren/{HERE}")
    assert answer["Location"] == BACK
    assert Notice.objects.filter(kind="reminded", user=cast.henk).exists()
    answer = browser.post(undo_address(browser))
    assert answer["Location"] == BACK
    assert not Notice.objects.exists()
    assert Note.objects.filter(question=held).count() == 2  # who reads the question sees both
    assert browser.post(f"/vragen/{held.number}/herinneren/").status_code == 302
    assert Notice.objects.count() == 1  # and it can be given again


@pytest.mark.parametrize("seen", ["read_at", "mailed_at"])
def test_a_reminder_that_was_seen_stays(cast: Cast, held: Question, seen: str) -> None:
    remind(question=held, by=cast.ria, at=now())
    Notice.objects.update(**{seen: now()})
    with pytest.raises(Refused):
        take_back_reminder(question=held, by=cast.ria, at=now())
    assert Notice.objects.count() == 1


def test_nobody_takes_back_the_reminder_of_somebody_else_or_an_old_one(cast: Cast, held: Question) -> None:
    remind(question=held, by=cast.ria, at=now())
    with pytest.raises(Refused):
        take_back_reminder(question=held, by=cast.sanne, at=now())
    with pytest.raises(Refused):
        take_back_reminder(question=held, by=cast.ria, at=now() + timedelta(seconds=61))
    assert Notice.objects.count() == 1


ACTS = {
    "toewijzen": lambda cast: {"assignee": cast.ria.pk},
    "doorzetten": lambda cast: {"team": cast.burgerzaken.pk, "reason": "Paspoort"},
}


@pytest.mark.parametrize("act", ACTS)
def test_what_was_given_away_from_the_figures_is_put_back_and_the_history_says_both(
    cast: Cast, held: Question, act: str
) -> None:
    browser, before = signed_in(cast.ria), holder(held)
    clock = NormClock.objects.filter(question=held).values_list("team_id", flat=True)
    teams = list(clock)
    version = Question.objects.get(pk=held.pk).version
    answer = browser.post(f"/vragen/{held.number}/{act}/{HERE}", {**ACTS[act](cast), "version": version})
    assert answer["Location"] == BACK
    assert holder(held) != before
    undo = undo_address(browser)
    assert browser.post(undo)["Location"] == BACK
    assert holder(held) == before
    assert list(clock) == teams
    assert Question.objects.get(pk=held.pk).version == version + 2
    assert held.history.filter(version__gt=version).count() == 2
    assert not Notice.objects.filter(kind="assigned").exists()
    again = browser.post(undo)  # pressed twice changes nothing, and is no page that is not there
    assert again["Location"] == BACK and "Er is daarna iets met deze vraag gebeurd" in page(browser)
    assert holder(held) == before
    assert held.assignments.get(until_at__isnull=True).team.name == before[0]


def test_it_stays_given_when_something_happened_since_it_is_late_or_somebody_else_asks(
    cast: Cast, held: Question
) -> None:
    at = now()
    forward(question=held, by=cast.ria, at=at, team_id=cast.burgerzaken.pk, reason="Paspoort")
    given = holder(held)
    for who, moment, error in (
        (cast.sanne, at, Http404),
        (cast.henk, at, Http404),
        (cast.ria, at + timedelta(seconds=61), Refused),
    ):
        with pytest.raises(error):
            put_back(number=held.number, version=held.version, by=who, at=moment)
    after = held.version
    edit_question(
        question=held,
        by=cast.sanne,
        at=at,
        title="Anders",
        subject_id=held.subject_id,
        kind=held.kind,
        version=after,
    )
    with pytest.raises(Refused):
        put_back(number=held.number, version=after, by=cast.ria, at=at)
    assert holder(held) == given


def test_undoing_at_the_same_moment_happens_once(cast: Cast, held: Question) -> None:
    at = now()
    forward(question=held, by=cast.ria, at=at, team_id=cast.burgerzaken.pk, reason="Paspoort")
    put_back(number=held.number, version=held.version, by=cast.ria, at=at)
    with pytest.raises(Refused):
        put_back(number=held.number, version=held.version, by=cast.ria, at=at)


def test_who_undoes_what_a_colleague_took_on_is_told_so(cast: Cast, held: Question) -> None:
    at = now()
    forward(question=held, by=cast.ria, at=at, team_id=cast.burgerzaken.pk, reason="Paspoort")
    given = held.version
    take(question=held, by=cast.bas, at=at)
    with pytest.raises(Refused):
        put_back(number=held.number, version=given, by=cast.ria, at=at)
    assert holder(held)[:2] == ("Burgerzaken", cast.bas.name)
