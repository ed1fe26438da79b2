"""What an administrator must see at night: what cannot come in or go out, and what was decided and not done; on the page and from the server."""

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from celery.exceptions import SoftTimeLimitExceeded, TimeLimitExceeded
from django.core.management import call_command

from channels_app.models import OutboundMessage
from contacts.models import Customer
from contacts.tasks import settle
from opmeer_kcc import celery, disks, failing, vitals
from opmeer_kcc.celery import TICKS, app
from organisation.clock import now
from organisation.health import Line
from organisation.models import Heartbeat
from privacy.models import PersonRequest
from supervisor.valkey import Valkey
from tests.cast import Cast

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def line(code: str, at: datetime = AT) -> Line:
    (found,) = [one for one in vitals.lines(at) if one.code == code]
    return found


def test_a_mail_server_that_takes_nothing_is_seen(settings: object) -> None:
    settings.SMTP = {**settings.SMTP, "host": "mail.example"}  # type: ignore[attr-defined]
    assert line("channels").is_well
    waits = {"state": "sending", "error": "Connection refused", "next_try_at": AT + timedelta(hours=1)}
    about = {"purpose": "reply", "object_key": "reply:1", "to_address": "anna@example.org", "subject": "x", "body": "x"}
    OutboundMessage.objects.create(**about, **waits, created_at=AT - timedelta(hours=1))
    found = line("channels")
    assert not found.is_well and "kon nog niet" in found.text
    assert "anna" not in found.text + str(found.facts)
    assert line("queue_outbound").is_well  # each try lies ahead, so nothing seems to wait


def test_a_broker_that_is_away_is_not_taken_for_a_worker_that_stopped(settings: object, tmp_path: Path) -> None:
    found = line("broker")  # nobody listens there in the tests
    assert not found.is_well and found.facts["error"] == "ConnectionError"
    broker = Valkey(tmp_path / "valkey", tmp_path / "log")
    broker.start()
    try:
        settings.REDIS_URL = broker.url  # type: ignore[attr-defined]
        assert line("broker").is_well
        settings.REDIS_URL = broker.url.replace("redis://:", "redis://:x")  # type: ignore[attr-defined]
        assert line("broker").facts["error"] == "AuthenticationError"
    finally:
        broker.stop()
    settings.REDIS_URL = ""  # type: ignore[attr-defined]
    assert not [one for one in vitals.lines(AT) if one.code == "broker"]


def test_what_two_people_decided_and_was_not_done_is_seen(cast: Cast) -> None:
    customer = Customer.objects.create(name="Anna", created_at=AT)
    asked = PersonRequest.objects.create(
        kind="erase", customer=customer, reason="x", asked_by=cast.sanne, asked_at=AT, decided_by=cast.ria, decided_at=AT, state="approved"
    )  # fmt: skip
    assert line("person_requests", AT + timedelta(hours=23)).is_well
    late = line("person_requests", AT + timedelta(hours=25))
    assert not late.is_well and asked.number in late.text
    PersonRequest.objects.update(state="done")
    assert line("person_requests", AT + timedelta(hours=25)).is_well


@pytest.mark.parametrize(
    ("tick", "minutes", "looked", "is_well"),
    [
        (5, [0], 1, True),
        (5, [0, 2, 4], 4, True),
        (5, [0, 2, 4, 6], 7, False),
        (5, [0, 2, 4, 6], 10, True),
        (5, [0, 20, 40, 60], 61, True),
        (600, [0, 10], 11, False),
        (600, [0, 10], 41, True),
        (600, [0, 40], 41, True),
    ],
    ids=[
        "once", "a few minutes", "goes on", "went well since", "now and then",
        "the rare one too", "and went well", "and now and then",
    ],
)  # fmt: skip
def test_a_job_that_fails_each_time_is_seen(tick: int, minutes: list[int], looked: int, is_well: bool) -> None:
    for minute in minutes:
        failing.note("contacts.tasks.settle", OSError("of anna@example.org"), AT + timedelta(minutes=minute), tick)
    (found,) = failing.lines(AT + timedelta(minutes=looked))
    assert found.is_well is is_well and ("contacts.tasks.settle" in found.text) is not is_well


def test_a_worker_tells_of_a_job_that_failed() -> None:
    """Celery calls this with what went wrong."""
    task = app.tasks[settle.name]
    task.begun = time.monotonic()
    task.on_failure(OSError("of anna@example.org"), "id", (), {}, None)
    row = Heartbeat.objects.get(name="failed contacts.tasks.settle")
    assert row.detail["error"] == "OSError" and "anna" not in str(row.detail)
    assert row.detail["pause"] == TICKS[settle.name]


@pytest.mark.parametrize("how", ["killed", "its time was up"])
def test_a_job_that_takes_an_hour_to_fail_each_time_is_seen(monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    """Its limit is an hour and its tick a minute: the next failure comes long after the tries of its ticks."""
    app.loader.import_default_modules()
    name, task = "privacy.tasks.erase", app.tasks["privacy.tasks.erase"]
    for hour in range(2):
        monkeypatch.setattr(celery, "now", lambda at=AT + timedelta(hours=hour): at)
        if how == "killed":
            task.on_failure(TimeLimitExceeded(3600), "id", (), {}, None)
            celery._died(name)
        else:
            task.begun = time.monotonic() - 3540
            task.on_failure(SoftTimeLimitExceeded(), "id", (), {}, None)
        (found,) = failing.lines(AT + timedelta(hours=hour, minutes=10))
        assert found.is_well is (hour == 0) and (name in found.text) is (hour == 1)


def test_a_disk_that_is_away_keeps_no_thread_of_the_site(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The mount of the backups hangs with the machine it is on: /metrics asks every few seconds, and each would wait for ever."""
    ends, asked = Event(), []

    def hangs(folder: Path) -> None:
        asked.append(folder)
        ends.wait(60)

    monkeypatch.setattr(disks.shutil, "disk_usage", hangs)
    monkeypatch.setattr(disks, "ANSWERS_WITHIN", 0.01)
    monkeypatch.setattr(disks, "_looks", {})
    monkeypatch.setattr(disks.settings, "DATA_DIR", tmp_path)
    monkeypatch.setattr(disks.settings, "BACKUP_DIR", "")
    try:
        for _look in range(3):
            found = line("disk_data")
            assert not found.is_well and "antwoord" in found.text
        assert len(asked) == 1
    finally:
        ends.set()


def test_who_has_only_the_server_reads_the_health_page_there(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("organisation.health.is_new", lambda _at: False)  # the database of the tests is
    with pytest.raises(SystemExit) as ended:
        call_command("health")
    assert ended.value.code == 1  # no worker runs here
    told = {one["part"]: one for one in map(json.loads, capsys.readouterr().out.splitlines())}
    assert told["worker"]["well"] is False and told["worker"]["text"]
    assert told["versions"]["well"] is True and told["versions"]["at"][:4] == str(now().year)
