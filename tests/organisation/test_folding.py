"""Folded templates give what Django's own give; what may differ between two requests is never folded."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.template import Context, Engine, Template
from django.template.backends.django import DjangoTemplates
from django.template.base import Node, TextNode
from django.template.loader import get_template
from django.template.loaders import cached
from django.test import RequestFactory
from django.urls import get_script_prefix
from django.utils import translation

from organisation.folding import Folded, Loader, fold
from organisation.layout import lay_out


class WithoutFolding(cached.Loader):
    """Django's own way, of pages without their layout."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        template = super().get_template(template_name, skip)
        lay_out(template.nodelist)
        return template


PAGES = sorted(
    str(path.relative_to(settings.BASE_DIR / "templates"))
    for path in Path(settings.BASE_DIR / "templates").rglob("*.html")
)


LOADERS = [("organisation.folding.Loader", ["django.template.loaders.filesystem.Loader"])]


def engine() -> Engine:
    found = get_template("base.html").backend
    assert isinstance(found, DjangoTemplates)
    return found.engine


@cache
def plain() -> Engine:
    """Made once: a page and what it is made of are compiled once as well."""
    return Engine(
        dirs=engine().dirs,
        loaders=[(f"{__name__}.WithoutFolding", ["django.template.loaders.filesystem.Loader"])],
        libraries=engine().libraries,
    )


def folded(text: str) -> Template:
    template = Template("{% load i18n static opmeer kept %}" + text, engine=engine())
    fold(template.nodelist)
    return template


def test_the_loader_of_the_product_folds() -> None:
    (loader,) = engine().template_loaders
    assert isinstance(loader, Loader)
    nodes: list[Node] = list(engine().get_template("includes/person_menu.html").nodelist)
    assert any(isinstance(node, Folded) for node in engine().get_template("base_plain.html").nodelist), nodes


@pytest.mark.parametrize("name", PAGES)
def test_every_template_has_the_same_text_folded_and_not(name: str) -> None:
    """Shown with nothing in the context, in two languages, twice: the second time from what was kept."""
    request = RequestFactory().get("/")
    for language in ("nl", "en", "nl"):
        with translation.override(language):
            texts = []
            for by in (plain(), engine()):
                try:
                    texts.append(by.get_template(name).render(Context({"request": request, "csrf_token": "x"})))
                except Exception as error:  # some pages cannot be shown without their objects: then both cannot
                    texts.append(f"{type(error).__name__}: {error}")
            assert texts[0] == texts[1]


def test_what_a_page_was_compiled_from_is_not_kept() -> None:
    """In every process it would be the text of all pages, twice; where somebody builds, errors are explained with it."""
    builds = Engine(dirs=engine().dirs, loaders=LOADERS, libraries=engine().libraries, debug=True)
    for by, is_kept in ((engine(), False), (builds, True)):
        template = by.get_template("contacts/question.html")
        nodes = template.nodelist.get_nodes_by_type(Node)
        assert len(nodes) > 100 and bool(template.source) is is_kept
        assert any(node.token for node in nodes) is is_kept


def test_the_language_counts_at_every_request() -> None:
    template = folded("<b>{% translate 'Save' %}</b> {% icon 'phone' %}")
    assert any(isinstance(node, Folded) for node in template.nodelist)
    for language, word in (("nl", "Bewaar"), ("en", "Save"), ("nl", "Bewaar")):
        with translation.override(language):
            assert word in template.render(Context())


@pytest.mark.parametrize(
    "tag",
    [
        "{{ word }}",
        "{% translate word %}",
        "{% translate 'Save'|upper %}",
        "{% translate 'Save' as word %}",
        "{% icon word %}",
        "{% icon 'phone' as word %}",
        "{% static word %}",
        "{% static 'js/app.js' as word %}",
        "{% url 'contacts:question' word %}",
        "{% url 'home' as word %}",
        "{% url word %}",
        "{% csrf_token %}",
        "{% now 'Y' %}",
    ],
)
def test_what_may_differ_is_not_folded(tag: str) -> None:
    nodes = folded(f"a{tag}b").nodelist
    assert not any(isinstance(one, TextNode) for node in nodes if isinstance(node, Folded) for one in node.nodes[1:-1])
    assert not any(isinstance(node, Folded) and len(node.nodes) > 2 for node in nodes)


def test_escaping_is_that_of_the_template() -> None:
    template = folded("{% translate 'Save' %} & {% url 'home' %}{% if x %}<i>{% translate 'Save' %}</i>{% endif %}")
    loud = template.render(Context({"x": 1}))
    assert template.render(Context({"x": 1}, autoescape=False)) == loud == template.render(Context({"x": 1}))


@pytest.mark.django_db  # the handler looks after the connections of its thread
def test_no_header_of_a_request_gets_into_addresses_that_are_kept() -> None:
    """A proxy may pass a SCRIPT_NAME that a stranger made up; the address of the first would be shown to everybody after."""
    environ = RequestFactory().get("/.well-known/security.txt").environ | {"SCRIPT_NAME": "/evil"}
    WSGIHandler()(environ, lambda *_args: None)
    assert get_script_prefix() == "/"
    assert folded("<a href=\"{% url 'login' %}\">").render(Context()) == '<a href="/inloggen/">'
