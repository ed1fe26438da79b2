"""Wakes a worker early after the commit; the row is the queue, so a lost nudge costs seconds, never work.

A sweep takes everything that waits, so with much to do one request for it is as good as fifty: the first goes at once, what is asked for
right after it goes together a moment later.
"""

import logging
import threading
import time
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

log = logging.getLogger(__name__)
REST_SECONDS = 15.0
TOGETHER_SECONDS = 0.25
THREAD = "nudge"
_lock = threading.Lock()
_wanted: dict[str, None] = {}
_teller: threading.Thread | None = None
_quiet_until = 0.0


def nudge(task: str) -> None:
    """After the commit, ask the broker to run this sweep; never raises, and rests after a failure.

    The request does not wait for the broker: publishing happens in a thread of its own (quality.md P6).
    """
    if settings.REDIS_URL and time.monotonic() >= _quiet_until:
        transaction.on_commit(partial(_ask, task), robust=True)


def _ask(task: str) -> None:
    global _teller
    with _lock:
        _wanted[task] = None
        if _teller is None or not _teller.is_alive():  # a process that was forked has none
            _teller = threading.Thread(target=_tell, name=THREAD, daemon=True)
            _teller.start()


def _tell() -> None:
    """Until nobody asked for a moment."""
    global _teller
    while True:
        with _lock:
            tasks = list(_wanted)
            _wanted.clear()
            if not tasks:
                _teller = None
                return
        _publish(tasks)
        time.sleep(TOGETHER_SECONDS)


def _publish(tasks: list[str]) -> None:
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return
    try:
        app = import_string(settings.NUDGES_BY)
        for task in tasks:
            app.send_task(task, expires=30, retry=False, ignore_result=True)
    except Exception as error:  # any broker trouble means the same: the next tick finds the rows
        _quiet_until = time.monotonic() + REST_SECONDS
        log.warning("broker did not take a nudge", extra={"tasks": tasks, "error": type(error).__name__})
