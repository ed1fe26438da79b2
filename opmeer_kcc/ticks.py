"""The whole beat table, and the Celery application of who only asks for sweeps: beat and the web processes.

Beat only ticks: intervals in UTC, no crontab, no due times (quality.md §5 rules 6 and 9). Every tick says "look now" to a
sweep that asks the database what is due, so a lost, late or doubled tick costs seconds and never work.

Nothing here loads a model: who asks for a sweep knows its name alone, and what runs it is in `opmeer_kcc/celery.py`.
"""

import logging
import os
import sys
from typing import Any

from celery import Celery
from celery.signals import setup_logging
from django.conf import settings

from opmeer_kcc.env import SettingError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opmeer_kcc.settings")
try:
    _ = settings.LOG_LEVEL  # they are read now: later, Celery would show the way through its own code
except SettingError as sentence:
    sys.exit(str(sentence))

TICKS = {
    "organisation.tasks.beat_heartbeat": 20,
    "organisation.tasks.expire_roles": 600,
    "organisation.tasks.forget_sign_ins": 600,
    "channels_app.tasks.fetch": 30,
    "channels_app.tasks.scans": 20,
    "channels_app.tasks.check_files": 5,
    "channels_app.tasks.parse": 5,
    "channels_app.tasks.deliver": 5,
    "channels_app.tasks.read_events": 5,
    "channels_app.tasks.fetch_media": 5,
    "channels_app.tasks.deliver_messages": 5,
    "channels_app.tasks.listen": 30,
    "contacts.tasks.register_messages": 5,
    "contacts.tasks.register_mail": 5,
    "contacts.tasks.send_planned": 5,
    "contacts.tasks.read_queue_log": 5,
    "contacts.tasks.simulate": 5,
    "contacts.tasks.settle": 15,
    "contacts.tasks.acknowledge_by_sms": 60,
    "contacts.tasks.send_notices": 60,
    "contacts.tasks.sweep": 600,
    "channels_app.tasks.count": 600,
    "contacts.tasks.check": 600,
    "contacts.tasks.remind_articles": 600,
    "contacts.tasks.close_left_chats": 30,
    "contacts.tasks.keep_levels": 60,
    "contacts.tasks.end_silent_calls": 600,
    "knowledge.tasks.forget": 600,
    "surveys.tasks.invite": 300,
    "surveys.tasks.hold": 300,
    "surveys.tasks.gather": 600,
    "privacy.tasks.erase": 60,
    "privacy.tasks.keep_terms": 600,
    "privacy.tasks.remind": 600,
    "kpi.tasks.roll_up": 30,
    "kpi.tasks.watch_signals": 300,
    "programme.tasks.make_status_reports": 10,
    "programme.tasks.remind_owners": 600,
    "kpi.tasks.make_reports": 60,
    "kpi.tasks.send_digests": 300,
    "kpi.tasks.announce_talks": 600,
}
"""Sweep → seconds between two ticks."""


def application(**how: Any) -> Celery:
    """With the broker of the settings and the beat table."""
    made = Celery("opmeer_kcc", **how)
    made.config_from_object("django.conf:settings", namespace="CELERY")
    made.conf.beat_schedule = {
        name: {
            "task": name,
            "schedule": float(seconds),
            "options": {"expires": max(seconds, 15), "ignore_result": True},
        }
        for name, seconds in TICKS.items()
    }
    made.conf.beat_scheduler = "opmeer_kcc.beat:Ticker"
    return made


app = application(fixups=())
"""Without what Celery does for Django, which is to load all of it."""


@setup_logging.connect
def _keep_the_projects_logging(**kwargs: object) -> None:
    """Celery leaves the logging of the settings as it is; a line for every tick would hide what matters."""
    for name in ("celery", "kombu", "amqp"):
        logging.getLogger(name).setLevel(logging.WARNING)
