"""What axe has against a page (`barriers.js`)."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCRIPT = Axe().axe_script
"""Every page that is judged must have it."""

JUDGE = Path(__file__).with_name("barriers.js").read_text()
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}


def found_by_axe(page: Page, known: set[str], *, whole: bool) -> list[str]:
    """Each barrier with its element, or that the page is wider than its window; by contrast only unless `whole`.

    `known`: looks of texts whose contrast was found to be clear already, on this page or another; what is clear now comes with them.
    """
    told = page.evaluate(JUDGE, {"known": " ".join(known), "rules": RULES if whole else None})
    known.update(told["clear"])
    wide = [f"is {told['width']} px wide"] if told["width"] > told["window"] else []
    return [*told["found"], *wide]
