"""The row of pages under "Voortgang"."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Tab:
    key: str
    word: Promise
    href: str


PAGES = (
    ("front", _("House"), "programme:front"),
    ("goals", _("Goals"), "programme:goals"),
    ("timeline", _("Timeline"), "programme:timeline"),
    ("money", _("Money"), "programme:money"),
    ("risks", _("Risks"), "programme:risks"),
    ("decisions", _("Decisions"), "programme:decisions"),
    ("rounds", _("Status rounds"), "programme:rounds"),
)


def tabs() -> tuple[Tab, ...]:
    return tuple(Tab(key, word, reverse(name)) for key, word, name in PAGES)
