"""The frame of every page: where each role may go, what it costs, how it looks."""

import pytest
from django.contrib.messages import add_message, constants
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opmeer_kcc.errors import database_away, server_error
from organisation.models import User
from organisation.shell import PLACES, Shell
from tests.cast import Cast

SEEN = {
    "fatima": [
        "desk",
        "queue",
        "callbacks",
        "chats",
        "knowledge",
        "figures",
        "surveys",
        "progress",
        "directory",
        "manage",
    ],
    "henk": [
        "desk",
        "queue",
        "callbacks",
        "chats",
        "knowledge",
        "figures",
        "surveys",
        "progress",
        "directory",
        "manage",
    ],
    "ria": [
        "desk",
        "queue",
        "callbacks",
        "chats",
        "knowledge",
        "figures",
        "surveys",
        "progress",
        "channels",
        "directory",
        "manage",
    ],
    "sanne": [
        "desk",
        "queue",
        "callbacks",
        "chats",
        "knowledge",
        "figures",
        "surveys",
        "progress",
        "channels",
        "directory",
        "manage",
    ],
    "joost": ["knowledge", "figures", "surveys", "progress", "directory", "manage"],
    "beheer": ["knowledge", "channels", "directory", "manage"],
    "receptie": ["reception", "knowledge", "directory", "manage"],
}


def request_of(user: User):
    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=user.pk)
    request.session = {}
    return request


@pytest.mark.parametrize("name", SEEN)
def test_the_rail_shows_only_what_the_role_allows(cast: Cast, name: str) -> None:
    user = User.objects.get(pk=getattr(cast, name).pk)
    allowed = [place.key for place in PLACES if any(user.may(right) for right in place.rights)]
    assert allowed == SEEN[name]


@pytest.mark.parametrize("name", SEEN)
def test_the_bar_of_a_phone_is_never_empty_and_never_too_full(cast: Cast, name: str) -> None:
    bar = [place.key for place in Shell(request_of(getattr(cast, name))).places if not place.is_extra]
    at_the_desk = ["desk", "queue", "callbacks", "knowledge", "figures"]
    assert bar == (at_the_desk if "desk" in SEEN[name] else SEEN[name][:5])


def test_every_place_has_an_address() -> None:
    assert all(place.address() for place in PLACES)


def test_the_frame_costs_one_query_and_nothing_when_it_is_not_shown(cast: Cast) -> None:
    request = request_of(cast.sanne)
    _rights = request.user.rights
    with CaptureQueriesContext(connection) as asked:
        shell = Shell(request)
    assert len(asked) == 0
    with CaptureQueriesContext(connection) as asked:
        _shown = (shell.short_name, shell.presence_word, shell.places, shell.new_contact_url, shell.search_url)
    assert len(asked) == 1


@pytest.mark.parametrize("theme", ["light", "dark", "system"])
def test_light_and_dark_are_chosen_in_the_menu_and_kept(client: Client, cast: Cast, theme: str) -> None:
    client.force_login(cast.fatima)
    answer = client.post(reverse("organisation:preference"), {"theme": theme, "next": "/medewerkers/"})
    assert answer["Location"] == "/medewerkers/"
    page = client.get("/medewerkers/").content.decode()
    assert (f'data-theme="{theme}"' in page) == (theme != "system")


def test_english_is_complete_on_the_next_page(client: Client, cast: Cast) -> None:
    client.force_login(cast.fatima)
    assert '<html lang="nl"' in client.get("/medewerkers/").content.decode()
    client.post(reverse("organisation:preference"), {"language": "en", "next": "/medewerkers/"})
    page = client.get("/medewerkers/").content.decode()
    assert '<html lang="en"' in page and "Who is there today" in page


@pytest.mark.parametrize("data", [{"theme": "pink"}, {"language": "xx"}])
def test_a_choice_that_does_not_exist_is_refused(client: Client, cast: Cast, data: dict) -> None:
    client.force_login(cast.fatima)
    assert client.post(reverse("organisation:preference"), data).status_code == 400


def test_presence_is_said_in_one_press_and_shown_to_colleagues(client: Client, cast: Cast) -> None:
    client.force_login(cast.fatima)
    assert client.post("/aanwezig/", {"status": "meeting", "note": "Overleg", "next": "/mijn/"})["Location"] == "/mijn/"
    assert "Overleg" in client.get("/medewerkers/").content.decode()
    assert client.post("/aanwezig/", {"status": "moon"}).status_code == 400
    assert client.post("/aanwezig/", {"status": "away", "next": "//evil.example"})["Location"] == "/medewerkers/"


def test_a_message_with_undo_becomes_a_button_that_posts(cast: Cast) -> None:
    request = request_of(cast.fatima)
    request._messages = CookieStorage(request)
    add_message(request, constants.SUCCESS, "Bewaard <b>", extra_tags="undo:/werkplek/ongedaan/1/")
    page = render_to_string("includes/toasts.html", {"shell": Shell(request)}, request)
    assert '<form method="post" action="/werkplek/ongedaan/1/">' in page
    assert "Bewaard &lt;b&gt;" in page


def test_no_page_carries_inline_script_or_style(client: Client, cast: Cast) -> None:
    client.force_login(cast.beheer)
    for address in ("/beheer/", "/beheer/mensen/", "/medewerkers/", "/mijn/"):
        response = client.get(address)
        page = response.content.decode()
        assert " style=" not in page and "<style" not in page and "onclick=" not in page
        assert "'unsafe-inline'" not in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("address", "status"), [("/bestaat-niet/", 404), ("/beheer/mensen/", 403), ("/medewerkers/?q=%00", 400)]
)
def test_errors_are_pages_with_a_way_on(client: Client, cast: Cast, address: str, status: int) -> None:
    client.force_login(cast.fatima)
    response = client.get(address)
    assert response.status_code == status
    assert 'href="/"' in response.content.decode()


def test_a_stranger_sees_no_more_of_a_missing_page(cast: Cast) -> None:
    response = Client().get("/bestaat-niet/")
    assert response.status_code == 404
    assert "app-rail" not in response.content.decode()


def test_the_page_for_a_broken_house_asks_nothing_of_the_database(db: None, rf: RequestFactory) -> None:
    request = rf.post("/", {"tekst": "Getypt", "password": "geheim"})
    with CaptureQueriesContext(connection) as asked:
        pages = [server_error(request), database_away(request)]
    assert len(asked) == 0
    for page in pages:
        assert b"Getypt" in page.content and b"geheim" not in page.content
    assert pages[1]["Retry-After"] == "5"
