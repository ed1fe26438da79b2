"""A screen opens the board by its own address: only the right one, only while it works, only counts."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.models import Customer, Question
from kpi.actions.wall_links import (
    LinkTerms,
    add_link,
    change_link,
    end_link,
    forget_links,
    link_of,
    renew_link,
    used,
)
from kpi.models import WallLink
from kpi.pages import wall as page
from kpi.pages import wall_links as links
from kpi.views.wall import BY_LINK
from opmeer_kcc.logs import hide_keys
from organisation.clock import now, today
from organisation.errors import Refused, Stale
from organisation.models import AuditEntry
from organisation.rate import Rate
from organisation.roles import RIGHTS, Right, Role
from organisation.snapshot import organisation
from organisation.tokens import hashed
from tests.cast import Cast
from tests.kpi.history import local, question

NOON = local("2026-11-25 12:00")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(settings: Any) -> None:
    settings.CLOCK_OFFSET_SECONDS = int((NOON - datetime.now(UTC)).total_seconds())
    page._kept.clear()
    BY_LINK.clear()


def terms(name: str = "Hal", team_ids: tuple[int, ...] = (), days: int = 30) -> LinkTerms:
    return LinkTerms(name, team_ids, today() + timedelta(days=days))


def made(cast: Cast, **change: Any) -> tuple[WallLink, str]:
    return add_link(terms=terms(**change), by=cast.beheer, at=now())


def test_administrator_and_coordinator_give_screens_their_address_and_nobody_else() -> None:
    assert {role for role in Role if Right.WALLBOARD_LINKS in RIGHTS[role]} == {Role.ADMINISTRATOR, Role.COORDINATOR}


def test_the_address_works_without_signing_in_and_only_its_hash_is_kept(cast: Cast) -> None:
    link, token = made(cast)
    assert len(token) >= 43
    assert link.token_hash == hashed(token) != token
    kept = {field.attname: getattr(link, field.attname) for field in WallLink._meta.concrete_fields}
    assert token not in str(kept)
    client = Client()
    whole = client.get(reverse("kpi:linked_wall", args=[token]))
    assert whole.status_code == 200
    assert whole.context["now_url"] == reverse("kpi:linked_wall_now", args=[token])
    part = client.get(whole.context["now_url"])
    assert part.status_code == 200
    again = client.get(whole.context["now_url"], headers={"If-None-Match": part["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert not client.cookies, "a screen gets no session"
    for answer in (whole, part):
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Robots-Tag"] == "noindex"
        assert answer["Cache-Control"] == "no-store"
    link.refresh_from_db()
    assert link.last_used_at is not None
    assert link.history.count() == 1, "that a screen asks is nobody's edit"
    assert client.post(whole.context["now_url"]).status_code == 405


def test_every_address_that_does_not_work_gives_the_same_answer(cast: Cast) -> None:
    at = now()
    _old, expired = add_link(terms=terms("Oud", days=0), by=cast.beheer, at=at - timedelta(days=1))
    WallLink.objects.filter(name="Oud").update(expires_at=at)
    gone, ended = made(cast, name="Weg")
    end_link(link=gone, by=cast.beheer, at=at)
    moved, replaced = made(cast, name="Anders")
    _moved, newest = renew_link(link=moved, by=cast.beheer, at=at, version=moved.version)
    assert link_of(newest, at) == moved
    client = Client()
    for name in ("kpi:linked_wall", "kpi:linked_wall_now"):
        answers = set()
        for token in (expired, ended, replaced, "x" * 43, "é" * 20, "x" * 500, "..%2F"):
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(reverse(name, args=[token]))
            body = answer.content.decode()
            assert token not in body
            answers.add((answer.status_code, body, answer["Referrer-Policy"], len(asked)))
        assert len(answers) == 1
        assert answers.pop()[0] == 404


def test_a_screen_of_teams_counts_only_those_and_names_nobody(cast: Cast) -> None:
    customer = Customer.objects.create(name="Wilhelmina Zwartjes", place="Spanbroek", created_at=NOON)
    for number, subject in enumerate((cast.paspoort, cast.paspoort, cast.afval)):
        row = question(cast, received=NOON, channel="email", customer=customer, title=f"Zwartjes {number}")
        Question.objects.filter(pk=row.pk).update(
            team=subject.team, subject=subject, due_at=NOON - timedelta(days=1), assignee=cast.bas
        )
    _all, everything = made(cast)
    link, token = made(cast, name="Burgerzaken", team_ids=(cast.burgerzaken.pk,))
    client = Client()
    whole = client.get(reverse("kpi:linked_wall_now", args=[everything])).content.decode()
    part = client.get(reverse("kpi:linked_wall_now", args=[token])).content.decode()
    assert '<p class="wall-tile__n">3</p>' in whole
    assert '<p class="wall-tile__n">2</p>' in part
    assert "Openbare Ruimte" in whole
    assert "Openbare Ruimte" not in part
    assert "Telefoon opgenomen" not in part, "this team does not answer the phone of the house"
    private = ("Zwartjes", "Wilhelmina", "Spanbroek", *Question.objects.values_list("number", flat=True))
    people = [cast.beheer.name, cast.bas.name, cast.fatima.name]
    for html in (whole, part, client.get(reverse("kpi:linked_wall", args=[token])).content.decode()):
        assert [word for word in (*private, *people, "Hal") if word in html] == []
    other = terms("Burgerzaken", (cast.openbare_ruimte.pk,))
    change_link(link=link, terms=other, by=cast.beheer, at=now(), version=link.version)
    assert "Openbare Ruimte" in client.get(reverse("kpi:linked_wall_now", args=[token])).content.decode()


def test_a_screen_writes_that_it_is_alive_at_most_once_in_five_minutes(cast: Cast) -> None:
    link, _token = made(cast)
    for seconds, expected in ((0, 1), (20, 0), (299, 0), (301, 1)):
        link.refresh_from_db()
        with CaptureQueriesContext(connection) as asked:
            used(link, NOON + timedelta(seconds=seconds))
        assert len(asked) == expected, seconds


def test_who_asks_too_often_waits_with_a_right_address_as_with_a_wrong_one(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kpi.views.wall.BY_LINK", Rate(2))
    _link, token = made(cast)
    client = Client()
    statuses = [client.get(reverse("kpi:linked_wall_now", args=[key])).status_code for key in (token, "x", token, "x")]
    assert statuses == [200, 404, 429, 429]
    refused = client.get(reverse("kpi:linked_wall", args=[token]))
    assert int(refused["Retry-After"]) > 0
    assert refused["Refresh"] == refused["Retry-After"], "nobody stands beside the screen"


def test_the_rate_is_a_sliding_minute_per_caller_and_holds_a_bounded_number(monkeypatch: pytest.MonkeyPatch) -> None:
    rate = Rate(2)
    assert [rate.wait("a", moment) for moment in (0, 1, 2, 60.5, 60.6)] == [0, 0, 58, 0, 1]
    assert rate.wait("b", 2) == 0
    monkeypatch.setattr("organisation.rate.MOST_CALLERS", 3)
    small = Rate(1)
    for caller in range(50):
        small.wait(str(caller), 0)
    assert len(small._calls) <= 3


def test_what_is_filled_in_is_judged(cast: Cast) -> None:
    made(cast)
    wrong = {
        "name": [terms(""), terms("hal")],
        "teams": [terms("Gang", (999_999,))],
        "last_day": [terms("Gang", days=-1), terms("Gang", days=365)],
    }
    for field, cases in wrong.items():
        for case in cases:
            with pytest.raises(Refused) as refused:
                add_link(terms=case, by=cast.beheer, at=now())
            assert refused.value.field == field
    with pytest.raises(PermissionDenied):
        add_link(terms=terms("Gang"), by=cast.ria, at=now())
    link, _token = made(cast, name="Gang")
    with pytest.raises(Stale):
        change_link(link=link, terms=terms("Gang"), by=cast.sanne, at=now(), version=7)
    end_link(link=link, by=cast.beheer, at=now())
    end_link(link=link, by=cast.beheer, at=now())
    with pytest.raises(Refused):
        renew_link(link=link, by=cast.beheer, at=now())
    with pytest.raises(Refused):
        change_link(link=link, terms=terms("Gang 2"), by=cast.beheer, at=now())
    acts = list(AuditEntry.objects.filter(object_type="kpi.walllink").order_by("pk").values_list("action", flat=True))
    assert acts == ["wall_link.added", "wall_link.added", "wall_link.ended"]
    assert made(cast, name="Gang")[0].pk != link.pk, "the name is free again"


def test_the_same_name_given_twice_in_one_instant_is_refused_in_words(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(cast)
    monkeypatch.setattr("kpi.actions.wall_links._check", lambda terms, **more: None)
    with pytest.raises(Refused) as refused:
        made(cast)
    assert refused.value.field == "name"
    assert WallLink.objects.count() == 1


def test_what_has_not_worked_for_a_year_is_thrown_away_and_its_history_stays(cast: Cast) -> None:
    link, _token = made(cast)
    young, _other = made(cast, name="Gang")
    end_link(link=link, by=cast.beheer, at=now())
    assert forget_links(at=now() + timedelta(days=365)) == 0
    assert forget_links(at=now() + timedelta(days=367)) == 1
    assert WallLink.objects.get() == young
    assert WallLink.history.filter(id=link.pk, history_type="~").exists()


def test_the_screen_of_addresses_makes_shows_once_changes_renews_and_ends(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.beheer)
    assert client.get(reverse("kpi:wall_links")).status_code == 200
    filled = {"name": "Hal", "teams": [str(cast.burgerzaken.pk)], "last_day": str(today() + timedelta(days=9))}
    shown = client.post(reverse("kpi:wall_link_new"), filled)
    address = shown.context["page"].address
    assert address.startswith("http://testserver/wandscherm/")
    assert address in shown.content.decode()
    assert Client().get(address).status_code == 200
    link = WallLink.objects.get()
    own = reverse("kpi:wall_link", args=[link.pk])
    assert address.rsplit("/", 2)[1] not in client.get(own).content.decode()
    assert client.post(reverse("kpi:wall_link_new"), filled).status_code == 422, "pressed twice"
    assert client.post(own, {**filled, "name": "Hal west", "version": link.version}).status_code == 302
    assert client.post(own, {**filled, "version": link.version}).status_code == 409
    link.refresh_from_db()
    renewed = client.post(reverse("kpi:wall_link_renew", args=[link.pk]), {"version": link.version})
    assert Client().get(address).status_code == 404
    assert Client().get(renewed.context["page"].address).status_code == 200
    twice = client.post(reverse("kpi:wall_link_renew", args=[link.pk]), {"version": link.version})
    assert twice.status_code == 302, "the second press does not throw the address away that was just shown"
    assert client.post(reverse("kpi:wall_link_end", args=[link.pk])).status_code == 302
    assert Client().get(renewed.context["page"].address).status_code == 404
    link.refresh_from_db()
    assert client.post(own, {**filled, "version": link.version}).status_code == 422
    client.force_login(cast.ria)
    assert client.get(reverse("kpi:wall_links")).status_code == 403


def test_the_list_of_screens_says_where_it_stops_and_leaves_out_what_ended_longest_ago(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, days in (("Zaal", None), ("Balie", 2), ("Archief", 9), ("Hal", None)):
        link, _address = made(cast, name=name)
        if days is not None:
            WallLink.objects.filter(pk=link.pk).update(ended_at=now() - timedelta(days=days))
    whole = links.links_page(organisation(), now())
    assert ([row.name for row in whole.rows], whole.left_out) == (["Hal", "Zaal", "Balie", "Archief"], "")
    monkeypatch.setattr(links, "MOST", 3)
    part = links.links_page(organisation(), now())
    assert [row.name for row in part.rows] == ["Hal", "Zaal", "Balie"]
    client = Client()
    client.force_login(cast.sanne)
    assert "De lijst stopt bij 3" in client.get(reverse("kpi:wall_links")).content.decode()


def test_the_overview_says_how_many_screens_there_are_and_which_go_dark_soon(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.beheer)
    made(cast, days=200)
    assert "1 scherm" in client.get(reverse("organisation:manage")).content.decode()
    made(cast, name="Gang", days=29)
    end_link(link=made(cast, name="Weg")[0], by=cast.beheer, at=now())
    assert "2 schermen, 1 eindigt binnen 30 dagen" in client.get(reverse("organisation:manage")).content.decode()


def test_a_page_that_fails_asks_again_by_itself_and_no_log_line_holds_the_address(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    _link, token = made(cast)

    def broken(*args: object) -> None:
        raise RuntimeError("away")

    monkeypatch.setattr("kpi.views.wall.fragment", broken)
    with caplog.at_level(logging.ERROR):
        answer = Client(raise_request_exception=False).get(reverse("kpi:linked_wall", args=[token]))
    assert (answer.status_code, answer["Refresh"]) == (500, "30")
    lines = [hide_keys(None, "", {"event": record.getMessage()})["event"] for record in caplog.records]
    assert any("/wandscherm/…" in line for line in lines)
    assert not any(token in line for line in lines)
