"""Replies that did not leave yet on the timeline, and the moments at which one can leave later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts import later
from contacts.models import PlannedReply
from contacts.pages.timeline import copy_words
from contacts.pages.timeline_entry import CUSTOMER, Entry, Json, Waiting, moment_of
from organisation import wording
from organisation.workdays import local_day

if TYPE_CHECKING:
    from contacts.models import Question
    from organisation.snapshot import Organisation

State = PlannedReply.State


@dataclass(frozen=True)
class Moment:
    """A proposal: as it is posted, and in words."""

    value: str
    words: str


def moments(question: Question, house: Organisation, at: datetime) -> list[Moment]:
    """When this reply could leave later."""
    if house.default_calendar is None:
        return []
    found = later.proposals(house.calendar_of(question.team_id).rules, at)
    return [Moment(one.isoformat(timespec="minutes"), moment_words(one, local_day(at))) for one in found]


def moment_words(at: datetime, today: date) -> str:
    """`vandaag 15:00`, `morgen 09:00`, else `ma 30 nov, 09:00`."""
    if local_day(at) == today + timedelta(days=1):
        return _("tomorrow %(time)s") % {"time": wording.clock(at)}
    return wording.moment(at, today)


def planned_entries(rows: list[Json], at: datetime) -> list[Entry]:
    """What waits, came back or could not leave; never kept between requests, for the seconds run."""
    return [_entry(row, at) for row in rows]


def _entry(row: Json, at: datetime) -> Entry:
    send_at, settled_at = datetime.fromisoformat(row["send_at"]), moment_of(row["settled_at"])
    today = local_day(at)
    shown_at = (settled_at if row["state"] != State.WAITING else send_at) or send_at
    left = max(0, round((send_at - at).total_seconds()))
    words, css, icon = _words(row, send_at, left, today)
    tag = str(wording.channel_name(row["channel"]))
    if row["to_address"]:
        tag = f"{tag} · {row['to_address']}"
    return Entry(
        shown_at,
        wording.moment(datetime.fromisoformat(row["created_at"]), today),
        CUSTOMER,
        wording.CHANNEL_ICONS.get(row["channel"], "message-circle"),
        row["by"],
        "out",
        tag,
        row["text"],
        "",
        "out",
        remarks=(
            *([copy_words(row["copies"])] if row["copies"] else []),
            *(one["name"] for one in row["files"] or []),
        ),
        sending=words,
        sending_css=css,
        sending_icon=icon,
        anchor=f"gepland-{row['id']}",
        waiting=Waiting(
            row["id"],
            is_waiting=row["state"] == State.WAITING,
            is_scheduled=row["is_scheduled"],
            seconds=left if row["state"] == State.WAITING and not row["is_scheduled"] else None,
        ),
    )


def _words(row: Json, send_at: datetime, left: int, today: date) -> tuple[str, str, str]:
    if row["state"] == State.REFUSED:
        return _("Not sent: %(why)s") % {"why": row["why"]}, "danger", "mail-x"
    if row["state"] == State.BACK:
        return _("Taken back, not sent"), "inactive", "arrow-back-up"
    if row["is_scheduled"]:
        return _("Planned: %(when)s") % {"when": moment_words(send_at, today)}, "active", "clock"
    return seconds_words(left), "active", "clock"


def seconds_words(left: int) -> str:
    """How long it can still be taken back."""
    if left < 1:
        return _("Is being sent")
    return ngettext("Is sent in %(count)s second", "Is sent in %(count)s seconds", left) % {"count": left}


def kept_files(planned: PlannedReply) -> list[dict[str, Any]]:
    """The files of a reply that came back, to be kept or left out."""
    return [{"pk": one.pk, "name": one.name} for one in planned.files.order_by("pk")]
