"""Everything that happened to a question, over all channels, in one line of time; texts are ready to show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.models import OutboundMessage, StoredFile
from channels_app.models.inbox import WITHHELD
from channels_app.pictures import can_be_shown
from channels_app.reasons import REMARKS
from contacts.models import OutgoingLetter
from contacts.models.contact import REOPENED
from contacts.pages.timeline_entry import CUSTOMER, EVENT, NOTE, PICTURES, Entry, File, Json, moment_of
from contacts.pages.timeline_steps import assignment_entries, attempt_entries, clock_entries
from contacts.sensitive_words import REMARKS as SENSITIVE
from contacts.sensitive_words import remarks_of
from organisation import wording
from organisation.kept import Kept

if TYPE_CHECKING:
    from organisation.snapshot import Organisation

LONGEST: Final = 8_000
CONTACTS: Final[Kept[list[Entry]]] = Kept(
    800, lambda made: sum(len(one.text) + len(one.quoted) for one in made) <= LONGEST
)
"""Contacts in words under all their values: on a long timeline nearly all were shown a moment ago (ADR 15)."""


def timeline(facts: Json, house: Organisation, today: date, *, is_direct: bool) -> list[Entry]:
    """Oldest first; of two at one moment the customer comes first. `is_direct`: this question was answered in the contact it came in."""
    entries: list[Entry] = []
    look = (wording.language(), today, is_direct)
    for row in facts["contacts_"]:
        entries += CONTACTS.get((*look, row.text), lambda row=row: _contact(row, today, is_direct))  # type: ignore[misc]
    entries += [_note(row, today) for row in facts["notes_"]]
    entries += assignment_entries(facts["assignments_"], house, today)
    entries += clock_entries(facts["clocks_"], today)
    for row in facts["callbacks_"]:
        entries += attempt_entries(row, today)
    order = {CUSTOMER: 0, EVENT: 1, NOTE: 2}
    entries.sort(key=lambda entry: (entry.at, order[entry.group]))
    return entries


def _contact(row: Json, today: date, is_direct: bool) -> list[Entry]:
    """One entry, and beside it the acknowledgement that went out on it."""
    if row["is_automatic"]:
        return [_by_a_machine(row, today)]
    remarks = row["remarks"] or []
    if REOPENED in remarks:
        told = {"name": row["by"] or _("the machine"), "reason": row["text"]}
        head = _("Opened again by %(name)s: %(reason)s") % told
        return [_line(row, today, EVENT, "refresh", head)]
    at = datetime.fromisoformat(row["received_at"])
    is_out = row["direction"] == "out"
    who = row["address_name"] or row["customer"] or _("Unknown customer")
    if is_out:
        who = row["by"] or _("The municipality")
    sending, css, sending_icon = _sending(row, at, today)
    entry = Entry(
        at,
        wording.moment(at, today),
        CUSTOMER,
        wording.CHANNEL_ICONS.get(row["channel"], "message-circle"),
        who,
        "out" if is_out else "",
        _tag(row, remarks, is_direct=is_direct),
        row["text"],
        row["quoted"] or "",
        "out" if is_out else "",
        tuple(_file(one) for one in row["files"] or []),
        _remarks(row, remarks),
        sending,
        css,
        sending_icon,
        again=row["id"] if row["state"] == "failed" else None,
        anchor=f"contact-{row['id']}",
        adopt=row["id"] if "forwarded_by_employee" in remarks and not row["customer"] else None,
        letter=row["id"] if row["channel"] == "letter" and is_out and row["text"] else None,
        posted=row["letter"],
        is_below_post=row["channel"] == "social",
    )
    return [entry, _acknowledgement(row["ack"], at, today)] if row["ack"] else [entry]


def _by_a_machine(row: Json, today: date) -> Entry:
    if row["direction"] == "out":
        head = _("Sent automatically")
    elif row["source"] and "deleted_message" in (row["remarks"] or []):
        head = _("The customer took an earlier message away.")
    elif row["source"]:  # a thumb
        head = _("Sign of the customer")
        head = f"{head}: {row['text']}" if len(row["text"]) <= 20 else head
    else:
        head = _("Automatic message of the customer's mail program")
    icon = wording.CHANNEL_ICONS.get(row["channel"], "message-circle")
    return _line(row, today, CUSTOMER, icon, head, row["text"])


def _line(row: Json, today: date, group: str, icon: str, head: str, text: str = "") -> Entry:
    """Grey and one line."""
    at = datetime.fromisoformat(row["received_at"])
    return Entry(at, wording.moment(at, today), group, icon, head, "auto", text=text, anchor=f"contact-{row['id']}")


def _tag(row: Json, remarks: list[str], *, is_direct: bool) -> str:
    """`uitgaand · Telefoon · 4 min. 12 · antwoord`."""
    is_out = row["direction"] == "out"
    parts = [str(wording.channel_name(row["channel"]))]
    if is_out:
        parts.insert(0, _("outgoing, in public") if "public_answer" in remarks else _("outgoing"))
    if row["duration"]:
        minutes, seconds = divmod(row["duration"], 60)
        parts.append(_("%(m)s min. %(s)s") % {"m": minutes, "s": f"{seconds:02d}"})
    if row["is_answer"] and (is_out or is_direct):  # of several questions in one contact only some were answered
        parts.append(_("answer"))
    elif is_out and row["purpose"]:
        parts.append(str(OutboundMessage.Purpose(row["purpose"]).label))
    elif is_out and "letter_acknowledgement" in remarks:
        parts.append(str(OutgoingLetter.Kind.ACKNOWLEDGEMENT.label))
    return " · ".join(parts)


def _remarks(row: Json, remarks: list[str]) -> tuple[str, ...]:
    """Who got a copy and who did not, and what was noticed on the way."""
    copies = [copy_words(row["copies"])] if row["copies"] else []
    if row["copies"] and row["state"] == "sent" and row["error"]:
        copies.append(_plain_error(row["error"]))
    noticed = (words for words in map(_remark, remarks) if words)
    return (*copies, *noticed, *remarks_of(row["text"] or "", remarks))


def _sending(row: Json, at: datetime, today: date) -> tuple[str, str, str]:
    """`Verstuurd vandaag 10:42`, `In de wachtrij` (and why it still waits), `Niet bezorgd: …`; of a letter on which day it was posted."""
    state = row["state"]
    if row["letter"]:
        return _("Posted on %(day)s") % {"day": wording.day(wording.local(at).date(), today)}, "success", "mail-check"
    if not state:
        return "", "", ""
    if state == "sent" and row["seen"]:
        return _("Read %(when)s") % {"when": wording.moment(moment_of(row["seen"]), today)}, "success", "checks"
    if state == "sent" and row["delivered"]:
        when = wording.moment(moment_of(row["delivered"]), today)
        return _("Delivered %(when)s") % {"when": when}, "success", "checks"
    if state == "sent":
        return _("Sent %(when)s") % {"when": wording.moment(moment_of(row["sent_at"]), today)}, "success", "mail-check"
    if state == "failed":
        why = _plain_error(row["error"])
        return (_("Not delivered: %(why)s") % {"why": why} if why else _("Not delivered")), "danger", "mail-x"
    if state == "held":
        return _("Held back, not sent"), "inactive", "player-pause"
    why, again = _plain_error(row["error"]).rstrip("."), moment_of(row["next_try"])
    if why and again is not None:
        told = {"why": why, "when": wording.moment(again, today)}
        return _("Not sent yet: %(why)s. Next try: %(when)s.") % told, "active", "clock"
    return _("Waits to be sent"), "active", "clock"


def copy_words(addresses: Iterable[str]) -> str:
    """Who gets the same e-mail."""
    return _("Copy (cc) to %(addresses)s") % {"addresses": ", ".join(addresses)}


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
        "dropped": (_("Acknowledgement not sent"), "mail-x"),
    }.get(ack["state"], (_("Acknowledgement waits to be sent"), "clock"))
    why = _plain_error(ack["error"]) if ack["state"] in ("failed", "dropped") else ""
    return Entry(at, wording.moment(at, today), CUSTOMER, icon, f"{words}: {why}" if why else words, "auto")


def _file(row: Json) -> File:
    size = row["size"] or 0
    words = (
        f"{wording.number(size / 1_048_576, 1)} MB"
        if size >= 1_048_576
        else f"{wording.number(max(1, size // 1024), 0)} kB"
    )
    kind = row["type"] or ""
    icon = "photo" if kind.startswith(PICTURES) else "paperclip"
    withheld = StoredFile.Check(row["check"]).label if row.get("check") in WITHHELD else ""
    return File(row["id"], row["name"], words, icon, can_be_shown(kind), withheld)


def _remark(code: str) -> str:
    """What the post room noticed, in words; codes that say nothing to a person fall away."""
    return {
        "sender_not_verified": _("Sender not verified"),
        "chat_left": _("The visitor was gone"),
        "chat_at_closing": _("Nobody took the chat before closing time"),
        "visitor_left": _("The visitor left before anybody helped"),
        "scan_without_text": _("The text could not be read: open the scan"),
        "read_by_machine": _("Read by a program: mistakes are possible"),
        "stamp_read": _("Day read from the stamp"),
        "stamp_differs": _("The stamp seems to show another day"),
        "stamp_missing": _("No stamp found: counts from the day of the scan"),
        **{code: str(words) for code, words in SENSITIVE.items()},
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
        remarks=remarks_of(row["text"]),
        anchor=f"note-{row['id']}",
    )
