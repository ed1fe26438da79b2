"""What the pages of the figures keep, they keep under everything that it shows (ADR 15)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from contacts.models import Question, ServiceNorm
from kpi.pages.dashboard import _kept, _waiting
from kpi.pages.figure import _kept as _figures
from kpi.pages.rows import ROWS
from kpi.rollups import roll_up
from organisation.clock import now
from organisation.models import User
from organisation.snapshot import settings_changed
from tests.cast import Cast
from tests.kpi.history import call, clock, local, question

pytestmark = pytest.mark.django_db


def test_a_row_that_was_shown_before_changes_with_everything_it_shows(cast: Cast) -> None:
    rows = [question(cast, received=local("2026-11-16 10:00"), channel="email", title=f"Bank {n}") for n in (1, 2)]
    for row in rows:
        clock(row, "email.answer", started=row.received_at, due=local("2026-11-20 00:00"))
    browser = Client()
    browser.force_login(cast.sanne, backend="organisation.sign_in.Employees")

    def listed(language: str = "nl") -> str:
        address = "/cijfers/email.answer/?periode=week&dag=2026-11-16"
        html = browser.get(address, headers={"accept-language": language}).content.decode()
        return html.partition('id="lijst"')[2]

    before = listed()
    assert listed() == before and before.count("Bank 1") == 1
    Question.objects.filter(pk=rows[0].pk).update(title="Bank <b>weg</b>")
    cast.burgerzaken.name = "Publiekszaken"
    cast.burgerzaken.save()
    after = listed()
    assert "Bank 1" not in after and "Bank &lt;b&gt;weg&lt;/b&gt;" in after and after.count("Publiekszaken") == 2
    ROWS.clear()
    assert listed() == after


def test_a_dashboard_of_today_is_made_again_for_every_new_contact(cast: Cast) -> None:
    roll_up(at=now())
    browser = Client()
    browser.force_login(cast.sanne, backend="organisation.sign_in.Employees")

    def shown() -> str:
        return browser.get("/cijfers/?periode=dag").content.decode().partition('id="nu"')[2]

    empty = shown()
    assert shown() == empty
    call(now(), wait=12)
    one = shown()
    assert one != empty and shown() == one
    call(now(), wait=12, outcome="abandoned")
    two = shown()
    assert two != one
    _kept.clear()
    assert shown() == two


def test_what_waits_now_follows_every_question_and_is_of_who_looks(cast: Cast) -> None:
    """A figure that is over is kept; the backlog beside it is counted anew, and the words made again when a count changed."""
    roll_up(at=now())

    def shown(name: str) -> str:
        browser = Client()
        browser.force_login(getattr(cast, name), backend="organisation.sign_in.Employees")
        html = browser.get("/cijfers/").content.decode()
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html.partition('id="nu"')[2])

    people = ("sanne", "ria", "joost", "henk")
    before = [shown(name) for name in people]
    for number, team in enumerate((cast.openbare_ruimte, cast.burgerzaken, cast.openbare_ruimte)):
        row = question(cast, received=now() - timedelta(days=9), channel="email", team=team, title=f"Vraag {number}")
        Question.objects.filter(pk=row.pk).update(due_at=now() - timedelta(days=2), sort_at=now() - timedelta(days=2))
        after = [shown(name) for name in people]
        seen = [one != other for one, other in zip(before, after, strict=True)]
        assert seen[0] and seen[1] == (team == cast.openbare_ruimte), f"a lead sees what her own team has ({number})"
        assert f"Vraag {number}" in after[0] and f"Vraag {number}" not in after[2], "the director sees numbers"
        before = after
    Question.objects.filter(pk=row.pk).update(title="Nieuwe titel", assignee=cast.henk)
    renamed = [shown(name) for name in people]
    assert "Nieuwe titel" in renamed[1] and "Vraag 2" not in renamed[1] and cast.henk.name in renamed[1]
    _kept.clear()
    _waiting.clear()
    assert [shown(name) for name in people] == renamed


@time_machine.travel(local("2026-11-25 12:00"))  # the page names today: no midnight between two looks
def test_the_page_of_a_figure_follows_what_is_counted_and_is_of_who_looks(cast: Cast) -> None:
    """Kept under the counts and the rights: the director's page hides small numbers and lists, in whatever order people look."""
    for number in range(3):
        row = question(cast, received=local("2026-11-16 10:00"), channel="email", team=cast.openbare_ruimte)
        stopped = local("2026-11-17 10:00") if number else None
        clock(row, "email.answer", started=row.received_at, due=local("2026-11-20 00:00"), stopped=stopped)
    roll_up(at=now())
    address = "/cijfers/email.answer/?periode=week&dag=2026-11-16"

    def shown(name: str, more: str = "", language: str = "nl") -> str:
        user = getattr(cast, name)
        User.objects.filter(pk=user.pk).update(language=language)
        browser = Client()
        browser.force_login(user, backend="organisation.sign_in.Employees")
        return re.sub(r"<[^>]+>", "", browser.get(address + more).content.decode().partition('id="inhoud"')[2])

    people = ("sanne", "joost", "ria", "fatima")
    first = {name: shown(name) for name in people}
    narrowed = "&team=openbare-ruimte"
    assert "2 van 3" in first["sanne"] and "2 van 3" in shown("sanne", narrowed)
    assert "2 van 3" not in shown("joost", narrowed), "few of one team"
    assert "Sla cijfer op" not in first["fatima"] and first["ria"] != first["sanne"]
    assert "2 of 3" in shown("sanne", language="en") and shown("sanne") == first["sanne"]
    late = question(cast, received=local("2026-11-16 11:00"), channel="email", team=cast.openbare_ruimte)
    clock(late, "email.answer", started=late.received_at, due=local("2026-11-20 00:00"))
    assert "2 van 4" in shown("sanne")
    ServiceNorm.objects.filter(code="email.answer").update(name="Post beantwoord")
    settings_changed()
    assert "Post beantwoord" in shown("sanne") and "Post beantwoord" in shown("ria")
    changed = {name: shown(name) for name in people}
    _figures.clear()
    assert {name: shown(name) for name in reversed(people)} == changed


def test_a_dashboard_of_a_week_that_is_over_follows_every_change_of_the_year_it_is_compared_with(cast: Cast) -> None:
    """The week of a year before lies far outside the weeks of the charts; its days may have changed as well."""
    question(cast, received=local("2026-11-16 10:00"), channel="email")
    roll_up(at=now())
    browser = Client()
    browser.force_login(cast.sanne, backend="organisation.sign_in.Employees")

    def shown() -> str:
        html = browser.get("/cijfers/?periode=week&dag=2026-11-16").content.decode()
        return html.partition("een jaar geleden ")[2][:5]

    for channel, part in (("email", "100"), ("phone", "50"), ("phone", "33")):
        question(cast, received=local("2025-11-18 10:00"), channel=channel)
        assert shown().startswith(part)
