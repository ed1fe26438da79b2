"""Letters on the timeline that wait to be posted."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contacts.models import OutgoingLetter
from contacts.pages.timeline_entry import CUSTOMER, Entry, Json, Paper, moment_of
from organisation import wording
from organisation.workdays import local_day

if TYPE_CHECKING:
    from datetime import date


def letter_entries(rows: list[Json], at: datetime) -> list[Entry]:
    """Never kept between requests: whether one waits too long changes by itself."""
    return [_entry(row, at, local_day(at)) for row in rows]


def _entry(row: Json, at: datetime, today: date) -> Entry:
    made_at, post_by = datetime.fromisoformat(row["made_at"]), datetime.fromisoformat(row["post_by"])
    is_late = post_by <= at
    words = (
        _("Not posted yet")
        if not is_late
        else _("Not posted yet: waits since %(day)s") % {"day": wording.day(wording.local(made_at).date(), today)}
    )
    kind = OutgoingLetter.Kind(row["kind"]).label
    printed_at = moment_of(row["printed_at"])
    return Entry(
        made_at,
        wording.moment(made_at, today),
        CUSTOMER,
        "mailbox",
        row["by"],
        "out",
        f"{_('Letter')} · {kind}",
        row["text"],
        "",
        "out",
        remarks=(_("Printed %(when)s") % {"when": wording.moment(printed_at, today)},) if printed_at else (),
        sending=words,
        sending_css="danger" if is_late else "active",
        sending_icon="alert-triangle" if is_late else "clock",
        anchor=f"brief-{row['id']}",
        paper=Paper(row["id"], is_late, row["recipient"].replace("\n", " · "), row["kind"]),
    )
