"""`check_invariants` finds what is broken and nothing else; `norm_due` answers by the same rules as clocks."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection

from channels_app.models import InboundMessage, OutboundMessage, StoredFile
from contacts.actions.ask_customer import ask_customer
from contacts.actions.assign import take
from contacts.actions.cancel import cancel
from contacts.actions.correct_clock import correct_clock
from contacts.actions.forward import forward
from contacts.actions.log_conversation import log_conversation
from contacts.actions.merge import merge_questions
from contacts.actions.register import Asked, CallbackAsked, NewCustomer, register
from contacts.actions.reopen import reopen
from contacts.actions.resume import resume
from contacts.actions.settle import settle_due
from contacts.invariants import check_all, post
from contacts.invariants.found import CHECKS, _read_only
from contacts.models import Contact, NormClock, Notice, Question
from contacts.receivers import message_settled
from organisation.models import Team
from tests.cast import Cast
from tests.contacts.test_clock_life import EXAMPLES_OF_DUE, asked, clock_of
from tests.organisation.test_workdays import local
from tests.rows import Row


def broken() -> set[str]:
    return {found.invariant for found in check_all() if found.violations}


def a_busy_fortnight(cast: Cast) -> list[Question]:
    """Questions in every state, through the real actions."""
    people = [
        asked(cast, f"2026-03-0{2 + number % 4} 09:0{number}", subject_id=cast.grofvuil.pk) for number in range(9)
    ]
    take(question=people[0], by=cast.henk, at=local("2026-03-03 09:00"))
    ask_customer(question=people[0], by=cast.henk, at=local("2026-03-03 10:00"))
    resume(question=people[0], by=cast.henk, at=local("2026-03-04 10:00"))
    ask_customer(question=people[1], by=cast.fatima, at=local("2026-03-04 10:00"))
    forward(
        question=people[2],
        by=cast.fatima,
        at=local("2026-03-04 11:00"),
        team_id=cast.burgerzaken.pk,
        reason="Past daar",
    )
    log_conversation(
        question=people[3],
        by=cast.fatima,
        at=local("2026-03-05 12:00"),
        channel="phone",
        text="Zo",
        is_answer=True,
        then="close",
    )
    reopen(question=people[3], by=cast.fatima, at=local("2026-03-06 12:00"), reason="Nog een vraag")
    cancel(question=people[4], by=cast.fatima, at=local("2026-03-06 12:00"), reason="spam")
    merge_questions(keep=people[5], merge=people[6], by=cast.sanne, at=local("2026-03-06 12:00"))
    register(
        by=cast.fatima,
        at=local("2026-03-06 13:00"),
        channel="phone",
        received_at=local("2026-03-06 13:00"),
        asked=[
            Asked(title="Bel", end="callback", callback=CallbackAsked(phone="0226363333")),
            Asked(title="Klaar", end="direct"),
        ],
        customer=NewCustomer(name="A. de Wit", phone="0612345678"),
    )
    settle_due(at=local("2026-03-06 14:00"))
    late = next(clock for clock in NormClock.objects.filter(code="email.answer", state="missed"))
    correct_clock(
        clock=late,
        by=cast.sanne,
        at=local("2026-03-06 15:00"),
        reason="Verkeerde dag",
        started_at=local("2026-03-05 09:00"),
    )
    settle_due(at=local("2026-03-12 15:00"))
    for message in OutboundMessage.objects.filter(purpose="acknowledgement", state="queued"):
        message.state, message.sent_at = "sent", local("2026-03-12 16:00")
        message.save()
        message_settled(sender=None, message=message)
    return people


def test_a_fortnight_of_work_breaks_no_invariant(cast: Cast) -> None:
    a_busy_fortnight(cast)
    with time_machine.travel(local("2026-03-12 16:00"), tick=False):
        assert broken() == set()


def sql(statement: str, *params: object) -> None:
    """Writes past every guard of the application, as a fault would."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = 'replica'")
        cursor.execute(statement, params)


FAULTS = [
    ("DELETE FROM contacts_questioncontact WHERE question_id = %s", "I1 every question has the contact"),
    ("DELETE FROM contacts_questioncontact WHERE question_id = %s", "I1 every contact belongs to a question"),
    ("DELETE FROM contacts_assignment WHERE question_id = %s", "I1 every question has one current holder"),
    ("UPDATE contacts_question SET contact_count = 7 WHERE id = %s", "I1 every question has the contact"),
    (
        "UPDATE contacts_question SET status = 'closed', closed_at = now() WHERE id = %s",
        "I2 no clock runs on a closed",
    ),
    ("UPDATE contacts_normclock SET state = 'paused' WHERE question_id = %s", "I2 a clock is paused only while"),
    (
        (
            "WITH gone AS (DELETE FROM contacts_normclock WHERE question_id = %s RETURNING id)"
            " DELETE FROM contacts_clockevent WHERE clock_id IN (SELECT id FROM gone)"
        ),
        "I2 every open question has the answer clock",
    ),
    (
        "UPDATE contacts_normclock SET state = 'missed', settled_at = due_at, settled_on = '2020-01-01' WHERE question_id = %s",
        "I2 a settled clock says when",
    ),
    (
        "UPDATE contacts_normclock SET due_at = due_at + interval '1 day' WHERE question_id = %s",
        "I4 the state of a clock",
    ),
    (
        "DELETE FROM contacts_clockevent WHERE clock_id IN (SELECT id FROM contacts_normclock WHERE question_id = %s)",
        "I4 the state",
    ),
    ("UPDATE contacts_normclock SET soon_told_at = now() WHERE question_id = %s", "I4 a mark on a clock"),
    ("UPDATE contacts_question SET due_at = NULL WHERE id = %s", "I4 the deadline in the lists"),
    ("UPDATE contacts_question SET version = 5 WHERE id = %s", "I5 every changed row"),
    ("DELETE FROM contacts_historicalquestion WHERE id = %s", "I5 every changed row"),
]
"""What is done to the rows of a question, and the invariant that sees it."""


def test_each_fault_is_found(cast: Cast, row: Row) -> None:
    question = asked(cast)
    with time_machine.travel(local("2026-03-02 09:00:30"), tick=False):
        assert broken() == set()
        for statement, invariant in FAULTS:
            with row(statement):
                sql(statement, question.pk)
                assert [one for name, check in CHECKS if name.startswith(invariant) for one in check()]


def test_a_version_that_is_missing_between_two_others_is_found(cast: Cast) -> None:
    question = asked(cast)
    take(question=question, by=cast.fatima, at=local("2026-03-02 09:00:10"))
    ask_customer(question=question, by=cast.fatima, at=local("2026-03-02 09:00:20"))
    with time_machine.travel(local("2026-03-02 09:00:30"), tick=False):
        assert broken() == set()
        sql("DELETE FROM contacts_historicalquestion WHERE version = 2 AND id = %s", question.pk)
        assert {name[:2] for name in broken()} == {"I5"}


def test_faults_of_the_post_room_are_found(cast: Cast) -> None:
    at = local("2026-03-02 09:00")
    question = asked(cast)
    inbound = InboundMessage.objects.create(
        source="test",
        external_key="1",
        received_at=at,
        taken_in_at=at,
        sha256="0" * 64,
        size=1,
        state="done",
        outcome="registered",
    )
    StoredFile.objects.create(
        inbound=inbound, name="x.pdf", content_type="application/pdf", size=1, sha256="f" * 64, created_at=at
    )
    Notice.objects.create(
        user=cast.ria, kind="overdue", question=question, clock=clock_of(question), key="clock:1", at=at
    )
    with time_machine.travel(at + timedelta(minutes=3), tick=False):
        names = {name.split(" ")[0] for name in broken()}
    assert {"I1", "I4", "I6", "I7"} <= names


def test_files_that_nobody_knows_and_an_answer_to_a_machine_are_found(
    cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many: by the hundred, and never as one list; and a slow disk is no transaction that somebody forgot."""
    at = local("2026-03-02 09:00")
    monkeypatch.setattr(post, "AT_ONCE", 2)
    settings.FILES_DIR = tmp_path
    StoredFile.objects.create(name="x.pdf", content_type="application/pdf", size=1, sha256="a" * 64, created_at=at)
    for letter in "abcde":
        path = tmp_path / letter / (letter * 64)
        path.parent.mkdir()
        path.write_bytes(b"x")
        os.utime(path, (0, 0))
    contact = asked(cast).contacts.get()
    Contact.objects.filter(pk=contact.pk).update(is_automatic=True)
    assert sorted(post.no_orphan_files()) == [f"file {letter * 12}" for letter in "bcde"]
    assert len(list(post.machine_not_acknowledged())) == 1
    sql("SET LOCAL idle_in_transaction_session_timeout = 10000")
    with _read_only(), connection.cursor() as cursor:
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert cursor.fetchone()[0] == "0"


def test_the_command_prints_a_line_per_invariant_and_says_by_its_exit_that_something_is_wrong(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    question = asked(cast)
    with time_machine.travel(local("2026-03-02 09:00:30"), tick=False):
        call_command("check_invariants")
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert {line["invariant"][:2] for line in lines} == {"I1", "I2", "I3", "I4", "I5", "I6", "I7", "I9"}
        assert all(line["violations"] == 0 and line["examples"] == [] for line in lines)
        sql("UPDATE contacts_question SET version = 5 WHERE id = %s", question.pk)
        with pytest.raises(SystemExit) as stopped:
            call_command("check_invariants")
    assert stopped.value.code == 1
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["examples"] for line in found if line["violations"]] == [[f"question {question.pk}"]]


# --- norm_due -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("norm", "received", "last_day", "due_at"), EXAMPLES_OF_DUE)
def test_norm_due_answers_the_worked_examples(
    cast: Cast, capsys: pytest.CaptureFixture[str], norm: str, received: str, last_day: str, due_at: str
) -> None:
    call_command("norm_due", norm, received)
    (line,) = capsys.readouterr().out.splitlines()
    answer = json.loads(line)
    assert set(answer) == {"norm", "received_at", "due_at", "last_day", "words"}
    assert (answer["norm"], answer["last_day"], answer["due_at"]) == (norm, last_day, due_at)
    assert answer["words"].startswith("uiterlijk ")


def test_norm_due_names_the_time_where_a_term_ends_within_the_day(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("norm_due", "email.acknowledge", "2020-03-02T09:10")
    assert json.loads(capsys.readouterr().out)["words"] == "uiterlijk ma 2 mrt 2020, 09:15"


def test_norm_due_takes_a_date_alone_as_the_beginning_of_that_day(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    for received in ("2026-03-02", "2026-03-02T00:00"):
        call_command("norm_due", "email.answer", received)
    day, midnight = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert day == midnight and day["received_at"] == "2026-03-01T23:00:00Z"


def test_norm_due_takes_a_zone_when_one_is_given_and_the_calendar_of_a_team(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    from organisation.models import CalendarHours, WorkingCalendar

    daily = WorkingCalendar.objects.create(name="Elke dag")
    CalendarHours.objects.bulk_create(CalendarHours(calendar=daily, weekday=d, opens=0, closes=1440) for d in range(7))
    Team.objects.filter(pk=cast.burgerzaken.pk).update(calendar=daily)
    Team.objects.get(pk=cast.burgerzaken.pk).save()
    call_command("norm_due", "email.answer", "2026-03-06T16:45+01:00", team="burgerzaken")
    assert json.loads(capsys.readouterr().out)["last_day"] == "2026-03-09"
    call_command("norm_due", "email.answer", "2026-03-02T23:30:00Z")
    assert json.loads(capsys.readouterr().out)["last_day"] == "2026-03-06"  # Tuesday half past midnight in Opmeer


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        (("email.antwoord", "2026-03-02T09:00"), {}),
        (("phone.direct", "2026-03-02T09:00"), {}),
        (("rating.phone", "2026-03-02T09:00"), {}),
        (("email.answer", "gisteren"), {}),
        (("email.answer", "2026-02-31T09:00"), {}),
        (("email.answer", "9999-12-31T23:59"), {}),
        (("email.answer", "0001-01-01T00:00"), {}),
        (("email.answer", "2026-03-02T09:00"), {"team": "bestaat-niet"}),
        (("email.answer", "2010-03-02T09:00"), {}),
    ],
)
def test_norm_due_says_what_was_asked_wrongly_and_exits_with_two(
    cast: Cast, capsys: pytest.CaptureFixture[str], arguments: tuple[str, str], options: dict[str, str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        call_command("norm_due", *arguments, **options)
    said = capsys.readouterr()
    assert stopped.value.code == 2
    assert said.out == ""
    assert said.err.strip()
