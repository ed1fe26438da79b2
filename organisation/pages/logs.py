"""The lines of the two logs, in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from organisation import wording
from organisation.models import AccessEntry, AuditEntry
from organisation.pages.log_detail import about, detail, names_of, tells_of_citizens
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
    question: LookedAt | None
    reason: str


@dataclass(frozen=True)
class LookedAt:
    """The question that somebody looked at: only its number, and that it is confidential."""

    number: str
    href: str
    is_confidential: bool


QUESTIONS: Final[list[Callable[[Collection[int]], Mapping[int, LookedAt]]]] = []
"""Ids to questions; the desk fills it when it starts."""


def audit_rows(entries: Sequence[AuditEntry], *, is_of_the_desk: bool) -> list[AuditRow]:
    """Without `is_of_the_desk` no word that was typed about a question or customer: that is for who may see those."""
    names = names_of(entries)
    return [
        AuditRow(
            wording.moment(entry.at),
            entry.user.name if entry.user else _("the system"),
            str(ACTS.get(entry.action, entry.action)),
            about(entry, names),
            detail(entry, names, with_reason=is_of_the_desk or not tells_of_citizens(entry)),
        )
        for entry in entries
    ]


def read_rows(entries: Iterable[AccessEntry]) -> list[ReadRow]:
    rows, entries = [], list(entries)
    ids = {entry.question_id for entry in entries if entry.question_id}
    questions = {pk: one for find in QUESTIONS for pk, one in find(ids).items()} if ids else {}
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
                questions.get(entry.question_id) if entry.question_id else None,
                entry.reason,
            )
        )
    return rows


def _customer_url(pk: int) -> str:
    try:
        return reverse("contacts:customer", args=[pk])
    except NoReverseMatch:
        return ""
