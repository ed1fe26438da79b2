"""A new screen cannot escape the accessibility test: every page with a fixed address stands in `tests/e2e/screens.py`."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tests.e2e.screens import SCREENS

NO_PAGES = {
    "": "sends on",
    ".well-known/security.txt": "text",
    "metrics": "text",
    "taal/": "POST",
    "robots.txt": "text",
    "antwoorden/sitemap.xml": "for search engines",
    "inloggen/code/": "sends on to setting up when there is no app",
    "inloggen/herstelcodes/nieuw/": "POST",
    "inloggen/werkaccount/": "sends on to the identity provider",
    "inloggen/werkaccount/terug/": "comes back from the identity provider",
    "inloggen/werkaccount/uit/": "only there with an identity provider (tests/organisation/test_work_account.py)",
    "uitloggen/": "POST",
    "aanwezig/": "POST",
    "mijn/voorkeur/": "POST",
    "mijn/sessie/": "no text",
    "mijn/sessies/": "POST",
    "werkplek/gesprek/": "fragment",
    "werkplek/gesprek/weg/": "POST",
    "werkplek/stroom/": "an open line",
    "kanalen/proefgesprek/": "POST",
    "snel/bekend/": "fragment",
    "snel/werker.js": "script",
    "chat/widget.js": "script",
    "chat/begin/": "JSON",
    "chat/nieuw/": "JSON",
    "chat/zeg/": "JSON",
    "chat/einde/": "JSON",
    "chat/mail/": "JSON",
    "chat/daarna/": "JSON",
    "chats/stand/": "fragment",
    "receptie/lijst/": "fragment",
    "werkplek/klanten/": "fragment",
    "werkplek/delen/": "fragment",
    "werkplek/concept/": "POST",
    "werkplek/scan/": "POST",
    "werkplek/concept/weg/": "POST",
    "werkplek/na-opslaan/": "POST",
    "werkvoorraad/samen/": "POST",
    "werkvoorraad/bestand/": "file",
    "post/scheidingsblad/": "file",
    "post/uit/afdrukken/": "file",
    "post/uit/gepost/": "POST",
    "post/uit/terug/": "POST",
    "werkvoorraad/lijsten/": "POST",
    "meldingen/gelezen/": "POST",
    "beheer/normen/kalender/": "POST",
    "beheer/routering/proef/": "POST",
    "teksten/niveau/": "POST",
    "beheer/bewaartermijnen/besluit/": "POST",
    "wandscherm/nu/": "fragment",
    "cijfers/export.csv": "file",
    "cijfers/afspraken/afspraken.csv": "file",
    "cijfers/rapporten/uitgeven/": "POST",
    "cijfers/rapporten/mail/": "POST",
    "cijfers/indeling/bewaren/": "POST",
}
OTHER_WORLDS = ("api/", "health/")


def fixed_addresses(patterns: list, before: str = "") -> Iterator[str]:
    for one in patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from fixed_addresses(one.url_patterns, path)
        elif isinstance(one, URLPattern) and "<" not in path:
            yield path


def test_every_page_with_a_fixed_address_is_judged_by_axe() -> None:
    judged = {screen.address.partition("?")[0].lstrip("/") for screen in SCREENS if isinstance(screen.address, str)}
    known = judged | set(NO_PAGES)
    unknown = [
        path
        for path in fixed_addresses(get_resolver().url_patterns)
        if path not in known and not path.startswith(OTHER_WORLDS)
    ]
    assert unknown == []
