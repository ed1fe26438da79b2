"""Transfers, time per team and repeat traffic: what counts, and that a day that changes later is counted again."""

from datetime import date, timedelta

import pytest
from django.db.models import F

from contacts.models import Assignment, Customer, Question
from kpi.measures.base import Tally
from kpi.models import ChangedDay
from kpi.periods import between
from kpi.reading import _rolled_up, tally
from kpi.registry import MEASURES
from kpi.rollups import roll_up
from kpi.scope import Scope
from organisation.models import Municipality
from organisation.workdays import local_day
from tests.cast import Cast
from tests.kpi.history import local, question

pytestmark = pytest.mark.django_db
NOW = local("2026-11-25 12:00")
WEEK = Scope(between(date(2026, 11, 16), date(2026, 11, 22)))


def figure(code: str, scope: Scope = WEEK) -> tuple[int, int]:
    _rolled_up.cache_clear()
    found = tally(MEASURES[code], scope, at=NOW, today=local_day(NOW))
    assert found == MEASURES[code].count(scope, NOW)
    assert found.denominator == MEASURES[code].population(scope, NOW).count()
    return found.numerator, found.denominator


def hand_over(row: Question, team: object, at: object) -> None:
    row.assignments.filter(until_at=None).update(until_at=at)
    Assignment.objects.create(question=row, team=team, reason="door", from_at=at)
    Question.objects.filter(pk=row.pk).update(team=team, transfer_count=F("transfer_count") + 1)


def test_every_team_that_held_a_question_counts_once_with_all_its_time(cast: Cast) -> None:
    row = question(cast, received=local("2026-11-16 09:00"), channel="email")
    hand_over(row, cast.openbare_ruimte, local("2026-11-16 12:00"))
    hand_over(row, cast.burgerzaken, local("2026-11-17 12:00"))
    at = local("2026-11-17 14:00")
    assert figure("teams.held") == (0, 0)
    Question.objects.filter(pk=row.pk).update(status="closed", closed_at=at, closed_on=local_day(at))
    own = Scope(WEEK.period, team_ids=frozenset({cast.burgerzaken.pk}))
    other = Scope(WEEK.period, team_ids=frozenset({cast.openbare_ruimte.pk}))
    assert figure("teams.held", own) == (5 * 3600, 1)
    assert figure("teams.held", other) == (24 * 3600, 1)
    roll_up(at=NOW)
    assert figure("teams.held") == (29 * 3600, 2)
    assert figure("transfers.per_question") == (2, 1)
    assert figure("transfers.none") == (0, 1)
    Question.objects.filter(pk=row.pk).update(status="in_progress", closed_at=None, closed_on=None)
    assert figure("teams.held") == (0, 0)


def test_a_summer_night_counts_the_hours_that_passed(cast: Cast) -> None:
    row = question(cast, received=local("2026-10-24 12:00"), channel="email")
    at = local("2026-10-25 12:00")
    Question.objects.filter(pk=row.pk).update(status="closed", closed_at=at, closed_on=local_day(at))
    assert figure("teams.held", Scope(between(date(2026, 10, 25), date(2026, 10, 25)))) == (25 * 3600, 1)


def test_a_question_that_comes_back_changes_the_day_it_was_answered(cast: Cast) -> None:
    who = Customer.objects.create(name="Ans", created_at=NOW)
    done = {"status": "closed", "close_reason": "direct", "is_direct": True, "customer": who}
    question(cast, received=local("2026-11-16 10:00"), **done)
    roll_up(at=NOW)
    assert figure("phone.repeat") == (0, 1)
    again = question(cast, received=local("2026-11-23 09:00"), channel="email", customer=who)
    assert ChangedDay.objects.filter(on=date(2026, 11, 16)).exists()
    assert figure("phone.repeat") == (1, 1)
    roll_up(at=NOW)
    assert figure("phone.repeat") == (1, 1)
    Question.objects.filter(pk=again.pk).update(received_at=local("2026-11-23 10:00") + timedelta(minutes=1))
    assert figure("phone.repeat") == (0, 1)
    roll_up(at=NOW)
    town = Municipality.objects.get(pk=1)
    town.repeat_days = 8
    town.save()
    assert figure("phone.repeat") == (1, 1)
    roll_up(at=NOW)
    assert figure("phone.repeat") == (1, 1)
    assert MEASURES["phone.repeat"].count(WEEK, NOW) == Tally(1, 1)


def test_a_digital_channel_and_a_form_are_told_apart(cast: Cast) -> None:
    for channel in ("phone", "counter", "form", "email"):
        question(cast, received=local("2026-11-16 10:00"), channel=channel)
    assert figure("questions.digital") == (2, 4)
    assert figure("questions.form") == (1, 4)
