"""Notices of one person in words; a question that left this person's reach is only a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contacts import keyset
from contacts.models import Notice, Question
from contacts.norms.promises import VISIT
from contacts.notice_topics import kind_words, topics_of, unreadable_kinds
from contacts.pages.question_link import question_href
from organisation import wording
from organisation.roles import Right
from organisation.workdays import local_day

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import User

PAGE = 50
LOOKS = {
    "almost_due": ("hourglass", "soon"),
    "overdue": ("alert-triangle", "late"),
    "overdue_long": ("alert-triangle", "late"),
    "assigned": ("user-check", ""),
    "new_contact": ("message-circle", ""),
    "confidential_opened": ("lock-open", ""),
    "access_asked": ("lock", ""),
    "reminded": ("bell", "late"),
    "named": ("lock", "soon"),
    "visitor_waits": ("walk", "soon"),
    "send_failed": ("mail-x", "late"),
    "letter_waits": ("mailbox", "late"),
    "role_asked": ("user-check", ""),
    "talk_due": ("calendar-event", "soon"),
    "provider_passed": ("lock-open", "late"),
    "account_changed": ("lock", "soon"),
    "person_asked": ("user-check", "soon"),
    "right_due": ("hourglass", "soon"),
    "right_late": ("alert-triangle", "late"),
    "right_not_told": ("mail-x", "late"),
    "list_made": ("archive", "soon"),
    "list_proposed": ("archive", "soon"),
    "flood": ("alert-triangle", "late"),
    "news_waits": ("bell", "soon"),
    "article_due": ("rosette-discount-check", "soon"),
}


@dataclass(frozen=True)
class Row:
    pk: int
    icon: str
    css: str
    words: str
    title: str
    number: str
    href: str
    when: str
    is_unread: bool


@dataclass(frozen=True)
class NoticesPage:
    rows: list[Row]
    has_unread: bool
    next_href: str
    previous_href: str
    made_at: str
    """What came later is not on this page."""
    is_about_questions: bool
    """Administrators without questions only hear of roles."""


def _words(kind: str, code: str | None) -> str:
    """Of a visitor who waits too long nothing is late but the colleague."""
    if code == VISIT:
        return _("A visitor waits almost too long") if kind == "almost_due" else _("A visitor waits too long")
    return capfirst(kind_words(kind))


def notices_page(user: User, at: datetime, *, after: str = "", before: str = "") -> NoticesPage:
    """One query, and one more for each kind that is about no question."""
    visible = Exists(Question.objects.visible_to(user).filter(pk=OuterRef("question_id")))
    mine = Notice.objects.filter(user=user).exclude(kind__in=unreadable_kinds(user))
    rows = mine.annotate(seen=visible).values(
        *("id", "kind", "key", "at", "read_at", "seen"),
        number=F("question__number"),
        title=F("question__title"),
        code=F("clock__code"),
    )
    found = keyset.page(
        rows,
        moment="at",
        newest_first=True,
        after=keyset.Cursor.read(after),
        before=keyset.Cursor.read(before),
        size=PAGE,
    )
    today = local_day(at)
    topics = topics_of(user, [(row["kind"], row["key"]) for row in found.rows])
    shown = []
    for row in found.rows:
        icon, css = LOOKS.get(row["kind"], ("bell", ""))
        topic = topics.get((row["kind"], row["key"]))
        if topic is not None:
            title, href = topic.title, topic.href
        else:
            title, href = row["title"] if row["seen"] else "", question_href(row["number"]) if row["number"] else ""
        shown.append(
            Row(
                row["id"],
                icon,
                css,
                _words(row["kind"], row["code"]),
                title,
                row["number"] or "",
                href,
                wording.moment(row["at"], today),
                row["read_at"] is None,
            )
        )
    base = reverse("contacts:notices")
    ends = [keyset.Cursor(row["at"], row["id"]) for row in found.rows]
    return NoticesPage(
        shown,
        any(row.is_unread for row in shown),
        f"{base}?na={ends[-1]}" if found.has_after and ends else "",
        f"{base}?voor={ends[0]}" if found.has_before and ends else "",
        at.isoformat(),
        user.may(Right.QUESTIONS_READ),
    )
