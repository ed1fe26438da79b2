"""Own figures are right, and of nobody else: no address, filter, file or API gives those of a colleague."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from kpi.api.serializers import KpiQuery
from kpi.models import DailyFigure
from kpi.own import COLLEAGUES, own_lines
from kpi.own import middle as middle_of
from kpi.scope import Asked, Scope
from organisation.clock import now
from organisation.models import Team, User
from organisation.roles import Role
from tests.cast import Cast, person
from tests.kpi.history import call, clock, question

pytestmark = pytest.mark.django_db
WHO = ("medewerker", "behandelaar", "assignee", "user", "persoon", "answered_by", "registered_by", "wie", "id", "pk")


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="organisation.sign_in.Employees")
    return client


def body(client: Client, address: str) -> str:
    """The page without what differs at every request."""
    html = client.get(address).content.decode()
    return re.sub(r'(csrfmiddlewaretoken" value|csrf-token" content|nonce|name="next" value)="[^"]*"', "", html)


def work(cast: Cast, who: User, team: Team, *, kept: int, missed: int, days: int = 14) -> None:
    """Closed questions of this person, with a promise each."""
    at = now() - timedelta(days=days)
    for number in range(kept + missed):
        row = question(cast, received=at, channel="email", team=team, assignee=who, status="closed")
        kept_at = at - timedelta(hours=1) if number < kept else None
        clock(row, "email.answer", started=at - timedelta(days=1), due=at, stopped=kept_at)


def line(user: User, code: str) -> Any:
    return next(one for one in own_lines(user, now()) if one.figure.code == code)


def test_own_rows_are_counted_per_week_by_the_same_law(cast: Cast) -> None:
    work(cast, cast.henk, cast.openbare_ruimte, kept=3, missed=1)
    work(cast, cast.ria, cast.openbare_ruimte, kept=9, missed=9)
    work(cast, cast.henk, cast.openbare_ruimte, kept=5, missed=0, days=200)  # longer ago than twelve weeks
    at = now() - timedelta(days=9)
    for is_direct in (True, True, False):
        question(cast, received=at, registered_by=cast.henk, is_direct=is_direct)
    question(cast, received=at, registered_by=cast.ria, is_direct=True)
    call(at, wait=10, answered_by=cast.henk)
    call(at, wait=300, answered_by=cast.henk)
    call(at, wait=10, answered_by=cast.ria)
    found = {one.figure.code: (one.whole.numerator, one.whole.denominator) for one in own_lines(cast.henk, now())}
    assert found["closed"][1] == 4
    assert found["in_norm"] == (3, 4)
    assert found["direct"] == (2, 3)
    assert found["pickup"] == (1, 2)


@pytest.mark.parametrize(
    ("counted", "shown"),
    [
        ([(5, 10)] * (COLLEAGUES - 1), None),
        ([(5, 10)] * COLLEAGUES, 50),
        ([(5, 10)] * (COLLEAGUES - 1) + [(9, 9)], None),  # the fifth counted too little
        ([(10, 10), (9, 10), (1, 3), (8, 10), (1, 10), (0, 10)], 80),
        ([(331, 1000)] * COLLEAGUES, 33),  # in whole percents
        ([], None),
    ],
)
def test_the_middle_is_shown_only_of_enough_colleagues_with_enough_each(
    counted: list[tuple[int, int]], shown: int | None
) -> None:
    assert middle_of(counted) == shown


def test_the_middle_is_of_colleagues_in_the_same_team_without_oneself(cast: Cast) -> None:
    team = cast.openbare_ruimte
    others = [person(f"collega{n}", Role.TEAM_MEMBER, team) for n in range(4)]
    work(cast, cast.henk, team, kept=0, missed=12)
    for other in others:
        work(cast, other, team, kept=9, missed=3)
    work(cast, cast.bas, cast.burgerzaken, kept=0, missed=20)  # of another team
    assert line(cast.henk, "in_norm").beside is None  # four, and Ria who counted nothing
    work(cast, cast.ria, team, kept=9, missed=3)
    assert line(cast.henk, "in_norm").beside == 75
    assert line(cast.henk, "closed").beside is None
    assert "75\N{NO-BREAK SPACE}%" in browser(cast.henk).get("/mijn/cijfers/").content.decode()


def test_nothing_in_the_address_makes_it_another_person_or_period(cast: Cast) -> None:
    work(cast, cast.henk, cast.openbare_ruimte, kept=3, missed=1)
    work(cast, cast.ria, cast.openbare_ruimte, kept=1, missed=6)
    own = browser(cast.henk)
    plain = body(own, "/mijn/cijfers/")
    assert "75 %" in plain.replace("</span>", "").replace('<span class="kpi__unit">', "")
    for value in (str(cast.ria.pk), cast.ria.username):
        asked = "&".join(f"{name}={value}" for name in (*WHO, "team", "dag", "van", "tot", "periode"))
        assert body(own, f"/mijn/cijfers/?{asked}") == plain
    assert str(cast.ria) not in plain
    assert own.post("/mijn/cijfers/", {"medewerker": cast.ria.pk}).status_code == 405


@pytest.mark.parametrize("who", ["sanne", "joost", "beheer", "receptie"])
def test_nobody_else_has_such_a_page(cast: Cast, who: str) -> None:
    assert browser(getattr(cast, who)).get("/mijn/cijfers/").status_code == 403


def patterns(resolver: URLResolver, app: str = "") -> list[tuple[str, URLPattern]]:
    found = []
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            found += patterns(one, one.namespace or app)
        else:
            found.append((app, one))
    return found


def test_no_address_of_the_figures_takes_a_person() -> None:
    names = {
        argument
        for app, one in patterns(get_resolver())
        if app == "kpi" or "figures" in str(one.pattern)
        for argument in one.pattern.converters
    }
    assert names <= {"pk", "code", "kind", "token"}
    for shape in (Asked, Scope):
        assert not {field.name for field in fields(shape)} & {*WHO, "person", "user_id", "assignee_id"}
    assert not [field for field in DailyFigure._meta.get_fields() if field.related_model is User]


ADDRESSES = (
    "/cijfers/?periode=maand",
    "/cijfers/export.csv?periode=maand",
    "/cijfers/email.answer/?periode=maand&deel=alles",
    "/cijfers/email.answer/export.csv?periode=maand",
    "/cijfers/rapporten/lezen/?periode=maand",
)


@pytest.mark.parametrize("address", ADDRESSES)
@time_machine.travel(now(), tick=False)
def test_no_filter_or_file_narrows_a_figure_to_a_person(cast: Cast, address: str) -> None:
    """The page names the minute, which is the same both times."""
    work(cast, cast.henk, cast.openbare_ruimte, kept=3, missed=1)
    work(cast, cast.bas, cast.openbare_ruimte, kept=1, missed=6)
    own = browser(cast.ria)
    plain = body(own, address)
    more = "&".join(f"{name}={cast.henk.pk}" for name in WHO)
    assert re.sub(rf"(&amp;|&|\?)(?:{'|'.join(WHO)})=\d+", "", body(own, f"{address}&{more}")) == plain


def test_the_api_and_the_command_know_no_person() -> None:
    for name in WHO:
        assert not KpiQuery(data={name: "1"}).is_valid()
        with pytest.raises((SystemExit, CommandError)):
            call_command("kpi", "email.answer", f"--{name}", "1")
