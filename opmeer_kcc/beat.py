"""Celery's scheduler, with a sign of life and without a heap of ticks that nobody takes; it loads no models."""

import logging
import logging.config
import subprocess
import sys
import time
from typing import Any

from celery.beat import PersistentScheduler
from celery.signals import beat_init, setup_logging
from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections

from opmeer_kcc.ticks import app
from organisation.actions.heartbeat import beat

__all__ = ["Ticker", "app"]  # `celery -A opmeer_kcc.beat beat` finds them here

log = logging.getLogger(__name__)
SIGN_OF_LIFE_SECONDS = 20.0
FULL = 100
"""As many waiting messages mean that no worker takes them: more ticks would only fill the broker's memory."""
IS_SECURE = [
    sys.executable,
    str(settings.BASE_DIR / "manage.py"),
    *("check", "--tag", "security", "--tag", "database", "--database", "default"),
]
"""Says in sentences what stands in the way of starting, and fails then."""


@beat_init.connect
def _refuse_what_is_insecure(**kwargs: object) -> None:
    """As the web processes do. Asked by a process that ends again, as it takes every model to know."""
    if subprocess.run(IS_SECURE, stdout=subprocess.DEVNULL, check=False).returncode:
        sys.exit("beat does not start")


@setup_logging.connect
def _log_as_the_settings_say(**kwargs: object) -> None:
    """Elsewhere Django does this, when it is set up."""
    logging.config.dictConfig(settings.LOGGING)


class Ticker(PersistentScheduler):
    """Sends ticks; writes the row `beat` from its own loop, so a beat that hangs is seen (quality.md rule 8, F20)."""

    _told_at = 0.0

    def tick(self, *args: Any, **kwargs: Any) -> float:
        if time.monotonic() - self._told_at >= SIGN_OF_LIFE_SECONDS:
            self._told_at = time.monotonic()
            _tell()
        return min(float(super().tick(*args, **kwargs)), SIGN_OF_LIFE_SECONDS / 4)

    def apply_async(self, entry: Any, producer: Any = None, advance: bool = True, **kwargs: Any) -> Any:
        if self._is_full(producer):
            if advance:
                self.reserve(entry)
            log.warning("tick left out: nobody takes the ticks", extra={"task": entry.task})
            return None
        return super().apply_async(entry, producer=producer, advance=advance, **kwargs)

    def _is_full(self, producer: Any) -> bool:
        try:
            queue = self.app.conf.task_default_queue
            return bool(producer.channel.queue_declare(queue, passive=True).message_count >= FULL)
        except Exception:  # a broker that is away or has no such queue yet: sending itself will tell
            return False


def _tell() -> None:
    try:
        close_old_connections()
        beat("beat")
    except (DatabaseError, InterfaceError):
        log.warning("beat could not write its sign of life")
