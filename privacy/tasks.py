"""Sweeps of the rights of persons: the rows say what is due, whoever runs them and however often."""

from contextlib import ExitStack

from celery import shared_task

from organisation.clock import now
from privacy.actions.count import count_asked
from privacy.actions.destruction import destroy_approved
from privacy.actions.erase import erase_due
from privacy.actions.keep_terms import keep_terms as keep_all
from privacy.actions.remind import remind_handlers
from privacy.actions.remove_files import remove_files


@shared_task(name="privacy.tasks.erase", time_limit=3600, soft_time_limit=3540)
def erase() -> None:
    """Makes the list of what waits, carries out what two people decided, and removes files of which nothing is left."""
    at = now()
    with ExitStack() as every:  # one that fails holds up no other
        for step in (remove_files, destroy_approved, erase_due, count_asked):
            every.callback(step, at=at)


@shared_task(name="privacy.tasks.remind")
def remind() -> None:
    """Whoever handles what a person asked about the own data hears of the last day."""
    remind_handlers(at=now())


@shared_task(name="privacy.tasks.keep_terms", time_limit=3600, soft_time_limit=3540)
def keep_terms() -> None:
    """Once a night: what is past its term goes, and the destruction list of questions is made."""
    keep_all(at=now())
