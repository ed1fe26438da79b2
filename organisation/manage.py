"""What there is to manage, and for whom; apps above add a line of news to their own screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisation.addresses import address
from organisation.models import User
from organisation.roles import Right


@dataclass(frozen=True)
class Screen:
    """A screen of the management area; shown to whoever has one of the rights."""

    url_name: str
    title: Promise
    text: Promise
    icon: str
    rights: frozenset[Right]
    is_for_privacy_officer: bool = False

    def is_for(self, user: User) -> bool:
        return any(user.may(right) for right in self.rights) or (
            self.is_for_privacy_officer and user.is_privacy_officer
        )


@dataclass(frozen=True)
class Group:
    title: Promise
    screens: tuple[Screen, ...]


@dataclass(frozen=True)
class Card:
    """A screen as the overview shows it."""

    href: str
    title: Promise
    text: Promise
    icon: str
    news: str
    is_attention: bool


GROUPS = (
    Group(
        _("Promises and routes"),
        (
            Screen(
                "contacts:norms",
                _("Norms"),
                _("What we promise, and until when."),
                "clock-check",
                frozenset({Right.NORMS_READ}),
            ),
            Screen(
                "contacts:routing",
                _("Routing"),
                _("Which team gets the question, and why."),
                "route",
                frozenset({Right.ROUTING_READ}),
            ),
            Screen(
                "organisation:calendars",
                _("Opening hours and holidays"),
                _("The working days that every deadline is counted on."),
                "calendar-time",
                frozenset({Right.CALENDAR_READ}),
            ),
            Screen(
                "organisation:subjects",
                _("Subjects"),
                _("What people ask about, in their words, with the answer to say."),
                "sitemap",
                frozenset({Right.SUBJECTS_READ}),
            ),
            Screen(
                "contacts:templates",
                _("Templates"),
                _("Texts for replies."),
                "template",
                frozenset({Right.TEMPLATES_WRITE}),
            ),
        ),
    ),
    Group(
        _("People"),
        (
            Screen(
                "organisation:people",
                _("People"),
                _("Who may sign in, with which roles."),
                "users",
                frozenset({Right.PEOPLE_READ}),
            ),
            Screen(
                "organisation:teams",
                _("Teams"),
                _("Teams and their calendars."),
                "users-group",
                frozenset({Right.PEOPLE_READ}),
            ),
            Screen(
                "contacts:merge_proposals",
                _("Proposed to merge"),
                _("Customers of whom a colleague thinks that they are one."),
                "arrow-merge",
                frozenset({Right.CUSTOMERS_MERGE}),
            ),
        ),
    ),
    Group(
        _("The house"),
        (
            Screen(
                "organisation:municipality",
                _("Municipality"),
                _("Name, addresses and every choice of the municipality."),
                "building-community",
                frozenset({Right.MUNICIPALITY_READ}),
            ),
            Screen(
                "channels_app:mailboxes",
                _("Mailboxes"),
                _("Where e-mail comes in and goes out."),
                "mailbox",
                frozenset({Right.MAILBOXES_WRITE}),
            ),
            Screen(
                "channels_app:sources",
                _("Message accounts"),
                _("WhatsApp, social media and chat: messages come in by themselves."),
                "messages",
                frozenset({Right.MAILBOXES_WRITE}),
            ),
            Screen(
                "contacts:api_clients",
                _("Connections"),
                _("Other systems that may read or write."),
                "link",
                frozenset({Right.API_CLIENTS_READ}),
            ),
            Screen(
                "knowledge:public_part",
                _("Answers for citizens"),
                _("Which answers of the knowledge base stand on the website."),
                "world",
                frozenset({Right.MUNICIPALITY_WRITE}),
            ),
            Screen(
                "kpi:wall_links",
                _("Big screens"),
                _("Addresses that show the wallboard without signing in."),
                "device-tv",
                frozenset({Right.WALLBOARD_LINKS}),
            ),
        ),
    ),
    Group(
        _("Afterwards"),
        (
            Screen(
                "privacy:requests",
                _("Requests about personal data"),
                _("Who asks to be erased, or that data are not used."),
                "shield-lock",
                frozenset({Right.PERSON_ERASE, Right.PERSON_ERASE_APPROVE}),
            ),
            Screen(
                "privacy:terms",
                _("How long we keep what"),
                _("Terms per kind of question and channel, and of everything else."),
                "calendar-time",
                frozenset({Right.RETENTION_PROPOSE, Right.RETENTION_APPROVE}),
            ),
            Screen(
                "privacy:lists",
                _("Destruction lists"),
                _("Questions past their term, and the declarations of what went."),
                "archive",
                frozenset({Right.RETENTION_PROPOSE, Right.RETENTION_APPROVE}),
            ),
            Screen(
                "privacy:register",
                _("Register of processing"),
                _("Why we keep which personal data, for whom and how long."),
                "clipboard-list",
                frozenset({Right.RETENTION_PROPOSE, Right.RETENTION_APPROVE}),
                True,
            ),
            Screen(
                "privacy:holds",
                _("Legal holds"),
                _("What may not be erased or destroyed now."),
                "scale",
                frozenset({Right.PERSON_ERASE}),
            ),
            Screen(
                "organisation:health",
                _("Health"),
                _("What works in the background, and what the checks of last night found."),
                "activity",
                frozenset({Right.HEALTH_READ}),
            ),
            Screen(
                "organisation:audit",
                _("Log"),
                _("Who changed what."),
                "history",
                frozenset({Right.SETTINGS_HISTORY_READ}),
            ),
            Screen(
                "organisation:read_log",
                _("Who looked"),
                _("Which employee saw which customer."),
                "eye",
                frozenset({Right.READ_LOG_READ}),
                True,
            ),
            Screen(
                "privacy:review",
                _("Who looked, by week"),
                _("The weekly look for what is unusual."),
                "clipboard-check",
                frozenset({Right.READ_LOG_READ}),
                True,
            ),
        ),
    ),
)

NEWS: dict[str, Callable[[User], tuple[str, bool]]] = {}
"""Address name → one line about how it stands, and whether it asks for attention. Apps fill it when they start."""


def cards(user: User) -> list[tuple[Promise, list[Card]]]:
    """The screens this person may open, in groups, each with its news."""
    shown = []
    for group in GROUPS:
        found = []
        for screen in group.screens:
            if not screen.is_for(user):
                continue
            try:
                href = address(screen.url_name)
            except NoReverseMatch:
                continue
            news, is_attention = NEWS[screen.url_name](user) if screen.url_name in NEWS else ("", False)
            found.append(Card(href, screen.title, screen.text, screen.icon, news, is_attention))
        if found:
            shown.append((group.title, found))
    return shown
