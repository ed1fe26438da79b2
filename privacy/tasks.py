"""Sweeps of the rights of persons: the rows say what is due, whoever runs them and however often."""

from celery import shared_task

from organisation.clock import now
from privacy.actions.count import count_asked
from privacy.actions.destruction import destroy_approved
from privacy.actions.erase import erase_due
from privacy.actions.keep_terms import keep_terms as keep_all
from privacy.actions.remove_files import remove_files


@shared_task(name="privacy.tasks.erase", time_limit=3600, soft_time_limit=3540)
def erase() -> None:
    """Makes the list of what waits, carries out what two people decided, and removes files of which nothing is left."""
    at = now()
    count_asked(at=at)
    try:
        erase_due(at=at)
    finally:  # one person who cannot be erased holds up nothing else
        destroy_approved(at=at)
        remove_files()


@shared_task(name="privacy.tasks.keep_terms", time_limit=3600, soft_time_limit=3540)
def keep_terms() -> None:
    """Once a night: what is past its term goes, and the destruction list of questions is made."""
    keep_all(at=now())
