"""Jobs that fail each time. A worker that lives and takes its ticks looks well, however little comes of one of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, connection
from django.utils.translation import gettext as _

from organisation.health import LINES, Line
from organisation.models import Heartbeat

MARK = "failed "
LASTS = timedelta(minutes=5)
"""A job that fails now and then is done at its next tick, and asks for nobody."""
SHORTEST = timedelta(minutes=1)
"""A job that is asked for every few seconds may take this long to fail."""
TRIES = 3
"""After so many ticks of the job without a failure one of them went well, and the next failure begins anew."""
MOST = 5


class Killed(Exception):
    """Its process was ended in the middle of it."""


def note(task: str, error: BaseException, at: datetime, tick: float) -> None:
    """It failed: since when it does so each time. `tick`: the seconds after which it is tried again, or that it took to fail. Only the kind of
    error is kept; its words stand in the log."""
    name = MARK + task
    try:
        if isinstance(error, DatabaseError | InterfaceError) and not connection.is_usable():
            connection.close()  # it failed because this one broke; the next is whole
        row = Heartbeat.objects.filter(name=name).first()
        goes_on = row is not None and at - row.beat_at < _patience(tick)
        since = str(row.detail["since"]) if row is not None and goes_on else at.isoformat()
        detail = {"since": since, "pause": tick, "error": type(error).__name__}
        Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": at, "detail": detail})
    except (DatabaseError, InterfaceError):  # away: that is seen elsewhere
        pass


def lines(at: datetime) -> list[Line]:
    failing = sorted(row.name for row in Heartbeat.objects.filter(name__startswith=MARK) if _goes_on(row, at))
    names = ", ".join(name.removeprefix(MARK) for name in failing[:MOST])
    text = _("Fail each time: %(names)s. See the log of the worker.") % {"names": names}
    if not failing:
        text = _("None fails each time.")
    return [Line("jobs", _("Jobs"), not failing, text, at, {"failing": len(failing)})]


def _goes_on(row: Heartbeat, at: datetime) -> bool:
    """It did so for a while, and none of its next tries went well."""
    is_lasting = row.beat_at - datetime.fromisoformat(row.detail["since"]) >= LASTS
    return is_lasting and at - row.beat_at < _patience(float(row.detail["pause"]))


def _patience(tick: float) -> timedelta:
    return TRIES * max(timedelta(seconds=tick), SHORTEST)


LINES.append(lines)
