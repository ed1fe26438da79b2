"""How the access matrix asks and what it looks at: the status of each role, secrets that are shown, customers of whom the read log says nothing."""

from __future__ import annotations

import logging
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template import Template
from django.test import Client
from django.urls import get_resolver, reverse

from contacts.views import open311
from opmeer_kcc import errors
from organisation import pdf, second_factor
from organisation.models import AccessEntry
from tests.access_arguments import arguments, relations
from tests.access_matrix import ROLES
from tests.access_scene import CANARY, Scene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cast import Cast

MAY_SEE_CANARY = frozenset({"bas"})
ENDS = (b" van dam", b"@example.nl")
A_CUSTOMER = re.compile(rb"(?:own|closed|other|confidential|restricted)(?: van dam|@example[.]nl)")
"""Name or address of one of the customers of the scene, in small letters."""
NO_SUCH_METHOD = frozenset({302, 403, 405})
"""What is answered where nobody gets further: to a stranger, to who may nothing there, and to everybody else."""
Refusals = dict[tuple[object, ...], bytes]
TABLE = Path(__file__).with_name("access_matrix.py")


class Clients(dict[str, Client]):
    """A browser per role, signed in as soon as somebody asks for it."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def __missing__(self, role: str) -> Client:
        self[role] = Client(raise_request_exception=False)
        if role != "nobody":
            self[role].force_login(getattr(self.cast, role))
        return self[role]


@pytest.fixture
def clients(scene: Scene) -> dict[str, Client]:
    return Clients(scene.cast)


@pytest.fixture
def quiet() -> Iterator[None]:
    """Two refusals in three requests are meant: their lines in the log cost one part in twenty of the time and tell nothing."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def thrifty(monkeypatch: pytest.MonkeyPatch) -> Refusals:
    """What looks the same in thousands of answers is made once: where an address leads, and the page that refuses, which knows who asks and
    the words it is told, and no more. Paper is left in words, in which a secret is found, as it is not in a PDF; no code of squares is
    drawn, and no template tells the browser of the tests that it was shown. Gives the pages that refuse, to be made anew when cleared."""
    made: Refusals = {}
    plain = errors.render

    def render(request: HttpRequest, template: str, told: dict[str, object], status: int) -> HttpResponse:
        user, said = getattr(request, "user", None), getattr(request, "_messages", ())
        key = (template, status, getattr(user, "pk", None), *sorted((name, str(value)) for name, value in told.items()))
        if len(said):
            return plain(request, template, told, status=status)
        if key not in made:
            made[key] = plain(request, template, told, status=status).content
        return HttpResponse(made[key], status=status)

    resolver = get_resolver()
    monkeypatch.setattr(resolver, "resolve", cache(resolver.resolve))
    monkeypatch.setattr(errors, "render", render)
    monkeypatch.setattr(pdf, "pdf_of", lambda html: b"%PDF-1.7 " + html.encode())
    monkeypatch.setattr(second_factor, "picture", lambda device: f"data:,{device.config_url}")
    monkeypatch.setattr(Template, "_render", lambda template, context: template.nodelist.render(context))
    return made


def _names_a_customer(body: bytes) -> bool:
    """Most pages name none, which is found without reading them letter by letter."""
    return any(end in body for end in ENDS) and bool(A_CUSTOMER.search(body))


def ask(client: Client, method: str, address: str, unlogged: list[str] | None = None) -> tuple[int, bytes]:
    """The answer; the database and the cookies stay as they were before. `unlogged`: where an employee saw a customer and the read log says nothing."""
    cookies = dict(client.cookies)
    with transaction.atomic():
        answer = client.get(address) if method == "GET" else client.post(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if unlogged is not None and _names_a_customer(body.lower()) and client.session.get(SESSION_KEY):
            unlogged += [] if AccessEntry.objects.exists() else [f"{method} {address}"]
        transaction.set_rollback(True)
    client.cookies.clear()
    dict.update(client.cookies, cookies)
    return answer.status_code, body + answer.get("Location", "").encode()


def cells(
    name: str, scene: Scene, clients: dict[str, Client], leaks: list[str], unlogged: list[str]
) -> dict[str, dict[str, list[int]]]:
    """What every role gets at one address: key → method → status per role. What was guessed wrong at others does not count.

    A method that an address does not have for a question of the own team it has for no other: that is asked once.
    """
    open311.WRONG.clear()
    open311.LOOKED.clear()
    found: dict[str, dict[str, list[int]]] = {}
    absent: dict[tuple[str, str], list[int]] = {}
    for relation in relations(name):
        for number, kwargs in enumerate(arguments(name, scene, relation)):
            extra = f" {kwargs['act']}" if "act" in kwargs else "" if number == 0 else f" {number}"
            key = f"{name} {relation}{extra}"
            address = reverse(name, kwargs=kwargs)
            found[key] = {}
            for method in ("GET", "POST"):
                if (method, extra) in absent:
                    found[key][method] = absent[method, extra]
                    continue
                statuses = []
                for role in ROLES:
                    status, body = ask(clients[role], method, address, unlogged)
                    statuses.append(status)
                    if role not in MAY_SEE_CANARY and CANARY.lower().encode() in body.lower():
                        leaks.append(f"{role} {method} {key}")
                found[key][method] = statuses
                if 405 in statuses and set(statuses) <= NO_SUCH_METHOD:
                    absent[method, extra] = statuses
    return found


def words(statuses: list[int]) -> str:
    return " ".join(str(status) for status in statuses)


def append(missing: dict[str, dict[str, str]]) -> None:
    """Adds rows before the end of the table; whoever runs this judges them."""
    text = TABLE.read_text()
    rows = "".join(
        f'    "{key}": {{"GET": "{row["GET"]}", "POST": "{row["POST"]}"}},\n' for key, row in sorted(missing.items())
    )
    marker = "    # end of the table\n"
    assert marker in text
    TABLE.write_text(text.replace(marker, rows + marker))
