"""What the clock of a waiting visitor does to the rest: deadlines, notices, undoing, merging, the norm editor, figures and the hall."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contacts.actions.assign import assign, take
from contacts.actions.change_norm import NormTerms, change_norm, preview_norm
from contacts.actions.correct_clock import correct_clock
from contacts.actions.merge import merge_customers, merge_questions
from contacts.actions.notify import mark_read, send_notices
from contacts.actions.put_back import put_back
from contacts.actions.register import Asked, NewCustomer, register
from contacts.actions.settle import settle_due
from contacts.actions.split import split
from contacts.actions.visit_fetched import visit_fetched, visit_not_fetched
from contacts.actions.visit_left import visit_left
from contacts.actions.warn_visit import warn_again, warn_of_visitors
from contacts.forms.norms import NormForm
from contacts.models import Contact, NormClock, Notice, Question, ServiceNorm
from contacts.norms.promises import VISIT
from contacts.pages.notices import notices_page
from kpi.measures.clocks import MEASURES
from kpi.periods import between
from kpi.rollups import roll_up
from kpi.scope import Scope
from organisation.errors import Refused
from organisation.models import Presence
from organisation.snapshot import organisation
from tests.cast import Cast
from tests.contacts.test_visits import AT, HALL, _wednesday_morning, form, hall
from tests.contacts.visit_scene import ACTS, MINUTE, NIGHT, comes, sound, waits
from tests.kpi.recount import agree

__all__ = ["_wednesday_morning", "hall"]


def test_a_question_is_due_when_it_was_though_a_visitor_waits(cast: Cast) -> None:
    question = comes(cast)
    promise = question.clocks.get(code="handover.answer")
    late = AT + 12 * MINUTE
    settle_due(at=late)
    question.refresh_from_db()
    assert (question.due_at, question.soon_at) == (promise.due_at, promise.soon_at)
    assert not Question.objects.overdue(late).exists() and not Question.objects.almost_due(late).exists()
    take(question=question, by=cast.henk, at=late)
    assert question.due_at == promise.due_at


def test_the_lead_is_told_once_while_the_visitor_stands_there_and_by_no_mail(cast: Cast) -> None:
    question, helped = comes(cast), comes(cast, at=AT)
    with time_machine.travel(AT + 8 * MINUTE, tick=False):
        settle_due(at=AT + 8 * MINUTE)
        assert set(Notice.objects.filter(kind="almost_due").values_list("user__username", "question")) == {
            ("ria", question.pk),
            ("ria", helped.pk),
        }
    take(question=helped, by=cast.henk, at=AT + 9 * MINUTE)
    with time_machine.travel(AT + 11 * MINUTE, tick=False):
        settle_due(at=AT + 11 * MINUTE)
        settle_due(at=AT + 12 * MINUTE)
        assert Notice.objects.get(kind="overdue").question == question
        shown = [(row.words, row.number) for row in notices_page(cast.ria, AT + 12 * MINUTE).rows]
        assert ("Een bezoeker wacht te lang", question.number) in shown
        assert ("Een bezoeker wacht bijna te lang", helped.number) in shown
        assert send_notices(at=AT + 12 * MINUTE) == 0, "an hour later nobody waits any more"
    settle_due(at=AT + timedelta(days=5))
    assert not Notice.objects.filter(kind="overdue_long", clock__code=VISIT).exists()


def test_what_is_taken_back_within_a_minute_has_the_visitor_wait_on(cast: Cast) -> None:
    question = comes(cast, channel="appointment", appointment_at=AT + 2 * MINUTE)
    at = AT + 4 * MINUTE
    with time_machine.travel(at, tick=False):
        visit_fetched(number=question.number, by=cast.receptie, at=at)
        with pytest.raises(Refused):
            visit_fetched(number=question.number, by=cast.receptie, at=at)
        visit_not_fetched(number=question.number, by=cast.receptie, at=at + MINUTE / 2)
        question.refresh_from_db()
        clock = waits(question)
        assert (question.status, question.version) == ("new", 1)
        assert (clock.state, clock.started_at) == ("running", AT + 2 * MINUTE)
        assign(question=question, by=cast.ria, at=at + MINUTE, to=cast.henk)
        assert waits(question).state == "met"
        put_back(number=question.number, version=question.version, by=cast.ria, at=at + MINUTE)
        assert (waits(question).state, waits(question).due_at) == ("running", AT + 12 * MINUTE)
        take(question=question, by=cast.henk, at=at + 2 * MINUTE)
        assert waits(question).stopped_at == at + 2 * MINUTE
        sound()


@pytest.mark.parametrize(
    ("since", "refused"), [("nothing", False), ("a minute", True), ("a colleague", True), ("another host", True)]
)
def test_only_who_said_it_takes_it_back(cast: Cast, since: str, refused: bool) -> None:
    question = comes(cast)
    visit_fetched(number=question.number, by=cast.receptie, at=AT)
    at = AT + timedelta(seconds=61 if since == "a minute" else 30)
    by = cast.receptie
    with time_machine.travel(at, tick=False):
        if since == "a colleague":
            take(question=question, by=cast.henk, at=at)
        if since == "another host":
            by = cast.fatima
            by.memberships.create(role="host", team=cast.servicecentrum)
        try:
            visit_not_fetched(number=question.number, by=by, at=at)
        except Refused:
            assert refused
        else:
            assert not refused
    assert (waits(question).state == "met") == refused


def test_two_registrations_of_one_visitor_wait_once_since_the_first(cast: Cast) -> None:
    for keeps_first in (True, False):
        first = comes(cast, customer=None)
        second = comes(cast, at=AT + 2 * MINUTE, customer=None)
        keep, gone = (first, second) if keeps_first else (second, first)
        with time_machine.travel(AT + 3 * MINUTE, tick=False):
            merge_questions(keep=keep, merge=gone, by=cast.sanne, at=AT + 3 * MINUTE)
            counted = NormClock.objects.filter(question__in=[keep, gone], code=VISIT, replaced_by=None)
            running = counted.exclude(state="cancelled").get()
            assert (running.question, running.state, running.started_at) == (keep, "running", AT)
            take(question=keep, by=cast.henk, at=AT + 4 * MINUTE)
            assert counted.exclude(state="cancelled").get().state == "met"
            sound()


def test_a_visitor_about_a_question_of_before_waits_no_longer_once_the_two_are_one(cast: Cast) -> None:
    at = AT - timedelta(days=1)
    with time_machine.travel(at, tick=False):
        older = register(by=cast.fatima, at=at, channel="phone", received_at=at, asked=[Asked(text="x", end="forward")])
    question = comes(cast, customer=None)
    with time_machine.travel(AT + MINUTE, tick=False):
        merge_questions(keep=older.questions[0], merge=question, by=cast.sanne, at=AT + MINUTE)
        assert NormClock.objects.get(code=VISIT).state == "cancelled"
        sound()


def test_customers_that_are_one_leave_the_wait_alone(cast: Cast) -> None:
    question, other = comes(cast), comes(cast, customer=NewCustomer(name="T. Vriend"))
    merge_customers(keep=other.customer, merge=question.customer, by=cast.sanne, at=AT + MINUTE)  # type: ignore[arg-type]
    assert (waits(question).state, waits(other).state) == ("running", "running")


def test_a_visitor_about_a_question_that_exists_is_helped_by_who_writes_it_down(cast: Cast) -> None:
    question = comes(cast)
    ACTS["comes again"](question, cast, AT + 3 * MINUTE)
    states = NormClock.objects.filter(question=question, code=VISIT).order_by("pk")
    assert list(states.values_list("channel", "state")) == [("reception", "running"), ("counter", "met")]


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_ten_minutes_are_ten_minutes_in_the_nights_that_the_clock_changes(cast: Cast, day: date) -> None:
    at = datetime(day.year, day.month, day.day, 0, 55, tzinfo=UTC)
    question = comes(cast, at=at)
    take(question=question, by=cast.henk, at=at + 9 * MINUTE)
    assert (waits(question).state, waits(question).settled_on) == ("met", day)


def test_a_forgotten_appointment_is_corrected_by_who_helped_in_time(cast: Cast, subtests: pytest.Subtests) -> None:
    for how in ("take", "fetch", "open", ""):
        with subtests.test(how or "nobody"):
            given = {"assignee_id": cast.henk.pk} if how == "open" else {}
            question = comes(cast, channel="appointment", **given)
            settle_due(at=AT + 11 * MINUTE)
            assert waits(question).state == "missed"
            with time_machine.travel(AT + 12 * MINUTE, tick=False):
                if how:
                    ACTS[how](Question.objects.get(pk=question.pk), cast, AT + 12 * MINUTE)
                correct_clock(
                    clock=waits(question),
                    by=cast.sanne,
                    at=AT + 14 * MINUTE,
                    reason="De afspraak was later",
                    started_at=AT + 10 * MINUTE,
                )
            clock = waits(question)
            assert (clock.state, clock.stopped_at) == (("met", AT + 12 * MINUTE) if how else ("running", None))
    with time_machine.travel(AT + 12 * MINUTE, tick=False):
        sound()


def test_the_editor_of_the_norm_has_what_a_norm_with_clocks_has(cast: Cast) -> None:
    fields = NormForm(ServiceNorm.objects.get(code=VISIT), organisation()).fields
    assert {"recompute", "team", "subject", "length"} <= set(fields) and "may_pause" not in fields


def test_a_norm_that_changes_is_shown_before_and_moves_who_waits_now(cast: Cast) -> None:
    waiting, helped = comes(cast), comes(cast, end="direct")
    norm = ServiceNorm.objects.get(code=VISIT)
    terms = NormTerms(length=300, unit="seconds", target=Decimal(90), may_pause=False, valid_from=AT.date())
    at = AT + 6 * MINUTE
    with time_machine.travel(at, tick=False):
        impact = preview_norm(norm=norm, terms=terms, by=cast.sanne, at=at)
        assert (impact.open, impact.overdue) == (1, 1)
        due = Question.objects.get(pk=waiting.pk).due_at
        change_norm(norm=norm, terms=terms, by=cast.sanne, at=at, reason="Korter", recompute=True, seen=impact.seal)
        assert waits(waiting).due_at == at and waits(helped).length == 600
        assert Question.objects.get(pk=waiting.pk).due_at == due


def test_the_figure_its_parts_and_its_list_are_one_number_also_on_a_day_that_is_over(cast: Cast) -> None:
    measure = next(one for one in MEASURES if one.code == VISIT)
    comes(cast, end="direct")
    take(question=comes(cast), by=cast.henk, at=AT + 4 * MINUTE)
    take(question=comes(cast, channel="appointment"), by=cast.henk, at=AT + 12 * MINUTE)
    visit_left(number=comes(cast).number, by=cast.receptie, at=AT + MINUTE)
    comes(cast)
    day = between(AT.date(), AT.date())
    scopes = [Scope(day), Scope(day, channel="appointment"), Scope(day, team_ids=frozenset({cast.openbare_ruimte.pk}))]
    for at, counted in ((AT + 5 * MINUTE, (2, 3)), (AT + 20 * MINUTE, (2, 4)), (NIGHT, (2, 4))):
        roll_up(at=at)
        found = measure.count(Scope(day), at)
        assert (found.numerator, found.denominator) == counted
        agree(scopes, at)


def test_the_host_fills_in_the_appointment_and_says_that_somebody_came(hall: Client, cast: Cast) -> None:
    value = f"team:{cast.openbare_ruimte.pk}"
    with time_machine.travel(AT, tick=False) as now:
        for name, channel, typed in (
            ("Laat", "appointment", "10:45"),
            ("Nu", "appointment", ""),
            ("Zo", "reception", "10:45"),
        ):
            hall.post(HALL, form(end="forward", name=name, channel=channel, appointment=typed, warn=value))
        question = Question.objects.get(contacts__address_name="Laat")
        begins = [waits(one).started_at - AT for one in Question.objects.order_by("pk")]
        assert begins == [15 * MINUTE, timedelta(), timedelta()]
        page = hall.get(HALL).content.decode()
        assert "afspraak om 10:45" in page and page.index("Nu</strong>") < page.index("Laat</strong>")
        now.shift(27 * MINUTE)
        assert "wacht 12 min." in hall.get(f"{HALL}lijst/").content.decode()
        page = hall.post(f"{HALL}{question.number}/opgehaald/", follow=True).content.decode()
        assert "Deze bezoeker wordt nu geholpen." in page and "iemand van Openbare Ruimte helpt" in page
        page = hall.post(f"{HALL}{question.number}/toch-niet-opgehaald/", follow=True).content.decode()
        assert "deze bezoeker wacht weer" in page
        assert hall.post(HALL, form(channel="appointment", appointment="25:00")).status_code == 422
    assert Contact.objects.count() == 3


def test_on_a_day_of_many_visits_who_came_first_and_waits_still_stands_there(
    hall: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contacts.pages.visits.MOST_VISITS", 2)
    comes(cast)
    for minutes in (1, 2, 3):
        comes(cast, at=AT + minutes * MINUTE, end="direct", customer=NewCustomer(name=f"Dhr. {minutes}"))
    with time_machine.travel(AT + 4 * MINUTE, tick=False):
        page = hall.get(HALL).content.decode()
    assert "1 bezoeker wacht op een collega." in page and "Dhr. 3" in page and "Dhr. 2" not in page


def test_the_others_need_not_come_any_more_once_somebody_does(cast: Cast) -> None:
    for one in (cast.henk, cast.ria):
        Presence.objects.update_or_create(user=one, defaults={"status": "available", "changed_at": AT})
    question = comes(cast)
    unread = Notice.objects.filter(kind="visitor_waits", read_at=None)
    assert unread.count() == 2
    take(question=question, by=cast.henk, at=AT + MINUTE)
    assert not unread.exists()
    with pytest.raises(Refused, match="wordt al geholpen"):
        warn_again(number=question.number, by=cast.receptie, at=AT + 5 * MINUTE)


def test_who_registers_a_visitor_of_a_few_minutes_ago_warns_as_well(cast: Cast) -> None:
    Presence.objects.update_or_create(user=cast.henk, defaults={"status": "available", "changed_at": AT})
    asked = [Asked(text="x", end="forward", team_id=cast.openbare_ruimte.pk)]
    for minutes, told in ((3, [cast.henk]), (6, [])):
        came = AT - minutes * MINUTE
        done = register(by=cast.fatima, at=AT, channel="reception", received_at=came, asked=asked)
        assert warn_of_visitors(done, by=cast.fatima, at=AT)[1] == told


def test_what_a_colleague_splits_off_waits_for_nobody_in_the_hall(hall: Client, cast: Cast) -> None:
    with time_machine.travel(AT, tick=False) as now:
        question = comes(cast)
        now.shift(3 * MINUTE)
        take(question=question, by=cast.henk, at=AT + 3 * MINUTE)
        split(question=question, by=cast.fatima, at=AT + 3 * MINUTE, title="En nog iets", team_id=cast.burgerzaken.pk)
        page = hall.get(HALL).content.decode()
        assert "Er wacht niemand op een collega." in page and "doorgezet naar Burgerzaken" in page


@pytest.mark.parametrize("minutes", [3, 12])
@pytest.mark.parametrize("is_helped", [True, False])
def test_who_was_helped_does_not_wait_again_when_the_question_goes_on_to_another_team(
    hall: Client, cast: Cast, minutes: int, is_helped: bool
) -> None:
    question, at = comes(cast), AT + minutes * MINUTE
    with time_machine.travel(at, tick=False) as now:
        settle_due(at=at)
        if is_helped:
            take(question=question, by=cast.henk, at=at)
        now.shift(MINUTE)
        ACTS["hand on"](question, cast, at + MINUTE)
        page = hall.get(HALL).content.decode()
        assert ("Er wacht niemand op een collega." in page) == is_helped
        page = hall.post(f"{HALL}{question.number}/weg/", follow=True).content.decode()
        assert ("wordt al geholpen" in page) == is_helped, "what the other team still has to do is not closed"
    question.refresh_from_db()
    assert question.status == ("new" if is_helped else "closed")


def test_who_looks_holds_the_question_before_its_notices_as_who_fetches_does(cast: Cast) -> None:
    Presence.objects.update_or_create(user=cast.henk, defaults={"status": "available", "changed_at": AT})
    question = comes(cast, assignee_id=cast.henk.pk)
    with CaptureQueriesContext(connection) as asked:
        assert mark_read(user=cast.henk, at=AT + MINUTE) == 1
    statements = [one["sql"] for one in asked]
    held = next(place for place, sql in enumerate(statements) if "contacts_question" in sql and "FOR UPDATE" in sql)
    told = next(place for place, sql in enumerate(statements) if sql.startswith('UPDATE "contacts_notice"'))
    assert held < told and waits(question).state == "met"


def test_the_timeline_says_only_of_whom_was_told_that_they_were(cast: Cast, client: Client) -> None:
    question = comes(cast)
    settle_due(at=AT + 11 * MINUTE)
    take(question=question, by=cast.henk, at=AT + 12 * MINUTE)
    at = AT + timedelta(days=5)
    settle_due(at=at)
    with time_machine.travel(at, tick=False):
        client.force_login(cast.henk)
        page = client.get(f"/vragen/{question.number}/").content.decode()
    assert "De teamleider weet dat dit te laat is" in page
    assert "De coördinator weet" not in page, "the visitor was helped two minutes later"
