"""The job that acts on clocks: every action exactly once, whoever runs it, however late, with whatever is down."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import close_old_connections

from contacts.actions import settle
from contacts.actions.assign import take
from contacts.actions.log_conversation import log_conversation
from contacts.actions.register import Asked, register
from contacts.actions.settle import Settled, settle_due
from contacts.models import ClockEvent, NormClock, Notice, Question
from opmeer_kcc.ticks import app as celery_app
from organisation import nudge as nudge_module
from tests.cast import Cast, settle_in
from tests.organisation.test_workdays import local

RECEIVED = local("2026-03-02 09:00")
SOON = local("2026-03-05 08:00")
LATE = local("2026-03-06 00:00")
LONG = local("2026-03-10 00:00")


def forms(cast: Cast, count: int = 1, *, for_team: bool = True) -> list[Question]:
    """Forms without an address: one clock each, three working days, so until Thursday 5 March."""
    return [
        register(
            by=cast.fatima,
            at=RECEIVED,
            channel="form",
            received_at=RECEIVED,
            asked=[Asked(title=f"Formulier {number}", subject_id=cast.grofvuil.pk if for_team else None)],
        ).questions[0]
        for number in range(count)
    ]


def told(kind: str) -> Counter[str]:
    return Counter(Notice.objects.filter(kind=kind).values_list("user__username", flat=True))


def test_nothing_happens_before_its_moment(cast: Cast) -> None:
    forms(cast)
    assert settle_due(at=local("2026-03-04 23:59")) == Settled()
    assert not Notice.objects.exists()


def test_almost_due_tells_the_assignee_overdue_also_the_lead_and_days_later_the_coordinator(cast: Cast) -> None:
    (question,) = forms(cast)
    take(question=question, by=cast.henk, at=RECEIVED)
    assert settle_due(at=SOON) == Settled(told_assignee=1)
    assert told("almost_due") == {"henk": 1}
    assert settle_due(at=LATE) == Settled(missed=1, told_lead=1)
    assert told("overdue") == {"henk": 1, "ria": 1}
    assert settle_due(at=LONG - timedelta(seconds=1)) == Settled()
    assert settle_due(at=LONG) == Settled(told_coordinator=1)
    assert told("overdue_long") == {"sanne": 1}
    assert settle_due(at=LONG + timedelta(days=9)) == Settled()


def test_a_question_that_nobody_took_is_the_leads_care(cast: Cast) -> None:
    forms(cast)
    settle_due(at=SOON)
    assert told("almost_due") == {"ria": 1}


def test_a_team_without_a_lead_is_the_coordinators_care(cast: Cast) -> None:
    forms(cast, for_team=False)
    settle_due(at=LATE)
    assert told("overdue") == {"sanne": 1}


def test_missed_is_missed_at_the_deadline_however_late_the_job_runs(cast: Cast) -> None:
    forms(cast)
    settle_due(at=local("2026-03-20 03:00"))
    clock = NormClock.objects.get()
    assert (clock.state, clock.settled_at, clock.settled_on) == ("missed", LATE, date(2026, 3, 6))
    assert ClockEvent.objects.get(kind="missed").at == LATE


def test_after_a_day_of_outage_every_action_is_done_once(cast: Cast) -> None:
    forms(cast, 5)
    first = settle_due(at=LONG + timedelta(hours=25))
    again = settle_due(at=LONG + timedelta(hours=25, minutes=1))
    assert (first.missed, first.told_lead, first.told_coordinator) == (5, 5, 5)
    assert again == Settled()
    once = ClockEvent.objects.exclude(kind__in=["started", "paused", "resumed"]).values_list("clock_id", "kind")
    assert max(Counter(once).values()) == 1


def test_no_cap_starves_what_waits(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settle, "BATCH", 3)
    forms(cast, 10)
    assert settle_due(at=LATE).missed == 10


def test_who_answered_in_the_meantime_is_not_bothered(cast: Cast) -> None:
    (question,) = forms(cast)
    log_conversation(
        question=question,
        by=cast.fatima,
        at=local("2026-03-09 10:00"),
        channel="phone",
        text="Zo",
        is_answer=True,
        then="close",
    )
    settle_due(at=local("2026-03-11 10:00"))
    assert not Notice.objects.filter(kind__in=["overdue", "overdue_long"]).exists()
    assert NormClock.objects.get().state == "missed"


def test_a_missed_acknowledgement_does_not_keep_a_question_late(cast: Cast) -> None:
    question = register(
        by=cast.fatima,
        at=RECEIVED,
        channel="email",
        received_at=RECEIVED,
        asked=[Asked(title="Vraag")],
        address="k@example.nl",
    ).questions[0]
    settle_due(at=RECEIVED + timedelta(minutes=6))
    question.refresh_from_db()
    assert NormClock.objects.get(code="email.acknowledge").state == "missed"
    assert question.due_at == LATE


def test_the_command_does_the_same_and_prints_what_it_did(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    forms(cast, 2)
    with time_machine.travel(LATE, tick=False):
        call_command("settle_due")
    assert json.loads(capsys.readouterr().out) == {
        "missed": 2,
        "told_assignee": 0,
        "told_lead": 2,
        "told_coordinator": 0,
    }


# --- several workers, and a broker that is not there ---------------------------------------------------------------------


def at_once(count: int, act: Callable[[int], object]) -> list[object]:
    """Runs the act in so many threads that begin together; what each returned or raised."""
    barrier = threading.Barrier(count)
    results: list[object] = [None] * count

    def run(number: int) -> None:
        try:
            barrier.wait(timeout=60)
            results[number] = act(number)
        except Exception as error:  # the test looks at it
            results[number] = error
        finally:
            close_old_connections()
            from django.db import connection

            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return results


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_do_each_action_once(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = settle_in()
    monkeypatch.setattr(settle, "BATCH", 4)
    forms(cast, 20)
    done = at_once(3, lambda _number: settle_due(at=LONG))
    assert all(isinstance(one, Settled) for one in done), done
    settle_due(at=LONG)
    assert sum(one.missed for one in done if isinstance(one, Settled)) == 20
    counts = Counter(ClockEvent.objects.values_list("clock_id", "kind"))
    assert set(counts.values()) == {1}
    assert {kind for _clock, kind in counts} == {"started", "missed", "told_overdue", "told_coordinator"}
    assert told("overdue") == {"ria": 20}
    assert told("overdue_long") == {"sanne": 20}


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_before_its_commit_leaves_nothing_half(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = settle_in()
    forms(cast, 3)

    def die(name: str) -> None:
        if name == "before_settle_commit":
            raise SystemExit("killed")

    monkeypatch.setattr(settle, "failpoint", die)
    with pytest.raises(SystemExit):
        settle_due(at=LATE)
    assert set(NormClock.objects.values_list("state", flat=True)) == {"running"}
    assert not ClockEvent.objects.filter(kind="missed").exists()
    monkeypatch.undo()
    assert settle_due(at=LATE).missed == 3


def _wait_for_nudges() -> None:
    for thread in threading.enumerate():
        if thread.name == nudge_module.THREAD:
            thread.join(timeout=120)


@pytest.mark.django_db(transaction=True)
def test_a_dead_broker_at_registration_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = settle_in()
    tried: list[str] = []
    _wait_for_nudges()  # of tests before this one: one of them would be the nudge that fails

    def refuse(task: str, **kwargs: object) -> None:
        tried.append(task)
        raise ConnectionError("no broker")

    monkeypatch.setattr(celery_app, "send_task", refuse)
    monkeypatch.setattr(nudge_module, "_quiet_until", 0.0)
    made = register(
        by=cast.fatima,
        at=RECEIVED,
        channel="email",
        received_at=RECEIVED,
        asked=[Asked(title="Vraag")],
        address="k@example.nl",
    )
    _wait_for_nudges()
    assert tried  # the nudge was tried, and failed
    assert Question.objects.filter(pk=made.questions[0].pk).exists()
    assert settle_due(at=LATE).missed == 2
