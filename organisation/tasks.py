"""Sweeps of the organisation."""

from celery import shared_task

from organisation.actions.heartbeat import beat


@shared_task(name="organisation.tasks.beat_heartbeat")
def beat_heartbeat() -> None:
    """The worker takes work: written by a task, so a worker that only looks alive is found out."""
    beat("worker")
