"""Wakes a worker early after the commit; the row is the queue, so a lost nudge costs seconds, never work."""

import logging
import threading
import time

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

log = logging.getLogger(__name__)
REST_SECONDS = 15.0
THREAD = "nudge"
_lock = threading.Lock()
_quiet_until = 0.0


def nudge(task: str) -> None:
    """After the commit, ask the broker to run this sweep; never raises, and rests after a failure.

    The request does not wait for the broker: publishing happens in a thread of its own (quality.md P6).
    """
    if not settings.REDIS_URL or time.monotonic() < _quiet_until:
        return
    asking = threading.Thread(target=_publish, args=(task,), name=THREAD, daemon=True)
    transaction.on_commit(asking.start, robust=True)


def _publish(task: str) -> None:
    global _quiet_until
    if not _lock.acquire(blocking=False):  # one at a time: the sweep takes everything that waits
        return
    try:
        import_string(settings.NUDGES_BY).send_task(task, expires=30, retry=False, ignore_result=True)
    except Exception as error:  # any broker trouble means the same: the next tick finds the row
        _quiet_until = time.monotonic() + REST_SECONDS
        log.warning("broker did not take a nudge", extra={"task": task, "error": type(error).__name__})
    finally:
        _lock.release()
