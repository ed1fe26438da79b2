"""Every page of the documentation is found from its index, and no link in it leads nowhere."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def leads_to(page):
    links = LINK.findall(page.read_text())
    return {(page.parent / link).resolve() for link in links if not link.startswith(("http", "mailto:"))}


def test_no_link_leads_nowhere():
    assert not [(page.name, str(link)) for page in PAGES for link in leads_to(page) if not link.exists()]


def test_the_index_knows_every_page():
    known = leads_to(ROOT / "docs/README.md") | leads_to(ROOT / "docs/adr/README.md")
    assert {page for page in PAGES if "docs" in page.parts} - {ROOT / "docs/README.md"} <= known
