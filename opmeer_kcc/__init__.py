"""The project: settings, addresses and the one table of ticks. Web processes share the Celery application for nudges."""

from opmeer_kcc.celery import app as celery_app

__all__ = ["celery_app"]
