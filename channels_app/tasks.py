"""Sweeps of the post room; they carry no work in their arguments, the rows say what is due (quality rules 1 to 9)."""

import time
from concurrent.futures import ThreadPoolExecutor

from celery import shared_task
from django.db import connection

from channels_app.actions.check_files import check_files as check_all_files
from channels_app.actions.count_mailbox import beat_name, count_mailbox
from channels_app.actions.deliver import deliver as deliver_all
from channels_app.actions.fetch import fetch as fetch_one
from channels_app.actions.fetch_media import fetch_media as fetch_all_media
from channels_app.actions.listen import listen as listen_all
from channels_app.actions.parse_inbox import parse_inbox
from channels_app.actions.read_events import read_events as read_all_events
from channels_app.actions.sweep_scans import sweep_scans
from channels_app.adapters.email.sandbox import Sandbox
from channels_app.lines import Lines
from channels_app.models import Mailbox
from organisation import nightly
from organisation.clock import now
from organisation.models import Heartbeat

AT_ONCE = 4
IDLE_SECONDS = 30.0
_lines = Lines()
_sandbox = Sandbox()
_read_at = 0.0


@shared_task(name="channels_app.tasks.fetch")
def fetch() -> None:
    """Reads every mailbox in use, a few at a time: one whose server hangs holds up no other."""
    ids = list(Mailbox.objects.filter(is_active=True).exclude(host="").values_list("pk", flat=True))
    failing = 0
    if len(ids) == 1:
        failing = int(_is_failing(ids[0]))
    elif ids:
        with ThreadPoolExecutor(max_workers=min(len(ids), AT_ONCE)) as pool:
            failing = sum(pool.map(_fetch, ids))
    Heartbeat.objects.update_or_create(name="fetcher", defaults={"beat_at": now(), "detail": {"failing": failing}})


def _is_failing(mailbox_id: int) -> bool:
    return bool(fetch_one(mailbox=Mailbox.objects.get(pk=mailbox_id), at=now()).error)


def _fetch(mailbox_id: int) -> bool:
    """In a thread with a database connection of its own."""
    try:
        return _is_failing(mailbox_id)
    finally:
        connection.close()


@shared_task(name="channels_app.tasks.count", time_limit=900, soft_time_limit=840)
def count() -> None:
    """Once a night: every mailbox that was ever read against our inbox."""
    for mailbox in Mailbox.objects.filter(is_active=True, uid_validity__isnull=False).exclude(host=""):
        if nightly.is_due(beat_name(mailbox.pk), now()):
            count_mailbox(mailbox=mailbox, at=now())


@shared_task(name="channels_app.tasks.check_files")
def check_files() -> None:
    """Has the virus scanner look at what waits; one at a time, however slow it is."""
    with nightly.alone("channels_app.check_files") as is_ours:
        if is_ours:
            check_all_files(at=now())


@shared_task(name="channels_app.tasks.scans")
def scans() -> None:
    """Takes in what lies in the scanner's folder."""
    sweep_scans(at=now())


@shared_task(name="channels_app.tasks.parse")
def parse() -> None:
    """Reads what was taken in; the child process that does it stays for the next mail, which comes within seconds or not for long."""
    global _read_at
    if parse_inbox(at=now(), sandbox=_sandbox):
        _read_at = time.monotonic()
    elif time.monotonic() - _read_at > IDLE_SECONDS:
        _sandbox.close()


@shared_task(name="channels_app.tasks.deliver", time_limit=80, soft_time_limit=75)
def deliver() -> None:
    """Sends what is due, for ten seconds, and the message at hand then may take its time (`smtp.PATIENCE_FOR_ALL`)."""
    deliver_all(at=now(), lines=_lines)


@shared_task(name="channels_app.tasks.read_events")
def read_events() -> None:
    """Takes apart what services called in."""
    read_all_events(at=now())


@shared_task(name="channels_app.tasks.fetch_media")
def fetch_media() -> None:
    """Fetches the files of messages."""
    fetch_all_media(at=now())


@shared_task(name="channels_app.tasks.listen")
def listen() -> None:
    """Asks the services that do not call us."""
    listen_all(at=now())


@shared_task(name="channels_app.tasks.deliver_messages")
def deliver_messages() -> None:
    """Sends by the services what is due."""
    deliver_all(at=now(), by_services=True)
