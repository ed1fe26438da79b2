"""Sweeps of the programme; the rows say what is due, whoever runs them and however often."""

from celery import shared_task

from organisation.clock import now
from programme.actions.make_report_pdf import make_report_pdfs
from programme.actions.remind_owners import remind_owners as remind_all


@shared_task(time_limit=400, soft_time_limit=390)
def make_status_reports() -> int:
    """Makes the PDFs of reports that were issued."""
    return make_report_pdfs()


@shared_task
def remind_owners() -> int:
    """Asks owners after their update when the last day is near or over."""
    return remind_all(at=now())
