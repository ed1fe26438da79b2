"""The lines of the two logs, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from organisation import wording
from organisation.models import AccessEntry, AuditEntry

ACTS: dict[str, Promise] = {
    "login.ok": lazy("logged in"),
    "login.failed": lazy("wrong password"),
    "login.locked": lazy("locked after wrong passwords"),
    "logout": lazy("logged out"),
    "password.changed": lazy("changed own password"),
    "password.given": lazy("gave a one-time password"),
    "second_factor.set": lazy("set up the second factor"),
    "second_factor.removed": lazy("removed the second factor"),
    "person.added": lazy("added a person"),
    "person.changed": lazy("changed a person"),
    "person.activated": lazy("let a person in again"),
    "person.deactivated": lazy("kept a person out"),
    "role.given": lazy("gave a role"),
    "role.given_high": lazy("gave a role with high rights"),
    "role.taken": lazy("took a role"),
    "team.added": lazy("added a team"),
    "team.changed": lazy("changed a team"),
    "calendar.hours": lazy("changed opening hours"),
    "calendar.day": lazy("changed a day of a calendar"),
    "calendar.days_removed": lazy("removed days of a calendar"),
    "calendar.proposed": lazy("had holidays proposed"),
    "calendar.confirmed": lazy("confirmed holidays"),
    "subject.added": lazy("added a subject"),
    "subject.changed": lazy("changed a subject"),
    "municipality.changed": lazy("changed the settings of the municipality"),
}
"""What each act is called; apps above add theirs when they start. An act without words is shown as it is."""

PAGES: dict[str, Promise] = {
    "customer": lazy("customer"),
    "question": lazy("question"),
    "queue": lazy("queue"),
    "search": lazy("search"),
    "registration": lazy("registering"),
    "callbacks": lazy("call back"),
    "attachment": lazy("attachment"),
    "read_log": lazy("who looked"),
}


@dataclass(frozen=True)
class AuditRow:
    at: str
    who: str
    act: str
    about: str
    detail: str


@dataclass(frozen=True)
class ReadRow:
    at: str
    who: str
    page: str
    customer: int | None
    customer_url: str
    question: int | None
    reason: str


def audit_rows(entries: Iterable[AuditEntry]) -> list[AuditRow]:
    rows = []
    for entry in entries:
        detail = ", ".join(
            f"{key}: {_plain(value)}" for key, value in entry.detail.items() if value not in ("", [], None)
        )
        about = f"{entry.object_type.rpartition('.')[2]} {entry.object_id}".strip()
        who = entry.user.name if entry.user else _("the system")
        rows.append(
            AuditRow(wording.moment(entry.at), who, str(ACTS.get(entry.action, entry.action)), about, detail[:300])
        )
    return rows


def _plain(value: object) -> str:
    if isinstance(value, list):
        return " ".join(str(part) for part in value)
    return str(value)


def read_rows(entries: Iterable[AccessEntry]) -> list[ReadRow]:
    rows = []
    for entry in entries:
        who = (
            entry.user.name
            if entry.user
            else _("connection %(name)s") % {"name": entry.client}
            if entry.client
            else "–"
        )
        page = str(PAGES.get(entry.page, entry.page))
        url = _customer_url(entry.customer_id) if entry.customer_id else ""
        rows.append(
            ReadRow(wording.moment(entry.at), who, page, entry.customer_id, url, entry.question_id, entry.reason)
        )
    return rows


def _customer_url(pk: int) -> str:
    try:
        return reverse("contacts:customer", args=[pk])
    except NoReverseMatch:
        return ""
