"""Names, texts and addresses that go the straight way give what Django gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.template import Context, Engine, Template
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from organisation.addresses import address
from organisation.folding import fold
from organisation.models import User

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Thing:
    name: str = "<b>&\"'"
    given: Any = None

    @property
    def broken(self) -> str:
        raise AttributeError("inside a property")

    @property
    def absent(self) -> User:
        raise User.DoesNotExist

    @property
    def wrong(self) -> str:
        raise ValueError("inside a property")

    def called(self) -> str:
        return "<called>"

    def dangerous(self) -> str:
        raise AssertionError("is never called")

    dangerous.alters_data = True  # type: ignore[attr-defined]

    def needs_more(self, more: str) -> str:
        return more


class Keys(dict[str, Any]):
    """A dict that answers to what it does not have."""

    def __missing__(self, key: str) -> str:
        return f"no {key}"


VALUES: dict[str, Any] = {
    "text": """<script>alert(1)</script> & "'""",
    "safe": mark_safe("<i>&</i>"),
    "lazy": gettext_lazy("Save"),
    "number": 1234567,
    "negative": -1,
    "yes": True,
    "nothing": None,
    "half": Decimal("1234.50"),
    "broken": 1.5,
    "day": date(2026, 3, 1),
    "moment": datetime(2026, 7, 1, 12, tzinfo=UTC),
    "thing": Thing(),
    "dict": {"key": "<k>", "items": "own items", "0": "nought", "thing": Thing(given={"deep": "<d>"})},
    "keys": Keys(known="k"),
    "list": ["<first>", Thing()],
    "pair": (1, "two"),
    "person": SimpleLazyObject(lambda: User(name="<Ria>", username="ria")),
    "model": User(name="<Ria>"),
    "function": lambda: "<f>",
    "kind": Thing,
}
NAMES = [
    *VALUES, "missing", "missing.more", "thing.name", "thing.given", "thing.missing", "thing.called", "thing.broken", "thing.dangerous",
    "thing.absent", "thing.absent.name", "thing.wrong",
    "thing.needs_more", "dict.key", "dict.items", "dict.0", "dict.missing", "dict.thing.given.deep", "dict.thing.given.keys", "keys.known",
    "keys.other", "list.0", "list.1.name", "list.9", "pair.1", "person.name", "person.missing", "person.get_short_name", "model.name",
    "model.pk", "model.get_short_name", "model.delete", "function", "function.x", "text.upper", "kind.name",
]  # fmt: skip
WAYS = [
    "{{ %s }}",
    "{{ %s|default:'<none>' }}",
    "{{ %s|default:text }}",
    "{%% if %s == number or %s %%}yes{%% else %%}no{%% endif %%}",
    "{%% with it=%s %%}{{ it }}{%% endwith %%}",
    "{%% for one in %s %%}{{ forloop.counter }}{{ one }}{%% endfor %%}",
    "{%% autoescape off %%}{{ %s }}{%% endautoescape %%}",
    "{%% firstof %s 'x' %%}",
]


def shown(template: Template) -> str:
    try:
        return template.render(Context(VALUES))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


@pytest.mark.parametrize("name", NAMES)
def test_every_name_reads_as_django_reads_it(name: str) -> None:
    for way in WAYS:
        text = way.replace("%s", name).replace("%%", "%")
        straight = Template(text, engine=Engine())
        fold(straight.nodelist)
        assert shown(straight) == shown(Template(text, engine=Engine())), text


@pytest.mark.parametrize(
    "given",
    [{}, {"csrf_token": "a<b"}, {"csrf_token": SimpleLazyObject(lambda: "lazy")}, {"csrf_token": "NOTPROVIDED"}],
)
def test_forms_and_included_templates_read_as_django_reads_them(given: dict[str, Any]) -> None:
    parts = {
        "page": "{% csrf_token %}{% for one in list %}{% include 'part' with it=one %}{% endfor %}{% include 'part' only %}{% include name %}{% csrf_token %}",
        "part": "[{{ it.name }}{{ text }}{% csrf_token %}]",
    }
    loaders = [("django.template.loaders.locmem.Loader", parts)]
    plain, straight = (Engine(loaders=loaders).get_template("page") for _way in range(2))
    fold(straight.nodelist)
    for number in range(2):  # what was found for one page is there for the next
        context = {**VALUES, "name": "part", "list": VALUES["list"][: number + 1], **given}
        assert straight.render(Context(context)) == plain.render(Context(context))


def patterns(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern) and one.name:
            yield space + one.name


def found(way: Any, name: str, values: tuple[Any, ...]) -> str:
    try:
        return str(way(name, values))
    except NoReverseMatch:
        return "no such address"


GIVEN: list[tuple[Any, ...]] = [
    (), (7,), ("OPM-2026-000010001",), ("7",), ("te/laat",), ("é <",), ("",), (-1,), (True,), (None,), (mark_safe("abc"),),
    (7, "abc"), ("abc", 7), ("abc", "def"), (7, 8), ("abc", ".."), ("abc", "{}"), ("abc", 7, "x-y"), (7, 8, 9),
    ("phone.pickup",), ("a..b",), (".a",), ("a.",), ("phone.pickup", 7), ("abc", "a.b"),
]  # fmt: skip


def test_every_address_is_the_one_that_reverse_gives() -> None:
    names = sorted(set(patterns(get_resolver())))
    assert len(names) > 100
    for name in names:
        for values in GIVEN:
            straight = found(lambda name, values: address(name, *values), name, values)
            assert straight == found(lambda name, values: reverse(name, args=values), name, values), (name, values)
