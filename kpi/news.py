"""How the screens of this app stand, for the overview of the management area."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kpi.models import WallLink
from organisation.clock import now
from organisation.manage import NEWS
from organisation.models import User

SOON = timedelta(days=30)
"""So long before its end a screen is about to go dark."""


def wall_links(user: User) -> tuple[str, bool]:
    at = now()
    row = WallLink.objects.filter(ended_at=None, expires_at__gt=at).aggregate(
        all=Count("pk"), ending=Count("pk", filter=Q(expires_at__lte=at + SOON))
    )
    text = ngettext("%(count)s screen", "%(count)s screens", row["all"]) % {"count": row["all"]}
    if row["ending"]:
        return text + ", " + _("%(count)s ends within 30 days") % {"count": row["ending"]}, True
    return text, False


NEWS["kpi:wall_links"] = wall_links
