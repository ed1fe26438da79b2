"""The steps on the timeline: hand-overs, clocks and tries to call; grey and one line each."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from contacts.actions.extend_complaint import COPY, EXTENDED
from contacts.actions.settle import TOLD_NOBODY
from contacts.actions.visit_wait import HELPED_AT_ONCE
from contacts.models import CallbackAttempt
from contacts.models.contact import NOT_POSTED, UNDONE
from contacts.pages.timeline_entry import EVENT, Entry, Json, moment_of
from organisation import wording

if TYPE_CHECKING:
    from organisation.snapshot import Organisation


_CAUSES: Final = {
    "undone": lazy("taken back at once"),
    UNDONE: lazy("taken back at once"),
    NOT_POSTED: lazy("the letter was not posted"),
    "kind changed": lazy("the kind of question was changed"),
}
"""Why a clock took the place of another, where no person wrote the reason down."""


def assignment_entries(rows: list[Json], house: Organisation, today: date) -> list[Entry]:
    entries = []
    before: Json | None = None
    for row in rows:
        at = datetime.fromisoformat(row["from_at"])
        team = house.teams.get(row["team"])
        name = team.name if team else ""
        if before is None or before["team"] != row["team"]:
            head = _("To %(team)s: %(reason)s") % {"team": name, "reason": row["reason"]}
            if row["by"] and before is not None:
                head = _("Handed over to %(team)s by %(name)s: %(reason)s") % {
                    "team": name,
                    "name": row["by"],
                    "reason": row["reason"],
                }
            icon = "arrow-forward-up"
        elif row["assignee"]:
            head = (
                row["reason"]
                if row["by"] == row["assignee"]
                else _("To %(name)s. %(reason)s") % {"name": row["assignee"], "reason": row["reason"]}
            )
            icon = "user-check"
        else:
            head = _("Back to the team: %(reason)s") % {"reason": row["reason"]}
            if row["by"]:
                head = _("Back to the team by %(name)s") % {"name": row["by"]}
            icon = "user-minus"
        entries.append(Entry(at, wording.moment(at, today), EVENT, icon, head, "auto"))
        before = row
    return entries


def clock_entries(clocks: list[Json], today: date) -> list[Entry]:
    entries = []
    for clock in clocks:
        if clock["code"] in ("email.acknowledge", "form.acknowledge"):
            continue
        for row in clock["events"] or []:
            # what was extended, or who helped, is shown already; that nobody was told says nothing
            if COPY in row["detail"] or row["cause"] in (HELPED_AT_ONCE, TOLD_NOBODY):
                continue
            words = _event_words(row, clock)
            at = moment_of(row["at"])
            if words and at is not None:
                entries.append(Entry(at, wording.moment(at, today), EVENT, words[1], words[0], "auto"))
    return entries


def _event_words(row: Json, clock: Json) -> tuple[str, str] | None:
    kind, name = row["kind"], clock["name"]
    due = moment_of(row["due_at"])
    by = _("by %(day)s") % {"day": wording.day(wording.last_day(due))} if due else ""
    if kind == "paused":
        return _("The clock stands still: waiting for the customer"), "player-pause"
    if kind == "resumed":
        return _("The clock runs again: %(by)s") % {"by": by}, "player-play"
    if kind == "met":
        return _("In time: %(norm)s") % {"norm": name}, "circle-check"
    if kind == "missed":
        return _("Too late: %(norm)s") % {"norm": name}, "alert-triangle"
    if kind == "replaced" and EXTENDED in row["detail"]:
        return _("Complaint extended: %(reason)s") % {"reason": row["cause"]}, "calendar-plus"
    if kind == "replaced":
        return _("Deadline corrected: %(reason)s") % {"reason": _CAUSES.get(row["cause"], row["cause"])}, "clock-edit"
    if kind == "recomputed":
        return _("Deadline computed again: %(by)s") % {"by": by}, "clock-edit"
    if kind == "told_overdue":
        return _("The team lead was told that this is overdue"), "bell"
    if kind == "told_coordinator":
        return _("The coordinator was told that this is overdue for days"), "bell"
    return None


def attempt_entries(callback: Json, today: date) -> list[Entry]:
    entries = []
    for row in callback["attempts"] or []:
        if row["outcome"] == "reached":  # the conversation itself is on the timeline
            continue
        at = datetime.fromisoformat(row["at"])
        head = _("%(name)s called %(phone)s: %(outcome)s") % {
            "name": row["by"],
            "phone": callback["phone"],
            "outcome": CallbackAttempt.Outcome(row["outcome"]).label,
        }
        if row["note"]:
            head = f"{head}. {row['note']}"
        entries.append(Entry(at, wording.moment(at, today), EVENT, "phone-outgoing", head, "auto"))
    return entries
