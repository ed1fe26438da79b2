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


def lines(at: datetime) -> list[Line]:
    rows = Heartbeat.objects.in_bulk(["backup", "backup_check", "backup_log", "backup_nights"])
    if not settings.BACKUP_DIR and "backup" not in rows:
        text = _("No backups are set. See “Backup and restore” in the instructions for the server.")
        return [Line("backup", _("Backup"), settings.DEMO_MODE, text, None)]
    found = [
        _made(rows.get("backup"), [rows.get("backup_log"), rows.get("backup_nights")], at),
        _checked(rows.get("backup_check"), at),
    ]
    if rows.get("backup") is not None and rows["backup"].detail.get("kind") == "base":
        found.append(_log(rows.get("backup_log"), at))
    return found


def _made(row: Heartbeat | None, told: list[Heartbeat | None], at: datetime) -> Line:
    trouble = next((str(one.detail["trouble"]) for one in told if one is not None and "trouble" in one.detail), "")
    if row is None:
        return Line("backup", _("Backup"), False, trouble or _("None was made yet."), None)
    is_old = at - row.beat_at > nightly.TOO_OLD
    size = filesizeformat(int(row.detail.get("bytes", 0)))
    text = _("%(size)s, encrypted, in the second place.") % {"size": size}
    if is_old:
        text = _("None for more than 26 hours.")
    if trouble:
        text += " " + trouble
    return Line("backup", _("Backup"), not is_old and not trouble, text, row.beat_at, row.detail)


def _checked(row: Heartbeat | None, at: datetime) -> Line:
    name = _("Backup brought back")
    if row is None:
        return Line("backup_check", name, False, _("Not tried yet; that happens by itself at night."), None)
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


def _log(row: Heartbeat | None, at: datetime) -> Line:
    shipped = row.detail.get("shipped_at") if row is not None else None
    moment = datetime.fromisoformat(str(shipped)) if shipped else None
    is_well = row is not None and moment is not None and at - moment < LOG_OLD and at - row.beat_at < LOG_OLD
    text = (
        _("Everything until a minute ago is in the second place.")
        if is_well
        else _("Stands still. Changes of today are not safe yet.")
    )
    return Line("backup_log", _("Log of the database"), is_well, text, moment)


LINES.append(lines)
