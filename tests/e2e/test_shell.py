"""The frame in a real browser: keys, menus, search, a connection or a session that ends."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from organisation.models import User
from tests.cast import Cast
from tests.e2e.axe import SCRIPT, found_by_axe


def barriers(page: Page) -> list[str]:
    page.evaluate(SCRIPT)
    return found_by_axe(page, set(), whole=True)


def test_keys_open_what_they_say_and_escape_closes(page_as: Callable[..., Page], standing_town: Cast) -> None:
    page = page_as(standing_town.fatima)
    page.goto("/medewerkers/")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    assert barriers(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.locator("#palette-input")).to_be_focused()
    assert barriers(page) == []
    page.keyboard.type("schouten")
    expect(page.locator("#palette-results [role=option]").first).to_be_visible()
    assert barriers(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/klanten/**")
    page.keyboard.press("n")
    page.wait_for_url("**/werkplek/**")


def test_walking_past_the_search_field_opens_nothing_and_the_first_letter_does(
    page_as: Callable[..., Page], standing_town: Cast
) -> None:
    page = page_as(standing_town.fatima)
    page.goto("/medewerkers/")
    page.locator("#zoek").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#palette")).to_be_hidden()
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("schouten")
    expect(page.locator("#palette-input")).to_have_value("schouten")
    expect(page.locator("#palette-results [role=option]").first).to_be_visible()


def test_letters_stay_letters_in_a_field_and_when_switched_off(
    page_as: Callable[..., Page], standing_town: Cast
) -> None:
    page = page_as(standing_town.fatima)
    page.goto("/medewerkers/")
    page.locator("#q").click()
    page.keyboard.type("n?/")
    expect(page.locator("#q")).to_have_value("n?/")
    expect(page.locator("#keys")).to_be_hidden()
    # what stands in the field is searched as soon as it is left: that would be another page
    page.locator("#q").fill("")
    page.locator("body").evaluate("body => { body.dataset.shortcuts = 'off'; document.activeElement.blur(); }")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_hidden()


def test_the_menu_of_the_person_works_by_keyboard_and_on_a_phone(
    page_as: Callable[..., Page], standing_town: Cast
) -> None:
    page = page_as(standing_town.sanne, width=360)
    page.goto("/medewerkers/")
    page.locator("summary.presence").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Log uit")).to_be_attached()
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator(".menu__panel").get_by_role("link", name="Beheer", exact=True).click()
    page.wait_for_url("**/beheer/")


def test_a_session_that_ended_is_told_without_losing_the_page(
    page_as: Callable[..., Page], standing_town: Cast
) -> None:
    page = page_as(standing_town.fatima)
    page.goto("/medewerkers/")
    page.context.clear_cookies()
    page.locator("#q").click()
    page.keyboard.type("bomen")
    expect(page.locator("#signed-out")).to_be_visible()
    expect(page.locator("#q")).to_have_value("bomen")
    assert barriers(page) == []


def test_letters_typed_while_a_form_is_on_its_way_are_no_keys(page_as: Callable[..., Page], town: Cast) -> None:
    page = page_as(town.fatima)
    held: list[Route] = []
    page.goto("/medewerkers/")
    page.route(f"**{reverse('organisation:presence')}", lambda route: held.append(route))
    with page.expect_request(f"**{reverse('organisation:presence')}"):
        page.locator("aside").get_by_role("button", name="Bewaar", exact=True).click()
    page.keyboard.press("n")
    held[0].continue_()
    page.wait_for_url("**/medewerkers/")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_be_visible()


def test_a_form_waits_for_its_own_person_to_sign_in_again(page_as: Callable[..., Page], town: Cast) -> None:
    """Signed out in another tab, and then somebody else signed in there: nothing is sent, the text stays in the form."""
    page = page_as(town.fatima)
    page.goto("/mijn/")
    page.locator("#id_phone").fill("0226 36 33 33")
    save = page.get_by_role("button", name="Bewaar", exact=True)
    other = page.context.new_page()

    def sign_in(name: str) -> None:
        other.goto("/inloggen/")
        other.locator("#id_username").fill(name)
        other.locator("#id_password").fill(f"{name}-secret-1")
        other.keyboard.press("Enter")
        other.wait_for_url(lambda address: "inloggen" not in address)

    other.goto("/medewerkers/")
    other.locator("summary.presence").click()
    other.get_by_role("button", name="Log uit").click()
    other.wait_for_url("**/inloggen/**")
    save.click()
    expect(page.locator("#signed-out")).to_be_in_viewport()
    assert barriers(page) == []
    sign_in("henk")
    save.click()
    expect(page.locator("#somebody-else")).to_be_in_viewport()
    assert barriers(page) == []
    assert User.objects.get(pk=town.henk.pk).phone == town.henk.phone
    other.context.clear_cookies()
    sign_in("fatima")
    expect(page.locator("#id_phone")).to_have_value("0226 36 33 33")
    save.click()
    expect(page.get_by_text("Bewaard.", exact=True)).to_be_visible()
    assert User.objects.get(pk=town.fatima.pk).phone == "0226 36 33 33"


def test_a_line_that_answers_nothing_does_not_swallow_the_form(page_as: Callable[..., Page], town: Cast) -> None:
    """The question whether somebody is signed in hangs: after a while that is told, and the next press is a new one."""
    page = page_as(town.fatima)
    page.goto("/mijn/")
    page.clock.install()
    page.locator("#id_phone").fill("0226 36 33 34")
    save = page.get_by_role("button", name="Bewaar", exact=True)
    page.route("**/mijn/sessie/", lambda route: None)
    save.click()
    page.clock.fast_forward(16_000)
    expect(page.locator("#offline")).to_be_in_viewport()
    page.unroute("**/mijn/sessie/")
    save.click()
    expect(page.get_by_text("Bewaard.", exact=True)).to_be_visible()
    assert User.objects.get(pk=town.fatima.pk).phone == "0226 36 33 34"


def test_a_lost_connection_is_told_and_forgotten_when_it_is_back(
    page_as: Callable[..., Page], standing_town: Cast
) -> None:
    page = page_as(standing_town.fatima)
    page.goto("/medewerkers/")
    page.context.set_offline(True)
    expect(page.locator("#offline")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("#offline")).to_be_hidden()


def test_signing_in_with_the_keyboard_only(page_as: Callable[..., Page], standing_town: Cast) -> None:
    page = page_as()
    page.goto("/inloggen/")
    page.locator("#id_username").focus()
    page.keyboard.type("fatima")
    page.keyboard.press("Tab")
    page.keyboard.type("fatima-secret-1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/werkplek/**")


def test_own_keys_work_and_the_hints_show_them(page_as: Callable[..., Page], standing_town: Cast) -> None:
    page = page_as(standing_town.fatima)
    page.goto("/mijn/")
    page.get_by_text("Kies uw eigen toetsen").click()
    assert barriers(page) == []
    page.locator("#keys_new").fill("g")
    page.get_by_role("button", name="Bewaar toetsen").click()
    expect(page.locator(".app-top__end kbd").first).to_have_text("G")
    page.wait_for_load_state()  # what a key does comes with the scripts
    asked: list[str] = []
    page.on("request", lambda request: request.is_navigation_request() and asked.append(request.url))
    page.locator("body").press("n")  # no longer a key
    page.locator("body").press("g")
    page.wait_for_url("**/werkplek/**")
    assert len(asked) == 1
