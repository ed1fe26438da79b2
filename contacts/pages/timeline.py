"""Everything that happened to a question, over all channels, in one line of time; texts are ready to show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.models import OutboundMessage
from channels_app.reasons import REMARKS
from contacts.models import CallbackAttempt
from organisation import wording
from organisation.snapshot import Organisation

CUSTOMER, NOTE, EVENT = "klant", "notitie", "stap"
PICTURES = ("image/",)
Json = dict[str, Any]


@dataclass(frozen=True)
class File:
    """An attachment with its size in words."""

    pk: int
    name: str
    size: str
    icon: str


@dataclass(frozen=True)
class Entry:
    """One line or bubble; `group` is what the filter of the timeline looks at."""

    at: datetime
    when: str
    group: str
    icon: str
    head: str
    css: str = ""
    """Suffix of the square: out, note, auto."""
    tag: str = ""
    text: str = ""
    quoted: str = ""
    bubble: str = ""
    """Suffix of the bubble: out, note."""
    files: list[File] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    sending: str = ""
    """How far an outgoing message is, in words; the icon and colour follow."""
    sending_css: str = ""
    sending_icon: str = ""
    again: int | None = None
    """Contact whose message was not delivered and may be sent again."""
    anchor: str = ""
    adopt: int | None = None
    """Contact that a colleague passed on: its sender becomes the customer in one click."""

    @property
    def is_line(self) -> bool:
        """Grey and one line: a machine or a step."""
        return self.css == "auto"


def moment_of(text: str | None) -> datetime | None:
    """A moment as PostgreSQL writes it in JSON."""
    return datetime.fromisoformat(text) if text else None


def timeline(facts: Json, house: Organisation, today: date) -> list[Entry]:
    """Oldest first; of two at one moment the customer comes first."""
    entries: list[Entry] = []
    for row in facts["contacts_"]:
        entries += _contact(row, today)
    entries += [_note(row, today) for row in facts["notes_"]]
    entries += _assignments(facts["assignments_"], house, today)
    entries += _clocks(facts["clocks_"], today)
    for row in facts["callbacks_"]:
        entries += _attempts(row, today)
    order = {CUSTOMER: 0, EVENT: 1, NOTE: 2}
    entries.sort(key=lambda entry: (entry.at, order[entry.group]))
    return entries


def _contact(row: Json, today: date) -> list[Entry]:
    at = datetime.fromisoformat(row["received_at"])
    channel = str(wording.channel_name(row["channel"]))
    icon = wording.CHANNEL_ICONS.get(row["channel"], "message-circle")
    is_out = row["direction"] == "out"
    if row["is_automatic"]:
        head = _("Automatic message of the customer's mail program") if not is_out else _("Sent automatically")
        return [
            Entry(
                at,
                wording.moment(at, today),
                CUSTOMER,
                icon,
                head,
                "auto",
                text=row["text"],
                anchor=f"contact-{row['id']}",
            )
        ]
    tag = channel
    if row["duration"]:
        minutes, seconds = divmod(row["duration"], 60)
        tag = f"{channel} · {_('%(m)s min. %(s)s') % {'m': minutes, 's': f'{seconds:02d}'}}"
    if row["is_answer"]:
        tag = f"{tag} · {_('answer')}"
    elif is_out and row["purpose"]:
        tag = f"{tag} · {OutboundMessage.Purpose(row['purpose']).label}"
    sending, css, sending_icon = _sending(row, today)
    made = [
        Entry(
            at,
            wording.moment(at, today),
            CUSTOMER,
            icon,
            (row["by"] or _("The municipality"))
            if is_out
            else (row["address_name"] or row["customer"] or _("Unknown customer")),
            "out" if is_out else "",
            tag,
            row["text"],
            row["quoted"] or "",
            "out" if is_out else "",
            [_file(one) for one in row["files"] or []],
            [words for words in map(_remark, row["remarks"] or []) if words],
            sending,
            css,
            sending_icon,
            row["id"] if row["state"] == "failed" else None,
            f"contact-{row['id']}",
            row["id"] if "forwarded_by_employee" in (row["remarks"] or []) and not row["customer"] else None,
        )
    ]
    if row["ack"]:
        made.append(_acknowledgement(row["ack"], at, today))
    return made


def _sending(row: Json, today: date) -> tuple[str, str, str]:
    """`Verstuurd vandaag 10:42`, `In de wachtrij`, `Niet bezorgd: …`."""
    state = row["state"]
    if not state:
        return "", "", ""
    if state == "sent":
        return _("Sent %(when)s") % {"when": wording.moment(moment_of(row["sent_at"]), today)}, "success", "mail-check"
    if state == "failed":
        why = _plain_error(row["error"])
        return (_("Not delivered: %(why)s") % {"why": why} if why else _("Not delivered")), "danger", "mail-x"
    if state == "held":
        return _("Held back, not sent"), "inactive", "player-pause"
    return _("Waits to be sent"), "active", "clock"


def _plain_error(error: str | None) -> str:
    return " ".join((error or "").split())[:160]


def _acknowledgement(ack: Json, at: datetime, today: date) -> Entry:
    sent_at = moment_of(ack["sent_at"])
    if ack["state"] == "sent" and sent_at is not None:
        minutes = max(0, int((sent_at - at).total_seconds() // 60))
        after = (
            ngettext("after %(count)s minute", "after %(count)s minutes", minutes) % {"count": minutes}
            if minutes
            else _("within a minute")
        )
        words = _("Acknowledgement sent, automatically %(after)s") % {"after": after}
        return Entry(sent_at, wording.moment(sent_at, today), CUSTOMER, "mail-check", words, "auto")
    words, icon = {
        "failed": (_("Acknowledgement could not be delivered"), "mail-x"),
        "held": (_("Acknowledgement not sent"), "mail-x"),
    }.get(ack["state"], (_("Acknowledgement waits to be sent"), "clock"))
    why = _plain_error(ack["error"]) if ack["state"] == "failed" else ""
    return Entry(at, wording.moment(at, today), CUSTOMER, icon, f"{words}: {why}" if why else words, "auto")


def _file(row: Json) -> File:
    size = row["size"] or 0
    words = (
        f"{wording.number(size / 1_048_576, 1)} MB"
        if size >= 1_048_576
        else f"{wording.number(max(1, size // 1024), 0)} kB"
    )
    return File(row["id"], row["name"], words, "photo" if (row["type"] or "").startswith(PICTURES) else "paperclip")


def _remark(code: str) -> str:
    """What the post room noticed, in words; codes that say nothing to a person fall away."""
    return {
        "sender_not_verified": _("Sender not verified"),
        "bsn": _("Contains a citizen service number"),
        "reopened_by_employee": _("Opened again by an employee"),
        "attachment_refused": _("An attachment was refused"),
        "attachments_dropped": _("An attachment was refused"),
        "text_truncated": _("The text was cut off"),
        "html_only": _("Made from a message with layout"),
    }.get(code) or str(REMARKS.get(code, ""))


def _note(row: Json, today: date) -> Entry:
    at = datetime.fromisoformat(row["created_at"])
    tag = _("Note, not for the customer")
    return Entry(
        at,
        wording.moment(at, today),
        NOTE,
        "note",
        row["by"],
        "note",
        tag,
        row["text"],
        "",
        "note",
        anchor=f"note-{row['id']}",
    )


def _assignments(rows: list[Json], house: Organisation, today: date) -> list[Entry]:
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
            head = _("Back to the team by %(name)s") % {"name": row["by"] or _("the machine")}
            icon = "user-minus"
        entries.append(Entry(at, wording.moment(at, today), EVENT, icon, head, "auto"))
        before = row
    return entries


def _clocks(clocks: list[Json], today: date) -> list[Entry]:
    entries = []
    for clock in clocks:
        if clock["code"] in ("email.acknowledge", "form.acknowledge"):
            continue
        for row in clock["events"] or []:
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
    if kind == "replaced":
        return _("Deadline corrected: %(reason)s") % {"reason": row["cause"]}, "clock-edit"
    if kind == "recomputed":
        return _("Deadline computed again: %(by)s") % {"by": by}, "clock-edit"
    if kind == "told_overdue":
        return _("The team lead was told that this is overdue"), "bell"
    if kind == "told_coordinator":
        return _("The coordinator was told that this is overdue for days"), "bell"
    return None


def _attempts(callback: Json, today: date) -> list[Entry]:
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
