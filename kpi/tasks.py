"""Sweep of the figures; due when the database says so, whoever runs it and however often."""

from celery import shared_task

from kpi.actions.sweep_signals import sweep_signals as watch_all
from kpi.rollups import roll_up as roll_up_days
from organisation.clock import now


@shared_task
def roll_up() -> int:
    """Rolls up finished and changed days until nothing is left."""
    return roll_up_days(at=now())


@shared_task
def watch_signals() -> int:
    """Holds every finished day once against its own past and its norms."""
    return watch_all(at=now())
