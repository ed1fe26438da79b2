"""No screen has a barrier: axe finds nothing, nothing is wider than the window, the CSP stops nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.cast import Cast
from tests.e2e.screens import SCREENS, Screen

RULES = {
    "preload": False,
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]},
}
CONTRAST = {"preload": False, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
LOOKS = [(360, "light", RULES), (360, "dark", CONTRAST), (1440, "light", RULES), (1440, "dark", CONTRAST)]
"""Dark differs from light in colour only, so there only contrast is judged again."""


def barriers(page: Page, rules: dict) -> list[str]:
    """What axe has against the page, with the element."""
    found = Axe().run(page, options=rules).response["violations"]
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"][:3]]


@pytest.mark.parametrize(
    ("screen", "person"),
    [(s, p) for s in SCREENS for p in (s.people or ("",))],
    ids=lambda v: getattr(v, "name", v or "-"),
)
def test_a_screen_has_no_barrier_in_any_look(
    page_as: Callable[..., Page], standing_town: Cast, screen: Screen, person: str
) -> None:
    address = screen.address_for(standing_town)
    page = page_as(getattr(standing_town, person) if person else None)
    faults: list[str] = []
    answer = page.goto(address)
    assert answer is not None and answer.status < 500, f"{address} gives {answer and answer.status}"
    for width, theme, rules in LOOKS:
        page.set_viewport_size({"width": width, "height": 900 if width > 600 else 780})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        look = f"{width} {theme}"
        faults += [f"{look} {barrier}" for barrier in barriers(page, rules)]
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            faults.append(f"{look} is {wide} px wide")
    faults += [f"console: {text}" for text in page.trouble if "status of 40" not in text]  # type: ignore[attr-defined]
    assert not faults, "\n".join(faults)
