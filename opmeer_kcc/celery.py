"""The Celery application of the worker, which runs the sweeps that others ask for (opmeer_kcc/ticks.py)."""

import ctypes
import gc
import os
import signal
import sys
import time

from celery import Task
from celery.exceptions import TimeLimitExceeded
from celery.signals import task_postrun, worker_init, worker_process_init, worker_ready, worker_shutting_down
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from opmeer_kcc.ticks import TICKS, application
from organisation.clock import now
from organisation.leaving import end_at_last, leave
from organisation.nudge import nudge
from organisation.turns import Turns

os.environ.setdefault("CELERY_SKIP_CHECKS", "true")  # Django's own load every page of the site: 25 MB a process


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


app = application(task_cls=Sweep)
app.autodiscover_tasks()


def refuse_what_is_insecure() -> None:
    """As the web processes do; the models are loaded by now."""
    from django.db import connection

    from opmeer_kcc.checks import insecure

    if sentences := insecure():
        sys.exit("\n".join(sentences))
    connection.close()  # processes that are forked from this one open their own


@worker_init.connect
def _share_what_is_loaded(**kwargs: object) -> None:
    """The pool processes are forked from here: what is loaded now stays shared memory. The first link in a mail would load every page of
    the site, in each of them."""
    app.loader.import_default_modules()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            reverse("home")
    refuse_what_is_insecure()
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
