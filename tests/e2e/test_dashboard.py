"""The figures in a browser: from the headline to the very rows, by filter and by key, on a phone and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from kpi.periods import last_finished_week
from kpi.rollups import roll_up
from organisation.clock import now, today
from organisation.workdays import day_start
from tests.cast import Cast
from tests.kpi.history import call, clock, question


@pytest.fixture(scope="module")
def counted_town(standing_town: Cast, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """The standing town with calls and e-mails in the last full week: three of four calls and two of three mails in time."""
    with django_db_blocker.unblock():
        monday = day_start(last_finished_week(today()).first) + timedelta(hours=10)
        for number in range(4):
            call(monday + timedelta(minutes=number), wait=20 if number < 3 else 50)
        for number in range(3):
            row = question(
                standing_town,
                received=monday,
                channel="email",
                team=standing_town.openbare_ruimte,
                title=f"Mail {number}",
            )
            stopped = monday + timedelta(hours=2) if number < 2 else None
            clock(row, "email.answer", started=monday, due=monday + timedelta(days=3), stopped=stopped)
        call(monday - timedelta(days=7))
        late = now() - timedelta(days=30)
        question(
            standing_town,
            received=now() - timedelta(days=40),
            channel="email",
            team=standing_town.openbare_ruimte,
            subject=standing_town.grofvuil,
            assignee=standing_town.henk,
            due_at=late,
            sort_at=late,
            title="Grofvuil bleef staan",
        )
        roll_up(at=now())
        yield standing_town


def test_a_tile_opens_to_its_rows(page_as: Callable[..., Page], counted_town: Cast) -> None:
    page = page_as(counted_town.sanne)
    page.goto("/cijfers/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("doelen gehaald")
    page.get_by_role("link", name="2 van 3 e-mails").click()
    expect(page.get_by_role("heading", name="De 3 e-mails")).to_be_visible()
    page.get_by_role("link", name="Niet binnen de norm (1)").click()
    rows = page.get_by_role("region", name="Tabel: De 3 e-mails").get_by_role("row")
    expect(rows).to_have_count(2)
    assert not page.trouble  # type: ignore[attr-defined]


def test_a_filter_goes_into_the_address_and_keys_leaf_through_the_weeks(
    page_as: Callable[..., Page], counted_town: Cast
) -> None:
    page = page_as(counted_town.sanne)
    page.goto("/cijfers/")
    page.get_by_label("Team", exact=True).select_option(label="Openbare Ruimte")
    page.wait_for_url("**team=openbare-ruimte**")
    expect(page.locator(".page-head__lead")).to_contain_text("Openbare Ruimte")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(lambda url: "dag=" in url and "team=openbare-ruimte" in url)
    expect(page.get_by_role("link", name="2 van 3 e-mails")).to_have_count(0)


def test_it_works_without_script(page_as: Callable[..., Page], counted_town: Cast) -> None:
    page = page_as(counted_town.sanne)
    page.route("**/*.js", lambda route: route.abort())
    page.goto("/cijfers/")
    page.get_by_label("Kanaal", exact=True).select_option(label="E-mail")
    page.get_by_role("button", name="Toon").click()
    page.wait_for_url("**kanaal=email**")


def test_on_a_phone_nothing_is_wider_than_the_window(page_as: Callable[..., Page], counted_town: Cast) -> None:
    page = page_as(counted_town.ria, width=360)
    for address in ("/cijfers/", "/cijfers/email.answer/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_on_paper_there_are_figures_and_no_controls(page_as: Callable[..., Page], counted_town: Cast) -> None:
    page = page_as(counted_town.sanne)
    page.goto("/cijfers/")
    page.emulate_media(media="print")
    expect(page.locator(".kpi").first).to_be_visible()
    expect(page.locator(".figures-controls")).to_be_hidden()
    page.goto("/cijfers/rapporten/lezen/")
    expect(page.locator(".report-waits .load__item").first).to_be_visible()


def test_on_paper_the_table_stands_beside_its_chart(page_as: Callable[..., Page], counted_town: Cast) -> None:
    page = page_as(counted_town.sanne)
    page.goto("/cijfers/email.answer/")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    chart, table = (
        page.locator(".figures-side .chart").bounding_box(),
        page.locator(".figures-side table").bounding_box(),
    )
    assert chart and table
    assert table["x"] > chart["x"] + chart["width"] - 1


def test_the_director_finds_numbers_and_no_lists(page_as: Callable[..., Page], counted_town: Cast) -> None:
    page = page_as(counted_town.joost)
    page.goto("/cijfers/email.answer/")
    expect(page.locator(".kpi__foot").first).to_contain_text("2 van 3 e-mails")
    expect(page.get_by_text("Mail 0")).to_have_count(0)


def test_charts_say_their_values_by_key_and_at_the_pointer(page_as: Callable[..., Page], counted_town: Cast) -> None:
    page = page_as(counted_town.sanne)
    page.goto("/cijfers/")
    chart = page.locator("svg[data-chart=wide]")
    said = page.locator("p.visually-hidden[role=status]").last
    chart.focus()
    page.keyboard.press("End")
    expect(said).to_have_text(re.compile(r"^Week \d+: \d+, Telefoon \d+, Digitaal \d+, Balie en brief \d+$"))
    last = said.text_content() or ""
    expect(chart.locator(".chart-tip")).to_contain_text(last.split(",")[0])
    page.keyboard.press("ArrowLeft")
    expect(said).not_to_have_text(last)
    page.keyboard.press("Escape")
    expect(page.locator(".chart-tip")).to_have_count(0)
    page.locator(".spark").first.hover()
    expect(page.locator(".spark .chart-tip")).to_contain_text("Week")
    page.get_by_role("region", name="Tabel met drukte").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(said).to_have_text(re.compile(r"dag \d+–\d+: "))
    assert page.url.endswith("/cijfers/")  # the arrows did not leaf to another week
    assert not page.trouble  # type: ignore[attr-defined]


def test_a_reminder_from_the_figures_is_undone_in_the_corner(page_as: Callable[..., Page], counted_town: Cast) -> None:
    page = page_as(counted_town.ria)
    page.goto("/cijfers/")
    page.get_by_role("button", name=re.compile("Herinner.*Grofvuil bleef staan")).click()
    expect(page.get_by_role("button", name="Maak ongedaan")).to_be_visible()
    page.wait_for_load_state()  # what a key does comes with the scripts, after the text
    page.keyboard.press("Control+z")  # the button is too far away for who walks with Tab
    expect(page.locator("[data-toast]")).to_contain_text("De herinnering is teruggenomen.")
    assert "/cijfers/" in page.url
    assert not page.trouble  # type: ignore[attr-defined]
