"""Mail that the mail server does not take: it is tried again for a week, and each try lies ahead, so that nothing seems to wait."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.actions.refused_us import was_refused
from channels_app.models import OutboundMessage
from organisation import wording

MOST: Final = 100
LONG: Final = timedelta(minutes=20)
"""A mail server may ask a stranger to come back once; an answer waits a quarter of an hour for a copy."""


def not_taken_alarms(at: datetime) -> list[tuple[str, str]]:
    """How many, since when, and what the mail server said of the oldest. One query."""
    rows = OutboundMessage.objects.filter(
        state="sending", message_source=None, accepted_at=None, created_at__lt=at - LONG
    )
    rows = rows.exclude(error="").exclude(purpose=OutboundMessage.Purpose.SURVEY).order_by("created_at", "pk")
    rows = rows.exclude(was_refused())  # these have an alarm of their own (`pages/refused.py`)
    if not settings.SMTP["host"]:  # that has an alarm of its own: only mailboxes with a server of their own could send
        rows = rows.filter(mailbox__smtp_host__gt="")
    waiting = list(rows.values_list("created_at", "error")[:MOST])
    if not waiting:
        return []
    count = len(waiting)
    text = ngettext("%(count)s mail could not leave yet.", "%(count)s mails could not leave yet.", count) % {
        "count": "99+" if count >= MOST else count
    }
    since, why = waiting[0]
    told = _("The oldest waits since %(moment)s: %(why)s We keep trying for seven days.")
    return [(text, told % {"moment": wording.moment(since), "why": why})]


def not_taken_by_services(at: datetime) -> list[tuple[str, str]]:
    """The same of what goes by services: that one tells us something says nothing of whether it takes something. One query."""
    rows = OutboundMessage.objects.filter(
        state="sending", message_source__isnull=False, accepted_at=None, created_at__lt=at - LONG
    )
    rows = rows.exclude(error="").exclude(purpose=OutboundMessage.Purpose.SURVEY).order_by("created_at", "pk")
    waiting: dict[str, list[tuple[datetime, str]]] = {}
    for name, since, why in rows.values_list("message_source__name", "created_at", "error")[:MOST]:
        waiting.setdefault(name, []).append((since, why))
    found = []
    for name, messages in waiting.items():
        text = ngettext(
            "%(count)s message could not leave by %(name)s yet.",
            "%(count)s messages could not leave by %(name)s yet.",
            len(messages),
        ) % {"count": len(messages), "name": name}
        since, why = messages[0]
        told = _("The oldest waits since %(moment)s: %(why)s We keep trying for a day.")
        found.append((text, told % {"moment": wording.moment(since), "why": why}))
    return found
