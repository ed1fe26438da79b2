"""Sweeps of the post room; they carry no work in their arguments, the rows say what is due (quality rules 1 to 9)."""

from celery import shared_task

from channels_app.actions.deliver import deliver as deliver_all
from channels_app.actions.fetch import fetch as fetch_one
from channels_app.actions.parse_inbox import parse_inbox
from channels_app.models import Mailbox
from organisation.clock import now
from organisation.models import Heartbeat


@shared_task(name="channels_app.tasks.fetch")
def fetch() -> None:
    """Reads every mailbox in use; one that fails does not stop the next."""
    failing = 0
    for mailbox in Mailbox.objects.filter(is_active=True).exclude(host=""):
        failing += bool(fetch_one(mailbox=mailbox, at=now()).error)
        _beat(failing)
    _beat(failing)


@shared_task(name="channels_app.tasks.parse")
def parse() -> None:
    """Reads what was taken in."""
    parse_inbox(at=now())


@shared_task(name="channels_app.tasks.deliver")
def deliver() -> None:
    """Sends what is due."""
    deliver_all(at=now())


def _beat(failing: int) -> None:
    Heartbeat.objects.update_or_create(name="fetcher", defaults={"beat_at": now(), "detail": {"failing": failing}})
