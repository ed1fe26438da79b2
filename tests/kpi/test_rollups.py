"""Sum of the roll-ups = recomputation = length of the list, whatever happened and whenever the roll-up ran."""

from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels_app.models import Call
from contacts.models import Assignment, Contact, Customer, NormClock, Question
from kpi.measures.base import Tally
from kpi.models import ChangedDay, DailyFigure, RollupState
from kpi.periods import DAY, between, period_of
from kpi.reading import HOURS, Ask, _rolled_up, read, tally
from kpi.registry import MEASURES, ROLLED_UP
from kpi.rollups import rebuild, roll_up
from kpi.scope import Scope
from organisation.models import Municipality
from organisation.workdays import local_day
from tests.cast import Cast
from tests.kpi.history import add_contact, call, clock, local, question

pytestmark = pytest.mark.django_db
NOW = local("2026-11-25 12:00")
FIRST, LAST = date(2026, 11, 9), date(2026, 11, 25)


def rows_of_figures() -> list[tuple]:
    return list(
        DailyFigure.objects.order_by("grain", "measure", "on", "team", "channel", "subject", "quarter").values_list(
            "grain", "measure", "on", "team", "channel", "subject", "quarter", "numerator", "denominator", "highest"
        )
    )


def agree(cast: Cast, at: datetime = NOW) -> None:
    """Every figure over several scopes: what is shown, what the rows say, and how long the lists are."""
    waste = frozenset({cast.afval.pk, cast.grofvuil.pk})
    whole, week, day = between(FIRST, LAST), between(date(2026, 11, 16), date(2026, 11, 22)), between(LAST, LAST)
    for period, scopes in (
        (whole, (Scope(whole, team_ids=frozenset({cast.openbare_ruimte.pk})), Scope(whole, channel="email"))),
        (week, (Scope(week), Scope(week, subject_ids=waste))),
        (day, (Scope(day), Scope(day, team_ids=frozenset({cast.burgerzaken.pk}), channel="phone"))),
    ):
        for scope in scopes:
            codes = tuple(measure.code for measure in ROLLED_UP)
            (shown,) = read([Ask(codes, (period,))], scope, at=at, today=local_day(at))
            for measure in ROLLED_UP:
                found = shown.get((measure.code, 0, ""))
                counted = measure.count(scope, at)
                if found is None:
                    assert counted.is_empty, (measure.code, scope)
                    continue
                assert found == counted, (measure.code, scope)
                assert found.denominator == measure.population(scope, at).count()
                if measure.kind == "share":
                    assert found.numerator == measure.hits(scope, at).count(), (measure.code, scope)


def test_a_rolled_up_period_reads_no_rows(cast: Cast, django_assert_num_queries) -> None:
    row = question(cast, received=local("2026-11-16 10:00"), channel="email")
    clock(
        row, "email.answer", started=row.received_at, due=local("2026-11-20 00:00"), stopped=local("2026-11-17 10:00")
    )
    roll_up(at=NOW)
    period = between(date(2026, 11, 16), date(2026, 11, 22))
    with django_assert_num_queries(2) as captured:
        found = tally(MEASURES["email.answer"], Scope(period), at=NOW, today=LAST)
    assert (found.numerator, found.denominator) == (1, 1)
    assert not any("contacts_" in query["sql"] for query in captured.captured_queries)


def test_a_letter_registered_late_counts_on_the_old_day_at_once(cast: Cast) -> None:
    question(cast, received=local("2026-11-09 10:00"))
    roll_up(at=NOW)
    row = question(cast, received=local("2026-11-10 10:00"), channel="letter")
    clock(row, "letter.respond", started=row.received_at, due=local("2026-11-18 00:00"))
    assert ChangedDay.objects.filter(on=date(2026, 11, 18)).exists()
    agree(cast)
    assert roll_up(at=NOW) >= 1
    assert not ChangedDay.objects.exists()
    agree(cast)


def test_a_question_that_changes_hands_or_is_cancelled_changes_its_day_and_those_of_its_contacts(cast: Cast) -> None:
    row = question(cast, received=local("2026-11-10 10:00"))
    add_contact(row, received=local("2026-11-12 10:00"))
    spam = question(cast, received=local("2026-11-13 10:00"))
    ring = call(local("2026-11-11 10:00"))
    Contact.objects.filter(pk=add_contact(row, received=local("2026-11-11 10:00")).pk).update(call=ring)
    roll_up(at=NOW)
    Question.objects.filter(pk=row.pk).update(team=cast.openbare_ruimte, subject=cast.grofvuil)
    Question.objects.filter(pk=spam.pk).update(status="cancelled", close_reason="spam", closed_at=NOW)
    changed = set(ChangedDay.objects.values_list("on", flat=True))
    assert changed == {date(2026, 11, day) for day in (10, 11, 12, 13)}
    agree(cast)
    roll_up(at=NOW)
    agree(cast)


def test_ordinary_work_of_today_notes_nothing(cast: Cast) -> None:
    roll_up(at=NOW)
    row = question(cast, received=NOW, channel="email")
    due = clock(row, "email.answer", started=NOW, due=NOW + timedelta(days=3), state="running")
    call(NOW)
    Question.objects.filter(pk=row.pk).update(team=cast.openbare_ruimte, version=2)
    NormClock.objects.filter(pk=due.pk).update(state="met", stopped_at=NOW, settled_at=NOW, settled_on=LAST)
    assert not ChangedDay.objects.exists()
    agree(cast)


def test_marking_a_clock_missed_changes_no_finished_day(cast: Cast) -> None:
    row = question(cast, received=local("2026-11-10 10:00"), channel="email")
    due = clock(row, "email.answer", started=row.received_at, due=local("2026-11-14 00:00"), state="running")
    roll_up(at=NOW)
    NormClock.objects.filter(pk=due.pk).update(state="missed", settled_at=due.due_at, settled_on=local_day(due.due_at))
    assert not ChangedDay.objects.exists()
    agree(cast)


def test_an_older_transaction_that_may_not_have_seen_the_closing_is_waited_for(cast: Cast) -> None:
    question(cast, received=local("2026-11-10 10:00"))
    roll_up(at=NOW - timedelta(days=1))
    with connection.cursor() as cursor:  # a writer from before is still at it: nothing newer is rolled up
        cursor.execute("UPDATE kpi_rollupstate SET closed_until = '2026-11-25', closed_by = 9223372036854775806")
    roll_up(at=NOW)
    assert RollupState.objects.get().rolled_until == date(2026, 11, 24)
    agree(cast)


def test_hours_of_the_week_come_from_the_queue_s_quarters(cast: Cast) -> None:
    call(local("2026-11-16 09:05"))
    call(local("2026-11-16 09:50"))
    call(local("2026-11-25 08:59"))
    roll_up(at=NOW)
    ask = Ask(("phone.pickup",), (between(FIRST, LAST),), HOURS)
    (found,) = read([ask], Scope(ask.span), at=NOW, today=LAST)
    assert {key[2]: value.denominator for key, value in found.items()} == {"0-9": 2, "2-8": 1}


moments = st.datetimes(datetime(2026, 11, 9), datetime(2026, 11, 25, 11)).map(lambda at: local(at.isoformat()))
acts = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "phone",
                "direct",
                "email",
                "met",
                "missed",
                "running",
                "call",
                "given_up",
                "second",
                "move",
                "hand over",
                "close",
                "reopen",
                "again",
                "backdated",
                "merge",
                "days",
                "cancel",
                "replace",
                "roll",
            ]
        ),
        moments,
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=14,
)


def play(cast: Cast, history: list[tuple[str, datetime, int]]) -> None:
    questions: list[Question] = []
    clocks: list[NormClock] = []
    people = [Customer.objects.get_or_create(name=name, defaults={"created_at": NOW})[0] for name in ("Ans", "Bas")]
    for act, at, dial in history:
        team = (cast.burgerzaken, cast.openbare_ruimte, cast.servicecentrum, cast.burgerzaken)[dial]
        subject = (cast.paspoort, cast.grofvuil, None, cast.afval)[dial]
        if act in ("phone", "direct", "email"):
            more = {"status": "closed", "close_reason": "direct", "is_direct": True} if act == "direct" else {}
            channel = "email" if act == "email" else "phone"
            row = question(
                cast, received=at, channel=channel, team=team, subject=subject, customer=people[dial % 2], **more
            )
            questions.append(row)
        elif act in ("met", "missed", "running"):
            row = question(cast, received=at, channel="email", team=team, subject=subject)
            questions.append(row)
            due = min(at + timedelta(days=1 + dial), NOW)
            stopped = at + (due - at) / 2 if act == "met" else None
            state = "running" if act == "running" else ""
            clocks.append(clock(row, "email.answer", started=at, due=due, stopped=stopped, state=state))
        elif act == "call":
            call(at, wait=dial * 15)
        elif act == "given_up":
            call(at, outcome="abandoned", wait=dial * 3)
        elif act == "second" and questions:
            add_contact(questions[dial % len(questions)], received=at)
        elif act == "move" and questions:
            Question.objects.filter(pk=questions[dial % len(questions)].pk).update(team=team, subject=subject)
        elif act == "hand over" and questions:
            row = questions[dial % len(questions)]
            current = row.assignments.filter(until_at=None)
            since = current.values_list("from_at", flat=True).first()
            current.update(until_at=max(at, since))
            Assignment.objects.create(question=row, team=team, reason="door", from_at=max(at, since))
            Question.objects.filter(pk=row.pk).update(
                team=team, transfer_count=F("transfer_count") + 1, is_direct=False
            )
        elif act in ("close", "reopen") and questions:
            closed = act == "close"
            Question.objects.filter(pk=questions[dial % len(questions)].pk).exclude(status="cancelled").update(
                status="closed" if closed else "in_progress",
                closed_at=at if closed else None,
                closed_on=local_day(at) if closed else None,
            )
        elif act == "again" and questions:
            row = questions[dial % len(questions)]
            later = min(row.received_at + timedelta(days=2 + 3 * dial), NOW)
            questions.append(question(cast, received=later, customer=row.customer, subject=row.subject, team=team))
        elif act == "backdated":
            row = question(cast, received=at - timedelta(days=dial), channel="letter", team=team, subject=subject)
            clocks.append(clock(row, "letter.respond", started=row.received_at, due=min(at, NOW)))
            questions.append(row)
        elif act == "merge" and len(questions) > 1:
            Question.objects.filter(pk=questions[-1].pk).update(merged_into=questions[0])
        elif act == "days":
            town = Municipality.objects.get(pk=1)
            town.repeat_days = (1, 3, 7, 10)[dial]
            town.save()
        elif act == "cancel" and questions:
            Question.objects.filter(pk=questions[dial % len(questions)].pk).update(status="cancelled", closed_at=at)
        elif act == "replace" and len(clocks) > 1 and clocks[0].replaced_by_id is None:
            NormClock.objects.filter(pk=clocks[0].pk).update(replaced_by=clocks[-1])
        elif act == "roll":
            roll_up(at=NOW - timedelta(days=dial))


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(history=acts)
def test_roll_ups_rows_and_lists_agree_over_any_history(cast: Cast, history: list[tuple[str, datetime, int]]) -> None:
    for model in (ChangedDay, DailyFigure, RollupState):
        model.objects.all().delete()
    Contact.questions.through.objects.all().delete()
    NormClock.objects.update(replaced_by=None)
    Question.objects.update(merged_into=None)
    for model in (NormClock, Question, Contact, Call):
        model.objects.all().delete()
    _rolled_up.cache_clear()
    play(cast, history)
    agree(cast)
    roll_up(at=NOW)
    _rolled_up.cache_clear()  # one transaction: the revision stays the same here
    agree(cast)
    before = rows_of_figures()
    rebuild(at=NOW)
    assert rows_of_figures() == before


def test_a_deadline_that_passes_between_two_looks_counts_at_the_second(cast: Cast) -> None:
    """The text of the question to the database is kept; its moment is not."""
    late = question(cast, received=NOW - timedelta(days=9), channel="email")
    clock(late, "email.answer", started=late.received_at, due=NOW + timedelta(minutes=10), state="running")
    scope = Scope(period_of(DAY, NOW.date()))
    measure = MEASURES["email.answer"]
    for minutes, expected in ((0, 0), (9, 0), (10, 1), (30, 1)):
        at = NOW + timedelta(minutes=minutes)
        found = tally(measure, scope, at=at, today=NOW.date())
        assert found == measure.count(scope, at) == Tally(0, expected)


def test_a_rebuild_without_a_finished_day_is_through_at_once(cast: Cast) -> None:
    question(cast, received=NOW)
    assert rebuild(at=NOW) == (0, True)
    assert RollupState.objects.get().rolled_until == LAST
    agree(cast)


def test_a_rebuild_that_an_older_transaction_holds_up_says_so(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("kpi.rollups.TRIES", 1)
    monkeypatch.setattr("kpi.rollups.PAUSE_SECONDS", 0)
    monkeypatch.setattr("kpi.rollups.roll_up", lambda *, at: 0)
    with pytest.raises(SystemExit) as ended:
        call_command("rebuild_figures")
    assert ended.value.code == 1
    assert "an older transaction" in capsys.readouterr().err
