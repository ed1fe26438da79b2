"""Mail that the mail server does not take: it is tried again for a week, and each try lies ahead, so that nothing seems to wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.models import OutboundMessage
from organisation import wording
from organisation.health import LINES, Line

MOST: Final = 100
LONG: Final = timedelta(minutes=20)
"""A mail server may ask a stranger to come back once; an answer waits a quarter of an hour for a copy."""


@dataclass(frozen=True)
class NotTaken:
    """`count` goes up to `MOST`; `why` is what the mail server said of the oldest, which can name its address."""

    count: int
    since: datetime
    why: str

    @property
    def words(self) -> str:
        return ngettext("%(count)s mail could not leave yet.", "%(count)s mails could not leave yet.", self.count) % {
            "count": f"{MOST - 1}+" if self.count >= MOST else self.count
        }


def not_taken(at: datetime) -> NotTaken | None:
    """None when everything leaves. One query."""
    rows = OutboundMessage.objects.filter(
        state="sending", message_source=None, accepted_at=None, created_at__lt=at - LONG
    )
    rows = rows.exclude(error="").exclude(purpose=OutboundMessage.Purpose.SURVEY).order_by("created_at", "pk")
    if not settings.SMTP["host"]:  # that is told apart: only mailboxes with a server of their own could send
        rows = rows.filter(mailbox__smtp_host__gt="")
    waiting = list(rows.values_list("created_at", "error")[:MOST])
    return NotTaken(len(waiting), *waiting[0]) if waiting else None


def lines(at: datetime) -> list[Line]:
    """For who looks after the machines and reads no mail: how much and since when, not to whom."""
    found, has_server = not_taken(at), bool(settings.SMTP["host"])
    wrong = [] if has_server or settings.DEMO_MODE else [_("No mail goes out: there is no mail server set.")]
    if found is not None:
        wrong += [found.words, _("The oldest waits since %(moment)s.") % {"moment": wording.moment(found.since)}]
    well = _("The mail server takes what we send.") if has_server else _("No mail leaves the demo.")
    facts: dict[str, object] = {
        "has_server": has_server,
        "not_taken": found.count if found is not None else 0,
        "since": found.since if found is not None else None,
    }
    return [Line("mail_out", _("Mail server for outgoing mail"), not wrong, " ".join(wrong) or well, at, facts)]


LINES.append(lines)
