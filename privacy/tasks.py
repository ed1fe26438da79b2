"""Sweeps of the rights of persons: the rows say what is due, whoever runs them and however often."""

from celery import shared_task

from organisation.clock import now
from privacy.actions.erase import erase_due
from privacy.actions.remove_files import remove_files


@shared_task(name="privacy.tasks.erase", time_limit=3600, soft_time_limit=3540)
def erase() -> None:
    """Carries out what two people decided, and removes files of which nothing is left."""
    erase_due(at=now())
    remove_files()
