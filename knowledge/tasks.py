"""Sweeps of the knowledge base."""

from celery import shared_task

from knowledge.actions.forget import forget as forget_all
from organisation.clock import now


@shared_task
def forget() -> None:
    """Once a night."""
    forget_all(at=now())
