"""The Celery application and the whole beat table.

Beat only ticks: intervals in UTC, no crontab, no due times (quality.md §5 rules 6 and 9). Every tick says "look now" to a
sweep that asks the database what is due, so a lost, late or doubled tick costs seconds and never work.
"""

import ctypes
import gc
import logging
import os
import signal
import sys
import time

from celery import Celery, Task
from celery.exceptions import TimeLimitExceeded
from celery.signals import (
    beat_init,
    setup_logging,
    task_postrun,
    worker_init,
    worker_process_init,
    worker_ready,
    worker_shutting_down,
)

from organisation.clock import now
from organisation.leaving import end_at_last, leave
from organisation.nudge import nudge
from organisation.turns import Turns

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opmeer_kcc.settings")
os.environ.setdefault("CELERY_SKIP_CHECKS", "true")  # Django's own load every page of the site: 25 MB a process

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


class Sweep(Task):  # type: ignore[misc]  # Celery has no types
    """A task of ours: in a worker it takes turns with others of its kind."""

    turns: Turns | None = None
    begun = 0.0

    def __call__(self) -> None:
        self.begun = time.monotonic()
        if Sweep.turns is None:
            self.run()
        elif Sweep.turns.take(self.name, self.run):
            nudge(self.name)

    def on_failure(self, error: BaseException, *_told: object, **_more: object) -> None:
        """Not when its time was up: then its process is ended, and this is the parent of them all (`_died`)."""
        from opmeer_kcc.failing import note

        if not isinstance(error, TimeLimitExceeded):
            note(self.name, error, now(), max(TICKS.get(self.name, 0), time.monotonic() - self.begun))


def _died(name: str) -> None:
    """The time of a sweep was up, or the machine had no memory left: nobody in its process could say so."""
    from opmeer_kcc.failing import Killed, note

    longest = app.tasks[name].time_limit or app.conf.task_time_limit
    note(name, Killed(), now(), max(TICKS.get(name, 0), longest))


app = Celery("opmeer_kcc", task_cls=Sweep)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    name: {"task": name, "schedule": float(seconds), "options": {"expires": max(seconds, 15)}}
    for name, seconds in TICKS.items()
}
app.conf.beat_scheduler = "opmeer_kcc.beat:Ticker"


@setup_logging.connect
def _keep_the_projects_logging(**kwargs: object) -> None:
    """Celery leaves the logging of the settings as it is; a line for every tick would hide what matters."""
    for name in ("celery", "kombu", "amqp"):
        logging.getLogger(name).setLevel(logging.WARNING)


@beat_init.connect
def _refuse_what_is_insecure(**kwargs: object) -> None:
    """As the web processes do; the models are loaded by now."""
    from django.db import connection

    from opmeer_kcc.checks import insecure

    if sentences := insecure():
        sys.exit("\n".join(sentences))
    connection.close()  # processes that are forked from this one open their own


@worker_init.connect
def _share_what_is_loaded(**kwargs: object) -> None:
    """The pool processes are forked from here: what is loaded now stays shared memory."""
    app.loader.import_default_modules()
    _refuse_what_is_insecure()
    Sweep.turns = Turns(TICKS, died=_died)
    gc.collect()
    gc.freeze()


@worker_process_init.connect
def _die_with_the_worker(**kwargs: object) -> None:
    """A pool process must not outlive a worker that was killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


@worker_shutting_down.connect
def _end_after_this_item(**kwargs: object) -> None:
    """Told to the processes of the pool, which are in the middle of their sweeps; they die with this one."""
    leave()
    end_at_last()


@worker_process_init.connect
def _tell_of_each_sweep(**kwargs: object) -> None:
    """With very much to do the task of the heartbeat waits behind sweeps of half a minute, and a worker that is busy would look silent."""
    told = 0.0

    def sign_of_life(**kwargs: object) -> None:
        nonlocal told
        if time.monotonic() - told > TICKS["organisation.tasks.beat_heartbeat"]:
            told = time.monotonic()
            app.tasks["organisation.tasks.beat_heartbeat"]()

    task_postrun.connect(sign_of_life, weak=False)


@worker_ready.connect
def _figures_at_once(**kwargs: object) -> None:
    """A demo that was just loaded has two years to roll up: until then every look at the figures counts them from the rows."""
    app.send_task("kpi.tasks.roll_up", expires=60, retry=False)
