"""A piece of a page that is kept is the same for whom it is the same, and for nobody else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import translation

from contacts.models import Notice
from organisation.clock import now
from organisation.templatetags.kept import MOST

if TYPE_CHECKING:
    from tests.cast import Cast


def test_it_is_rendered_once_per_language_and_named_value() -> None:
    piece = Template("{% load kept i18n %}{% kept a %}{% translate 'Save' %} {{ a }} {{ b }}{% endkept %}")

    def shown(**values: object) -> str:
        return piece.render(Context(values))

    with translation.override("nl"):
        assert shown(a=1, b=1) == shown(a=1, b=2) == "Bewaar 1 1"
        assert shown(a=2, b=2) == "Bewaar 2 2"
        assert shown(a=[1, 2], b=0) == "Bewaar [1, 2] 0"
    with translation.override("en"):
        assert shown(a=1, b=3) == "Save 1 3"


def test_what_is_kept_is_escaped_and_there_is_an_end_to_it() -> None:
    piece = Template("{% load kept %}{% kept a %}{{ a }}{% endkept %}")
    assert piece.render(Context({"a": "<b>"})) == "&lt;b&gt;"
    for number in range(3 * MOST):
        piece.render(Context({"a": number}))
    (tag,) = [node for node in piece.nodelist if hasattr(node, "held")]
    assert len(tag.held) <= MOST


@pytest.mark.django_db
def test_people_one_after_the_other_see_their_own_frame(cast: Cast) -> None:
    """Rights, keys and language differ; whoever came before must not shine through."""

    def page(name: str, **settings: object) -> str:
        user = getattr(cast, name)
        for key, value in settings.items():
            setattr(user, key, value)
        user.save()
        client = Client()
        client.force_login(user)
        with translation.override("nl"):
            return client.get("/mijn/").content.decode()

    first = page("sanne")
    host = page("receptie")
    english = page("sanne", language="en")
    without = page("fatima", shortcuts_on=False)
    assert "Zoek klant, vraag of onderwerp" in first
    assert "Zoek klant, vraag of onderwerp" not in host
    assert 'href="/werkvoorraad/"' in first
    assert 'href="/werkvoorraad/"' not in host
    assert "Search customer, question or subject" in english
    assert "Letters als toets staan voor u uit." in without
    assert page("sanne", language="nl").count("Werkvoorraad") == first.count("Werkvoorraad")


@pytest.mark.django_db
def test_the_menu_of_the_person_follows_what_is_chosen_there(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.henk)

    def chosen() -> tuple[list[str], str]:
        page = client.get("/mijn/").content.decode()
        return re.findall(r'value="(\w+)"[^>]* aria-pressed="true"', page), page

    assert chosen()[0] == ["available", "system", "nl"]
    for address, choice in (("aanwezig", {"status": "meeting"}), ("mijn/voorkeur", {"theme": "dark"})):
        client.post(f"/{address}/", {**choice, "next": "/mijn/"})
    pressed, page = chosen()
    assert pressed == ["meeting", "dark", "nl"]
    assert page.count(cast.henk.name) >= 2
    other = Client()
    other.force_login(cast.ria)
    assert cast.henk.name not in other.get("/mijn/").content.decode().partition("<main")[0]
    assert "app-rail__count" not in page
    Notice.objects.create(user=cast.beheer, kind=Notice.Kind.ROLE_ASKED, key="role:1", at=now())
    manager = Client()
    manager.force_login(cast.beheer)
    shown = manager.get("/mijn/").content.decode()
    assert "app-rail__count" in shown
    assert "app-rail__count" not in chosen()[1]
