"""The desk by keyboard in a real browser: few keys, no mouse, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from contacts.actions.customers import create_customer
from contacts.actions.register import Asked, register
from contacts.models import CallbackRequest, Customer, Draft, Question
from organisation.clock import now
from tests.cast import Cast
from tests.e2e.conftest import session_cookie

NOTE = "Wil oude bank kwijt."


class Keyboard:
    """Counts what a person presses; the text of the note is not counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def note(self, text: str) -> None:
        self.page.keyboard.type(text)


@pytest.fixture
def wit(town: Cast) -> Customer:
    return create_customer(
        by=town.fatima,
        at=now(),
        name="A. de Wit-Schouten",
        salutation="mrs",
        phone="0226 35 12 44",
        postcode="1716KA",
        house_number="41",
    )


@pytest.fixture
def desk(town: Cast, wit: Customer, page_as: Callable[..., Page]) -> Iterator[Page]:
    page = page_as(town.fatima)
    yield page
    # leaving the page breaks off what htmx was asking, and the browser notes every 422
    wrong = [text for text in page.trouble if not text.startswith("htmx:") and " 422 " not in text]  # type: ignore[attr-defined]
    assert wrong == []


def toast(page: Page) -> None:
    expect(page.locator("[data-toast]")).to_contain_text("Vastgelegd")


def test_a_known_caller_with_a_simple_question_needs_six_keys(desk: Page, wit: Customer) -> None:
    desk.goto("/werkplek/?tel=0226351244")  # as the phone system opens it: the number has one customer
    keys = Keyboard(desk)
    keys.press("F2", "o", "u", "d", "Enter")
    keys.note(NOTE)
    keys.press("Control+Enter")
    toast(desk)
    assert keys.pressed <= 6
    question = Question.objects.get()
    assert (question.customer, question.subject.code, question.status) == (wit, "grofvuil", "closed")
    assert question.summary == NOTE


def test_an_anonymous_caller_needs_seven_keys(desk: Page) -> None:
    desk.goto("/werkplek/?nieuw=1")
    keys = Keyboard(desk)
    keys.press("F2", "Escape", "p", "a", "s", "Enter")
    keys.note("Vraagt de prijs.")
    keys.press("Control+Enter")
    toast(desk)
    assert keys.pressed <= 7
    assert Question.objects.get().customer is None


def test_adding_to_the_open_question_needs_three_keys(desk: Page, town: Cast, wit: Customer) -> None:
    at = now() - timedelta(days=2)
    earlier = register(
        by=town.fatima,
        at=at,
        channel="phone",
        received_at=at,
        customer=wit,
        asked=[Asked(end="forward", subject_id=town.grofvuil.pk)],
    ).questions[0]
    desk.goto("/werkplek/?tel=0226351244")
    keys = Keyboard(desk)
    keys.press("F2", "+")
    expect(desk.locator("#guard-0")).to_contain_text("Wordt toegevoegd")
    keys.note("Belt nog eens.")
    keys.press("Control+Enter")
    toast(desk)
    assert keys.pressed == 3
    earlier.refresh_from_db()
    assert earlier.contact_count == 2
    assert Question.objects.count() == 1


def test_a_call_back_needs_eight_keys_and_comes_filled(desk: Page, wit: Customer) -> None:
    """The hands are quicker than the server: the ends are shown anew while the keys stand on them, and they stay there."""
    desk.goto("/werkplek/?tel=0226351244")
    keys, parts = Keyboard(desk), f"**{reverse('contacts:registration_parts')}"
    held: list[Route] = []
    desk.route(parts, lambda route: held.append(route), times=1)
    with desk.expect_request(parts):
        keys.press("F2", "o", "u", "d", "Enter")
    keys.note(NOTE)
    keys.press("Tab")
    before = desk.locator("[data-main]").element_handle()
    held[0].continue_()
    desk.wait_for_function("before => !before.isConnected", arg=before)
    keys.press("t")
    expect(desk.locator("#f-callback_phone")).not_to_have_value("")
    keys.press("Control+Enter")
    toast(desk)
    assert keys.pressed <= 8
    callback = CallbackRequest.objects.get()
    assert callback.phone.replace(" ", "") == "0226351244"
    assert callback.name == "Mevr. A. de Wit-Schouten"
    desk.keyboard.press("Escape")  # a caller whom nobody knows
    desk.locator("#end-t").click()
    expect(desk.locator("#f-callback_phone")).to_be_focused()


def test_a_letter_by_keyboard_only(desk: Page, town: Cast, wit: Customer) -> None:
    desk.goto("/werkplek/?nieuw=1")
    keys = Keyboard(desk)
    keys.press("5", *"scho", "Enter")
    expect(desk.locator("#customer-hits")).to_have_text("gekozen")
    keys.press(*"pas", "Enter", "Control+Enter")
    toast(desk)
    assert keys.pressed + 1 <= 12  # N itself opened the form
    question = Question.objects.get()
    assert (question.channel, question.team, question.status) == ("letter", town.burgerzaken, "new")


def test_drafts_are_saved_by_themselves_and_survive_a_reload(desk: Page) -> None:
    desk.goto("/werkplek/?nieuw=1")
    desk.locator("#f-q0-text").fill("Half af")
    expect(desk.locator("#saved")).to_contain_text("Bewaard")
    desk.wait_for_url("**concept=**")
    desk.reload()
    expect(desk.locator("#f-q0-text")).to_have_value("Half af")
    desk.goto("/werkplek/?nieuw=1")
    expect(desk.locator(".draft-tabs__tab")).to_have_count(2)
    assert Draft.objects.count() == 1


def test_what_is_typed_just_before_a_reload_stands_there_and_goes_on(desk: Page) -> None:
    """The new page is made before the last words of the old one are kept: it is no other window, and it shows them."""
    desk.goto("/werkplek/?nieuw=1")
    note, saved = desk.locator("#f-q0-text"), desk.locator("#saved")
    for words in ("Half", "Half af", "Half af en"):  # the first not kept before
        note.fill(words)
        desk.reload()
        expect(note).to_have_value(words)
        expect(desk.locator("#f-customer_query")).to_be_focused()  # the script listens
    note.fill("Half af en verder")
    expect(saved).to_contain_text("Bewaard")
    assert Draft.objects.get().data["fields"]["q0-text"] == "Half af en verder"


def test_two_half_finished_contacts_stand_side_by_side_however_quickly_one_goes_to_and_fro(desk: Page) -> None:
    note, tabs = desk.locator("#f-q0-text"), desk.locator(".draft-tabs__tab")
    desk.goto("/werkplek/?nieuw=1")
    note.fill("Eerste")
    expect(desk.locator("#saved")).to_contain_text("Bewaard")
    desk.goto("/werkplek/?nieuw=1")
    note.fill("Tweede")
    tabs.first.click()  # sooner than it keeps itself
    expect(note).to_have_value("Eerste")
    expect(tabs).to_have_count(3)
    tabs.nth(1).click()
    expect(note).to_have_value("Tweede")
    note.fill("Tweede, en toen uitgelogd")
    desk.evaluate("document.getElementById('log-out').requestSubmit()")
    desk.wait_for_url("**/inloggen/**")
    kept = [one.data["fields"]["q0-text"] for one in Draft.objects.order_by("pk")]
    assert kept == ["Eerste", "Tweede, en toen uitgelogd"]


def test_undo_brings_back_what_was_typed(desk: Page) -> None:
    desk.goto("/werkplek/?tel=0226351244")
    desk.keyboard.press("F2")
    desk.keyboard.type("oud")
    desk.keyboard.press("Enter")
    desk.keyboard.type("Te snel")
    desk.keyboard.press("Control+Enter")
    desk.locator("[data-undo] form button").click()
    expect(desk.locator("#f-q0-text")).to_have_value("Te snel")
    assert Question.objects.get().status == "cancelled"


def test_a_new_customer_is_made_without_leaving_the_form(desk: Page) -> None:
    desk.goto("/werkplek/?nieuw=1")
    desk.keyboard.press("1")
    desk.keyboard.type("Koning")
    expect(desk.locator("#candidate-new")).to_be_visible()
    desk.keyboard.press("Enter")
    expect(desk.locator("#f-new_name")).to_be_focused()
    desk.keyboard.type("-Mol")
    expect(desk.locator("#f-new_name")).to_have_value("Koning-Mol")
    desk.locator("#f-q0-text").fill("Vraagt iets")
    desk.keyboard.press("Control+Enter")
    toast(desk)
    assert Customer.objects.filter(name="Koning-Mol").exists()


def test_what_is_wrong_is_said_on_top_and_nothing_is_lost(desk: Page) -> None:
    desk.goto("/werkplek/?nieuw=1")
    desk.locator("#f-q0-text").fill("Blijft staan")
    desk.locator("#f-customer_query").fill("Jansen zonder keuze")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#error-summary")).to_be_focused()
    expect(desk.locator("#f-q0-text")).to_have_value("Blijft staan")


def test_a_draft_that_was_refused_does_not_say_that_it_is_kept(page_as: Callable[..., Page], town: Cast) -> None:
    page = page_as(town.fatima)
    page.set_viewport_size({"width": 1000, "height": 420})
    page.goto("/werkplek/?nieuw=1")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.locator("#f-q0-text").press_sequentially("Een heel verhaal")
    expect(page.locator("#saved")).to_have_text("Niet bewaard")
    expect(page.locator("#signed-out")).to_be_in_viewport()
    expect(page.locator("#f-q0-text")).to_have_value("Een heel verhaal")


def test_the_desk_works_without_script(town: Cast, wit: Customer, browser: Browser, server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=server.url, locale="nl-NL")
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session_cookie(town.fatima), "url": server.url}]
    )
    page = context.new_page()
    page.goto("/werkplek/?nieuw=1")
    page.fill("#f-customer_query", "schouten")
    page.click("button[value=search]")
    page.check(f"input[type=radio][value='{wit.pk}']")
    page.fill("#f-q0-subject_query", "oude bank")
    page.click("button[value='topic:0']")
    page.check("fieldset label:has-text('Grofvuil ophalen') input")
    page.fill("#f-q0-text", NOTE)
    page.click("button[value=callback]")
    page.fill("#f-callback_phone", "0226 351244")
    page.click("button[value=callback]")
    expect(page.locator("[data-toast]")).to_contain_text("Vastgelegd")
    context.close()
    assert Question.objects.get().customer == wit
    assert CallbackRequest.objects.get().question.subject == town.grofvuil


def test_it_fits_on_a_phone(town: Cast, wit: Customer, page_as: Callable[..., Page]) -> None:
    page = page_as(town.fatima, width=360)
    page.goto("/werkplek/?tel=0226351244")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
