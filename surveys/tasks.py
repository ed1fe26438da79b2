"""Sweeps of the surveys: the rows say what is due, whoever runs them and however often."""

from celery import shared_task

from organisation.clock import now
from surveys.actions.forget import forget
from surveys.actions.gather import gather as gather_all
from surveys.actions.hold_rounds import hold_rounds
from surveys.actions.invite import invite as invite_all


@shared_task
def invite() -> int:
    """Asks customers about contacts that ended."""
    return invite_all(at=now())


@shared_task
def hold() -> int:
    """Begins, reminds and ends questionnaires."""
    return hold_rounds(at=now())


@shared_task
def gather() -> int:
    """Lets answers count that can no longer be replaced; once a night it forgets what need not be known any more."""
    forget(at=now())
    return gather_all(at=now())
