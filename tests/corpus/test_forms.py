"""Every form of every page with every hostile text in every field: an answer, never a fault, and the text is shown as text."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from contacts.follow_link import follow_path
from contacts.models import Question, ServiceNorm
from contacts.views import citizen_form, follow
from organisation.models import User
from surveys import throttle
from tests.corpus.pages import Form, forms_of
from tests.corpus.score import Note
from tests.corpus.words import HOSTILE
from tests.corpus.world import LATER, Known

pytestmark = pytest.mark.django_db
ANSWERED = {200, 204, 302, 303, 400, 403, 404, 405, 409, 413, 415, 422, 429}
URLENCODED = "application/x-www-form-urlencoded"
RUNS = re.compile(r"<script>alert|onfocus=alert\(1\) autofocus x=.>", re.I)

PAGES: dict[str, tuple[str, str | Callable[[Known], str]]] = {
    "citizen form": ("", "/formulier/grofvuil/"),
    "follow": ("", lambda known: follow_path(known.question.number, "anna@burger.example")),
    "sign in": ("", "/inloggen/"),
    "desk": ("fatima", "/werkplek/"),
    "quick": ("henk", "/snel/"),
    "question": ("fatima", lambda known: f"/vragen/{known.question.number}/"),
    "customer": ("fatima", lambda known: f"/klanten/{known.question.customer_id}/wijzigen/"),
}
WORST = ("script", "nul", "lone-surrogate", "number", "one-word-of-5-kB", "formula")
SETTINGS: dict[str, tuple[str, str | Callable[[Known], str]]] = {
    "norm": ("sanne", lambda known: f"/beheer/normen/{ServiceNorm.objects.get(code='email.answer').pk}/"),
    "rule": ("sanne", "/beheer/routering/nieuw/"),
    "template": ("ria", "/beheer/sjablonen/nieuw/"),
    "calendar": ("sanne", "/beheer/kalenders/nieuw/"),
    "subject": ("sanne", "/beheer/onderwerpen/nieuw/"),
    "municipality": ("sanne", "/beheer/gemeente/"),
    "person": ("beheer", "/beheer/mensen/nieuw/"),
    "team": ("beheer", "/beheer/teams/nieuw/"),
    "mailbox": ("beheer", "/beheer/mailboxen/nieuw/"),
    "connection": ("beheer", "/beheer/koppelingen/nieuw/"),
    "source": ("beheer", "/kanalen/bronnen/nieuw/whatsapp/"),
    "screen": ("sanne", "/beheer/wandschermen/nieuw/"),
    "round": ("sanne", "/enquetes/onderzoek/nieuw/"),
    "measurement": ("sanne", "/enquetes/buiten/nieuw/"),
    "article": ("henk", "/kennisbank/nieuw/"),
    "news": ("ria", "/kennisbank/nieuws/nieuw/"),
    "proof mail": ("sanne", "/kanalen/proef/"),
    "agreement": ("sanne", "/cijfers/afspraken/nieuw/burgerzaken/"),
}


@pytest.fixture(autouse=True)
def _calm() -> Iterator[None]:
    for rate in (citizen_form.SENT, follow.WRONG, follow.SENT, throttle.WRONG, throttle.SENT, throttle.HERE):
        rate.clear()
    cache.clear()
    with time_machine.travel(LATER, tick=False):
        yield


def coded(data: dict[str, Any]) -> bytes:
    """As a browser sends it; half letters as the bytes that they stand for."""
    plain = {
        name: [v.encode("utf-8", "surrogateescape") for v in (value if isinstance(value, list) else [value])]
        for name, value in data.items()
    }
    return urlencode(plain, doseq=True).encode()


def client_of(name: str) -> Client:
    client = Client(raise_request_exception=False)
    if name:
        client.force_login(User.objects.get(username=name))
    return client


@pytest.fixture(scope="module")
def opened(known: Known) -> dict[str, list[Form]]:
    """The forms of each page, once somebody opened it: what is sent is undone, so that it stays the same page."""
    return {}


def open_page(client: Client, address: str) -> list[Form]:
    """Opened a minute ago; its forms, the longest first."""
    with time_machine.travel(LATER.replace(minute=LATER.minute - 1 if LATER.minute else 0), tick=False):
        page = client.get(address)
    assert page.status_code == 200, address
    found = forms_of(page.content.decode(), address)
    assert found, address
    return sorted(found, key=lambda one: -len(one.typed))


def send_all(
    client: Client, forms: list[Form], change: Callable[[Form], dict[str, Any]], is_typed: bool = True
) -> list[int]:
    """What came back. `is_typed`: only those to type in."""
    codes = []
    for form in forms:
        if is_typed and not form.typed:
            continue
        began = time.process_time()
        with transaction.atomic():
            answer = client.post(form.action, coded(change(form)), content_type=URLENCODED)
            transaction.set_rollback(True)
        assert answer.status_code in ANSWERED, (form.action, answer.status_code)
        assert time.process_time() - began < 10
        if "html" in answer.get("Content-Type", ""):
            assert not RUNS.search(answer.content.decode()), form.action
        codes.append(answer.status_code)
    return codes


def typed(text: str) -> Callable[[Form], dict[str, Any]]:
    return lambda form: {**form.values, **dict.fromkeys(form.typed, text)}


def answer_of(codes: list[int]) -> list[str]:
    return ["A" if code < 400 else "R" for code in codes[:1]]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("page", PAGES)
def test_a_hostile_text_in_every_field(
    known: Known, opened: dict[str, list[Form]], page: str, text: str, note: Note
) -> None:
    who, address = PAGES[page]
    place = address if isinstance(address, str) else address(known)
    client = client_of(who)
    forms = opened.get(page) or opened.setdefault(page, open_page(client, place))
    note.is_a("forms", page, *answer_of(send_all(client, forms, typed(HOSTILE[text]))))
    assert Question.objects.filter(pk=known.question.pk).exists()


@pytest.mark.parametrize("page", SETTINGS)
def test_a_setting_that_cannot_be(known: Known, page: str, note: Note) -> None:
    """All hostile texts, then all choices and hidden fields altered."""
    who, place = SETTINGS[page]
    address = place if isinstance(place, str) else place(known)
    client = client_of(who)
    forms = open_page(client, address)
    for name in WORST:
        text = HOSTILE[name]
        note.is_a("settings", page, *answer_of(send_all(client, forms, typed(text))))
    for odd in ("", "-1", "99999999999999999999", "\x00"):
        send_all(client, forms, altered(odd), is_typed=False)
    send_all(client, forms, lambda _form: {}, is_typed=False)
    send_all(client, forms, lambda form: {name: ["a", "b", "c"] for name in form.values}, is_typed=False)


def altered(odd: str) -> Callable[[Form], dict[str, Any]]:
    return lambda form: {**form.values, **dict.fromkeys([*form.chosen, *form.hidden], odd)}
