"""The backups on the health page: made, brought back and checked, and how far the log of the database is in the second place."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation import nightly
from organisation.health import LINES, Line
from organisation.models import Heartbeat

LOG_OLD = timedelta(minutes=3)
TRIED_WITHIN = timedelta(hours=1)
"""The first set is brought back at once; with a million contacts that takes a quarter of an hour."""


def lines(at: datetime) -> list[Line]:
    rows = Heartbeat.objects.in_bulk(["backup", "backup_check", "backup_log", "backup_nights"])
    if not (settings.BACKUP_DIR or rows):  # in Docker only the service of the backups knows the folder
        text = _("No backups are set. See “Backup and restore” in the instructions for the server.")
        return [Line("backup", _("Backup"), settings.DEMO_MODE, text, None)]
    found = [
        _made(rows.get("backup"), [rows.get("backup_log"), rows.get("backup_nights")], at),
        _checked(rows.get("backup_check"), rows.get("backup"), rows.get("backup_log"), at),
    ]
    made = rows.get("backup")
    if made is not None and made.detail.get("kind") == "base":
        found.append(_log(rows.get("backup_log"), made, at))
    return found


def _is_at_work(log: Heartbeat | None, at: datetime) -> bool:
    """The process of the backups lives and meets no trouble: what it did not do yet, it is doing."""
    return log is not None and at - log.beat_at < LOG_OLD and "trouble" not in log.detail


def _made(row: Heartbeat | None, told: list[Heartbeat | None], at: datetime) -> Line:
    trouble = next((str(one.detail["trouble"]) for one in told if one is not None and "trouble" in one.detail), "")
    if row is None:
        is_starting = _is_at_work(told[0], at) and not trouble
        text = _("The first one is being made.") if is_starting else trouble or _("None was made yet.")
        return Line("backup", _("Backup"), is_starting, text, None, is_starting=is_starting)
    is_old = at - row.beat_at > nightly.TOO_OLD
    size = filesizeformat(int(row.detail.get("bytes", 0)))
    text = _("%(size)s, encrypted, in the second place.") % {"size": size}
    if is_old:
        text = _("None for more than 26 hours.")
    if row.detail.get("kept"):
        text += " " + _("Older ones that should go stay: the storage lets nothing go.")
    if trouble:
        text += " " + trouble
    return Line("backup", _("Backup"), not is_old and not trouble, text, row.beat_at, row.detail)


def _checked(row: Heartbeat | None, made: Heartbeat | None, log: Heartbeat | None, at: datetime) -> Line:
    name = _("Backup brought back")
    if row is None:
        is_starting = _is_at_work(log, at) and (made is None or at - made.beat_at < TRIED_WITHIN)
        text = _("Not tried yet; that happens by itself when one was made.")
        return Line("backup_check", name, is_starting, text, None, is_starting=is_starting)
    wrong, contacts = int(row.detail.get("violations", 0)), int(row.detail.get("contacts", 0))
    is_old = at - row.beat_at > nightly.TOO_OLD
    if wrong:
        text = _("Bringing it back did not go well. Call your supplier: %(found)s") % {
            "found": "; ".join(map(str, row.detail.get("found", [])))[:300]
        }
    else:
        text = ngettext(
            "In %(seconds)s seconds, with %(count)s contact; nothing was missing.",
            "In %(seconds)s seconds, with %(count)s contacts; nothing was missing.",
            contacts,
        ) % {"seconds": round(float(row.detail.get("seconds", 0))), "count": contacts}
    if is_old:
        text = _("Not tried for more than 26 hours.") + " " + text
    return Line("backup_check", name, not wrong and not is_old, text, row.beat_at, row.detail)


def _log(row: Heartbeat | None, made: Heartbeat, at: datetime) -> Line:
    shipped = row.detail.get("shipped_at") if row is not None else None
    moment = datetime.fromisoformat(str(shipped)) if shipped else None
    is_well = row is not None and moment is not None and at - moment < LOG_OLD and at - row.beat_at < LOG_OLD
    is_starting = moment is None and _is_at_work(row, at) and at - made.beat_at < LOG_OLD
    text = _("Everything until a minute ago is in the second place.")
    if is_starting:
        text = _("The first piece is on its way.")
    elif not is_well:
        text = _("Stands still. Changes of today are not safe yet.")
    is_well = is_well or is_starting
    return Line("backup_log", _("Log of the database"), is_well, text, moment, is_starting=is_starting)


LINES.append(lines)
