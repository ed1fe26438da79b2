"""The pages of the surveys that a person may open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisation.roles import Right

if TYPE_CHECKING:
    from organisation.models import User

TABS = (
    ("results", _("Results"), Right.SURVEYS_READ),
    ("words", _("Own words"), Right.SURVEYS_WORDS),
    ("rounds", _("Research"), Right.SURVEYS_READ),
    ("outside", _("Scores from outside"), Right.SURVEYS_READ),
    ("asking", _("Who we ask"), Right.SURVEYS_WRITE),
    ("surveys", _("Questionnaires"), Right.SURVEYS_WRITE),
    ("places", _("Codes and screens"), Right.SURVEYS_WRITE),
)


@dataclass(frozen=True)
class Tab:
    key: str
    word: Promise
    href: str


def tabs_for(user: User) -> list[Tab]:
    return [Tab(key, word, reverse(f"surveys:{key}")) for key, word, right in TABS if user.may(right)]
