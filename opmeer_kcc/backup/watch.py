"""The process of the backups: ships the log every few seconds, and once a night makes a set and brings it back to check it."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from opmeer_kcc.backup import make, place
from opmeer_kcc.backup.check import NAME, check_backup
from opmeer_kcc.backup.sealed import WrongKey
from organisation import nightly
from organisation.clock import now
from organisation.models import Heartbeat
from supervisor.plain import Plain

log = logging.getLogger(__name__)
LOG, NIGHTS = "backup_log", "backup_nights"
SHIP_SECONDS = 5.0
LOOK_SECONDS = 30.0
TELL = timedelta(seconds=20)
FORESEEN = (Plain, WrongKey, OSError, DatabaseError, InterfaceError)
SOON_SECONDS, AGAIN_SECONDS = 15.0, 300.0


def watch() -> None:
    """Goes on until it is told to stop. Trouble, also at its beginning, is shown on the health page and tried again.

    The log goes on being brought away while a set is made or tried, which takes half an hour where there is much.
    """
    if not settings.BACKUP_DIR:
        place.second_place()  # says what to set: nothing was asked of it
    ends = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_told: ends.set())
    nights = threading.Thread(target=_watch_nights, args=(ends,), name="nights", daemon=True)
    nights.start()
    _again(ends, _ship, SHIP_SECONDS, LOG)


def _watch_nights(ends: threading.Event) -> None:
    _again(ends, look_at_night, LOOK_SECONDS, NIGHTS)


def _again(ends: threading.Event, act: Callable[[], None], pause: float, name: str) -> None:
    wait = SHIP_SECONDS
    while not ends.wait(wait):
        wait = pause
        try:
            act()
            Heartbeat.objects.filter(name=name, detail__has_key="trouble").update(detail={})
        except Exception as error:  # a thread that dies makes no backups any more, and nobody hears why
            is_new = not isinstance(error, FORESEEN)
            log.error("backup failed", extra={"error": type(error).__name__}, exc_info=is_new)
            _tell_trouble(name, error)
            is_brief = name == LOG and isinstance(error, OSError | DatabaseError | InterfaceError)
            wait = SOON_SECONDS if is_brief else AGAIN_SECONDS  # a copy of everything is not begun four times a minute
            connection.close()


def _ship() -> None:
    place.second_place()
    place.keys()
    _tell(make.ship_log())


def look_at_night() -> None:
    """Once: the set and its trial when they are due."""
    if nightly.is_due("backup", now()):
        with nightly.alone("backup") as is_ours:
            if is_ours and nightly.is_due("backup", now()):
                make.make_backup(at=now())
    if place.sets() and nightly.is_due(NAME, now()):
        with nightly.alone(NAME) as is_ours:
            if is_ours and nightly.is_due(NAME, now()):
                check_backup(at=now())


def _tell(shipped: int) -> None:
    """When the log was last brought away, and that this process lives; at most every 20 seconds."""
    at = now()
    row = Heartbeat.objects.filter(name=LOG).first()
    if row is not None and not shipped and at - row.beat_at < TELL and "trouble" not in row.detail:
        return
    last = at.isoformat() if shipped else (row.detail.get("shipped_at") if row is not None else None)
    Heartbeat.objects.update_or_create(name=LOG, defaults={"beat_at": at, "detail": {"shipped_at": last}})


def _tell_trouble(name: str, error: Exception) -> None:
    text = str(error) if isinstance(error, Plain | WrongKey) else type(error).__name__
    if isinstance(error, OSError):
        text = place.told(error)
    try:
        row = Heartbeat.objects.filter(name=name).first()
        detail = {**(row.detail if row is not None else {}), "trouble": text[:300]}
        Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": now(), "detail": detail})
    except (DatabaseError, InterfaceError):
        pass
