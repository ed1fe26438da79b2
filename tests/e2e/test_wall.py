"""A big screen through a night: no network, another day, a database that is away, a release, the end of its address."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.urls import reverse
from playwright.sync_api import Page, expect

from kpi.actions.wall_links import LinkTerms, add_link, end_link
from organisation.clock import now, today
from tests.cast import Cast
from tests.kpi.history import local, question

EVENING = local("2026-11-25 23:50")
ROUND = 25_000
"""Milliseconds after which the screen has asked again."""
OLD = re.compile("wall-fresh--old")


def test_a_screen_says_that_it_is_old_and_recovers_by_itself(
    page_as: Callable[..., Page], town: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CLOCK_OFFSET_SECONDS = int((EVENING - datetime.now(UTC)).total_seconds())
    terms = LinkTerms("Hal", [], today() + timedelta(days=9))
    link, token = add_link(terms=terms, by=town.beheer, at=now())
    page = page_as(width=1920)
    page.clock.install()
    page.goto(reverse("kpi:linked_wall", args=[token]))
    lost, figures, clock = page.locator("#geen-verbinding"), page.locator("#nu"), page.locator("#klok")
    expect(clock).to_have_text(re.compile("23:5"))
    expect(figures).to_contain_text("woensdag 25 november")
    expect(lost).to_be_hidden()

    page.context.set_offline(True)
    expect(lost).to_have_text(re.compile(r"^geen verbinding sinds 23:5\d$"))
    expect(figures).to_have_class(OLD)
    question(town, received=EVENING, channel="email")
    settings.CLOCK_OFFSET_SECONDS += 8 * 3600
    page.clock.fast_forward(8 * 3600 * 1000)
    expect(clock).to_have_text(re.compile("07:5"))
    expect(lost).to_have_text(re.compile(r"^geen verbinding sinds woensdag 25 november.*23:5\d$"))
    expect(figures).to_contain_text("woensdag 25 november")  # never blank, and it says of which day it is

    page.context.set_offline(False)
    expect(lost).to_be_hidden()
    expect(figures).to_contain_text("donderdag 26 november")
    expect(figures).not_to_have_class(OLD)
    expect(figures.locator(".wall-tile__n").nth(1)).to_have_text("1")

    with monkeypatch.context() as broken:

        def away(*arguments: object) -> None:
            raise OperationalError("the database is away")

        broken.setattr("kpi.views.wall.fragment", away)
        page.clock.fast_forward(ROUND)
        expect(lost).to_contain_text("geen verbinding sinds 07:5")
    page.clock.fast_forward(4 * ROUND)
    expect(lost).to_be_hidden()

    monkeypatch.setattr("kpi.views.wall.release", lambda: "newer")
    page.clock.fast_forward(ROUND)
    expect(page.locator("body[data-release=newer]")).to_be_attached()
    expect(page.locator("#nu")).to_contain_text("donderdag 26 november")

    end_link(link=link, by=town.beheer, at=now())
    for _round in range(3):
        with page.expect_response("**/nu/"):
            page.clock.fast_forward(4 * ROUND)
    expect(lost).to_have_text("deze link werkt niet meer")
    expect(figures).to_be_hidden()
