"""Sweep of the figures; due when the database says so, whoever runs it and however often."""

from celery import shared_task

from kpi.actions.discuss_agreement import announce_talks as announce_all_talks
from kpi.actions.issue_report import forget_jobs
from kpi.actions.issue_report import make_reports as make_all_reports
from kpi.actions.schedule_reports import sweep_schedules
from kpi.actions.send_digests import send_digests as send_all_digests
from kpi.actions.sweep_signals import sweep_signals as watch_all
from kpi.actions.wall_links import forget_links
from kpi.pages.digest import digest
from kpi.rollups import roll_up as roll_up_days
from organisation.clock import now

ROLL_UP_SECONDS = 25.0
"""The batch at hand is ready well before the limit of a task; broken off there, it would be done again and look like a failure."""


@shared_task
def roll_up() -> int:
    """Rolls up finished and changed days; of five years after an update a part at a time, which the next tick goes on with."""
    return roll_up_days(at=now(), seconds=ROLL_UP_SECONDS)


@shared_task
def watch_signals() -> int:
    """Holds every finished day once against its own past and its norms."""
    return watch_all(at=now())


@shared_task
def make_reports() -> int:
    """Gives schedules their turn, makes the reports that wait, mails what is ready, and forgets work and screens that are long gone."""
    at = now()
    sent = sweep_schedules(at=at)
    made = make_all_reports(at=at)
    forget_jobs(at=at)
    forget_links(at=at)
    return sent + made + (sweep_schedules(at=now()) if made else 0)


@shared_task
def announce_talks() -> int:
    """Tells lead and coordinator of a talk about an agreement two weeks before its day, once."""
    return announce_all_talks(at=now())


@shared_task
def send_digests() -> int:
    """Mails who steers a team how the last week went, once a week."""
    return send_all_digests(at=now(), write=digest)
