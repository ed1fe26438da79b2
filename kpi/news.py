"""How the screens of this app stand, for the overview of the management area."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kpi.models import WallLink
from organisation.clock import now
from organisation.counts import counts
from organisation.manage import NEWS
from organisation.models import User

SOON = timedelta(days=30)
"""So long before its end a screen is about to go dark."""


def wall_links(user: User) -> tuple[str, bool]:
    at = now()
    row = counts("screens", _rows, {"at": at, "soon": at + SOON})
    text = ngettext("%(count)s screen", "%(count)s screens", row["all"]) % {"count": row["all"]}
    if row["ending"]:
        return text + ", " + _("%(count)s ends within 30 days") % {"count": row["ending"]}, True
    return text, False


def _rows(marks: dict[str, Any]) -> dict[str, QuerySet[Any]]:
    used = WallLink.objects.filter(ended_at=None, expires_at__gt=marks["at"])
    return {"all": used, "ending": used.filter(expires_at__lte=marks["soon"])}


NEWS["kpi:wall_links"] = wall_links
