"""What a citizen can ask about: by word or by theme; and what the form of one subject promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from channels_app.models import Channel
from contacts.actions.promises import promises
from contacts.finding.subject_index import subject_entries, subjects_like
from contacts.models import Customer
from contacts.routing.match import Facts, first_match
from contacts.rulebook import rulebook
from knowledge.outside import is_shown
from knowledge.pages.outside import DUTCH, Link, about_outside, front_outside
from organisation import wording
from organisation.models import QuestionKind

if TYPE_CHECKING:
    from organisation.models import Subject, Team
    from organisation.snapshot import Organisation

OTHER = "iets-anders"
"""In the address of a question without a subject; it goes before a subject of that code."""
LONGEST_QUERY = 100
MOST_ANSWERS = 3


@dataclass(frozen=True)
class Choice:
    name: str
    href: str
    lang: str = ""
    """Set when the words are in another language than the page."""


@dataclass(frozen=True)
class Theme:
    name: str
    choices: tuple[Choice, ...]
    lang: str = ""


@dataclass(frozen=True)
class ChoosePage:
    query: str
    found: tuple[Choice, ...]
    themes: tuple[Theme, ...]
    other_href: str


@dataclass(frozen=True)
class About:
    """The subject of a form; without one it is about anything."""

    code: str
    name: str
    subject: Subject | None
    kind: str
    tell: tuple[str, ...]
    """What is always asked, in Dutch."""
    answer_by: str
    lang: str = ""
    """Of the name, when it is not that of the page."""


def answers_found(query: str, house: Organisation, day: date, language: str) -> tuple[Choice, ...]:
    """Answers that everybody may read and that perhaps make the question unnecessary; none where they are not shown."""
    if not query.strip() or not is_shown(house):
        return ()
    return _choices(front_outside(query, house, day, language).found)


def answers_about(subject: Subject | None, house: Organisation, language: str) -> tuple[Choice, ...]:
    """The same of one subject. One query, in another language two."""
    if subject is None or not is_shown(house):
        return ()
    return _choices(about_outside(subject.pk, language, MOST_ANSWERS))


def _choices(links: Sequence[Link]) -> tuple[Choice, ...]:
    return tuple(Choice(one.words, one.href, one.lang) for one in links[:MOST_ANSWERS])


def choose_page(house: Organisation, query: str, language: str) -> ChoosePage:
    """No queries: subjects are settings."""
    query = query.strip()[:LONGEST_QUERY]
    leaves = [house.subjects[one.id] for one in subject_entries(house)]
    below: dict[int | None, list[Subject]] = {}
    for subject in leaves:
        below.setdefault(subject.parent_id, []).append(subject)
    themes = [_theme(house.subjects.get(parent) if parent else None, some, language) for parent, some in below.items()]
    found = tuple(_choice(house.subjects[pk], language) for pk in (subjects_like(house, query) if query else ()))
    return ChoosePage(query, found, tuple(sorted(themes, key=lambda one: one.name)), _form_href(OTHER, language))


def about(house: Organisation, code: str, at: datetime, language: str = DUTCH) -> About | None:
    """None for a subject that does not exist, is out of use or is only a theme."""
    if code == OTHER:
        return About(
            OTHER, _("Your question"), None, QuestionKind.QUESTION, (), _answer_by(house, None, "question", at)
        )
    subject = next(
        (house.subjects[one.id] for one in subject_entries(house) if house.subjects[one.id].code == code), None
    )
    if subject is None:
        return None
    answer_by = _answer_by(house, subject.pk, subject.kind, at)
    name, lang = subject.name_in(language)
    return About(code, name, subject, subject.kind, tuple(subject.ask_always), answer_by, lang)


def _answer_by(house: Organisation, subject_id: int | None, kind: str, at: datetime) -> str:
    team = _team(house, subject_id, kind)
    made = promises(
        channel="form",
        end="open",
        kind=kind,
        subject_id=subject_id,
        team_id=team.pk,
        received_at=at,
        acknowledge_now=False,
    )
    return wording.day_long(wording.last_day(made[0].due_at)) if made else ""


def _team(house: Organisation, subject_id: int | None, kind: str) -> Team:
    """Where it will go, as far as that can be known before anything is written: a rule on words is not."""
    facts = Facts(channel=Channel.FORM, subject_id=subject_id, kind=kind, customer_kind=Customer.Kind.PERSON)
    rule = first_match(rulebook(house).rules, facts).rule
    chosen = house.teams.get(rule.team_id) if rule is not None else None
    return chosen or house.subject_team(subject_id) or house.front_office


def _theme(head: Subject | None, below: Sequence[Subject], language: str) -> Theme:
    name, lang = head.name_in(language) if head else (_("Other subjects"), "")
    return Theme(name, tuple(sorted((_choice(one, language) for one in below), key=lambda one: one.name)), lang)


def _choice(subject: Subject, language: str) -> Choice:
    name, lang = subject.name_in(language)
    return Choice(name, _form_href(subject.code, language), lang)


def _form_href(code: str, language: str) -> str:
    return reverse("contacts:citizen_form", args=[code]) + ("" if language == DUTCH else f"?taal={language}")
