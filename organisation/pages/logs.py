"""The lines of the two logs, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from organisation import wording
from organisation.models import AccessEntry, AuditEntry
from organisation.pages.log_detail import about, detail, names_of
from organisation.pages.log_words import ACTS, page_words


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


def audit_rows(entries: Sequence[AuditEntry]) -> list[AuditRow]:
    names = names_of(entries)
    return [
        AuditRow(
            wording.moment(entry.at),
            entry.user.name if entry.user else _("the system"),
            str(ACTS.get(entry.action, entry.action)),
            about(entry, names),
            detail(entry, names),
        )
        for entry in entries
    ]


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
        url = _customer_url(entry.customer_id) if entry.customer_id else ""
        rows.append(
            ReadRow(
                wording.moment(entry.at),
                who,
                page_words(entry.page),
                entry.customer_id,
                url,
                entry.question_id,
                entry.reason,
            )
        )
    return rows


def _customer_url(pk: int) -> str:
    try:
        return reverse("contacts:customer", args=[pk])
    except NoReverseMatch:
        return ""
