"""The dashboard and the page behind a figure: what they say agrees with the lists, within the reach of who looks."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from contacts.models import ConfidentialAccess, Question
from kpi.registry import MEASURES
from kpi.rollups import roll_up
from organisation import clock as business_clock
from organisation import wording
from organisation.models import AccessEntry, AuditEntry, User
from tests.cast import Cast
from tests.kept import Once
from tests.kpi.history import call, clock, local, question

pytestmark = pytest.mark.django_db
NOW = local("2026-11-25 12:00")
WEEK = "periode=week&dag=2026-11-16"


@pytest.fixture(autouse=True)
def _it_is_noon(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    settings.CLOCK_OFFSET_SECONDS = int((NOW - datetime.now(UTC)).total_seconds())  # type: ignore[attr-defined]
    assert abs((business_clock.now() - NOW).total_seconds()) < 5


def look(user: User, path: str, status: int = 200) -> str:
    browser = Client()
    browser.force_login(user, backend="organisation.sign_in.Employees")
    answer = browser.get(path)
    assert answer.status_code == status, answer.content[:400]
    return answer.content.decode()


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\xa0", " ").split())


@Once
def a_week(cast: Cast) -> None:
    """A week with some of everything: 12 e-mails answered by Openbare Ruimte of which 9 in time, calls, a late question."""
    for number in range(12):
        at = local(f"2026-11-16 10:{number:02d}")
        row = question(
            cast, received=at, channel="email", team=cast.openbare_ruimte, subject=cast.grofvuil, title=f"Bank {number}"
        )
        stopped = local("2026-11-17 10:00") if number < 9 else None
        clock(row, "email.answer", started=at, due=local("2026-11-20 00:00"), stopped=stopped)
        call(at, wait=20 if number < 10 else 60)
    late = question(
        cast, received=local("2026-11-12 09:00"), channel="email", team=cast.burgerzaken, title="Waar blijft mijn pas"
    )
    Question.objects.filter(pk=late.pk).update(due_at=local("2026-11-18 00:00"), sort_at=local("2026-11-18 00:00"))
    soon = question(cast, received=local("2026-11-24 09:00"), channel="email", team=cast.burgerzaken)
    Question.objects.filter(pk=soon.pk).update(
        due_at=local("2026-11-28 00:00"), sort_at=local("2026-11-28 00:00"), soon_at=local("2026-11-27 00:00")
    )
    roll_up(at=NOW)


@pytest.fixture
def week(cast: Cast) -> Cast:
    a_week(cast)
    return cast


def test_the_title_says_what_is_the_case(week: Cast) -> None:
    text = words(look(week.sanne, f"/cijfers/?{WEEK}"))
    assert "Week 47: geen van de twee doelen gehaald" in text
    assert "9 van 12 e-mails" in text
    assert "75 %" in text
    assert "16 t/m 22 november 2026, alle teams" in text
    assert f"Afgedrukt {wording.printed(NOW)}" in text
    assert f"Afgedrukt {wording.printed(NOW)}" in words(look(week.sanne, f"/cijfers/email.answer/?{WEEK}"))
    assert str(NOW.year) in wording.printed(NOW), "on paper the year is told"


def test_without_dates_the_last_full_week_is_shown(week: Cast) -> None:
    assert "Week 47" in words(look(week.sanne, "/cijfers/"))


def test_an_empty_municipality_shows_no_data_and_never_a_percentage(cast: Cast) -> None:
    text = words(look(cast.sanne, "/cijfers/"))
    assert "geen gegevens" in text
    assert "nog geen cijfers" in text
    assert " 0 %" not in text
    assert "100 %" not in text.replace("norm 100 %", "")


def test_an_empty_municipality_compares_with_no_weeks_of_nothing(cast: Cast) -> None:
    assert "vergeleken met de 0" not in words(look(cast.sanne, "/cijfers/"))


def test_a_subject_with_a_form_that_people_call_about_leads_to_those_questions(cast: Cast) -> None:
    for number, channel in enumerate(("form", "phone", "counter", "phone")):
        at = local(f"2026-11-16 10:0{number}")
        question(cast, received=at, channel=channel, team=cast.openbare_ruimte, subject=cast.grofvuil)
    question(cast, received=local("2026-11-16 10:09"), subject=cast.paspoort)
    roll_up(at=NOW)
    card = look(cast.sanne, f"/cijfers/?{WEEK}").split('id="kanaalsturing"')[1].split("</section>")[0]
    rows = re.findall(r'<a href="([^"]+)">([^<]+)</a>.*?<strong>(\d+)</strong>.*?>(\d+\s%)<', card)
    assert [(name, count) for _href, name, count, _share in rows] == [(cast.grofvuil.name, "3")]
    page = look(cast.sanne, rows[0][0].replace("&amp;", "&"))
    assert page.count('<tr class="utrecht-table__row"><th class="utrecht-table__cell nowrap"') == 3
    assert "kanaalsturing" in look(cast.joost, f"/cijfers/?{WEEK}")
    assert (
        cast.grofvuil.name
        not in look(cast.joost, f"/cijfers/?{WEEK}").split('id="kanaalsturing"')[1].split("</section>")[0]
    )


def test_another_channel_has_its_own_busy_hours(week: Cast) -> None:
    text = words(look(week.sanne, f"/cijfers/?{WEEK}&kanaal=email"))
    assert "Hoe druk het is: e-mail" in text
    assert "contacten per uur" in text


def test_every_tile_opens_a_page_whose_number_and_list_agree(week: Cast) -> None:
    dashboard = look(week.sanne, f"/cijfers/?{WEEK}")
    tiles = re.findall(r'<p class="kpi__foot"><a href="([^"]+)">(\d+) van (\d+) ', dashboard)
    assert {tile[1:] for tile in tiles} >= {("9", "12"), ("10", "12")}
    for href, hits, total in tiles:
        page = look(week.sanne, href.replace("&amp;", "&"))
        assert f"{hits} van {total} " in page
        assert page.count('<tr class="utrecht-table__row"><th class="utrecht-table__cell nowrap"') == int(total)
        missed = look(week.sanne, href.replace("&amp;", "&") + "&deel=niet")
        rows = missed.count('<tr class="utrecht-table__row"><th class="utrecht-table__cell nowrap"')
        assert rows == int(total) - int(hits)


def test_load_items_lead_to_lists_of_that_length(week: Cast) -> None:
    html = look(week.sanne, "/cijfers/")
    items = re.findall(r'<a class="load__item[^"]*" href="([^"]+)">.*?<span class="load__n">(\d+)</span>', html)
    assert len(items) == 10
    for href, count in items:
        page = look(week.sanne, href.replace("&amp;", "&"))
        assert page.count('name="pick"') == int(count), href


def test_the_overdue_list_names_owners_and_is_logged(week: Cast) -> None:
    text = words(look(week.sanne, "/cijfers/"))
    assert "Waar blijft mijn pas" in text
    assert "geen behandelaar" in text
    looks = AccessEntry.objects.filter(user=week.sanne, page="kpi.dashboard")
    late = Question.objects.get(title="Waar blijft mijn pas")
    assert looks.count() == 1
    assert "Waar blijft mijn pas" in look(week.sanne, f"/cijfers/?kanaal={late.channel}")
    assert looks.count() == 2
    assert "Waar blijft mijn pas" not in look(week.sanne, "/cijfers/?kanaal=letter")
    assert looks.count() == 2  # nobody is named there


def test_roles_reach_what_the_matrix_says(cast: Cast) -> None:
    paths = ("", "phone.pickup/", "telefoon/gesprekken/", "export.csv")
    for name, statuses in {
        "sanne": (200, 200, 200, 200),
        "ria": (200, 200, 200, 200),
        "fatima": (200, 200, 200, 403),
        "joost": (200, 200, 403, 200),
        "beheer": (403, 403, 403, 403),
        "receptie": (403, 403, 403, 403),
    }.items():
        for path, status in zip(paths, statuses, strict=True):
            look(getattr(cast, name), f"/cijfers/{path}", status)


def test_an_unknown_figure_is_not_found(cast: Cast) -> None:
    look(cast.sanne, "/cijfers/phone.nothing/", 404)


def test_the_director_sees_numbers_but_no_lists_and_no_small_cells(week: Cast) -> None:
    page = look(week.joost, f"/cijfers/email.answer/?{WEEK}")
    assert "9 van 12 e-mails" in words(page)
    assert "Bank 1" not in page
    assert "nav" in page
    narrowed = words(look(week.joost, f"/cijfers/questions.asked/?{WEEK}&team=burgerzaken"))
    assert "1 vraag" not in narrowed
    dashboard = look(week.joost, f"/cijfers/?{WEEK}")
    assert "Waar blijft mijn pas" not in dashboard
    assert "werkvoorraad/?" not in dashboard
    assert "telefoon/gesprekken" not in dashboard
    assert "< 10" in dashboard.replace("&lt;", "<")
    assert 'class="chart"' in dashboard and "oudste open vraag" in dashboard
    few = words(look(week.joost, "/cijfers/?periode=dag&dag=2026-11-17&team=openbare-ruimte"))
    assert "te weinig om een doel aan te toetsen" in few and "nog geen cijfers" not in few
    narrow = look(week.joost, f"/cijfers/?{WEEK}&team=burgerzaken")
    card = words(narrow.partition('id="volume"')[2].partition("</section>")[0])
    load = words(narrow.partition('id="nu"')[2].partition("</section>")[0])
    assert "te weinig om te tonen" in card and "&lt; 10" in card and 'class="chart"' not in narrow
    assert "&lt; 10 open" in load and "oudste open vraag" not in narrow
    assert "te weinig om te tonen" not in look(week.sanne, f"/cijfers/?{WEEK}&team=burgerzaken")
    hours = [
        words(look(who, f"/cijfers/?{WEEK}&kanaal=email").partition('id="drukte"')[2].partition("</section>")[0])
        for who in (week.joost, week.sanne)
    ]
    assert " 1,5 " in hours[0] and "&lt; 1,25" in hours[0] and " 0,1 " not in hours[0]
    assert " 1,5 " in hours[1] and " 0,1 " in hours[1]


def test_a_team_lead_sees_the_figures_of_her_own_team_only(week: Cast) -> None:
    assert "9 van 12 e-mails" in words(look(week.ria, f"/cijfers/?{WEEK}"))
    text = words(look(week.ria, f"/cijfers/?{WEEK}&team=burgerzaken"))
    assert "Dit team bestaat niet of is niet van u" in text
    assert "Waar blijft mijn pas" not in text


def test_only_the_servicecentrum_is_judged_by_what_it_answers_on_the_phone_at_once(week: Cast) -> None:
    """The phone is the Servicecentrum's, as are its calls: of another team there is nothing to say, and where the question is now says nothing either."""
    for number in range(3):
        at = local(f"2026-11-25 10:{number:02d}")
        question(week, received=at, channel="phone", team=week.openbare_ruimte, subject=week.grofvuil)
    today, tile = "periode=dag&dag=2026-11-25", "/cijfers/phone.direct/"
    assert tile in look(week.sanne, f"/cijfers/?{today}")
    assert tile in look(week.sanne, f"/cijfers/?{today}&team={week.servicecentrum.code}")
    assert tile not in look(week.sanne, f"/cijfers/?{today}&team={week.openbare_ruimte.code}")
    assert tile not in look(week.ria, f"/cijfers/?{today}")
    assert "Geen gegevens" in words(look(week.ria, f"/cijfers/phone.direct/?{today}"))
    question(week, received=local("2026-11-25 11:00"), team=week.servicecentrum, status="closed", is_direct=True)
    of_the_desk = look(week.sanne, f"/cijfers/phone.direct/?{today}&team={week.servicecentrum.code}")
    assert "1 van 4 vragen" in words(of_the_desk), "what was handed on was not answered at once"
    assert of_the_desk.count('<tr class="utrecht-table__row"><th class="utrecht-table__cell nowrap"') == 4


def test_a_team_member_sees_only_his_own_rows_and_reads_how_many_there_are(week: Cast) -> None:
    Question.objects.filter(title="Bank 3").update(assignee=week.henk)
    page = look(week.henk, f"/cijfers/email.answer/?{WEEK}")
    assert "1 van 12 zichtbaar voor u" in words(page)
    assert "Bank 3" in page
    assert "Bank 4" not in page


def test_a_confidential_question_counts_but_shows_only_to_who_was_named(week: Cast) -> None:
    secret = Question.objects.get(title="Bank 5")
    Question.objects.filter(pk=secret.pk).update(is_confidential=True)
    page = look(week.sanne, f"/cijfers/email.answer/?{WEEK}")
    assert "9 van 12 e-mails" in words(page)
    assert "11 van 12 zichtbaar voor u" in words(page)
    assert "Bank 5" not in page
    ConfidentialAccess.objects.create(question=secret, user=week.sanne, reason="x", granted_by=week.sanne, from_at=NOW)
    assert "Bank 5" in look(week.sanne, f"/cijfers/email.answer/?{WEEK}")


def export(user: User, code: str, reason: str = "voor het teamoverleg", query: str = WEEK, deel: str = "alles"):
    browser = Client()
    browser.force_login(user, backend="organisation.sign_in.Employees")
    return browser.post(f"/cijfers/{code}/lijst.csv", {"query": query, "deel": deel, "reason": reason})


def test_a_list_is_exported_with_a_reason_guarded_and_on_record(week: Cast) -> None:
    Question.objects.filter(title="Bank 1").update(title="=HYPERLINK(1)")
    answer = export(week.ria, "email.answer")
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 13
    assert "'=HYPERLINK(1)" in {row[2] for row in rows}
    entry = AuditEntry.objects.get(action="export.list")
    assert entry.user == week.ria
    assert entry.detail["rows"] == 12
    assert entry.detail["reason"] == "voor het teamoverleg"


def test_a_list_without_a_reason_is_not_given(week: Cast) -> None:
    assert export(week.ria, "email.answer", reason=" ").status_code == 302
    assert not AuditEntry.objects.filter(action="export.list").exists()


def test_a_list_is_not_for_who_may_not_export(week: Cast) -> None:
    assert export(week.fatima, "email.answer").status_code == 403
    assert export(week.joost, "email.answer").status_code == 403


def test_figures_are_exported_as_numbers_without_names(week: Cast) -> None:
    text = look(week.joost, f"/cijfers/email.answer/export.csv?{WEEK}")
    assert '"9";"12";"75,0";"95,0"' in text
    assert "Bank" not in text
    assert AuditEntry.objects.filter(action="export.figures", user=week.joost).exists()
    assert '"email.answer"' in look(week.sanne, f"/cijfers/export.csv?{WEEK}")


def test_a_file_is_named_in_the_words_of_the_screen(week: Cast) -> None:
    client = Client()
    client.force_login(week.joost)
    named = client.get(f"/cijfers/callback.done/export.csv?{WEEK}")["Content-Disposition"]
    assert named == 'attachment; filename="op-tijd-teruggebeld-2026-11-16-2026-11-22.csv"'


def test_every_figure_has_a_page(week: Cast) -> None:
    for code in MEASURES:
        look(week.sanne, f"/cijfers/{code}/?van=2026-11-01&tot=2026-11-25&kanaal=email&team=burgerzaken")


def test_every_period_has_its_pages(week: Cast) -> None:
    for query in ("periode=dag&dag=2026-11-25", "periode=kwartaal&dag=2026-11-01", "periode=jaar&dag=2026-11-01"):
        for path in ("", "phone.pickup/", "phone.direct/", "contacts.digital/"):
            look(week.sanne, f"/cijfers/{path}?{query}")


STRANGE = (
    "dag=x", "van=9999-99-99", "team=%F0%9F%98%80", "onderwerp=none", "kanaal=duif", "na=abc", "deel=%3Cb%3E",
    "van=2026-11-01&tot=0001-01-01", "periode=dag&dag=2200-12-31",
)  # fmt: skip


def test_strange_addresses_give_a_page_with_a_sentence(week: Cast) -> None:
    for query in STRANGE:
        look(week.sanne, f"/cijfers/?{query}")
        look(week.sanne, f"/cijfers/phone.pickup/?{query}")


def test_the_number_of_queries_does_not_grow_with_the_rows(week: Cast, django_assert_max_num_queries) -> None:
    browser = Client()
    browser.force_login(week.sanne, backend="organisation.sign_in.Employees")
    browser.get(f"/cijfers/?{WEEK}")
    for number in range(30):
        row = question(week, received=NOW - timedelta(days=8, minutes=number), channel="email")
        Question.objects.filter(pk=row.pk).update(due_at=NOW - timedelta(days=1), sort_at=NOW - timedelta(days=1))
    roll_up(at=NOW)
    with django_assert_max_num_queries(14):
        browser.get(f"/cijfers/?{WEEK}")
    with django_assert_max_num_queries(16):
        browser.get(f"/cijfers/phone.pickup/?{WEEK}")
