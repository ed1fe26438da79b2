"""How the folder of the scanner is: looked at, empty, or in need of somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.actions.sweep_scans import BEAT
from organisation import wording
from organisation.models import Heartbeat

SILENT_SECONDS: Final = 300


@dataclass(frozen=True)
class Folder:
    """The scanner's folder; `error` says what is wrong with it, `last` when the last letter came."""

    words: str
    error: str
    last: str = ""


def folder_state(at: datetime) -> Folder | None:
    """None when no folder is set."""
    if not settings.SCANS_DIR:
        return None
    beat = Heartbeat.objects.filter(name=BEAT).first()
    if beat is None or (at - beat.beat_at).total_seconds() > SILENT_SECONDS:
        return Folder(_("The folder of the scanner is not looked at."), _("Ask the administrator to look at it."))
    detail: dict[str, Any] = beat.detail
    if stuck := int(detail.get("stuck") or 0):
        words = ngettext(
            "%(count)s file in the folder of the scanner cannot be read.",
            "%(count)s files in the folder of the scanner cannot be read.",
            stuck,
        ) % {"count": stuck}
        return Folder(words, str(detail["error"]))
    if detail.get("error"):
        return Folder(_("The folder of the scanner cannot be used."), str(detail["error"]))
    refused = int(detail.get("refused") or 0)
    if refused:
        words = ngettext(
            "%(count)s file in the folder of the scanner was refused.",
            "%(count)s files in the folder of the scanner were refused.",
            refused,
        ) % {"count": refused}
        return Folder(words, _("Empty files and files of more than 35 MB lie in the folder “geweigerd”."))
    last = datetime.fromisoformat(detail["last"]) if detail.get("last") else None
    return Folder(_("The folder of the scanner is looked at."), "", wording.moment(last))
