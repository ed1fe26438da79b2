"""Rule 44: the application works as a role that can neither change tables nor the logs, and everything goes on under it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, OperationalError, connection, transaction
from django.test import Client
from django.utils import timezone

from contacts.actions.answer import answer
from contacts.actions.register import Asked, NewCustomer, register
from contacts.actions.settle import settle_due
from contacts.models import Question
from contacts.numbering import make_sequence
from kpi.actions import issue_report
from kpi.actions.issue_report import ask_report, make_reports
from kpi.models import DailyFigure, IssuedReport
from kpi.periods import period_of
from kpi.rollups import rebuild
from opmeer_kcc.backup import make
from opmeer_kcc.checks import insecure
from organisation import owner as roles
from organisation.actions.grant_rights import _named, grant_to
from organisation.clock import AMSTERDAM
from organisation.health import database_role
from organisation.models import AccessEntry, AuditEntry
from organisation.role_rights import APPEND_ONLY, tables, too_mighty
from supervisor.plain import Plain
from tests.app_role import NAME, make_app_role, speak_as
from tests.cast import Cast

AT = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
NOT_ALLOWED = "42501"
"""PostgreSQL's insufficient_privilege."""
NEVER = [
    "DROP TABLE organisation_accessentry CASCADE",
    "ALTER TABLE organisation_accessentry ADD COLUMN x integer",
    "ALTER TABLE organisation_accessentry DISABLE TRIGGER ALL",
    "DROP TRIGGER append_only ON organisation_accessentry",
    "CREATE OR REPLACE FUNCTION organisation_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "CREATE TRIGGER x BEFORE INSERT ON organisation_accessentry EXECUTE FUNCTION organisation_append_only()",
    "TRUNCATE organisation_accessentry",
    "UPDATE organisation_accessentry SET page = ''",
    "DELETE FROM organisation_accessentry",
    "UPDATE organisation_auditentry SET action = ''",
    "DELETE FROM kpi_issuedreport",
    "UPDATE contacts_clockevent SET kind = ''",
    "TRUNCATE contacts_question CASCADE",
    "DROP TABLE contacts_question CASCADE",
    "ALTER TABLE contacts_normclock DISABLE TRIGGER settled_clock_stays",
    "UPDATE django_migrations SET app = ''",
    "CREATE TABLE x (id integer)",
    "CREATE SEQUENCE contacts_question_number_2031",
    "SELECT setval('contacts_question_id_seq', 1)",
    "SET session_replication_role = replica",
]


def told(statement: str) -> str:
    """The code of PostgreSQL's refusal; empty when it did what was asked."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except Error as error:
        return str(getattr(error.__cause__, "pgcode", "?"))
    return ""


@pytest.fixture
def app(cast: Cast) -> Cast:
    speak_as(make_app_role())
    return cast


def test_the_day_of_the_desk_goes_on_as_the_applications_role(
    app: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Registered, seen, answered, settled, counted and reported: through the real pages and actions."""
    made = register(
        by=None,
        at=AT,
        channel="email",
        received_at=AT,
        asked=[Asked(subject_id=app.grofvuil.pk), Asked(subject_id=app.paspoort.pk)],
        customer=NewCustomer(name="De Wit", email="dewit@voorbeeld.nl"),
        text="Waar blijft de ophaler?",
    )
    question = Question.objects.get(pk=made.questions[0].pk)
    assert len({one.number for one in made.questions if one.number.startswith("OPM-2026-")}) == 2
    client.force_login(app.fatima)
    assert client.get(f"/vragen/{question.number}/").status_code == 200
    assert AccessEntry.objects.filter(question_id=question.pk, user=app.fatima).exists()
    answer(
        question=question, by=app.henk, at=AT + timedelta(days=1), text="Woensdag.", to_address="dewit@voorbeeld.nl",
        version=question.version,
    )  # fmt: skip
    settle_due(at=AT + timedelta(days=30))
    assert made.questions[1].clocks.get(code="email.answer").state == "missed"
    rebuild(at=AT + timedelta(days=30))
    assert DailyFigure.objects.exists()
    monkeypatch.setattr(issue_report, "report_pdf", lambda report, issue: b"%PDF-1.7")  # only paper takes long
    ask_report(period=period_of("month", date(2026, 3, 1)), team=None, by=app.sanne, at=timezone.now())
    make_reports(at=timezone.now())
    assert IssuedReport.objects.get().files.exists()


def test_what_the_application_may_never_do_is_refused_by_the_database(app: Cast) -> None:
    assert {statement: told(statement) for statement in NEVER} == dict.fromkeys(NEVER, NOT_ALLOWED)


def test_the_numbers_of_a_new_year_are_made_and_nothing_else(app: Cast) -> None:
    make_sequence(2031)
    assert told("SELECT nextval('contacts_question_number_2031')") == ""
    assert told("DROP SEQUENCE contacts_question_number_2031") == NOT_ALLOWED
    assert told("SELECT contacts_make_number_sequence(1999)") == "22023"


def test_every_append_only_table_refuses_to_be_emptied_even_by_its_owner(cast: Cast) -> None:
    """A table that comes later needs such a trigger too: see organisation/migrations/0011_logs_refuse_truncate.py."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger t JOIN pg_proc p ON p.oid = tgfoid"
            " WHERE proname = %s AND tgtype & 1 = 1 ORDER BY 1",
            [APPEND_ONLY],
        )
        found = [name for (name,) in cursor.fetchall()]
        assert len(found) >= 7
        for table in found:
            cursor.execute(
                f"ALTER TABLE {table} ENABLE TRIGGER no_truncate"
            )  # off in the database of the tests: tests/conftest.py
    assert {table: told(f"TRUNCATE {table} CASCADE") for table in found} == dict.fromkeys(found, "23000")


def test_a_table_that_comes_later_is_usable_at_once_and_append_only_after_the_migration(cast: Cast) -> None:
    role = make_app_role()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE later (id bigint GENERATED BY DEFAULT AS IDENTITY, name text)")
        cursor.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON later FOR EACH ROW EXECUTE FUNCTION {APPEND_ONLY}()"
        )
        later = next(table for table in tables(cursor, role) if table.name == "later")
        assert later.held == {"SELECT", "INSERT", "UPDATE", "DELETE"}
        make_app_role()
        later = next(table for table in tables(cursor, role) if table.name == "later")
    assert later.held == {"SELECT", "INSERT"}
    speak_as(role)
    assert told("INSERT INTO later (name) VALUES ('x')") == ""
    assert told("UPDATE later SET name = 'y'") == NOT_ALLOWED


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("ALTER ROLE {role} CREATEROLE", "superuser or may make roles"),
        ("GRANT UPDATE ON organisation_accessentry TO {role}", "UPDATE on organisation_accessentry"),
        ("GRANT TRUNCATE ON contacts_question TO PUBLIC", "TRUNCATE on contacts_question"),
        ("ALTER TABLE contacts_note OWNER TO {role}", "owns contacts_note"),
        ("GRANT CREATE ON SCHEMA public TO {role}", "may make tables"),
        ("REVOKE INSERT ON organisation_accessentry FROM {role}", "run manage.py migrate"),
    ],
)
def test_production_refuses_a_role_with_other_rights(cast: Cast, settings: Any, statement: str, why: str) -> None:
    role = make_app_role()
    settings.DEMO_MODE = False
    with transaction.atomic():
        speak_as(role)
        assert not [sentence for sentence in insecure() if "database role" in sentence]
        assert database_role(AT)[0].is_well
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute(statement.format(role=role))
    speak_as(role)
    assert [sentence for sentence in insecure() if why in sentence]
    assert not database_role(AT)[0].is_well


def test_a_role_may_have_any_name_and_password(cast: Cast) -> None:
    """Names and passwords are never read as SQL, as a format or as a place for a value."""
    name = 'Opmeer-app %s {0}"; DROP TABLE contacts_note; --'
    with connection.cursor() as cursor:
        for _again in range(2):
            grant_to(cursor, {**connection.settings_dict, "USER": name, "PASSWORD": "a'b\\c%s{}\""})
        assert too_mighty(cursor, name) == []
        assert _named(name) == '"Opmeer-app %s {0}""; DROP TABLE contacts_note; --"'
        cursor.execute(f"SET LOCAL ROLE {_named(name)}".replace("%", "%%"), [])
        cursor.execute("SELECT current_user::text, (SELECT count(*) FROM contacts_note)")
        assert cursor.fetchone() == (name, 0)


@pytest.mark.parametrize(
    ("name", "can_be_asked", "is_same"),
    [("", True, True), ("postgres", True, False), ("", False, True), ("postgres", False, False)],
)
def test_an_owner_of_another_database_migrates_and_saves_nothing(
    settings: Any, db: None, monkeypatch: pytest.MonkeyPatch, name: str, can_be_asked: bool, is_same: bool
) -> None:
    """The lines of a trial, say, in the file of the real one: its tables would be made there, and its backup kept."""
    here = dict(connection.settings_dict)
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", here["NAME"])
    settings.OWNER_DATABASE = {**here, "NAME": name or here["NAME"]}
    monkeypatch.setattr(roles, "has_two_roles", lambda: True)
    if not can_be_asked:
        monkeypatch.setattr(roles, "_sees_the_same", _is_away)
    sentence = roles.leads_elsewhere()
    assert (sentence == "") is is_same
    if not is_same:
        assert "(postgres on" in sentence and here["NAME"] in sentence and here["PASSWORD"] not in sentence
        with pytest.raises(CommandError, match="another database"), roles.as_owner():
            pytest.fail("nothing may be done there")
        with pytest.raises(Plain, match="another database"):
            make._whole_set(Path(), AT)


def _is_away() -> None:
    raise OperationalError("FATAL: role does not exist")


def test_production_does_not_migrate_as_the_application(settings: Any, db: None) -> None:
    settings.DEMO_MODE = False
    for owner in (None, dict(connection.settings_dict)):
        settings.OWNER_DATABASE = owner
        with pytest.raises(CommandError, match="MIGRATE_DATABASE_URL"):
            call_command("migrate", verbosity=0)
    with pytest.raises(CommandError, match="MIGRATE_DATABASE_URL"):
        call_command("grant_rights")


@pytest.fixture
def two_roles(settings: Any, transactional_db: None) -> Iterator[dict[str, Any]]:
    """A role that really signs in: DATABASE_URL names it, MIGRATE_DATABASE_URL the one that the tests work with."""
    there = connection.settings_dict
    owner = {name: there[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    settings.OWNER_DATABASE = owner
    connection.close()
    there.update(USER=NAME, PASSWORD="the first one")
    try:
        yield owner
    finally:
        connection.close()
        there.update(owner)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP OWNED BY {NAME}; DROP ROLE {NAME}")


def test_migrating_makes_the_role_and_only_migrating_speaks_as_the_owner(
    two_roles: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user::text, current_user::text")
        assert cursor.fetchone() == (NAME, NAME)
        assert too_mighty(cursor, NAME) == []
    assert told("DROP TABLE organisation_accessentry") == NOT_ALLOWED
    AuditEntry.objects.create(at=AT, action="proef")
    call_command("grant_rights")
    assert capsys.readouterr().out == '{"changed": 0}\n'
    connection.close()
    connection.settings_dict["PASSWORD"] = "another one"
    with pytest.raises(OperationalError, match="password authentication failed"):
        connection.ensure_connection()
    call_command("grant_rights")
    connection.ensure_connection()
