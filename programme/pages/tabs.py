"""The row of pages under "Voortgang"."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Tab:
    key: str
    word: Promise
    href: str


PAGES = (
    ("front", _("House"), "programme:front"),
    ("timeline", _("Timeline"), "programme:timeline"),
    ("money", _("Money"), "programme:money"),
    ("risks", _("Risks"), "programme:risks"),
    ("decisions", _("Decisions"), "programme:decisions"),
    ("rounds", _("Status rounds"), "programme:rounds"),
)


def tabs() -> tuple[Tab, ...]:
    """The pages that are there."""
    found = []
    for key, word, name in PAGES:
        try:
            found.append(Tab(key, word, reverse(name)))
        except NoReverseMatch:  # that part is not installed
            continue
    return tuple(found)
