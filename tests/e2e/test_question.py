"""The queue and the question by keyboard in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from channels_app.models import OutboundMessage
from contacts.actions.register import Asked, NewCustomer, register
from contacts.actions.send_planned import send_planned
from contacts.models import Note, Question, ReplyTemplate, SavedView
from organisation.clock import now
from tests.cast import Cast
from tests.e2e.talk_scene import too_late


def ask(cast: Cast, title: str) -> Question:
    at = now()
    return register(
        by=None,
        at=at,
        channel="email",
        received_at=at,
        asked=[Asked(title=title, subject_id=cast.grofvuil.pk)],
        customer=NewCustomer(name="De Wit", email="dewit@voorbeeld.nl"),
        text="Waar blijft de ophaler?",
        address="dewit@voorbeeld.nl",
        acknowledge=False,
    ).questions[0]


def calm(page: Page) -> None:
    """Nothing broke on the console."""
    assert [text for text in page.trouble if " 422 " not in text and " 409 " not in text] == []  # type: ignore[attr-defined]


def test_an_answer_from_the_queue_needs_five_keys_and_no_mouse(town: Cast, page_as: Callable[..., Page]) -> None:
    question = ask(town, "Koelkast staat er nog")
    page = page_as(town.henk)
    page.goto("/werkvoorraad/")
    for key in ("j", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("heading", level=1)).to_have_text("Koelkast staat er nog")
    expect(page.locator("[data-tabs]")).to_be_visible()  # shown by the script: from here on it hears keys
    page.keyboard.press("r")
    page.keyboard.type("Wij komen woensdag.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-toast]")).to_contain_text("Wordt verstuurd over")
    send_planned(at=now() + timedelta(seconds=11))
    question.refresh_from_db()
    assert question.status == "closed"
    assert OutboundMessage.objects.get(purpose="reply").body == "Beste De Wit,\n\nWij komen woensdag."
    calm(page)


def test_three_questions_are_given_away_with_nine_keys(town: Cast, page_as: Callable[..., Page]) -> None:
    for number in range(3):
        ask(town, f"Vraag {number}")
    page = page_as(town.ria)
    page.goto("/werkvoorraad/")
    for key in ("j", " ", "j", " ", "j", " ", "a"):
        page.keyboard.press(key)
    expect(page.locator("[data-picked]")).to_have_text("3 gekozen")
    page.keyboard.type("He")
    page.keyboard.press("Enter")
    expect(page.locator("[data-toast]")).to_contain_text("3 vragen gegeven aan Henk")
    assert set(Question.objects.values_list("assignee__name", flat=True)) == {"Henk"}
    calm(page)


def test_taking_a_question_can_be_undone(town: Cast, page_as: Callable[..., Page]) -> None:
    question = ask(town, "Lantaarnpaal")
    page = page_as(town.henk)
    page.goto(f"/vragen/{question.number}/")
    page.keyboard.press("p")
    expect(page.locator("[data-toast]")).to_contain_text("nu van u")
    page.get_by_role("button", name=re.compile("Maak ongedaan")).click()
    expect(page.locator("[data-toast]")).to_contain_text("Terug in de werkvoorraad")
    question.refresh_from_db()
    assert question.assignee is None
    calm(page)


def test_a_note_is_yellow_and_two_colleagues_see_each_other(town: Cast, page_as: Callable[..., Page]) -> None:
    question = ask(town, "Stoep verzakt")
    ria, henk = page_as(town.ria), page_as(town.henk)
    with ria.expect_response(lambda answer: "/kijkers/" in answer.url):
        ria.goto(f"/vragen/{question.number}/")
    henk.goto(f"/vragen/{question.number}/")
    expect(henk.locator("[data-viewers]")).to_contain_text("Ria kijkt mee")
    henk.keyboard.press("x")
    expect(henk.locator("[data-composer]")).to_have_class(re.compile("composer--note"))
    henk.keyboard.type("Aannemer gebeld")
    henk.keyboard.press("Control+Enter")
    expect(henk.locator(".bubble--note")).to_contain_text("Aannemer gebeld")
    assert Note.objects.get().created_by == town.henk
    calm(henk)


def test_what_is_half_written_stays_when_another_button_of_the_page_is_pressed(
    town: Cast, page_as: Callable[..., Page]
) -> None:
    question = ask(town, "Boom over fietspad")
    page = page_as(town.henk)
    page.goto(f"/vragen/{question.number}/")
    page.keyboard.press("r")
    page.keyboard.type("Mijn halve antwoord")
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    page.keyboard.type("Aannemer gebeld")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".bubble--note")).to_contain_text("Aannemer gebeld")
    reply = page.locator("#tekst")
    expect(reply).to_have_value("Beste De Wit,\n\nMijn halve antwoord")
    expect(reply).to_be_visible()
    page.locator("h1").click()
    page.keyboard.press("p")
    expect(page.locator("[data-toast]")).to_contain_text("van u")
    expect(reply).to_have_value("Beste De Wit,\n\nMijn halve antwoord")
    reply.focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-toast]")).to_contain_text("Wordt verstuurd over")
    page.reload()
    expect(page.locator("#notitie")).to_have_value("")
    kept = "Object.keys(sessionStorage).filter((key) => key.startsWith('opmeer-writing'))"
    assert page.evaluate(kept)
    page.evaluate("document.getElementById('log-out').requestSubmit()")
    page.wait_for_url("**/inloggen/**")
    assert page.evaluate(kept) == [], "nothing of it stays in the tab for who logs in next"
    calm(page)


def test_a_colleague_who_was_first_costs_no_text(town: Cast, page_as: Callable[..., Page]) -> None:
    from contacts.actions.assign import take

    question = ask(town, "Boom over fietspad")
    page = page_as(town.henk)
    page.goto(f"/vragen/{question.number}/")
    page.keyboard.press("r")
    page.keyboard.type("Mijn lange antwoord")
    take(question=question, by=town.ria, at=now())
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ria")
    expect(page.locator("#getypt")).to_contain_text("Mijn lange antwoord")
    calm(page)


def test_a_template_asked_after_signing_out_is_not_silence(town: Cast, page_as: Callable[..., Page]) -> None:
    ReplyTemplate.objects.create(name="Grofvuil", body="U kunt zelf een afspraak maken.")
    page = page_as(town.henk)
    page.goto(f"/vragen/{ask(town, 'Bank weg').number}/")
    page.keyboard.press("r")
    page.keyboard.type("Mijn antwoord")
    page.context.clear_cookies()
    page.locator("#sjabloon").select_option(label="Grofvuil")
    expect(page.locator("#signed-out")).to_be_visible()
    expect(page.locator("#tekst")).to_have_value(re.compile("Mijn antwoord$"))


def test_on_a_phone_the_list_is_cards_and_nothing_is_wider_than_the_window(
    town: Cast, page_as: Callable[..., Page]
) -> None:
    question = ask(town, "Grofvuil")
    page = page_as(town.henk, width=360, theme="dark")
    for address in (
        "/werkvoorraad/",
        f"/vragen/{question.number}/",
        "/terugbellen/",
        "/meldingen/",
        f"/vragen/{question.number}/sluiten/",
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
    calm(page)


def test_without_script_the_reply_is_sent_all_the_same(
    town: Cast, page_as: Callable[..., Page], browser: object
) -> None:
    question = ask(town, "Zonder script")
    page = page_as(town.henk)
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"/vragen/{question.number}/")
    page.fill("#tekst", "Wij komen woensdag.")
    page.get_by_role("button", name=re.compile("Verstuur en sluit")).click()
    page.locator(".timeline").get_by_role("button", name="Maak ongedaan").click()
    expect(page.locator("#tekst")).to_have_value("Wij komen woensdag.")
    page.get_by_role("button", name=re.compile("Verstuur en sluit")).click()
    expect(page.locator("[data-leaves]")).to_be_visible()
    send_planned(at=now() + timedelta(seconds=11))
    question.refresh_from_db()
    assert question.status == "closed"


def test_own_keys_work_in_the_queue_and_the_question_and_those_of_the_house_no_more(
    town: Cast, page_as: Callable[..., Page]
) -> None:
    ask(town, "Koelkast staat er nog")
    page = page_as(town.henk)
    page.goto("/mijn/")
    page.get_by_text("Kies uw eigen toetsen").click()
    page.locator("#keys_new").fill("x")
    page.get_by_role("button", name="Bewaar toetsen").click()
    expect(page.locator(".own-keys [role=alert]")).to_be_focused()
    expect(page.locator(".own-keys [role=alert]")).to_be_in_viewport()
    page.locator("#keys_new").fill("n")
    for code, key in (("next", "e"), ("previous", "u"), ("reply", "v"), ("note", "m"), ("hand_over", "")):
        page.locator(f"#keys_{code}").fill(key)
    page.get_by_role("button", name="Bewaar toetsen").click()
    expect(page.locator("[data-toast]")).to_contain_text("Bewaard")
    page.goto("/werkvoorraad/")
    expect(page.locator(".keys-hint kbd").first).to_have_text("E")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/werkvoorraad/$"))
    page.keyboard.press("e")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Koelkast staat er nog")
    expect(page.locator("[data-tabs]")).to_be_visible()  # shown by the script: from here on it hears keys
    page.keyboard.press("r")
    page.keyboard.press("d")
    expect(page.locator("textarea:focus")).to_have_count(0)
    page.keyboard.press("m")
    expect(page.locator("#notitie")).to_be_focused()
    page.keyboard.type("Met eigen toetsen")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-toast]")).to_be_visible()
    assert Note.objects.get().text == "Met eigen toetsen"
    calm(page)


def test_an_approved_template_fills_the_reply_with_its_first_open_place_chosen(
    town: Cast, page_as: Callable[..., Page]
) -> None:
    page = page_as(town.fatima)
    page.goto(too_late(town))
    expect(page.locator("[data-tabs]")).to_be_visible()  # shown by the script: from here on the buttons work
    text = page.locator("#tekst")
    text.fill("Iets dat er al stond")
    page.locator("[data-puts-text]").click()
    expect(text).to_have_value("Beste …, wij hebben antwoord op uw vraag over ….")
    expect(text).to_be_focused()
    page.keyboard.type("mevrouw De Wit")  # what is typed takes the place of the dots
    expect(text).to_have_value("Beste mevrouw De Wit, wij hebben antwoord op uw vraag over ….")
    calm(page)


HIDDEN = """menus => menus.flatMap(menu => {
  const summary = menu.querySelector(":scope > summary");
  if (!summary.offsetParent) return [];
  menu.open = true;
  menu.dispatchEvent(new Event("toggle"));
  const box = menu.querySelector(".menu__panel").getBoundingClientRect();
  const seen = [[0.1, 0.1], [0.9, 0.1], [0.5, 0.5]].every(([across, down]) => {
    const there = document.elementFromPoint(box.left + box.width * across, box.top + box.height * down);
    return there && menu.contains(there);
  });
  menu.open = false;
  return seen ? [] : [summary.innerText];
})"""
"""The buttons of menus of which the panel is not to be seen: cut off, under something else, or outside the window."""


@pytest.mark.parametrize("width", [360, 1440])
def test_every_menu_of_a_list_is_seen_when_it_opens(town: Cast, page_as: Callable[..., Page], width: int) -> None:
    question = ask(town, "Grofvuil")
    for name in ("Brieven van deze maand die nog wachten", "Telefoon van de hele gemeente", "Grofvuil aan de Wijzend"):
        SavedView.objects.create(user=town.sanne, name=name, query="kanaal=letter")
    page = page_as(town.sanne, width=width)
    for address in (
        "/werkvoorraad/",
        f"/werkvoorraad/?kanaal=letter&eigen={SavedView.objects.latest('pk').pk}",
        "/cijfers/",
        f"/vragen/{question.number}/",
    ):
        page.goto(address)
        assert page.locator("main details.menu").evaluate_all(HIDDEN) == [], address


def test_what_an_act_needs_is_asked_while_the_questions_are_still_chosen(
    town: Cast, page_as: Callable[..., Page]
) -> None:
    ask(town, "Koelkast staat er nog")
    page = page_as(town.ria)
    page.goto("/werkvoorraad/")
    for key in ("j", " ", "d"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page.locator("#naarteam:invalid")).to_be_focused()
    page.keyboard.type("burg")
    page.keyboard.press("Enter")
    expect(page.locator("#waarom")).to_be_focused()
    expect(page.locator("input[name=pick]:checked")).to_have_count(1)
    page.keyboard.type("Gaat over het rijbewijs")
    page.keyboard.press("Enter")
    expect(page.locator("[data-toast]")).to_contain_text("doorgezet")
    page.locator("summary", has_text="Eigen lijst").click()
    page.keyboard.type("Alles")
    page.keyboard.press("Enter")
    expect(page.locator("[data-toast]")).to_contain_text("is bewaard")
    page.goto(f"/vragen/{ask(town, 'Grofvuil').number}/wachten/")
    page.keyboard.type("Gevraagd om een foto")
    page.keyboard.press("Control+Enter")  # as everywhere where one writes
    expect(page.locator("[data-toast]")).to_contain_text("staat stil")
    calm(page)
