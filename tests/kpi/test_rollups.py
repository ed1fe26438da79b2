"""Sum of the roll-ups = recomputation = length of the list, whatever happened and whenever the roll-up ran."""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import count as seconds_after
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.invariants.found import CHECKS
from contacts.models import Contact, NormClock, Question
from kpi.invariants import days_to_look_at, differing
from kpi.measures.base import Tally
from kpi.models import ChangedDay, DailyFigure, MonthlyFigure, RollupState
from kpi.periods import DAY, MONTH, between, period_of
from kpi.reading import HOURS, Ask, _rolled_up, read, state, tally
from kpi.registry import MEASURES
from kpi.rollups import _is_behind, _next_days, _next_older, rebuild, roll_up, write_days
from kpi.scope import Scope
from organisation.workdays import local_day
from tests.cast import Cast
from tests.kpi.history import add_contact, call, clock, local, question
from tests.kpi.recount import agree as all_agree

pytestmark = pytest.mark.django_db
NOW = local("2026-11-25 12:00")
FIRST, LAST = date(2026, 11, 9), date(2026, 11, 25)


def agree(cast: Cast, at: datetime = NOW) -> None:
    """Every figure over several scopes: what is shown, what the rows say, and how long the lists are."""
    waste = frozenset({cast.afval.pk, cast.grofvuil.pk})
    whole, week, day = between(FIRST, LAST), between(date(2026, 11, 16), date(2026, 11, 22)), between(LAST, LAST)
    scopes = [
        Scope(whole, team_ids=frozenset({cast.openbare_ruimte.pk})),
        Scope(whole, channel="email"),
        Scope(week),
        Scope(week, subject_ids=waste),
        Scope(day),
        Scope(day, team_ids=frozenset({cast.burgerzaken.pk}), channel="phone"),
    ]
    all_agree(scopes, at)


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


def test_ordinary_work_of_today_changes_no_finished_day_and_its_notes_go_with_the_sweep(cast: Cast) -> None:
    roll_up(at=NOW)
    row = question(cast, received=NOW, channel="email")
    due = clock(row, "email.answer", started=NOW, due=NOW + timedelta(days=3), state="running")
    call(NOW)
    Question.objects.filter(pk=row.pk).update(team=cast.openbare_ruimte, version=2)
    NormClock.objects.filter(pk=due.pk).update(state="met", stopped_at=NOW, settled_at=NOW, settled_on=LAST)
    assert ChangedDay.objects.exists() and not ChangedDay.objects.filter(on__lt=LAST).exists()
    agree(cast)
    before, revision = state().notes, state().revision
    roll_up(at=NOW)
    assert not ChangedDay.objects.exists()
    assert state().notes not in (None, before), "who compares sees that they were taken away"
    assert state().revision == revision, "no finished day was counted again"


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


def test_a_whole_month_is_read_from_its_sum_until_one_of_its_days_changes(cast: Cast) -> None:
    for day in (1, 16, 30):
        question(cast, received=local(f"2026-10-{day:02} 10:00"))
    question(cast, received=local("2026-11-10 10:00"))
    months = (period_of(MONTH, date(2026, 10, 1)), period_of(MONTH, date(2026, 11, 1)))

    def asked() -> tuple[set[str], list[int]]:
        _rolled_up.cache_clear()
        with CaptureQueriesContext(connection) as captured:
            (found,) = read([Ask(("questions.asked",), months)], Scope(months[0]), at=NOW, today=LAST)
        tables = set(re.findall(r"FROM kpi_(monthly|daily)figure", " ".join(one["sql"] for one in captured)))
        return tables, [found[("questions.asked", place, "")].denominator for place in (0, 1)]

    roll_up(at=NOW)
    assert RollupState.objects.get().months == [date(2026, 10, 1)]
    assert asked() == ({"monthly", "daily"}, [3, 1])
    late = question(cast, received=local("2026-10-05 10:00"))
    assert asked() == ({"daily"}, [4, 1])
    roll_up(at=NOW)
    assert asked() == ({"monthly", "daily"}, [4, 1])
    Question.objects.filter(pk=late.pk).update(status="cancelled", closed_at=NOW)
    assert asked() == ({"daily"}, [3, 1])
    roll_up(at=NOW)
    columns = [field.attname for field in MonthlyFigure._meta.fields if field.name != "id"]
    before = set(MonthlyFigure.objects.values_list(*columns))
    rebuild(at=NOW)
    assert before and set(MonthlyFigure.objects.values_list(*columns)) == before
    assert asked() == ({"monthly", "daily"}, [3, 1])


def test_who_reads_while_a_month_is_counted_again_misses_nothing(cast: Cast) -> None:
    """Between a correction and the next sum of its month lies a moment in which somebody already knows that it is summed."""
    for day in (1, 16):
        question(cast, received=local(f"2026-10-{day:02} 10:00"))
    roll_up(at=NOW)
    month = period_of(MONTH, date(2026, 10, 1))
    held = state()
    assert held.months == {month.first}
    question(cast, received=local("2026-10-05 10:00"))
    assert _next_days(NOW) == 1  # counted again; the month is not summed yet
    assert not state().months
    for known, count in ((held, 2), (state(), 3)):
        _rolled_up.cache_clear()
        (found,) = read([Ask(("questions.asked",), (month,))], Scope(month), at=NOW, today=LAST, held=known)
        assert found[("questions.asked", 0, "")].denominator == count
    roll_up(at=NOW)
    agree(cast)


def test_hours_of_the_week_come_from_the_queue_s_quarters(cast: Cast) -> None:
    call(local("2026-11-16 09:05"))
    call(local("2026-11-16 09:50"))
    call(local("2026-11-25 08:59"))
    roll_up(at=NOW)
    ask = Ask(("phone.pickup",), (between(FIRST, LAST),), HOURS)
    (found,) = read([ask], Scope(ask.span), at=NOW, today=LAST)
    assert {key[2]: value.denominator for key, value in found.items()} == {"0-9": 2, "2-8": 1}


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


def test_a_turn_of_the_worker_ends_in_time_and_the_next_goes_on(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five years after an update take minutes: broken off by the limit of a task, they would look like a job that fails each time."""
    question(cast, received=local("2026-10-05 10:00"))
    monkeypatch.setattr(
        "kpi.rollups.time", SimpleNamespace(monotonic=seconds_after().__next__)
    )  # each look is a second later
    assert [roll_up(at=NOW, seconds=2) for _turn in range(4)] == [14, 14, 14, 9]
    assert not _is_behind()
    roll_up(at=NOW)
    agree(cast)


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


def test_a_rebuild_keeps_what_is_until_it_is_replaced(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A figure that no row explains goes; whoever reads halfway finds every day that has rows."""
    for day in ("2026-10-01", "2026-10-16", "2026-11-09", "2026-11-16"):
        question(cast, received=local(f"{day} 10:00"))
    roll_up(at=NOW)
    columns = [field.attname for field in DailyFigure._meta.fields if field.name != "id"]
    before = sorted(map(str, DailyFigure.objects.values_list(*columns)))
    stray = DailyFigure(grain="total", measure="questions.asked", on=date(2026, 8, 3), numerator=7, denominator=7)
    stray.save()
    DailyFigure.objects.filter(measure="questions.asked", on=date(2026, 11, 16)).update(numerator=9, denominator=9)
    whole = between(date(2026, 10, 1), LAST)
    counts: list[int] = []

    def write(days: list[date], at: datetime) -> None:
        _rolled_up.cache_clear()
        (found,) = read([Ask(("questions.asked",), (whole,))], Scope(whole), at=NOW, today=LAST)
        counts.append(found[("questions.asked", 0, "")].denominator)
        write_days(days, at)

    monkeypatch.setattr("kpi.rollups.write_days", write)
    assert rebuild(at=NOW) == (55, True)
    assert counts[0] == 12 and set(counts[1:]) == {4}  # the newest days first: the wrong one is mended at once
    assert sorted(map(str, DailyFigure.objects.values_list(*columns))) == before
    agree(cast)


def test_days_counted_by_earlier_formulas_are_counted_again_newest_first_and_keep_their_figures_until_then(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in ("2026-10-05", "2026-11-16"):
        question(cast, received=local(f"{day} 10:00"))
    roll_up(at=NOW)
    DailyFigure.objects.filter(measure="questions.asked").update(denominator=7)
    assert roll_up(at=NOW) == 0, "counted by these formulas: nothing to do"

    def asked(day: date) -> int:
        _rolled_up.cache_clear()
        return tally(MEASURES["questions.asked"], Scope(between(day, day)), at=NOW, today=LAST).denominator

    old, new = date(2026, 10, 5), date(2026, 11, 16)
    RollupState.objects.update(formula=1)  # as after an update
    ChangedDay.objects.create(on=new)
    monkeypatch.setattr("kpi.rollups.FORMULA", 1)
    roll_up(at=NOW)  # the worker of before goes on for a while
    DailyFigure.objects.filter(measure="questions.asked").update(denominator=7)
    monkeypatch.setattr("kpi.rollups.FORMULA", 2)
    assert _next_older(NOW) == 14
    assert not ChangedDay.objects.exists()
    assert (asked(new), asked(old)) == (1, 7)
    monkeypatch.setattr("kpi.rollups.FORMULA", 1)
    ChangedDay.objects.create(on=new)
    assert roll_up(at=NOW) == 0, "the worker of before leaves the days to the new one"
    ChangedDay.objects.all().delete()
    monkeypatch.setattr("kpi.rollups.FORMULA", 2)
    roll_up(at=NOW)
    assert (asked(new), asked(old)) == (1, 1)
    assert RollupState.objects.values_list("formula", "older_until").get() == (2, None)
    assert roll_up(at=NOW) == 0


def test_the_nightly_check_leads_to_the_days_whose_figures_are_not_what_their_rows_say(
    cast: Cast, settings: object
) -> None:
    """As a worker of before an update would leave them; not what waits to be counted again, or has its turn another night."""
    settings.CLOCK_OFFSET_SECONDS = int((NOW - datetime.now(UTC)).total_seconds())  # type: ignore[attr-defined]

    def found() -> list[str]:
        return [one for name, check in CHECKS if name.startswith("I9") for one in check()]

    for day in ("2026-10-05", "2026-11-16", "2026-11-24"):
        question(cast, received=local(f"{day} 10:00"))
    roll_up(at=NOW)
    assert days_to_look_at(NOW)[-1] == date(2026, 11, 24) and found() == []
    turns = [days_to_look_at(NOW + timedelta(days=night))[:-1] for night in range(60)]
    assert len({day for days in turns for day in days}) == sum(len(days) for days in turns) == 50, "each once"
    DailyFigure.objects.filter(measure="questions.asked", grain="total").update(denominator=7)
    whole = [date(2026, 10, 5), date(2026, 11, 16), date(2026, 11, 24)]
    assert differing(whole, NOW) == [(day, "questions.asked") for day in whole]
    assert found() == ["questions.asked of 2026-11-24: rebuild_figures"]
    ChangedDay.objects.create(on=date(2026, 11, 24))
    assert found() == []
    ChangedDay.objects.all().delete()
    assert rebuild(at=NOW)[1] and found() == []
