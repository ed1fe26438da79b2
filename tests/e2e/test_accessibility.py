"""No screen has a barrier: axe finds nothing, nothing is wider than the window, the CSP stops nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest
from django.db import connections
from playwright.sync_api import Page

from tests.cast import Cast
from tests.e2e.axe import SCRIPT, found_by_axe
from tests.e2e.screens import SCREENS, Screen

LOOKS = [(360, "light", True), (360, "dark", False), (1440, "dark", False), (1440, "light", True)]
"""Dark differs from light in colour only, so there only contrast is judged again."""

ALSO = [(360, "light", True), (1440, "dark", False)]
"""For further people, who see the same page with more or fewer parts: each part in one width and one colour."""


@pytest.fixture(scope="module")
def looker(new_page: Callable[..., Page], standing_town: Cast) -> Iterator[Callable[[str], Page]]:
    """One window per person for all screens: with a warm cache, as on a working day.

    What the console says of a page ends with the page: a request that is cut off by going on is no fault of the next one.
    """
    pages: dict[str, Page] = {}

    def look(person: str) -> Page:
        if person not in pages:
            page = pages[person] = new_page(getattr(standing_town, person) if person else None)
            page.add_init_script(SCRIPT)  # every page has it: less work than handing it over each time
            page.width, page.devtools = 0, page.context.new_cdp_session(page)  # type: ignore[attr-defined]
            page.on("framenavigated", lambda frame: frame.parent_frame or page.trouble.clear())  # type: ignore[attr-defined]
        return pages[person]

    yield look
    for page in pages.values():
        page.context.close()


@pytest.fixture(scope="module")
def address_of(standing_town: Cast) -> Iterator[Callable[[Screen], str]]:
    """Where a screen is, with its rows made once; in a thread of its own, as the server would not see rows in a test's transaction."""
    with ThreadPoolExecutor(1) as aside:
        yield cache(lambda screen: aside.submit(screen.address_for, standing_town).result())
        aside.submit(connections.close_all).result()


@pytest.fixture(scope="module")
def clear() -> set[str]:
    """The colours on their backgrounds that axe found to be clear on some screen: the same ones are so on the next."""
    return set()


def show(page: Page, width: int, theme: str) -> None:
    """Says to the browser only what changes: it lays out the page anew each time. It draws one point of it, as nobody looks; the page does not know."""
    if page.width != width:  # type: ignore[attr-defined]
        window = {"width": width, "height": 900 if width > 600 else 780, "deviceScaleFactor": 1, "mobile": False}
        drawn = {"x": 0, "y": 0, "width": 1, "height": 1, "scale": 1}
        page.devtools.send("Emulation.setDeviceMetricsOverride", {**window, "viewport": drawn})  # type: ignore[attr-defined]
        page.width = width  # type: ignore[attr-defined]
    if page.theme != theme:  # type: ignore[attr-defined]
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.theme = theme  # type: ignore[attr-defined]


def in_turn(page: Page, looks: list[tuple[int, str, bool]]) -> list[tuple[int, str, bool]]:
    """Forwards or backwards, whichever begins in the width that the window has: laying out and drawing anew is work."""
    return looks if page.width == looks[0][0] else looks[::-1]  # type: ignore[attr-defined]


GREY = '<main><h1 style="color:#666;background:%s">Grijs</h1><input value="x" style="color:#666;background:%s"></main>'

UNDER = """<main style="background:#fff"><div style="background:#555;height:60px"></div>
<h1 style="color:#666;position:relative;margin-top:-60px;height:60px">Grijs</h1></main>"""

FALLS_OUT = """<main><div style="background:#222;height:60px"><div style="height:%s"></div>
<h1 style="color:#ddd;margin:0;position:relative;top:%s">Grijs</h1></div></main>"""

IN_ONE_THEME = """<style>:root { color-scheme: light dark } main { background: light-dark(#fff, #111) }</style>
<main><h1 style="color:light-dark(%s, %s)">Leesbaar</h1></main>"""

TARGETS = """<main><style>button { all: unset; position: absolute; top: 0; left: 0; width: %dpx; height: 24px }
button + button { left: %dpx }</style><h1>Doel</h1><button>A</button><button>B</button></main>"""


def test_a_barrier_is_found_when_there_is_one(looker: Callable[[str], Page]) -> None:
    page = looker("")
    known: set[str] = set()

    def of(content: str) -> set[str]:
        page.set_content(content)
        page.evaluate(SCRIPT)
        return {barrier.split(":")[0] for barrier in found_by_axe(page, known, whole=True)}

    assert "color-contrast" not in of(GREY % ("#fff", "#fff"))
    assert "color-contrast" not in of(GREY % ("#fff", "#fff")), "known by now"
    assert "color-contrast" in of(GREY % ("#fff", "#555")), "the field only"
    assert "color-contrast" in of(GREY % ("#555", "#fff")), "the heading only"
    assert "color-contrast" in of(f"<div style='background:#555'>{GREY % ('none', 'none')}</div>"), "what it lies on"
    assert "color-contrast" in of(f"<div style='opacity:.6'>{GREY % ('#fff', '#fff')}</div>"), "what fades it"
    assert "color-contrast" in of(UNDER), "what lies under it without holding it"
    assert "color-contrast" not in of(UNDER.replace("#555", "#fff")), "on which it is clear too"
    assert "color-contrast" not in of(FALLS_OUT % ("0", "0")), "light grey in a dark bar"
    assert "color-contrast" in of(FALLS_OUT % ("90px", "0")), "below the bar that holds it"
    assert "color-contrast" in of(FALLS_OUT % ("0", "90px")), "moved off it"
    assert "label" in of(GREY % ("#fff", "#fff"))
    assert "target-size" not in of(TARGETS % (24, 24)), "small enough"
    assert "target-size" in of(TARGETS % (20, 20)), "too small, beside another one"
    assert "target-size" not in of(TARGETS % (20, 28)), "too small, with room around it"
    assert "target-size" in of(TARGETS % (10, 18)), "and too near the middle of another small one"
    assert "target-size" in of(TARGETS % (20, 21) + "<style>button + button { width: 40px }</style>"), (
        "or of a large one"
    )
    assert "target-size" in of(TARGETS % (30, 12)), "large, and covered by another one"


@pytest.mark.parametrize("width", [360, 1440])
def test_a_page_that_is_wider_than_its_window_is_found(looker: Callable[[str], Page], width: int) -> None:
    page = looker("")
    show(page, width, "light")
    page.set_content('<main><h1 style="width:1000px">Breed</h1></main>')
    page.evaluate(SCRIPT)
    told = found_by_axe(page, set(), whole=False)
    assert [one for one in told if one.endswith("wide")] == (["is 1008 px wide"] if width == 360 else [])


CLEAR = '<html lang="%s"><head><title>%s</title></head><body><main><h1>Kop</h1>%s</main></body></html>'


def test_beside_a_page_that_is_clear_what_differs_is_judged(looker: Callable[[str], Page]) -> None:
    """A page that is built in the same way is not judged whole again; one that says nothing, or of which another part is seen, is."""
    page = looker("")
    known: set[str] = set()

    def of(*parts: str) -> set[str]:
        page.set_content(CLEAR % parts)
        page.evaluate(SCRIPT)
        return {barrier.split(":")[0] for barrier in found_by_axe(page, known, whole=True)}

    button = '<button style="padding:20px" aria-label="%s">%s</button>'
    assert of("nl", "x", button % ("A", "A")) == of("nl", "y", button % ("A", "B")) == set()
    assert any(one.startswith("own:") for one in known)
    assert "button-name" in of("nl", "x", button % ("", ""))
    assert "html-has-lang" in of("", "x", button % ("A", "A"))
    assert "document-title" in of("nl", "", button % ("A", "A"))
    assert "heading-order" in of("nl", "x", button % ("A", "A") + "<h4>Kop</h4>")
    assert of("nl", "x", '<div><img alt="" hidden></div><p hidden>.</p>' + button % ("A", "A")) == set()
    assert "image-alt" in of("nl", "x", "<div><img hidden></div><p>.</p>" + button % ("A", "A")) | of(
        "nl", "x", "<div><img src='data:,'></div><p>.</p>" + button % ("A", "A")
    )


@pytest.mark.parametrize("whole", [True, False])
def test_a_colour_that_is_wrong_in_one_theme_is_found_in_that_one(looker: Callable[[str], Page], whole: bool) -> None:
    page = looker("")
    known: set[str] = set()
    for colours, wrong_in in ((("#222", "#333"), ["dark"]), (("#ddd", "#ddd"), ["light"]), (("#222", "#ddd"), [])):
        page.set_content(IN_ONE_THEME % colours)
        page.evaluate(SCRIPT)
        found = []
        for theme in ("light", "dark"):
            show(page, 360, theme)
            found += [theme for told in found_by_axe(page, known, whole=whole) if told.startswith("color-contrast")]
        assert found == wrong_in


@pytest.mark.parametrize(
    ("screen", "person"),
    [(s, p) for s in SCREENS for p in (s.people or ("",))],
    ids=lambda v: getattr(v, "name", v or "-"),
)
def test_a_screen_has_no_barrier_in_any_look(
    looker: Callable[[str], Page], address_of: Callable[[Screen], str], clear: set[str], screen: Screen, person: str
) -> None:
    address = address_of(screen)
    page = looker(person)
    faults: list[str] = []
    answer = page.goto(address)
    assert answer is not None and answer.status == screen.status, f"{address} gives {answer and answer.status}"
    for width, theme, whole in in_turn(page, LOOKS if person == (*screen.people, "")[0] else ALSO):
        show(page, width, theme)
        faults += [f"{width} {theme} {barrier}" for barrier in found_by_axe(page, clear, whole=whole)]
    own = f"status of {screen.status}"  # a page that is refused says so on the console too
    faults += [f"console: {text}" for text in page.trouble if own not in text]  # type: ignore[attr-defined]
    assert not faults, "\n".join(faults)
