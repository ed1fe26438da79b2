"""What the virus scanner asks a person to look at: it does not answer, or it found something."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from channels_app.actions.check_files import BEAT
from organisation import wording
from organisation.models import Heartbeat

SILENT: Final = timedelta(minutes=5)
SHOWN: Final = timedelta(days=3)


def scanner_alarms(at: datetime) -> list[tuple[str, str]]:
    """Sentences with what to do; nothing where no scanner is set."""
    if not settings.CLAMD:
        return []
    beat = Heartbeat.objects.filter(name=BEAT).first()
    found: list[tuple[str, str]] = []
    if beat is None or at - beat.beat_at > SILENT or beat.detail.get("error"):
        why = str(beat.detail.get("error", "")) if beat is not None else ""
        found.append((_("The virus scanner does not answer. New files wait and are given to nobody."), why))
    if beat is not None and beat.detail.get("found_at"):
        when = datetime.fromisoformat(beat.detail["found_at"])
        if at - when < SHOWN:
            detail = _("%(virus)s, %(when)s. The file is given to nobody.") % {
                "virus": beat.detail["virus"],
                "when": wording.moment(when),
            }
            found.append((_("A file that came in holds a virus."), detail))
    return found
