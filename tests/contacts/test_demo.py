"""The demo municipality: the same for the same date, true to the rules, and at rest when it is loaded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count, F, Max, Q

from channels_app.models import Call, InboundMessage, OutboundMessage
from contacts import normalize
from contacts.actions.clocks import project
from contacts.actions.reserve import reserve
from contacts.actions.settle import settle_due
from contacts.demo import house, load
from contacts.demo.load import load_demo
from contacts.demo.subjects import FILE, read_topics
from contacts.models import (
    Assignment,
    CallbackRequest,
    ClockEvent,
    Contact,
    ContactAddress,
    Customer,
    NormClock,
    Notice,
    Question,
)
from contacts.rulebook import RULEBOOK
from organisation.models import Subject, User
from organisation.snapshot import ORGANISATION
from organisation.workdays import day_start

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 25)
UNTIL = day_start(DAY)
FIRST = date(2026, 10, 5)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: object) -> Iterator[dict[str, int]]:
    """The last weeks of the demo, loaded once for this module and rolled back after it."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        transaction.set_autocommit(False)
        _forget()
        rows = load_demo(day=DAY, first=FIRST)
        yield rows
        transaction.rollback()
        transaction.set_autocommit(True)
        _forget()


def test_the_planner_knows_the_rows_at_once(demo: dict[str, int]) -> None:
    """Else figures that are not rolled up yet take seconds, and the roll-up most of a minute."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'contacts_question'::regclass")
        assert cursor.fetchone()[0] == Question.objects.count() >= demo["question"]


def _forget() -> None:
    ORGANISATION.forget()
    RULEBOOK.forget()


@pytest.fixture(autouse=True)
def _inside(demo: dict[str, int], db: None) -> None:
    """Every test sees the demo and leaves it as it was."""


def test_every_open_question_shows_the_deadline_that_its_clocks_give() -> None:
    """`due_at`, `soon_at` and `sort_at` equal what the desk itself would compute."""
    for question in Question.objects.filter(status__in=Question.OPEN):
        kept = (question.due_at, question.soon_at, question.sort_at)
        project(question)
        assert (question.due_at, question.soon_at, question.sort_at) == kept, question.number


def test_counts_of_contacts_and_transfers_equal_the_rows() -> None:
    wrong = Question.objects.annotate(really=Count("question_contacts")).exclude(contact_count=F("really"))
    assert not wrong.exists()
    for question in Question.objects.annotate(held=Count("assignments__team", distinct=True)).filter(
        transfer_count__gt=0
    )[:50]:
        assert question.held == question.transfer_count + 1


def test_exactly_one_assignment_is_current_and_it_is_that_of_the_question() -> None:
    current = Assignment.objects.filter(until_at__isnull=True)
    assert current.count() == Question.objects.count()
    assert not current.exclude(team=F("question__team")).exists()
    assert not current.filter(question__assignee__isnull=False).exclude(assignee=F("question__assignee")).exists()
    assert not Assignment.objects.filter(until_at__lt=F("from_at")).exists()


def test_clocks_are_settled_the_way_their_events_tell() -> None:
    assert not NormClock.objects.filter(state="running", due_at__lte=UNTIL).exists()
    assert not NormClock.objects.filter(state="met", stopped_at__lt=F("started_at")).exists()
    for state in ("met", "missed", "cancelled"):
        settled = NormClock.objects.filter(state=state)
        told = ClockEvent.objects.filter(kind=state).values("clock")
        assert set(settled.values_list("pk", flat=True)) == set(told.values_list("clock", flat=True))
    assert ClockEvent.objects.filter(kind="started").count() == NormClock.objects.count()
    closed = NormClock.objects.filter(question__status__in=["closed", "cancelled"], state__in=["running", "paused"])
    assert not closed.exists()


def test_the_job_finds_nothing_left_to_do() -> None:
    before = Notice.objects.count()
    settled = settle_due(at=UNTIL)
    assert (settled.missed, settled.told_assignee, settled.told_lead, settled.told_coordinator) == (0, 0, 0, 0)
    assert Notice.objects.count() == before


def test_nothing_happens_after_the_story_stands_still() -> None:
    for model, field in (
        (Contact, "received_at"),
        (Contact, "registered_at"),
        (Question, "registered_at"),
        (Question, "closed_at"),
        (Call, "entered_at"),
        (OutboundMessage, "sent_at"),
        (ClockEvent, "at"),
        (Assignment, "from_at"),
    ):
        assert model.objects.aggregate(last=Max(field))["last"] <= UNTIL, f"{model.__name__}.{field}"
    assert not Contact.objects.filter(registered_at__lt=F("received_at")).exists()
    assert not Question.objects.filter(closed_at__lt=F("received_at")).exists()


def test_new_rows_get_ids_and_numbers_behind_those_of_the_demo() -> None:
    last = Question.objects.filter(number__startswith="OPM-2026-").aggregate(last=Max("number"))["last"]
    assert reserve(prefix="OPM", year=2026, question=1).numbers[0] > last
    for model in (Question, Contact, Customer, NormClock):
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [model._meta.db_table])
            assert cursor.fetchone()[0] > model.objects.aggregate(last=Max("pk"))["last"]


def test_addresses_and_names_are_stored_as_the_models_would_store_them() -> None:
    for address in ContactAddress.objects.all()[:400]:
        assert address.normalized == ContactAddress.normal_form(address.kind, address.value), address.value
    for customer in Customer.objects.all()[:200]:
        kept = customer.search_text
        customer.fill_search_text()
        assert customer.search_text == kept
    assert not ContactAddress.objects.filter(kind="email").exclude(value__contains="voorbeeld.nl").exists()
    assert normalize.phone("0226 35 12 44") == "31226351244"


def test_every_row_that_people_edit_has_its_history() -> None:
    assert Question.history.filter(history_type="+").count() == Question.objects.count()
    assert Contact.history.count() == Contact.objects.count()
    assert Customer.history.count() == Customer.objects.count()
    last = Question.history.filter(
        history_type="~", id=Question.objects.filter(status="closed", version__gt=1).first().pk
    ).first()
    assert last.status == "closed"


def test_work_in_every_state_lies_on_the_desks() -> None:
    rows = Question.objects
    assert rows.overdue(UNTIL).count() >= 5
    assert rows.almost_due(UNTIL).count() >= 10
    assert rows.waiting().count() >= 20
    assert rows.filter(status="new", assignee__isnull=True).count() >= 30
    assert rows.filter(status__in=Question.OPEN, is_confidential=True).exists()
    assert rows.filter(transfer_count__gt=0).exists()
    assert CallbackRequest.objects.filter(state="open").count() >= 8
    assert InboundMessage.objects.filter(state="parked").count() == 1
    assert OutboundMessage.objects.filter(state="failed").count() == 2
    assert not OutboundMessage.objects.filter(state__in=["queued", "sending"]).exists()
    for name in ("henk", "ria"):
        assert Notice.objects.filter(user__username=name, read_at__isnull=True).exists(), name
    assert Question.objects.filter(assignee__username="henk", status__in=Question.OPEN).count() >= 6


def test_mevrouw_de_wit_waits_for_her_refrigerator() -> None:
    customer = Customer.objects.get(name="A. de Wit-Schouten")
    question = customer.questions.get(status__in=Question.OPEN)
    assert question.title == "Grofvuil niet opgehaald"
    assert question.assignee.username == "henk"
    assert question.due_at == UNTIL + timedelta(days=1)
    assert [contact.channel for contact in question.contacts.order_by("received_at")] == ["form", "phone"]
    call = question.contacts.get(channel="phone")
    assert call.questions.count() == 2


def test_figures_lie_near_the_norms() -> None:
    """Believable, and some above and some below the norm."""

    def share(code: str) -> float:
        settled = NormClock.objects.filter(code=code, state__in=["met", "missed"])
        return 100 * settled.filter(state="met").count() / settled.count()

    assert 90 < share("email.answer") < 99
    assert 80 < share("callback.done") < 97
    assert 85 < share("visit.wait") < 96
    offered = Call.objects.filter(outcome__in=["answered", "abandoned"]).exclude(
        outcome="abandoned", wait_seconds__lte=5
    )
    assert 82 < 100 * offered.filter(outcome="answered", wait_seconds__lte=30).count() / offered.count() < 92
    asked = Question.objects.filter(channel="phone").exclude(close_reason__in=["wrong_number", "internal", "connected"])
    assert 55 < 100 * asked.filter(is_direct=True).count() / asked.count() < 70


def test_the_same_date_gives_the_same_town(demo: dict[str, int]) -> None:
    def seen() -> list[tuple[object, ...]]:
        names = (
            "number",
            "title",
            "summary",
            "status",
            "channel",
            "received_at",
            "due_at",
            "customer__name",
            "team__code",
        )
        return list(Question.objects.order_by("number").values_list(*names))

    first = seen()
    tables = ", ".join(f'"{table}"' for table in connection.introspection.table_names() if table != "django_migrations")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {tables} CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SELECT sequencename FROM pg_sequences WHERE sequencename LIKE 'contacts_question_number%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP SEQUENCE {name}")
    _forget()
    assert load_demo(day=DAY, first=FIRST) == demo
    assert seen() == first


def test_the_demo_is_never_mixed_with_real_people(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("load_demo", stdout=StringIO())
    assert refused.value.returncode == 1
    assert capsys.readouterr().out == ""


def test_it_says_what_it_did_in_one_line_of_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("contacts.management.commands.load_demo.load_demo", lambda *, day: {"question": 3})
    call_command("load_demo", date=DAY)
    told = json.loads(capsys.readouterr().out)
    assert told["date"] == "2026-11-25"
    assert told["rows"] == {"question": 3}


def test_subjects_speak_for_themselves() -> None:
    with FILE.open(encoding="utf-8") as lines:
        topics = read_topics(iter(lines))
    assert len(topics) >= 110
    assert all(topic.words and topic.situations for topic in topics)
    assert all(topic.answer or topic.handling == "forward" or topic.kind != "question" for topic in topics)
    assert len({(topic.theme, topic.name) for topic in topics}) == len(topics)
    assert Subject.objects.filter(parent__isnull=False).count() == len(topics)


def test_the_accounts_of_the_readme_exist() -> None:
    people = {
        user.username: user
        for user in User.objects.filter(
            Q(username__in=["fatima", "henk", "ria", "sanne", "joost", "beheer", "receptie"])
        )
    }
    assert len(people) == 7
    assert len({user.password for user in people.values()}) == 1
    assert house.HOURS[4] == (4, 510, 750)
    assert load.YEARS_OF_CONTACTS == 2
