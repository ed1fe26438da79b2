"""Addresses that name nothing, searches that mean something to a database, links that are not theirs: 400, 404 or an empty page."""

from __future__ import annotations

import time
from collections.abc import Iterator
from urllib.parse import quote

import pytest
import time_machine
from django.test import Client

from contacts.follow_link import follow_path
from contacts.models import Contact, Question
from contacts.views import follow
from surveys import throttle
from tests.corpus.score import Note
from tests.corpus.test_forms import client_of
from tests.corpus.words import HOSTILE
from tests.corpus.world import LATER, Known

pytestmark = pytest.mark.django_db
NAMELESS = {
    "zero": "0",
    "minus-one": "-1",
    "2-to-the-63": str(2**63),
    "40-digits": "9" * 40,
    "text": "abc",
    "uuid": "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
    "quote": "1'",
    "nul": "1%00",
    "dots": "..%2F..%2Fetc%2Fpasswd",
    "arabic-digits": quote("١٢"),
}
PLACES = {
    "question": "/vragen/{}/",
    "customer": "/klanten/{}/",
    "attachment": "/bijlagen/{}/",
    "letter": "/brieven/{}/",
}
SEARCHES = {
    **HOSTILE,
    "percent": "%%%%%",
    "underscore": "____",
    "backslash": "\\\\\\",
    "tsquery": "a & | ! <-> ( ) :* :A 'b",
    "open-bracket": "(((((",
    "10-kB-of-words": "a " * 5000,
    "like-bomb": "%_" * 2000,
    "stars": "*" * 500,
}
SOUGHT = ("/zoeken/?q={}", "/werkvoorraad/?q={}", "/kennisbank/?q={}", "/medewerkers/?q={}")
PARAMETERS = (
    "/werkvoorraad/?lijst={}",
    "/werkvoorraad/?na={}",
    "/werkvoorraad/?kanaal={}&status={}&team={}",
    "/cijfers/?van={}&tot={}",
    "/cijfers/email.answer/?periode={}",
    "/cijfers/telefoon/gesprekken/?dag={}&na={}",
    "/beheer/logboek/?van={}&wie={}",
    "/kanalen/uitgaand/?stand={}&blad={}",
    "/formulier/?q={}&taal={}",
    "/inloggen/?next={}",
)


@pytest.fixture(autouse=True)
def _calm() -> Iterator[None]:
    for rate in (follow.WRONG, follow.SENT, throttle.WRONG, throttle.SENT, throttle.HERE):
        rate.clear()
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.mark.parametrize("what", NAMELESS)
@pytest.mark.parametrize("place", PLACES)
def test_what_is_not_there_is_not_found(known: Known, place: str, what: str, note: Note) -> None:
    answer = client_of("fatima").get(PLACES[place].format(NAMELESS[what]))
    note.is_a("addresses", place, "R")
    assert answer.status_code in (400, 404)


@pytest.mark.parametrize("text", SEARCHES)
def test_a_search_is_only_words(known: Known, text: str, note: Note) -> None:
    sought = quote(SEARCHES[text].encode("utf-8", "surrogateescape"))
    client = client_of("fatima")
    for place in SOUGHT:
        began = time.process_time()
        answer = client.get(place.format(sought))
        note.is_a("addresses", "search", "A" if answer.status_code == 200 else "R")
        assert answer.status_code in (200, 302, 400, 404, 414), place
        assert "<script>alert" not in answer.content.decode()
        assert time.process_time() - began < 2, place


@pytest.mark.parametrize("text", HOSTILE)
def test_a_parameter_is_read_or_left(known: Known, text: str, note: Note) -> None:
    given = quote(HOSTILE[text][:2000].encode("utf-8", "surrogateescape"))
    client = client_of("sanne")
    for place in PARAMETERS:
        answer = client.get(place.replace("{}", given))
        note.is_a("addresses", "parameters", "A" if answer.status_code == 200 else "R")
        assert answer.status_code in (200, 302, 400, 403, 404, 422), place
        assert "<script>alert" not in answer.content.decode()
        assert not answer.get("Location", "").startswith(("//", "http")), place


def wrong_links(known: Known) -> dict[str, str]:
    """Links that are like Anna's and open nothing."""
    right = follow_path(known.question.number, "anna@burger.example")
    others = follow_path(known.other.number, "cor@burger.example")
    head, secret = right.rstrip("/").rsplit("/", 1)
    found = {
        f"letter-{at}-altered": f"{head}/{secret[:at]}{'A' if secret[at] != 'A' else 'B'}{secret[at + 1 :]}/"
        for at in range(22)
    }
    return {
        **found,
        "secret-of-another": f"{head}/{others.rstrip('/').rsplit('/', 1)[1]}/",
        "number-of-another": f"{others.rstrip('/').rsplit('/', 1)[0]}/{secret}/",
        "shorter": f"{head}/{secret[:-1]}/",
        "longer": f"{head}/{secret}A/",
        "small-letters": f"{head}/{secret.lower()}/",
        "with-space": f"{head}/{secret}%20/",
        "with-nul": f"{head}/{secret[:-1]}%00/",
        "with-dot": f"{head}/{secret}./",
        "other-letters": f"{head}/{quote('é' * 22)}/",
        "empty-like": f"{head}/{'-' * 22}/",
        "number-small": right.replace("OPM", "opm"),
        "survey-purpose": f"/mening/{secret}/",
    }  # fmt: skip


def test_a_wrong_link_opens_nothing_and_says_nothing(known: Known, note: Note) -> None:
    """All alike: the same page, whatever is wrong with it, for looking and for sending."""
    client = Client(raise_request_exception=False)
    pages: set[bytes] = set()
    for name, address in wrong_links(known).items():
        follow.WRONG.clear()
        throttle.WRONG.clear()
        answer = client.get(address)
        note.is_a("links", "wrong", "R")
        assert answer.status_code in (404, 400 if name == "with-nul" else 404), name
        if address.startswith("/volg/") and answer.status_code == 404:
            pages.add(answer.content)
    assert len(pages) == 1


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_looking_again_and_again_changes_nothing(known: Known, method: str, note: Note) -> None:
    address = follow_path(known.question.number, "anna@burger.example")
    before = (Contact.objects.count(), Question.objects.get(pk=known.question.pk).version)
    client = Client(raise_request_exception=False)
    codes = {getattr(client, method)(address).status_code for _look in range(6)}
    note.is_a("links", "looked at", *["A"] * 6)
    assert codes <= {200, 405}
    assert (Contact.objects.count(), Question.objects.get(pk=known.question.pk).version) == before


SHAPES = {
    "10,000-fields": ("&".join(f"a{n}=b" for n in range(10_000)).encode(), "application/x-www-form-urlencoded"),
    "10-MB": (b"text=" + b"x" * 10_000_000, "application/x-www-form-urlencoded"),
    "json": (b'{"text": "x"}', "application/json"),
    "broken-multipart": (b"--b\r\nContent-Disposition: form-data; name", "multipart/form-data; boundary=b"),
    "multipart-without-boundary": (b"x", "multipart/form-data"),
    "multipart-odd-boundary": (b"x", "multipart/form-data; boundary=" + "é" * 80),
    "unknown-charset": (b"text=x", "application/x-www-form-urlencoded; charset=klingon"),
    "invalid-utf-8": (b"text=%ff%fe%80", "application/x-www-form-urlencoded"),
    "nothing": (b"", "application/x-www-form-urlencoded"),
    "no-type": (b"\x00\x01", ""),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("place", ["/formulier/grofvuil/", "/inloggen/", "/mening/plek/balie/", "/taal/"])
def test_what_is_no_form_is_refused(known: Known, place: str, shape: str, note: Note) -> None:
    body, kind = SHAPES[shape]
    answer = Client(raise_request_exception=False).generic("POST", place, body, content_type=kind)
    note.is_a("forms", "odd bodies", "R" if answer.status_code >= 400 else "A")
    assert answer.status_code in (200, 302, 400, 403, 404, 413, 415, 422), answer.status_code


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
@pytest.mark.parametrize("place", ["/formulier/grofvuil/", "/inloggen/", "/werkplek/", "/"])
def test_another_method_is_refused(known: Known, place: str, method: str, note: Note) -> None:
    answer = getattr(client_of("fatima"), method)(place)
    note.is_a("forms", "other methods", "R")
    assert answer.status_code in (302, 400, 403, 405), answer.status_code
