"""What the browser is sent is used: every class of the stylesheets, and every icon of the sprite."""

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
APPS = ("opmeer_kcc", "organisation", "channels_app", "knowledge", "contacts", "surveys", "privacy", "kpi", "programme")
STATIC = ROOT / "opmeer_kcc" / "static"
SHEETS = [sheet for sheet in (STATIC / "css").glob("*.css") if not sheet.name.endswith("-pdf.css")]
SELECTOR = re.compile(r"([^{}]+)\{")
CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
BY_NUMBER = re.compile(r"col-\d+")
"""Columns of the grid, whose width is worked out (`kpi/pages/cards.py`)."""


@cache
def sources():
    """All that can name a class or an icon."""
    files = [
        *(ROOT / "templates").rglob("*.html"),
        *(STATIC / "js").glob("*.js"),
        *(path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts),
    ]
    return "\n".join(path.read_text() for path in files)


def test_every_class_of_the_stylesheets_stands_on_some_page():
    words = set(re.findall(r"[A-Za-z_][\w-]*", sources()))
    composed = tuple(set(re.findall(r"[\w-]+--(?=\{)", sources())))  # kpi--{{ tile.css }}
    unused = {
        f"{sheet.name}: .{name}"
        for sheet in SHEETS
        for selector in SELECTOR.findall(re.sub(r"/\*.*?\*/|url\([^)]*\)", "", sheet.read_text(), flags=re.S))
        for name in CLASS.findall(selector)
        if name not in words and not name.startswith(composed) and not BY_NUMBER.fullmatch(name)
    }
    assert unused == set(), "rules of the stylesheet for what no page has: delete them"


def test_every_icon_of_the_sprite_is_shown_somewhere_and_every_icon_shown_is_in_it():
    sprite = set(re.findall(r'<symbol id="i-([\w-]+)"', (STATIC / "img" / "sprite.svg").read_text()))
    named = set(re.findall(r"""["'#]([\w-]+)["']""", sources()))
    assert sprite - named == set(), "icons that no page shows: delete their <symbol>"
    shown = set(re.findall(r'{% icon "([\w-]+)"', sources()))
    assert shown - sprite == set(), "not in the sprite: opmeer_kcc/static/vendor/README.md says how an icon is added"
