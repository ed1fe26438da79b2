"""Workers and lines that send at once, stop, or lose the database: each message goes once."""

from __future__ import annotations

import importlib
import mmap
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

import pytest
from celery.signals import worker_shutting_down
from django.db import InterfaceError, OperationalError, connection, connections

from channels_app.actions.deliver import LEASE, deliver
from channels_app.broken_off import give_up
from channels_app.holding import KINDS, lock_key
from channels_app.lines import Lines
from channels_app.models import OutboundMessage
from organisation import leaving
from organisation.models import Municipality, User
from supervisor import children
from supervisor.under_way import UnderWay
from tests.channels_app.sink import AT, Sink, house, queued, sink

__all__ = ["house", "sink"]
pytestmark = pytest.mark.django_db


def test_a_worker_that_was_asked_to_stop_ends_after_the_message_at_hand(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else whoever replaces the version kills it in the middle of one, which then goes twice."""
    for number in range(3):
        queued(f"contact:{number}")
    monkeypatch.setattr("channels_app.actions.deliver.is_leaving", lambda: bool(sink.mails))
    assert deliver(at=AT).sent == 1
    monkeypatch.undo()
    assert deliver(at=AT).sent == 2


def test_a_worker_tells_its_pool_that_it_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = importlib.import_module("opmeer_kcc.celery")  # as a worker does; it listens to the signal
    ends: list[str] = []
    monkeypatch.setattr(worker, "end_at_last", lambda: ends.append("at last"))  # it would end the tests as well
    monkeypatch.setattr(leaving, "_flag", mmap.mmap(-1, 1))
    assert not leaving.is_leaving()
    worker_shutting_down.send(sender="worker", sig="SIGTERM", how="Warm", exitcode=0)
    assert leaving.is_leaving()
    assert ends == ["at last"]


@pytest.mark.django_db(transaction=True)
def test_racing_workers_send_each_message_once(sink: Sink) -> None:
    for number in range(16):
        queued(f"contact:{number}", to_address=f"p{number}@burger.example")

    def work() -> None:
        deliver(at=AT)
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ids = [mail["Message-ID"] for mail in sink.mails]
    assert (len(ids), len(set(ids))) == (16, 16)
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_much_mail_goes_over_two_lines_and_each_once(sink: Sink) -> None:
    Municipality.objects.get_or_create(pk=1)
    for number in range(40):
        queued(f"contact:{number}", to_address=f"klant{number}@burger.example")
    lines, sink.waits_at = Lines(), 10
    try:
        assert deliver(at=AT, seconds=60, lines=lines).sent == 40
    finally:
        lines.close()
    assert sorted(mail["To"] for mail in sink.mails) == sorted(
        f"Anna de Wit <klant{n}@burger.example>" for n in range(40)
    )
    assert len(sink.peers) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("place", "answers"),
    [("ready.compose_mail", []), ("deliver.settle", []), ("deliver._postpone", ["451 later"])],
)
def test_the_database_that_goes_away_keeps_no_message_waiting(
    sink: Sink, monkeypatch: pytest.MonkeyPatch, place: str, answers: list[str]
) -> None:
    """Before it left and after the mail server took it or not we know which it was: the next sweep goes on at once, and once."""
    Municipality.objects.get_or_create(pk=1)
    message = queued()
    sink.answers = list(answers)

    def goes_away(*args: object, **more: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with monkeypatch.context() as patch:
        patch.setattr(f"channels_app.actions.{place}", goes_away)
        with pytest.raises((OperationalError, InterfaceError)):
            deliver(at=AT)
    message.refresh_from_db()
    assert (message.state, message.lease_until) == ("sending", None)
    assert deliver(at=AT).sent == 1
    assert len(sink.mails) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("many", "first"), [(1, 0), (14, 10)], ids=["alone", "by the handful"])
def test_a_database_that_cannot_write_sends_nothing_twice(
    sink: Sink, monkeypatch: pytest.MonkeyPatch, many: int, first: int
) -> None:
    """A full disk now and then takes a claim and not the note that the message left: nobody else may take it meanwhile, also when the worker
    is done with its task, as Celery leaves it, and after the lease has ended."""
    Municipality.objects.get_or_create(pk=1)
    rows = [queued(f"contact:{number}", to_address=f"klant{number}@burger.example") for number in range(many)]
    full = partial(no_room_to_note, since=rows[first].pk)
    monkeypatch.setattr("channels_app.broken_off.PATIENCE_SECONDS", 0.5)
    lines = Lines()

    def another(minutes: int) -> None:
        """A process that knows nothing of it, so much later: what is only lent or young is free, and then what was leased."""
        deliver(at=AT + timedelta(minutes=minutes))
        connection.close()

    try:
        for seconds in (0, 20):
            with full(), pytest.raises(OperationalError):
                deliver(at=AT + timedelta(seconds=seconds), lines=lines)
            connection.close()
        assert len(sink.mails) - first in {1, 2}  # one on each line
        with ThreadPoolExecutor(1) as other, monkeypatch.context() as patch:
            patch.setattr("channels_app.actions.deliver.pay_notes", lambda: None)
            for minutes in (1, 6):
                other.submit(another, minutes).result()
        deliver(at=AT + timedelta(minutes=30), lines=lines)
        assert OutboundMessage.objects.filter(state="sent").count() == many
        assert len({mail["Message-ID"] for mail in sink.mails}) == len(sink.mails) == many
    finally:
        lines.close()


@contextmanager
def no_room_to_note(since: int) -> Iterator[None]:
    """As PostgreSQL says it when the table cannot grow."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER no_room BEFORE UPDATE OF accepted_at ON channels_app_outboundmessage"
            f" FOR EACH ROW WHEN (NEW.id >= {since:d}) EXECUTE FUNCTION no_room()"
        )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION no_room CASCADE")


@pytest.mark.django_db(transaction=True)
def test_who_gives_up_a_message_takes_it_from_nobody() -> None:
    """Ours was rolled back and another took it, with the same number of tries."""
    message = queued()
    leased = {"state": "sending", "tries": 1, "lease_until": AT + LEASE}
    OutboundMessage.objects.filter(pk=message.pk).update(**leased)
    message.refresh_from_db()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(2515, %s)", [lock_key(message.pk)])
        give_up(message)
        message.refresh_from_db()
        assert message.lease_until == AT + LEASE
        with other.cursor() as cursor:  # a connection that closes lets go when its server process gets to it
            cursor.execute("SELECT pg_advisory_unlock_all()")
    finally:
        other.close()
    give_up(message)
    message.refresh_from_db()
    assert message.lease_until is None


def test_a_worker_that_is_told_to_stop_is_not_killed_over_a_mail_that_is_on_its_way(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mail server answers after the patience of the supervisor is over."""
    monkeypatch.setattr("supervisor.under_way.signal.signal", lambda *_given: None)
    url, key = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{connection.settings_dict['NAME']}", 7
    worker = (
        "import signal, time; signal.signal(signal.SIGTERM, lambda *_: None); print(1, flush=True); time.sleep(1.5)"
    )
    ends = []
    for is_held in (True, False):
        child = subprocess.Popen([sys.executable, "-c", worker], stdout=subprocess.PIPE, start_new_session=True)
        assert child.stdout is not None and child.stdout.readline()
        with connection.cursor() as cursor:
            if is_held:
                cursor.execute("SELECT pg_advisory_lock(%s, %s)", [KINDS["channels_app_outboundmessage"], key])
            children.stop(child, patience=0.1, may_go_on=UnderWay(url))
            cursor.execute("SELECT pg_advisory_unlock_all()")
        child.stdout.close()
        ends.append(child.returncode)
    assert ends == [0, -signal.SIGKILL]
