"""The lines of the two logs, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation import wording
from organisation.models import AccessEntry, AuditEntry
from organisation.pages.log_words import ACTS, PAGES

OBJECTS = {
    "organisation.user": gettext_lazy("person"),
    "organisation.team": gettext_lazy("team"),
    "organisation.subject": gettext_lazy("subject"),
    "organisation.workingcalendar": gettext_lazy("calendar"),
    "organisation.municipality": gettext_lazy("municipality"),
    "contacts.servicenorm": gettext_lazy("norm"),
    "contacts.routingrule": gettext_lazy("rule"),
    "contacts.apiclient": gettext_lazy("connection"),
    "contacts.replytemplate": gettext_lazy("template"),
    "contacts.question": gettext_lazy("question"),
    "contacts.customer": gettext_lazy("customer"),
    "channels_app.mailbox": gettext_lazy("mailbox"),
    "channels_app.inboundmessage": gettext_lazy("message"),
    "channels_app.outboundmessage": gettext_lazy("message"),
}
"""What an act was done to, in words."""
KEYS = {
    "name": gettext_lazy("name"),
    "reason": gettext_lazy("reason"),
    "valid_from": gettext_lazy("valid from"),
    "rows": gettext_lazy("lines"),
    "scopes": gettext_lazy("rights"),
    "role": gettext_lazy("role"),
    "figure": gettext_lazy("figure"),
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
            f"{KEYS.get(key, key)}: {_plain(value)}"
            for key, value in entry.detail.items()
            if value not in ("", [], None)
        )
        kind = OBJECTS.get(entry.object_type, entry.object_type.rpartition(".")[2])
        about = f"{kind} {entry.object_id}".strip()
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
