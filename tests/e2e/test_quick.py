"""Quick registration on a phone without a connection: nothing is lost, and everything is sent exactly once."""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO

from PIL import Image
from playwright.sync_api import Page, expect

from channels_app.files import open_file
from channels_app.models import StoredFile
from contacts.models import Question, QuestionPlace
from tests.cast import Cast
from tests.e2e.conftest import session_cookie


def photo() -> bytes:
    """As a phone makes it: large, on its side, with the place where it was taken."""
    made, exif = BytesIO(), Image.Exif()
    exif[0x0112], exif[0x8825] = 6, {1: "N", 2: (52.0, 42.0, 3.0)}
    Image.new("RGB", (2400, 1200), "brown").save(made, "JPEG", exif=exif)
    return made.getvalue()


def test_a_report_made_offline_survives_a_reload_and_a_session_that_ended_and_is_sent_once(
    town: Cast, page_as: Callable[..., Page], settings: object, tmp_path: object
) -> None:
    settings.FILES_DIR = tmp_path  # type: ignore[attr-defined]
    name = settings.SESSION_COOKIE_NAME  # type: ignore[attr-defined]
    page = page_as(town.henk, width=360)
    place = {"latitude": 52.70612, "longitude": 4.94951, "accuracy": 12}
    page.context.set_geolocation(place)  # type: ignore[arg-type]
    page.context.grant_permissions(["geolocation"])
    page.goto("/snel/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    page.goto("/snel/")
    expect(page.locator("#snel-offline"), "the page opens without a connection").to_be_visible()
    page.fill("#id_text", "Losse tegel bij de brug")
    page.set_input_files("#files", {"name": "IMG_1.JPG", "mimeType": "image/jpeg", "buffer": photo()})
    page.locator("#snel-fotos li").wait_for()
    page.click("#snel-bepaal")
    page.get_by_text("tot op 12 meter").wait_for()
    page.reload()
    page.locator("#snel-fotos li").wait_for()
    expect(page.locator("#id_text"), "what was typed is still there").to_have_value("Losse tegel bij de brug")
    page.get_by_role("button", name="Bewaar en verstuur").click()
    page.locator("[data-state=kept]").wait_for()
    page.context.clear_cookies(name=name)
    page.context.set_offline(False)
    page.locator("#snel-uit").wait_for()
    expect(page.locator("[data-state=kept]"), "a session that ended loses nothing").to_be_visible()
    cookie = {"name": name, "value": session_cookie(town.ria), "url": page.url.partition("/snel/")[0]}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.goto("/snel/")
    page.locator("#snel-anderen").wait_for()
    expect(page.locator("#snel-lijst li"), "a colleague neither sees nor sends it").to_have_count(0)
    cookie["value"] = session_cookie(town.henk)
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto("/snel/")
    page.locator("[data-state=sent]").wait_for()
    other.locator("[data-state=sent]").wait_for()
    question = Question.objects.get()
    assert question.registered_by == town.henk
    expect(page.locator("#snel-lijst a")).to_have_text(question.number)
    assert str(QuestionPlace.objects.get().latitude) == "52.706120"
    with open_file(StoredFile.objects.get()) as file, Image.open(file) as kept:
        assert kept.size == (800, 1600), "smaller, and the right side up"
        assert not kept.getexif()


IS_SENT = """() => new Promise((done) => {
    const open = indexedDB.open("snel", 1);
    open.onsuccess = () => {
        const rows = open.result.transaction("reports").objectStore("reports").getAll();
        rows.onsuccess = () => { done(rows.result.length === 1 && rows.result[0].state === "sent"); open.result.close(); };
    };
})"""


def test_the_worker_sends_what_was_kept_also_when_the_page_was_closed(
    town: Cast, page_as: Callable[..., Page], settings: object, tmp_path: object
) -> None:
    settings.FILES_DIR = tmp_path  # type: ignore[attr-defined]
    page = page_as(town.henk, width=360)
    page.goto("/snel/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    page.goto("/snel/")
    expect(page.locator("#snel-offline")).to_be_visible()
    page.fill("#id_text", "Losse tegel bij de brug")
    page.get_by_role("button", name="Bewaar en verstuur").click()
    page.locator("[data-state=kept]").wait_for()
    elsewhere = page.context.new_page()
    page.close()
    page.context.set_offline(False)
    elsewhere.goto("/health/live")
    browser = elsewhere.context.new_cdp_session(elsewhere)
    known: list[str] = []
    browser.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: known.extend(one["registrationId"] for one in told["registrations"] if not one["isDeleted"]),
    )
    browser.send("ServiceWorker.enable")
    elsewhere.evaluate("navigator.serviceWorker.getRegistration('/snel/')")
    origin = elsewhere.url.partition("/health/")[0]
    until = time.monotonic() + 60
    while not known and time.monotonic() < until:
        elsewhere.wait_for_timeout(100)
    for _twice in range(2):  # the browser may say so more than once
        told = {"origin": origin, "registrationId": known[-1], "tag": "snel", "lastChance": False}
        browser.send("ServiceWorker.dispatchSyncEvent", told)
    while not elsewhere.evaluate(IS_SENT) and time.monotonic() < until:  # `wait_for_function` awaits no promise
        elsewhere.wait_for_timeout(100)
    question = Question.objects.get()
    assert (question.registered_by, question.title) == (town.henk, "Losse tegel bij de brug")
