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
LONGEST = timedelta(minutes=30)
"""Between two failures of the rarest job lie ten minutes; after longer it begins anew."""
MOST = 5


def note(task: str, error: BaseException, at: datetime) -> None:
    """It failed: since when it does so without end, and how often. Only the kind of error is kept; its words stand in the log."""
    name = MARK + task
    try:
        if isinstance(error, DatabaseError | InterfaceError) and not connection.is_usable():
            connection.close()  # it failed because this one broke; the next is whole
        row = Heartbeat.objects.filter(name=name).first()
        pause = at - row.beat_at if row is not None else LONGEST
        since = str(row.detail["since"]) if row is not None and pause < LONGEST else at.isoformat()
        detail = {"since": since, "pause": pause.total_seconds(), "error": type(error).__name__}
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
    """It did so for a while, and its next try was not one that went well."""
    pause = max(timedelta(seconds=float(row.detail["pause"])), SHORTEST)
    return row.beat_at - datetime.fromisoformat(row.detail["since"]) >= LASTS and at - row.beat_at < 3 * pause


LINES.append(lines)
