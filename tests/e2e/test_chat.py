"""A chat in two browsers: what a visitor says without a connection arrives once when it is back, and nothing stands twice. What is gone from the
page takes neither the focus nor what was typed with it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from contacts.models import ChatLine, Contact, Question
from organisation.models import CalendarHours, Municipality, WorkingCalendar
from organisation.snapshot import settings_changed
from tests.cast import Cast


def test_a_visitor_and_an_employee_talk_and_the_talk_becomes_a_question(
    town: Cast, page_as: Callable[..., Page]
) -> None:
    CalendarHours.objects.all().delete()
    always = WorkingCalendar.objects.get()
    CalendarHours.objects.bulk_create(
        CalendarHours(calendar=always, weekday=day, opens=0, closes=1440) for day in range(7)
    )
    always.days.all().delete()
    Municipality.objects.update(has_chat=True)
    settings_changed()
    visitor, desk = page_as(width=360), page_as(town.fatima)
    visitor.goto("/chat/")
    begins = visitor.get_by_role("button", name="Begin de chat")
    for field, text, address in (("#chat-first", "", ""), ("#chat-email", "Hoe laat bent u open?", "geen adres")):
        visitor.fill("#chat-first", text)
        visitor.fill("#chat-email", address)
        begins.click()
        expect(visitor.locator(f"{field}[aria-invalid]")).to_be_focused()
    visitor.fill("#chat-email", "")
    Municipality.objects.update(has_chat=False)  # closed since the page was opened
    settings_changed()
    begins.click()
    visitor.get_by_role("link", name="Stel uw vraag met het formulier").wait_for()
    Municipality.objects.update(has_chat=True)
    settings_changed()
    begins.click()
    visitor.get_by_text("U bent als eerste aan de beurt.").wait_for()
    desk.goto("/chats/")
    desk.get_by_role("link", name="Bezoeker").click()
    with desk.expect_navigation():  # with its script: before that, Enter is a new line
        desk.get_by_role("button", name="Neem dit gesprek op").press("Enter")
    sent: list[Route] = []
    desk.route("**/zeg/", lambda route: sent.append(route))
    desk.locator("#chat-text").fill("Vanaf half negen.")
    with desk.expect_request("**/zeg/"):
        desk.keyboard.press("Enter")
    desk.keyboard.type(" Ook")  # on a slow line
    sent[0].continue_()
    desk.unroute("**/zeg/")
    expect(desk.locator("#chat-text")).to_have_value("Ook")
    visitor.get_by_text("Vanaf half negen.").wait_for()
    visitor.context.set_offline(True)
    visitor.fill("#chat-text", "Ook op zaterdag?")
    visitor.keyboard.press("Enter")
    visitor.get_by_text("Nog niet verstuurd").wait_for()
    visitor.context.set_offline(False)
    desk.get_by_text("Ook op zaterdag?").wait_for()
    visitor.reload()
    visitor.get_by_text("Ook op zaterdag?").wait_for()
    for page in (desk, visitor):
        with page.expect_response(lambda answer: "na=" in answer.url):  # it asked again
            pass
        expect(page.locator("#chat-lines li")).to_have_count(4)
    visitor.locator("#chat-text").press_sequentially("Nog iets")
    ends = desk.get_by_role("button", name="Beantwoord, stop het gesprek")
    desk.locator("#chat-text").fill("Wacht even")
    ends.click()
    desk.get_by_text("Wat u typte, is nog niet verstuurd").wait_for()
    desk.locator("#chat-text").fill("")
    ends.click()
    visitor.get_by_text("Dit gesprek is gestopt. Uw nummer is").wait_for()
    expect(visitor.locator("#chat-text")).to_be_focused()
    visitor.get_by_text("Dit was nog niet verstuurd toen het gesprek stopte.").wait_for()
    visitor.keyboard.press("Enter")  # what nobody is there to read at once takes a press on the button
    visitor.context.set_offline(True)
    visitor.get_by_role("button", name="Verstuur als bericht").click()
    visitor.get_by_text("Geen verbinding. Druk nog eens op de knop.").wait_for()
    visitor.context.set_offline(False)
    assert Question.objects.get().status == "closed"
    visitor.get_by_role("button", name="Verstuur als bericht").click()
    visitor.get_by_text("We hebben uw bericht ontvangen.").wait_for()
    expect(visitor.locator("#chat-state")).to_be_focused()
    expect(visitor.locator("#chat-lines li")).to_have_count(6)
    assert Contact.objects.get(channel="form").text == "Nog iets"
    assert Question.objects.get().status == "in_progress"
    visitor.get_by_role("button", name="Begin een nieuw gesprek").click()
    expect(visitor.locator("#chat-first")).to_be_focused()
    assert list(ChatLine.objects.order_by("number").values_list("who", flat=True)) == [
        "visitor", "house", "desk", "visitor", "house", "visitor"
    ]  # fmt: skip
    visitor.fill("#chat-first", "Hallo?")
    begins.click()
    desk.get_by_role("link", name="Bezoeker").click()
    with desk.expect_navigation():
        desk.get_by_role("button", name="Neem dit gesprek op").press("Enter")
    desk.locator("#chat-text").fill("Ik zoek het op.")
    for name in ("Stop het gesprek", "Druk nog eens om te stoppen"):
        visitor.get_by_role("button", name=name).click()
    desk.get_by_text("Het gesprek stopte voordat u dit verstuurde.").wait_for()
    desk.get_by_role("link", name="De vraag").click()
    expect(desk.locator("#tekst")).to_have_value("Ik zoek het op.")
