"""Each figure counts what the spec says (norms-and-kpis §4)."""

from copy import copy
from dataclasses import replace
from datetime import date, timedelta

import pytest

from channels_app.models import Call
from contacts.actions.close import close
from contacts.actions.reopen import reopen
from contacts.models import ServiceNorm
from kpi import facts
from kpi.pages.queues import queue_lines
from kpi.periods import between, period_of
from kpi.reading import tally
from kpi.registry import MEASURES, ROLLED_UP
from kpi.scope import Scope
from kpi.words import name_of
from organisation.snapshot import ORGANISATION, organisation
from organisation.workdays import local_day
from tests.cast import Cast
from tests.kpi.history import add_contact, call, clock, local, question, text_level

pytestmark = pytest.mark.django_db
NOW = local("2026-11-25 12:00")
WEEK_47 = Scope(period_of("week", date(2026, 11, 16)))


def figure(code: str, scope: Scope = WEEK_47, at=NOW):
    found = tally(MEASURES[code], scope, at=at, today=local_day(at))
    assert found == MEASURES[code].count(scope, at) or found.is_empty
    assert found.denominator == MEASURES[code].population(scope, at).count()
    if MEASURES[code].kind == "share":
        assert found.numerator == MEASURES[code].hits(scope, at).count()
        assert found.misses == MEASURES[code].misses(scope, at).count()
    return found.numerator, found.denominator


def test_the_example_of_the_spec_gives_860_of_1050(cast: Cast) -> None:
    start = local("2026-11-16 09:00")
    rows = [("answered", 30)] * 860 + [("answered", 31)] * 140 + [("abandoned", 5)] * 10 + [("abandoned", 6)] * 50
    Call.objects.bulk_create(
        Call(
            source="test",
            external_key=str(number),
            entered_at=start + timedelta(seconds=number),
            entered_on=date(2026, 11, 16),
            outcome=outcome,
            wait_seconds=wait,
        )
        for number, (outcome, wait) in enumerate(rows)
    )
    assert figure("phone.pickup") == (860, 1050)
    assert round(860 / 1050 * 100, 1) == 81.9
    assert figure("phone.given_up") == (50, 1050)


def test_calls_outside_opening_hours_and_tests_are_not_offered(cast: Cast) -> None:
    call(local("2026-11-16 20:00"), outcome="outside_hours")
    call(local("2026-11-16 10:00"), outcome="test")
    call(local("2026-11-16 10:00"), outcome="voicemail", wait=90)
    call(local("2026-11-16 10:01"))
    assert figure("phone.pickup") == (1, 2)
    assert figure("phone.outside_hours") == (1, 3)


def test_calls_are_told_per_queue_of_the_exchange_the_busiest_first(cast: Cast) -> None:
    for minute, (queue, wait) in enumerate((("algemeen", 10), ("algemeen", 40), ("burgerzaken", 10), ("", 10))):
        call(local(f"2026-11-16 10:0{minute}"), queue=queue, wait=wait)
    call(local("2026-11-16 20:00"), queue="nacht", outcome="outside_hours")
    told = queue_lines(MEASURES["phone.pickup"], WEEK_47, NOW, None, small=False)
    assert [(line.name, line.count, line.hits) for line in told] == [
        ("algemeen", "2", "1"),
        ("onbekend", "1", "1"),
        ("burgerzaken", "1", "1"),
    ]
    year = Scope(period_of("year", date(2026, 11, 16)))
    assert queue_lines(MEASURES["phone.pickup"], year, NOW, None, small=False) == []
    assert queue_lines(MEASURES["phone.wait"], WEEK_47, NOW, None, small=False) == []
    assert queue_lines(MEASURES["phone.pickup"], WEEK_47, NOW, None, small=True) == [], "nothing of it may be told"


def test_the_limits_of_that_day_count_not_those_of_now(cast: Cast) -> None:
    call(local("2026-11-16 10:00"), wait=40, pickup_limit_seconds=45)
    call(local("2026-11-16 10:01"), wait=40)
    call(local("2026-11-16 10:02"), outcome="abandoned", wait=8, short_abandon_seconds=10)
    assert figure("phone.pickup") == (1, 2)


def test_a_clock_counts_on_the_day_it_settles(cast: Cast) -> None:
    row = question(cast, received=local("2026-11-12 10:00"), channel="email")
    clock(
        row,
        "email.answer",
        started=local("2026-11-12 10:00"),
        due=local("2026-11-18 00:00"),
        stopped=local("2026-11-16 09:00"),
    )
    other = question(cast, received=local("2026-11-11 10:00"), channel="email")
    clock(other, "email.answer", started=local("2026-11-11 10:00"), due=local("2026-11-17 00:00"))
    assert figure("email.answer", Scope(between(date(2026, 11, 16), date(2026, 11, 16)))) == (1, 1)
    assert figure("email.answer", Scope(between(date(2026, 11, 17), date(2026, 11, 17)))) == (0, 1)
    assert figure("email.answer", Scope(between(date(2026, 11, 9), date(2026, 11, 15)))) == (0, 0)


def test_a_running_clock_past_its_deadline_counts_as_missed_before_any_job_ran(cast: Cast) -> None:
    row = question(cast, received=local("2026-11-16 10:00"), channel="email")
    clock(row, "email.answer", started=local("2026-11-16 10:00"), due=local("2026-11-20 00:00"), state="running")
    assert figure("email.answer") == (0, 1)
    assert figure("email.answer", at=local("2026-11-19 23:59")) == (0, 0)


def test_cancelled_paused_and_replaced_clocks_are_left_out(cast: Cast) -> None:
    at = {"started": local("2026-11-16 10:00"), "due": local("2026-11-20 00:00")}
    for state in ("cancelled", "paused"):
        row = question(cast, received=at["started"], channel="email")
        clock(row, "email.answer", state=state, stopped=local("2026-11-17 10:00"), **at)
    row = question(cast, received=at["started"], channel="email")
    old = clock(row, "email.answer", **at)
    assert figure("email.answer") == (0, 1)
    replacement = clock(
        question(cast, received=at["started"], channel="email"), "email.answer", stopped=local("2026-11-18 10:00"), **at
    )
    type(old).objects.filter(pk=old.pk).update(replaced_by=replacement)
    assert figure("email.answer") == (1, 1)


def test_direct_answers_leave_out_wrong_numbers_internal_calls_and_connections(cast: Cast) -> None:
    at = local("2026-11-16 10:00")
    question(cast, received=at, status="closed", close_reason="direct", is_direct=True)
    question(cast, received=at, status="new")
    for reason in ("wrong_number", "internal", "connected"):
        question(cast, received=at, status="closed", close_reason=reason)
    question(cast, received=at, status="cancelled", close_reason="spam")
    question(cast, received=at, channel="email")
    assert figure("phone.direct") == (1, 2)


def test_a_question_that_comes_back_within_a_week_is_repeat_traffic(cast: Cast) -> None:
    direct = {"status": "closed", "close_reason": "direct", "is_direct": True}
    first = question(cast, received=local("2026-11-16 10:00"), **direct)
    add_contact(first, received=local("2026-11-23 09:59"))
    second = question(cast, received=local("2026-11-16 10:00"), **direct)
    add_contact(second, received=local("2026-11-23 10:01"))
    assert figure("phone.repeat") == (1, 2)
    assert figure("phone.direct") == (2, 2)


def test_both_days_on_which_the_clock_changes_are_whole_days(cast: Cast) -> None:
    for text in ("2026-03-29 00:00", "2026-03-29 03:00", "2026-03-29 23:59:59"):
        question(cast, received=local(text))
    for text in ("2026-10-25 00:00", "2026-10-25 02:30", "2026-10-25 23:59:59"):
        question(cast, received=local(text))
    question(cast, received=local("2026-10-25 02:30").replace(fold=1))
    spring = Scope(between(date(2026, 3, 29), date(2026, 3, 29)))
    autumn = Scope(between(date(2026, 10, 25), date(2026, 10, 25)))
    assert figure("questions.asked", spring) == (3, 3)
    assert figure("questions.asked", autumn) == (4, 4)


def test_a_contact_with_three_questions_is_one_contact_and_spam_is_none(cast: Cast) -> None:
    at = local("2026-11-16 10:00")
    row = question(cast, received=at, channel="email")
    contact = row.contacts.get()
    from contacts.models import QuestionContact

    other = question(cast, received=at, channel="email")
    QuestionContact.objects.create(question=other, contact=contact)
    question(cast, received=at, status="cancelled", close_reason="spam")
    assert figure("contacts.digital") == (2, 2)
    assert figure("questions.asked") == (2, 2)


def test_a_reopening_by_an_employee_is_no_contact_of_a_customer(cast: Cast) -> None:
    row = question(cast, received=local("2026-11-16 10:00"), channel="email")
    close(question=row, by=cast.fatima, at=local("2026-11-17 10:00"), reason="answered", text="Gebeld")
    reopen(question=row, by=cast.fatima, at=local("2026-11-18 10:00"), reason="Toch niet klaar")
    assert row.contacts.count() == 2
    assert figure("contacts.digital") == (1, 1)


def test_a_figure_without_data_has_no_share(cast: Cast) -> None:
    found = tally(MEASURES["letter.respond"], WEEK_47, at=NOW, today=date(2026, 11, 25))
    assert found.is_empty
    assert found.share is None


def test_team_channel_and_subject_narrow_the_figure(cast: Cast) -> None:
    at = local("2026-11-16 10:00")
    for team, subject, channel in (
        (cast.burgerzaken, cast.paspoort, "email"),
        (cast.openbare_ruimte, cast.grofvuil, "form"),
        (cast.openbare_ruimte, cast.afval, "email"),
    ):
        row = question(cast, received=at, team=team, subject=subject, channel=channel)
        code = "email.answer" if channel == "email" else "form.answer"
        clock(row, code, started=at, due=local("2026-11-20 00:00"), stopped=local("2026-11-17 10:00"))
    period = WEEK_47.period
    waste = frozenset({cast.afval.pk, cast.grofvuil.pk})
    assert figure("email.answer", Scope(period, team_ids=frozenset({cast.openbare_ruimte.pk}))) == (1, 1)
    assert figure("questions.asked", Scope(period, subject_ids=waste)) == (2, 2)
    assert figure("questions.asked", Scope(period, channel="email", subject_ids=waste)) == (1, 1)


def test_plain_texts_are_a_share_of_the_texts_that_have_a_level(cast: Cast) -> None:
    row = question(cast, received=local("2026-11-16 10:00"))
    for level in ("A2", "B1", "B1", "B2", "C1", ""):
        text_level(row, left=local("2026-11-17 10:00"), level=level)
    text_level(row, left=local("2026-11-15 23:59"))
    text_level(row, left=local("2026-11-22 23:59"), channel="letter")
    assert figure("language.b1") == (4, 6)
    assert figure("language.b1", Scope(WEEK_47.period, channel="letter")) == (1, 1)
    assert figure("language.b1", Scope(WEEK_47.period, team_ids=frozenset({cast.openbare_ruimte.pk}))) == (0, 0)
    assert figure("language.b1", Scope(WEEK_47.period, subject_ids=frozenset({cast.paspoort.pk}))) == (4, 6)


def test_an_estimate_is_called_one_whatever_the_norm_is_called(cast: Cast) -> None:
    norm = ServiceNorm.objects.get(code="language.b1")
    assert name_of(MEASURES["language.b1"], norm) == "Teksten op taalniveau B1 (schatting)"
    assert name_of(MEASURES["language.b1"], None) == "Teksten die makkelijk te lezen zijn (schatting)"
    norm.name = "Helder geschreven (schatting)"
    assert name_of(MEASURES["language.b1"], norm) == norm.name
    assert name_of(MEASURES["email.answer"], None) == str(MEASURES["email.answer"].name)


def test_of_the_settings_only_the_days_of_repeat_traffic_stand_in_the_text_of_the_figures(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is built once for these days, and serves on after every other change."""
    house = organisation()
    other = copy(house.municipality)
    for field in other._meta.concrete_fields:
        value = getattr(other, field.attname)
        if isinstance(value, bool | int | str) and field.name != "repeat_days":
            setattr(other, field.attname, not value if isinstance(value, bool) else value * 2)
    before = facts.facts_of(ROLLED_UP)
    monkeypatch.setattr(ORGANISATION, "_held", (house.version, replace(house, municipality=other)))
    facts._built.clear()
    assert facts.facts_of(ROLLED_UP) == before
    other.repeat_days += 1
    assert facts.facts_of(ROLLED_UP) != before
