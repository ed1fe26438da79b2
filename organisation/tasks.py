"""Sweeps of the organisation."""

from celery import shared_task

from organisation.actions.forget_sign_ins import forget_sign_ins as forget_all
from organisation.actions.heartbeat import beat
from organisation.actions.role_requests import expire_roles
from organisation.clock import now


@shared_task(name="organisation.tasks.beat_heartbeat")
def beat_heartbeat() -> None:
    """The worker takes work: written by a task, so a worker that only looks alive is found out."""
    beat("worker")


@shared_task(name="organisation.tasks.expire_roles")
def expire_waiting_roles() -> None:
    """A role that no second administrator confirmed in time waits no more."""
    expire_roles(at=now())


@shared_task(name="organisation.tasks.forget_sign_ins")
def forget_sign_ins() -> None:
    """Sessions that ended go, with what was remembered of tries to sign in."""
    forget_all(at=now())
