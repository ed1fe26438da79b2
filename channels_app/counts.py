"""What the nightly count of the mailboxes found, for the channels and the health page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.actions.count_mailbox import beat_name
from channels_app.models import Mailbox
from organisation import nightly
from organisation.health import LINES, STARTS_WITHIN, Line
from organisation.models import Heartbeat


@dataclass(frozen=True)
class Count:
    mailbox: Mailbox
    at: datetime | None
    on_server: int
    missing: int
    fetched: int


def counts(mailboxes: list[Mailbox]) -> list[Count]:
    """The last count of each mailbox that was ever read."""
    read = [one for one in mailboxes if one.is_active and one.host and one.uid_validity is not None]
    rows = Heartbeat.objects.in_bulk([beat_name(one.pk) for one in read])
    found = []
    for one in read:
        row = rows.get(beat_name(one.pk))
        detail = row.detail if row else {}
        numbers = [int(detail.get(key, 0)) for key in ("on_server", "missing", "fetched")]
        found.append(Count(one, row.beat_at if row else None, *numbers))
    return found


def _is_new(mailbox: Mailbox, at: datetime) -> bool:
    """It was made or set otherwise a moment ago; its count comes with the next turn."""
    last = mailbox.history.values_list("history_date", flat=True).first()
    return last is not None and timedelta(0) <= at - last < STARTS_WITHIN


def missed_words(count: Count) -> str:
    return ngettext(
        "%(count)s message in the mailbox %(name)s had been missed.",
        "%(count)s messages in the mailbox %(name)s had been missed.",
        count.missing,
    ) % {"count": count.missing, "name": count.mailbox.name}


def lines(at: datetime) -> list[Line]:
    found = []
    for count in counts(list(Mailbox.objects.all())):
        is_old = count.at is None or at - count.at > nightly.TOO_OLD
        is_starting = count.at is None and _is_new(count.mailbox, at)
        if count.missing:
            text = missed_words(count) + " " + _("Taken in afterwards: %(count)s.") % {"count": count.fetched}
        elif count.at is None:
            text = _("Not counted yet.")
        else:
            text = _("Everything on the server is in the Servicecentrum (%(count)s).") % {"count": count.on_server}
        if count.at is not None and is_old:
            text = _("Has not run for more than 26 hours.") + " " + text
        name = _("Count of the mailbox %(name)s") % {"name": count.mailbox.name}
        facts = {"on_server": count.on_server, "missing": count.missing, "fetched": count.fetched}
        is_well = is_starting or not (count.missing or is_old)
        code = beat_name(count.mailbox.pk)
        found.append(Line(code, name, is_well, text, count.at, dict(facts), is_starting=is_starting))
    return found


LINES.append(lines)
