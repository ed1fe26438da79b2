"""What searching shows: customers, questions and subjects that this person may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import F
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from contacts import normalize
from contacts.finding.customers import find_customers, recognised
from contacts.finding.questions import find_questions
from contacts.finding.subject_index import subjects_like
from contacts.models import Question
from contacts.pages.candidates import Candidate, candidates
from contacts.pages.customer_pane import question_badge
from organisation import wording
from organisation.addresses import address
from organisation.prepared import listed, marked_user, rows_prepared, user_shape, user_values
from organisation.roles import Right
from organisation.snapshot import Organisation, organisation
from organisation.wording import Badge

if TYPE_CHECKING:
    from organisation.models import User

COLUMNS = ("pk", "number", "title", "channel", "status", "due_at", "soon_at", "received_at", "customer_id", "team_id")
STATUS_BADGES = {
    "new": ("", "inbox"),
    "in_progress": ("active", "progress"),
    "waiting": ("inactive", "player-pause"),
    "closed": ("success", "circle-check"),
    "cancelled": ("", "ban"),
}


@dataclass(frozen=True)
class FoundCustomer:
    row: Candidate
    name: SafeString
    url: str
    new_url: str


@dataclass(frozen=True)
class FoundQuestion:
    number: str
    title: SafeString
    url: str
    channel: str
    customer: str
    team: str
    when: str
    badge: Badge | None
    status: str
    status_css: str
    status_icon: str
    new_url: str


@dataclass(frozen=True)
class FoundSubject:
    name: SafeString
    theme: str
    team: str
    url: str


@dataclass(frozen=True)
class SearchPage:
    query: str
    customers: tuple[FoundCustomer, ...]
    questions: tuple[FoundQuestion, ...]
    subjects: tuple[FoundSubject, ...]
    new_url: str
    is_full: bool
    more: bool
    sentence: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.customers or self.questions or self.subjects)


def marked(text: str, words: list[str]) -> SafeString:
    """The text with the searched words marked, escaped; accents and capitals do not matter."""
    simple = _letter_by_letter(text)
    spots: list[tuple[int, int]] = []
    for word in words:
        start = simple.find(word)
        if word and start >= 0 and not any(start < b and a < start + len(word) for a, b in spots):
            spots.append((start, start + len(word)))
    pieces, at = [], 0
    for a, b in sorted(spots):
        pieces += [escape(text[at:a]), "<mark>", escape(text[a:b]), "</mark>"]
        at = b
    return mark_safe("".join([*pieces, escape(text[at:])]))  # noqa: S308 - every part of the text is escaped


def _letter_by_letter(text: str) -> str:
    """The text as it is searched, each letter in its own place; nothing when a letter becomes two (then nothing is marked)."""
    if text.isascii():
        return text.lower()
    plain = [c.lower() if c.isascii() else normalize.plain(c) or c for c in text]
    return "".join(plain) if all(len(c) == 1 for c in plain) else ""


def search_page(user: User, query: str, at: datetime, *, is_full: bool) -> SearchPage:
    """At most ten queries, whatever is found; the palette shows a few of each, the page all of them."""
    words = normalize.plain(query).split()
    may_register = user.may(Right.QUESTIONS_WRITE)
    desk = reverse("contacts:registration")
    house = organisation()
    kind = recognised(query, house)
    people = find_customers(user, query, 20 if is_full else 5, house)
    ids = find_questions(user, query, 50 if is_full else 6, house) if len(query.strip()) > 1 else []
    subjects = (
        [house.subjects[pk] for pk in subjects_like(house, query)[: 8 if is_full else 3]] if kind.kind == "name" else []
    )
    customers = tuple(
        FoundCustomer(
            row=row,
            name=marked(row.name, words),
            url=address("contacts:customer", row.id),
            new_url=f"{desk}?klant={row.id}" if may_register else "",
        )
        for row in candidates(user, people, kind, at)
    )
    return SearchPage(
        query=query,
        customers=customers,
        questions=_questions(user, ids, words, at, desk if may_register else "", house),
        subjects=tuple(
            FoundSubject(
                name=marked(subject.name, words),
                theme=house.subjects[subject.parent_id].name if subject.parent_id in house.subjects else "",
                team=team.name if (team := house.subject_team(subject.pk)) else "",
                url=f"{desk}?{urlencode({'nieuw': 1, 'onderwerp': subject.pk})}" if may_register else "",
            )
            for subject in subjects
        ),
        new_url=f"{desk}?{urlencode({'zoek': query})}" if may_register and query else "",
        is_full=is_full,
        more=len(ids) >= 6 or len(people) >= 5,
    )


def _questions(
    user: User, ids: list[int], words: list[str], at: datetime, desk: str, house: Organisation
) -> tuple[FoundQuestion, ...]:
    if not ids:
        return ()
    rows = {
        row["pk"]: row
        for row in rows_prepared(
            ("questions found", user_shape(user)),
            lambda marks: (
                Question.objects.visible_to(marked_user(user, marks))
                .filter(pk__in=listed(marks["ids"]))
                .order_by()
                .values(*COLUMNS, customer_name=F("customer__name"), team_name=F("team__name"))
            ),
            {"ids": ",".join(map(str, ids)), **user_values(user)},
        )
    }
    today = wording.local(at).date()
    labels = {value: str(label).lower() for value, label in Question.Status.choices}
    found = []
    for row in (rows[pk] for pk in ids if pk in rows):
        css, icon = STATUS_BADGES[row["status"]]
        found.append(
            FoundQuestion(
                number=row["number"],
                title=marked(row["title"], words),
                url=address("contacts:question", row["number"]),
                channel=row["channel"],
                customer=row["customer_name"] or _("unknown customer"),
                team=row["team_name"],
                when=wording.day(row["received_at"], today),
                badge=question_badge(row, house, at),
                status=labels[row["status"]],
                status_css=f"utrecht-status-badge--{css}" if css else "",
                status_icon=icon,
                new_url=f"{desk}?klant={row['customer_id']}" if desk and row["customer_id"] else "",
            )
        )
    return tuple(found)
