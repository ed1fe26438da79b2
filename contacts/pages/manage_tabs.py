"""The row of pages under "Beheer" that belongs to norms, rules and texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisation.roles import Right

if TYPE_CHECKING:
    from organisation.models import User


@dataclass(frozen=True)
class Tab:
    key: str
    word: Promise
    href: str


PLACES = (
    ("norms", _("Norms"), "contacts:norms", (Right.NORMS_READ,)),
    ("routing", _("Routing"), "contacts:routing", (Right.ROUTING_READ,)),
    ("calendars", _("Opening hours"), "organisation:calendars", (Right.CALENDAR_READ,)),
    ("templates", _("Templates"), "contacts:templates", (Right.TEMPLATES_USE, Right.TEMPLATES_WRITE)),
    ("people", _("People and teams"), "organisation:people", (Right.PEOPLE_READ,)),
    ("api_clients", _("Connections"), "contacts:api_clients", (Right.API_CLIENTS_READ,)),
)


def manage_tabs(user: User) -> tuple[Tab, ...]:
    """The pages that this person may open."""
    tabs = []
    for key, word, name, rights in PLACES:
        if any(user.may(right) for right in rights):
            try:
                tabs.append(Tab(key, word, reverse(name)))
            except NoReverseMatch:  # that part is not installed
                continue
    return tuple(tabs)
