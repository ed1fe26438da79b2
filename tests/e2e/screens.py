"""The screens that the accessibility test opens: name, address, and who of the cast may see it.

Add a line for every new screen. `address` is a text, or a function of the cast that makes rows and gives the address.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from organisation.models import WorkingCalendar
from tests.cast import Cast

DESK = ("fatima", "ria")
EVERYBODY = ("fatima", "receptie")


@dataclass(frozen=True)
class Screen:
    """A screen that somebody may open with GET."""

    name: str
    address: str | Callable[[Cast], str]
    people: tuple[str, ...]
    """Members of the cast; empty for a page without signing in."""

    def address_for(self, cast: Cast) -> str:
        return self.address(cast) if callable(self.address) else self.address


def of(url_name: str, *arguments: object) -> str:
    return reverse(url_name, args=arguments)


SCREENS: list[Screen] = [
    Screen("login", "/inloggen/", ()),
    Screen("missing page for a stranger", "/bestaat-niet/", ()),
    Screen("missing page", "/bestaat-niet/", ("fatima",)),
    Screen("no access", "/beheer/mensen/", ("henk",)),
    Screen("second factor", "/inloggen/instellen/", ("fatima",)),
    Screen("password", "/wachtwoord/", ("fatima",)),
    Screen("profile", "/mijn/", ("fatima", "beheer")),
    Screen("directory", "/medewerkers/", ("fatima", "receptie")),
    Screen("directory, nobody found", "/medewerkers/?q=zzzz", ("fatima",)),
    Screen("manage", "/beheer/", ("sanne", "beheer", "receptie")),
    Screen("people", "/beheer/mensen/", ("beheer", "ria")),
    Screen("new person", "/beheer/mensen/nieuw/", ("beheer",)),
    Screen("person", lambda cast: of("organisation:person", cast.henk.pk), ("beheer", "sanne")),
    Screen("teams", "/beheer/teams/", ("beheer",)),
    Screen("team", lambda cast: of("organisation:team", cast.burgerzaken.pk), ("beheer", "sanne")),
    Screen("new team", "/beheer/teams/nieuw/", ("beheer",)),
    Screen("calendars", "/beheer/kalenders/", ("sanne",)),
    Screen("calendar", lambda cast: of("organisation:calendar", WorkingCalendar.objects.get().pk), ("sanne", "fatima")),
    Screen("new calendar", "/beheer/kalenders/nieuw/", ("sanne",)),
    Screen("subjects", "/beheer/onderwerpen/", ("sanne", "fatima")),
    Screen("subject", lambda cast: of("organisation:subject", cast.grofvuil.pk), ("sanne", "fatima")),
    Screen("new subject", "/beheer/onderwerpen/nieuw/", ("sanne",)),
    Screen("municipality", "/beheer/gemeente/", ("sanne", "beheer")),
    Screen("log", "/beheer/logboek/", ("beheer",)),
    Screen("who looked", "/beheer/inzage/", ("sanne",)),
]
