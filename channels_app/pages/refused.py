"""Senders whose mail a mail server does not take, whatever it is: a person has to mend that, and it is said at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.actions.refused_us import waiting, was_refused
from organisation import wording

MOST = 100
"""So many of each sender are looked at."""


@dataclass(frozen=True)
class Refused:
    """`mailbox_id` None: the sender of the installation. `why` as the oldest message that waits has it."""

    mailbox_id: int | None
    address: str
    since: datetime
    why: str
    count: int


def refused_senders() -> list[Refused]:
    """Who cannot send, with how much waits; one query."""
    oldest_first = Window(RowNumber(), partition_by="mailbox", order_by=["created_at", "pk"])
    rows = waiting().filter(was_refused()).annotate(place=oldest_first).filter(place__lte=MOST)
    found: dict[int | None, Refused] = {}
    told = rows.order_by("created_at", "pk").values_list("mailbox_id", "mailbox__address", "created_at", "error")
    for mailbox_id, address, since, why in told:
        first = found.get(mailbox_id) or Refused(mailbox_id, address or settings.MAIL_FROM, since, why, 0)
        found[mailbox_id] = Refused(first.mailbox_id, first.address, first.since, first.why, first.count + 1)
    return list(found.values())


def refused_alarms(found: list[Refused]) -> list[tuple[str, str]]:
    """A line for each sender, and what can be done about it."""
    return [(_("No mail leaves as %(address)s.") % {"address": one.address}, _detail(one)) for one in found]


def _detail(one: Refused) -> str:
    waits = ngettext(
        "%(count)s mail waits, the oldest since %(moment)s.",
        "%(count)s mails wait, the oldest since %(moment)s.",
        one.count,
    ) % {"count": "99+" if one.count >= MOST else one.count, "moment": wording.moment(one.since)}
    what = _(
        "Whoever manages the mail server looks whether this address may send there, and whether user name and password are right."
        " Nothing is lost: we try every quarter of an hour, for seven days."
    )
    return f"{one.why.rstrip('.')}. {waits} {what}"
