"""What a screen reader is given of the pages for citizens, at 320 pixels and by keyboard only: names, order, states, errors at their fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from tests.cast import Cast
from tests.e2e import scene
from tests.knowledge.scene import outside_address
from tests.surveys.scene import survey_link

Node = dict[str, Any]
PAGES: dict[str, Callable[[Cast], str]] = {
    "survey": survey_link,
    "form": lambda cast: f"/formulier/{cast.grofvuil.code}/",
    "follow": scene.follow_link,
    "answer": outside_address,
}
USED = {"link", "button", "textbox", "searchbox", "radio", "checkbox", "combobox", "DisclosureTriangle"}


@pytest.fixture(scope="module")
def addresses(standing_town: Cast, django_db_blocker: DjangoDbBlocker) -> dict[str, str]:
    """Made outside the transaction of a test: the server must see them."""
    with django_db_blocker.unblock():
        return {name: make(standing_town) for name, make in PAGES.items()}


@pytest.fixture(scope="module")
def reader(new_page: Callable[..., Page], addresses: dict[str, str]) -> Iterator[Page]:
    page = new_page(width=320)
    yield page
    page.context.close()


def tree(page: Page) -> list[Node]:
    """Everything that is read out, in the order of reading: role, name, description and states."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    found: list[Node] = []

    def read(node: Any) -> None:
        if not node.get("ignored"):
            states = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
            told = {part: node.get(part, {}).get("value", "") for part in ("role", "name", "description")}
            found.append({**told, **states})
        for child in node.get("childIds", []):
            if child in by_id:
                read(by_id[child])

    read(nodes[0])
    return found


def of(nodes: list[Node], *roles: str) -> list[Node]:
    return [node for node in nodes if node["role"] in roles]


@pytest.mark.parametrize("name", PAGES)
def test_everything_has_a_name_and_stands_in_the_order_of_the_keyboard(
    reader: Page, addresses: dict[str, str], name: str
) -> None:
    shown = reader.goto(addresses[name])
    assert shown is not None
    assert shown.ok
    assert reader.evaluate("document.documentElement.scrollWidth") <= 320
    nodes = tree(reader)
    assert nodes[0]["name"], "the page has a title"
    assert len(of(nodes, "main")) == 1
    levels = [node["level"] for node in of(nodes, "heading")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), "no level is skipped"
    controls = [node for node in nodes if node["role"] in USED and node.get("focusable")]
    assert controls[0]["role"] == "link", "the way past the top comes first"
    nameless = [node["role"] for node in (*controls, *of(nodes, "group", "radiogroup", "region")) if not node["name"]]
    assert [role for role in nameless if role != "group"] == []  # a group is also what opens under a summary
    assert all(node["name"] for node in of(nodes, "radiogroup"))
    places = []
    for _stop in range(len(controls) + 3):
        reader.keyboard.press("Tab")
        place = reader.evaluate(
            "(() => { const one = document.activeElement; if (one === document.body) return -1;"
            " const box = one.getBoundingClientRect(); if (!box.width || !box.height) return -2;"
            " return [...document.querySelectorAll('*')].indexOf(one); })()"
        )
        if place == -1:
            break
        assert place != -2, "what has the focus is seen"
        places.append(place)
    assert places[:1] and places[: places.index(max(places)) + 1] == sorted(places[: places.index(max(places)) + 1])
    radios = len(of(controls, "radio")) - len({node["name"] for node in of(nodes, "radiogroup", "group")})
    assert len(set(places)) >= len(controls) - max(0, radios), "every control is reached"


@pytest.mark.parametrize(
    ("name", "send"), [("survey", "Versturen"), ("form", "Versturen"), ("follow", "Stuur bericht")]
)
def test_what_is_wrong_is_told_at_once_and_at_its_field(
    reader: Page, addresses: dict[str, str], name: str, send: str
) -> None:
    reader.goto(addresses[name])
    reader.get_by_role("button", name=send).focus()
    reader.keyboard.press("Enter")
    expect(reader).to_have_title(re.compile("^Nog niet goed: "))
    told_at_its_field(reader)


def test_too_many_words_about_an_answer_are_told_at_their_field(reader: Page, addresses: dict[str, str]) -> None:
    reader.goto(addresses["answer"])
    reader.locator("summary", has_text="Vertel").focus()
    reader.keyboard.press("Enter")
    reader.locator("#woorden").fill("x" * 501)
    reader.get_by_role("button", name="Nee").focus()
    reader.keyboard.press("Enter")
    expect(reader).to_have_title(re.compile("^Nog niet goed: "))
    told_at_its_field(reader)
    expect(reader.locator("#woorden")).to_have_value("x" * 501)


def told_at_its_field(page: Page) -> None:
    """An alert says it, and leads to the field, which is marked and says it too."""
    page.wait_for_load_state()  # the title is there before the rest
    nodes = tree(page)
    assert len(of(nodes, "alert")) == 1
    wrong = [node for node in nodes if node.get("invalid") == "true"]
    assert wrong
    assert all(node["description"] and node["name"] for node in wrong)
    page.locator("[role=alert] a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#*")
    landed = page.evaluate(
        "(() => { const one = document.querySelector(location.hash); return one && (one.getAttribute('aria-invalid')"
        " || (one.querySelector('[aria-invalid]') || one).getAttribute('aria-invalid')); })()"
    )
    assert landed == "true"
