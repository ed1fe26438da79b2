"""Prepared statements give exactly what their querysets give, for whoever asks and whenever; values of another never stay behind."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, connections
from django.db.models import QuerySet
from django.http import Http404
from django.test import RequestFactory
from django_otp.plugins.otp_totp.models import TOTPDevice

from contacts.access import get_question
from contacts.actions.confidential import break_glass, set_confidential
from contacts.models import Question
from contacts.pages.question_facts import question_with_facts
from contacts.pages.queue_around import around
from contacts.queue_filters import QueueFilters, due_on, with_term, within
from organisation import prepared
from organisation.audit import WRITES_LOOK, looking
from organisation.built_once import rows_built_once
from organisation.clock import now
from organisation.models import AccessEntry, User
from organisation.workdays import day_start
from tests.contacts.test_queue import ask

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries
    from pytest_django.fixtures import SettingsWrapper

    from tests.cast import Cast


@pytest.fixture(autouse=True)
def _nothing_known() -> None:
    prepared._known.clear()


def counts_by_queryset(user: User, filters: QueueFilters) -> dict[str, str]:
    at = now()
    here = within(filters, user).open()
    rows = {
        "here_open": here,
        "here_late": with_term(here, "te_laat", at),
        "here_soon": with_term(here, "bijna", at),
        "here_waiting": here.filter(status="waiting"),
        "here_nobody": here.filter(assignee__isnull=True),
        "mine": within(QueueFilters(scope="mijn"), user).open(),
        "day_0": due_on(here, at.date(), at),
    }
    return {name: str(found.count()) for name, found in rows.items() if name != "day_0"}


@pytest.mark.parametrize("scope", ["mijn", "team", "alles"])
def test_the_counters_are_those_of_the_querysets_for_everybody(cast: Cast, scope: str) -> None:
    ask(cast, received=now() - timedelta(days=20))
    ask(cast, team=cast.burgerzaken.pk)
    secret = ask(cast)
    set_confidential(question=secret, by=cast.henk, at=now(), is_confidential=True)
    for user in (cast.henk, cast.ria, cast.bas, cast.fatima, cast.sanne, cast.henk):
        filters = QueueFilters(scope=scope)
        counted = around(filters, user, now()).counts
        assert {name: counted[name] for name in counts_by_queryset(user, filters)} == counts_by_queryset(
            user, filters
        ), user


def test_one_team_in_the_address_is_only_that_team(cast: Cast) -> None:
    ask(cast)
    ask(cast, team=cast.burgerzaken.pk)
    for team in (cast.burgerzaken, cast.openbare_ruimte):
        assert around(QueueFilters(scope="alles", team=team.pk), cast.fatima, now()).counts["here_open"] == "1"
    assert around(QueueFilters(scope="alles", team=cast.burgerzaken.pk), cast.henk, now()).counts["here_open"] == "0"


def test_access_that_ended_since_the_statement_was_made_counts_no_more(cast: Cast) -> None:
    secret, other = ask(cast), ask(cast)
    Question.objects.filter(pk=other.pk).update(customer=secret.customer_id)
    set_confidential(question=secret, by=cast.henk, at=now(), is_confidential=True)
    access = break_glass(question=secret, by=cast.sanne, at=now(), reason="Klacht bij de burgemeester")

    def others() -> list[str]:
        _question, facts = question_with_facts(cast.sanne, other.number, now())
        return [row["number"] for row in facts["others_"]]

    assert others() == [secret.number]
    access.until_at = now() - timedelta(seconds=1)
    access.save()
    assert others() == []


@pytest.mark.parametrize("prepare", [True, False])
def test_objects_come_back_as_the_queryset_gives_them(
    cast: Cast, settings: SettingsWrapper, prepare: bool, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.PREPARE_STATEMENTS = prepare
    mine, other = ask(cast), ask(cast, team=cast.burgerzaken.pk)
    for user in (cast.henk, cast.fatima, cast.henk):
        rows = Question.objects.visible_to(user).select_related("customer", "team", "assignee", "subject")
        for number in (mine.number, other.number, "OPM-'%s"):
            wanted = rows.filter(number=number).first()
            if wanted is None:
                with pytest.raises(Http404):
                    get_question(user, number)
                continue
            with django_assert_num_queries(1):
                found = get_question(user, number)
                assert (found.customer, found.team, found.assignee) == (wanted.customer, wanted.team, wanted.assignee)
            plain = {field.attname: getattr(wanted, field.attname) for field in Question._meta.concrete_fields}
            assert {name: getattr(found, name) for name in plain} == plain
            assert not found._state.adding


@pytest.mark.parametrize("prepare", [True, False])
def test_a_look_is_written_by_the_statement_that_reads(
    cast: Cast, settings: SettingsWrapper, prepare: bool, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.PREPARE_STATEMENTS = prepare
    mine, other = ask(cast), ask(cast, team=cast.burgerzaken.pk)
    request = RequestFactory().get("/")
    request.user = cast.henk
    assert cast.henk.rights  # read once, as with every page
    with django_assert_num_queries(1):
        found, _facts = question_with_facts(cast.henk, mine.number, now(), looking(request, "question"))
    look = AccessEntry.objects.get()
    assert (look.user, look.page, look.question_id, look.customer_id) == (
        cast.henk,
        "question",
        mine.pk,
        mine.customer_id,
    )
    assert found == mine and abs(look.at - now()) < timedelta(minutes=1)
    with pytest.raises(Http404):
        question_with_facts(cast.henk, other.number, now(), looking(request, "question"))
    assert AccessEntry.objects.count() == 1, "what was not found was not seen"
    with django_assert_num_queries(1):
        around(QueueFilters(), cast.henk, now(), looking(request, "queue"))
    nothing = prepared.rows_prepared(
        "none", lambda _marks: Question.objects.none().values("pk"), {}, WRITES_LOOK, looking(request, "search")
    )
    assert nothing == []
    seen = AccessEntry.objects.order_by("pk").values_list("page", "question_id", "customer_id")
    assert list(seen)[1:] == [("queue", None, None), ("search", None, None)], "a list without rows was seen too"


def test_another_connection_begins_with_nothing_prepared(cast: Cast) -> None:
    one = ask(cast)
    get_question(cast.henk, one.number)
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    connections["default"].__dict__["kcc_prepared"] = (object(), {"of", "another", "connection"})
    assert get_question(cast.henk, one.number) == one


def test_no_more_is_kept_than_fits(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "MOST_KNOWN", 3)
    for limit in range(1, 9):
        numbers = prepared.rows_prepared(
            ("so many", limit), lambda _marks, limit=limit: Question.objects.values("number")[:limit], {}
        )
        assert numbers == []
        assert len(prepared._known) <= 3
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        assert cursor.fetchone()[0] <= 3


def test_a_part_of_a_text_cannot_be_filled_in(cast: Cast) -> None:
    with pytest.raises(AssertionError):
        prepared.compile_statement(
            lambda marks: Question.objects.filter(title__contains=marks["word"]).values("pk"), {"word": "x"}
        )


def test_a_moment_that_would_stay_for_ever_is_an_error(cast: Cast) -> None:
    fixed = now() - timedelta(days=1)
    with pytest.raises(AssertionError):
        prepared.compile_statement(
            lambda marks: Question.objects.filter(received_at__gt=fixed).values("pk"), {"at": now()}
        )


def test_a_number_finds_its_row_by_a_key_of_32_bits_too(cast: Cast) -> None:
    """Those of packages; Django says of itself that a larger number cannot be there."""
    devices = [TOTPDevice.objects.create(user=cast.henk, name=name) for name in ("first", "second")]
    for device in devices:
        found = prepared.rows_prepared(
            "device", lambda marks: TOTPDevice.objects.filter(pk=marks["pk"]).values("name"), {"pk": device.pk}
        )
        assert found == [{"name": device.name}]


@pytest.mark.parametrize("more", [1, -1])
def test_a_sum_with_a_number_cannot_be_filled_in(cast: Cast, more: int) -> None:
    with pytest.raises(AssertionError, match="cannot be filled in"):
        prepared.compile_statement(
            lambda marks: Question.objects.filter(version=marks["version"] + more).values("pk"),
            {"other": 3, "version": 7},
        )


@pytest.mark.django_db
def test_what_is_built_once_takes_the_days_of_each_run_and_the_moments_near_them(cast: Cast) -> None:
    """Of another day the days beside it and their beginnings are other ones too, also over the change of the clock."""

    def built(first: date, last: date) -> set[str]:
        def build(marks: dict[str, Any]) -> QuerySet[Any]:
            begin, end = day_start(marks["first"]), day_start(marks["last"] + timedelta(days=1))
            return User.objects.filter(created_at__gte=begin, created_at__lt=end).values("username")

        return {row["username"] for row in rows_built_once("joined", build, {"first": first, "last": last})}

    people = list(User.objects.order_by("pk")[:4])
    moments = ["2026-10-24T21:59:59Z", "2026-10-24T22:00:00Z", "2026-10-25T22:59:59Z", "2026-10-25T23:00:00Z"]
    for person, moment in zip(people, moments, strict=True):
        User.objects.filter(pk=person.pk).update(created_at=datetime.fromisoformat(moment))
    names = [person.username for person in people]
    day, after = date(2026, 10, 25), date(2026, 10, 26)
    assert built(day, day) == {names[1], names[2]}
    assert built(after, after) == {names[3]}
    assert built(day, after) == {names[1], names[2], names[3]}


@pytest.mark.django_db
def test_what_is_made_of_a_day_in_another_way_is_an_error_when_it_is_built(cast: Cast) -> None:
    def build(marks: dict[str, Any]) -> QuerySet[Any]:
        return User.objects.filter(created_at__gte=day_start(marks["day"] - timedelta(days=30))).values("pk")

    with pytest.raises(AssertionError, match="cannot be filled in"):
        rows_built_once("a month", build, {"day": date(2026, 10, 25)})
