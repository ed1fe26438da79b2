"""Words that everybody in the town hall thinks of first; a password that is little more than these is guessed in a minute (ASVS 6.2.11)."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WORDS = [
    "servicecentrum",
    "klantcontactcentrum",
    "klantcontact",
    "opmeer",
    "gemeente",
    "spanbroek",
    "hoogwoud",
    "aartswoud",
    "wadway",
    "weere",
    "wachtwoord",
    "welkom",
    "password",
    "welcome",
    "inloggen",
    "beheerder",
    "beheer",
    "administrator",
    "admin",
    "coordinator",
    "frontoffice",
    "balie",
    "januari",
    "februari",
    "maart",
    "april",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
    "voorjaar",
    "lente",
    "zomer",
    "herfst",
    "winter",
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
]
LEAST_ELSE = 6
"""Letters that must be left without them."""
_WORDS = re.compile("|".join(sorted(WORDS, key=len, reverse=True)))


class OwnWords:
    """A validator of passwords: without words of the house, digits and signs enough must be left."""

    def validate(self, password: str, user: object = None) -> None:
        small = password.lower()
        if _WORDS.search(small) and len(re.sub(r"[\W\d_]+", "", _WORDS.sub("", small))) < LEAST_ELSE:
            raise ValidationError(
                _("This password is easy to guess here: use words that have nothing to do with work.")
            )

    def get_help_text(self) -> str:
        return ""
