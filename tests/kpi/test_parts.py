"""The parts of a figure: each is judged as its own page judges it, and none that is hidden follows from the others."""

import csv
import io
import re
from collections import defaultdict
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.actions.attach import attach
from contacts.actions.forward import forward
from contacts.models import ServiceNorm
from kpi.measures import backlog
from kpi.measures.base import Tally
from kpi.pages.cuts import by_hour, hidden_quarters
from kpi.pages.tables import channel_rows
from kpi.pages.trends import volume
from kpi.pages.ways import held_rows, steering_rows
from kpi.periods import period_of
from kpi.reach import SMALL
from kpi.registry import MEASURES
from kpi.reports.content import report_of
from kpi.reports.files import _more
from kpi.risers import against, known, rises, rising
from kpi.risers import line as rises_line
from kpi.rollups import roll_up
from kpi.scope import Asked, Scope
from kpi.words import short_name
from organisation.models import Subject, Team, User
from organisation.snapshot import organisation
from tests.cast import Cast
from tests.kpi.history import add_contact, call, clock, local, question

pytestmark = pytest.mark.django_db
NOW = local("2026-11-25 12:00")
WEEK = "periode=week&dag=2026-11-16"


@pytest.fixture(autouse=True)
def _it_is_noon(settings: object) -> None:
    settings.CLOCK_OFFSET_SECONDS = int((NOW - datetime.now(UTC)).total_seconds())  # type: ignore[attr-defined]


def look(user: User, path: str) -> str:
    browser = Client()
    browser.force_login(user, backend="organisation.sign_in.Employees")
    answer = browser.get(path)
    assert answer.status_code == 200, answer.content[:400]
    return answer.content.decode()


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\xa0", " ").split())


def card(html: str, anchor: str) -> str:
    return html.split(f'id="{anchor}"')[1].split("</section>")[0]


def verdicts(html: str, anchor: str) -> dict[str, bool]:
    """Line of a table → whether its norm is met."""
    rows = re.findall(r"<tr.*?</tr>", card(html, anchor), re.S)[1:]
    return {words(re.findall(r"<th.*?</th>", row, re.S)[0]): "norm gehaald" in row for row in rows}


def mails(cast: Cast, team: Team, day: str, *, met: int, missed: int) -> None:
    norm = ServiceNorm.objects.filter(code="email.answer").order_by("pk")[0]
    for number in range(met + missed):
        at = local(f"{day} 09:{number:02d}")
        row = question(cast, received=at, channel="email", team=team)
        stopped = local(f"{day} 10:{number:02d}") if number < met else None
        clock(row, "email.answer", started=at, due=local(f"{day} 11:00"), stopped=stopped, norm=norm)


def test_a_line_of_a_table_is_judged_by_the_norm_of_its_own_day_and_team(cast: Cast) -> None:
    """95 % until Thursday, 70 % from then on; and 60 % for one team."""
    norm = ServiceNorm.objects.get(code="email.answer")
    shared = {"code": norm.code, "channel": norm.channel, "unit": norm.unit, "length": norm.length}
    ServiceNorm.objects.filter(pk=norm.pk).update(valid_until=date(2026, 11, 19))
    ServiceNorm.objects.create(**shared, name="Soepel", target=70, valid_from=date(2026, 11, 19))
    ServiceNorm.objects.create(
        **shared, name="Eigen", target=60, valid_from=date(2026, 1, 1), team=cast.openbare_ruimte
    )
    mails(cast, cast.burgerzaken, "2026-11-16", met=8, missed=2)
    mails(cast, cast.burgerzaken, "2026-11-20", met=8, missed=2)
    mails(cast, cast.openbare_ruimte, "2026-11-20", met=13, missed=7)
    roll_up(at=NOW)
    page = look(cast.sanne, f"/cijfers/email.answer/?{WEEK}")
    days, teams = verdicts(page, "per-deel"), verdicts(page, "per-team")
    assert [is_met for name, is_met in days.items() if "16 nov" in name] == [False], "80 % under the 95 % of that day"
    assert [is_met for name, is_met in days.items() if "20 nov" in name] == [True], "21 of 30 is the 70 % of that day"
    assert teams == {"Burgerzaken": True, "Openbare Ruimte": True}, "65 % is enough under one's own norm"
    dashboard = look(cast.sanne, f"/cijfers/?{WEEK}")
    assert verdicts(dashboard, "teams")["Openbare Ruimte"], "and on the dashboard"
    lines = list(
        csv.reader(
            io.StringIO(look(cast.sanne, f"/cijfers/email.answer/export.csv?{WEEK}").lstrip("\ufeff")), delimiter=";"
        )
    )
    norms = {(line[0], line[1]): line[5] for line in lines}
    assert norms["dag", "2026-11-16"] == "95,0" and norms["dag", "2026-11-20"] == "70,0"
    assert norms["team", "Openbare Ruimte"] == "60,0"


def test_what_the_director_may_not_see_of_a_team_does_not_follow_from_the_others(cast: Cast) -> None:
    """Open questions, time with a team and answers in a report: 30, 12 and 4 are told as 30, – and < 10."""
    counts = ((cast.servicecentrum, 30), (cast.openbare_ruimte, 12), (cast.burgerzaken, 4))
    for team, count in counts:
        mails(cast, team, "2026-11-16", met=count, missed=0)
    for minute in range(3):
        question(cast, received=local(f"2026-11-17 10:0{minute}"), team=cast.openbare_ruimte)
    roll_up(at=NOW)
    narrowed = look(cast.joost, f"/cijfers/?{WEEK}&team={cast.openbare_ruimte.code}")
    assert "van de contacten" not in words(card(narrowed, "volume")), "80 % of 15 would tell the three by phone"
    digital = [
        words(look(user, f"/cijfers/contacts.digital/?{WEEK}&team={cast.openbare_ruimte.code}"))
        for user in (cast.sanne, cast.joost)
    ]
    assert ["12 van 15" in page for page in digital] == ["80 %" in page for page in digital] == [True, False]
    assert "15 contacten" in digital[1], "how many contacts there were is no small number"
    of_teams = words(card(look(cast.joost, f"/cijfers/contacts.digital/?{WEEK}"), "per-team"))
    assert "Openbare Ruimte – –" in of_teams and "Servicecentrum 30 30" in of_teams
    rows = re.findall(r"<tr.*?</tr>", card(look(cast.joost, f"/cijfers/?{WEEK}"), "teams"), re.S)[1:]
    told = {words(row).split(" ")[0]: words(re.findall(r"<td.*?</td>", row, re.S)[0]) for row in rows}
    assert told == {"Servicecentrum": "30", "Openbare": "–", "Burgerzaken": "&lt; 10"}
    answer = {("teams.held", 0, str(team.pk)): Tally(count * 60, count) for team, count in counts}
    asked = Asked(period_of("week", date(2026, 11, 16)))
    held = [(row.name, row.note) for row in held_rows(answer, organisation(), asked, hides_small=True)]
    assert held == [("Servicecentrum", "30"), ("Burgerzaken", "< 10"), ("Openbare Ruimte", "–")]
    report = report_of(period_of("week", date(2026, 11, 16)), None, organisation(), NOW)
    assert {row["name"]: row["denominator"] for row in report["teams"]} == {
        "Servicecentrum": 30,
        "Openbare Ruimte": None,
        "Burgerzaken": None,
    }


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"phone": 40, "email": 30, "form": 20, "social": 3, "counter": 25}, "40 30 – < 10 25"),
        ({"phone": 3, "email": 30, "form": 20, "counter": 25, "street": 40}, "< 10 30 20 – 40"),
        ({"phone": 3, "email": 30, "form": 20}, "< 10 30 –"),
        ({"phone": 40, "email": 30, "form": 20, "counter": 25}, "40 30 20 25"),
    ],
)
def test_no_channel_of_the_whole_municipality_follows_from_the_others(
    cast: Cast, counts: dict[str, int], told: str
) -> None:
    """Within phone, digital and the others; where one of these stands alone, among what is not digital; else among all."""
    week = period_of("week", date(2026, 11, 16))
    answer = {("contacts.digital", 0, channel): Tally(0, count) for channel, count in counts.items()}
    tallies, norms = defaultdict(lambda: [Tally()]), dict[str, ServiceNorm | None]()
    rows = channel_rows(answer, 0, tallies, norms, Scope(week), Asked(week), hides_small=True)
    assert " ".join(row.count for row in rows) == told
    shown = volume(answer, [week], {}, week, date(2026, 11, 25), hides_small=True).rows[0]
    assert shown.phone == ("40" if counts["phone"] == 40 else "< 10")
    assert shown.digital == (
        str(sum(counts.get(name, 0) for name in ("email", "form", "social"))) if counts["phone"] == 40 else "–"
    )


@pytest.mark.parametrize(("digital", "told"), [(20, True), (38, False), (3, False)])
def test_a_year_before_tells_no_small_number_either(cast: Cast, digital: int, told: bool) -> None:
    """40 contacts of which 95 % was digital are 2 that were not."""
    week = period_of("week", date(2026, 11, 16))
    now = {("contacts.digital", 0, channel): Tally(0, 40) for channel in ("phone", "email", "counter")}
    then = {("contacts.digital", 0, ""): Tally(digital, 40)}
    shown = volume(
        now, [week], then, week, date(2026, 11, 25), hides_small=True, then={"contacts.digital": Tally(digital, 40)}
    )
    assert (bool(shown.a_year_ago), bool(shown.season)) == (told, True)


def test_a_report_of_the_whole_hides_small_channels_and_the_digital_share_that_would_tell_them(cast: Cast) -> None:
    """40 by phone, 12 at the counter, 4 by e-mail; everybody who reads reports may read the whole, and a lead the numbers of the own team."""
    for channel, count in (("phone", 40), ("counter", 12), ("email", 4)):
        for minute in range(count):
            question(cast, received=local(f"2026-11-16 10:{minute:02d}"), channel=channel)
    roll_up(at=NOW)
    page = look(cast.joost, f"/cijfers/rapporten/lezen/?{WEEK}")
    told = words(card(page, "kanalen"))
    assert "Telefoon 40 71 % +40" in told and "Balie – – –" in told and "E-mail &lt; 10 – –" in told
    assert "56 contacten" in words(page) and "Aandeel digitale kanalen –" in words(card(page, "naast"))
    file = look(cast.joost, f"/cijfers/rapporten/lezen/rapport.csv?{WEEK}")
    assert '"E-mail";"< 10";' in file and '"Balie";"–";' in file and '"Telefoon";"40";' in file
    whole, team = (
        report_of(period_of("week", date(2026, 11, 16)), one, organisation(), NOW) for one in (None, cast.burgerzaken)
    )
    assert [row["count"] for row in whole["channels"]] == [40, None, None]
    assert [row["count"] for row in team["channels"]] == [40, 12, 4]
    share = look(cast.joost, f"/cijfers/contacts.digital/?{WEEK}")
    assert "4 van 56" not in words(share) and "56 contacten" in words(share)
    assert "4 van 56" in words(look(cast.sanne, f"/cijfers/contacts.digital/?{WEEK}"))


def test_a_table_of_which_nothing_may_be_told_is_left_out(cast: Cast) -> None:
    """One team had four questions, and the whole had four: its row alone would say whose they were."""
    for minute in range(4):
        question(cast, received=local(f"2026-11-16 10:0{minute}"), status="closed", close_reason="answered")
    roll_up(at=NOW)
    director, coordinator = (card(look(user, f"/cijfers/?{WEEK}"), "bij-een-team") for user in (cast.joost, cast.sanne))
    assert "te weinig om te tonen" in director and "Burgerzaken" not in director
    assert "Burgerzaken" in coordinator
    assert not report_of(period_of("week", date(2026, 11, 16)), None, organisation(), NOW)["teams"]


def test_a_total_under_ten_does_not_tell_what_is_late_in_the_only_team(cast: Cast) -> None:
    for minute in range(14):
        row = question(cast, received=local(f"2026-11-16 10:{minute:02d}"), team=cast.openbare_ruimte)
        late = {"due_at": local("2026-11-20 11:00"), "sort_at": local("2026-11-20 11:00")} if minute < 4 else {}
        type(row).objects.filter(pk=row.pk).update(version=2, **late)
    roll_up(at=NOW)
    told = {user.username: words(look(user, f"/cijfers/?{WEEK}")) for user in (cast.sanne, cast.joost)}
    assert re.search(r"\b14 open\b", told["joost"]) and re.search(r"\b4 te laat\b", told["sanne"])
    assert re.search(r"&lt; 10 te laat\b", told["joost"]) and not re.search(r"\b4 te laat\b", told["joost"])


def test_a_figure_beside_the_figure_is_hidden_by_its_own_size(cast: Cast) -> None:
    for number in range(12):
        row = question(cast, received=local(f"2026-11-16 10:{number:02d}"), subject=cast.paspoort)
        ring = call(local(f"2026-11-16 10:{number:02d}"), wait=17, outcome="answered" if number < 8 else "abandoned")
        row.contacts.update(call=ring)
    roll_up(at=NOW)
    address = f"/cijfers/phone.pickup/?{WEEK}&onderwerp={cast.paspoort.code}"
    assert "0:17" in look(cast.sanne, address)
    hidden = words(look(cast.joost, address))
    assert "8 van 12 gesprekken" in hidden and "0:17" not in hidden and "minder dan 10" in hidden


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.integers(32, 43), st.integers(1, 40), max_size=12))
def test_no_quarter_of_an_hour_follows_from_its_hour(counts: dict[int, int]) -> None:
    quarters = {quarter: Tally(0, count) for quarter, count in sorted(counts.items())}
    hidden = dict(zip(quarters, hidden_quarters(quarters), strict=True))
    assert all(hidden[quarter] for quarter, one in quarters.items() if one.denominator < SMALL)
    for hour, whole in by_hour(quarters).items():
        shown = sum(
            one.denominator for quarter, one in quarters.items() if quarter // 4 == hour and not hidden[quarter]
        )
        left = whole.denominator - shown
        assert left == 0 or left >= SMALL or not shown


def test_a_list_of_a_figure_without_a_norm_says_what_counts_and_not_what_is_in_time(cast: Cast) -> None:
    call(local("2026-11-16 10:00"), outcome="abandoned", wait=40)
    call(local("2026-11-16 10:01"))
    page = look(cast.sanne, f"/cijfers/phone.given_up/?{WEEK}")
    assert "binnen de norm" not in page.lower() and "In de teller" in page
    picked_up = look(cast.sanne, f"/cijfers/phone.pickup/?{WEEK}").lower()
    assert "niet binnen de norm" in picked_up, "the same calls under a norm"


def test_a_subject_counts_with_what_lies_below_it_as_its_page_does(cast: Cast) -> None:
    """People file under a theme too, and a subject may get others below it later."""
    for number in range(6):
        subject: Subject = cast.afval if number < 2 else cast.grofvuil
        channel = "form" if number in (0, 2) else "phone"
        question(cast, received=local(f"2026-11-16 10:0{number}"), subject=subject, channel=channel)
    roll_up(at=NOW)
    dashboard = look(cast.sanne, f"/cijfers/?{WEEK}")
    risers = re.findall(r'<a href="([^"]+)">([^<]+)</a> <span class="muted">(\d+)</span>', card(dashboard, "stijgers"))
    steering = re.findall(r'<a href="([^"]+)">([^<]+)</a>.*?<strong>(\d+)</strong>', card(dashboard, "kanaalsturing"))
    assert {row[1] for row in risers} == {row[1] for row in steering} == {"Afval", "Grofvuil ophalen"}
    for href, _name, count in (*risers, *steering):
        page = look(cast.sanne, href.replace("&amp;", "&"))
        assert page.count('<tr class="utrecht-table__row"><th class="utrecht-table__cell nowrap"') == int(count), href


def test_a_theme_does_not_tell_the_few_questions_of_the_subjects_that_are_left_out(cast: Cast) -> None:
    """The theme with what lies below it, and the subject below it."""
    house, key = organisation(), ("questions.asked", len(rises_line(period_of("week", date(2026, 11, 16)))) - 1)
    for own, shown in (
        (4, {"Grofvuil ophalen"}),
        (0, {"Afval", "Grofvuil ophalen"}),
        (10, {"Afval", "Grofvuil ophalen"}),
    ):
        answer = {(*key, str(cast.afval.pk)): Tally(own, own), (*key, str(cast.grofvuil.pk)): Tally(12, 12)}
        assert {row.subject.name for row in rises(answer, key[1], house, SMALL, "week")} == shown
        assert len(rises(answer, key[1], house, 3, "week")) == 2, "who sees the lists sees all"
    digital = {("questions.digital", 0, str(pk)): Tally(0, n) for pk, n in ((cast.afval.pk, 4), (cast.grofvuil.pk, 12))}
    form = {("questions.form", 0, str(pk)): Tally(1, 1) for pk in (cast.afval.pk, cast.grofvuil.pk)}
    asked = Asked(period_of("week", date(2026, 11, 16)))
    assert [row.name for row in steering_rows(digital, form, house, asked, hides_small=True)] == ["Grofvuil ophalen"]


@pytest.mark.parametrize(
    ("before", "periods", "more", "part"),
    [
        ([10, 20, 20, 10], 4, 15, "100\u00a0%"),
        ([0, 0, 20, 40], 2, 0, "0\u00a0%"),  # the second and third week of an installation
        ([20, 0, 0, 0], 4, 25, "500\u00a0%"),  # a week in which nobody asked is one
        ([0, 0, 0, 0], 0, None, ""),
    ],
)
def test_a_subject_is_held_against_the_periods_of_which_something_is_known(
    cast: Cast, before: list[int], periods: int, more: int | None, part: str
) -> None:
    answer = {("questions.asked", n, str(cast.afval.pk)): Tally(count, count) for n, count in enumerate([*before, 30])}
    with translation.override("nl"):
        (row,) = rises(answer, 4, organisation(), 3, "week")
    assert (len(known(answer, 4, "week")), row.more, row.part) == (periods, more, part)
    assert [one.subject for one in rising([row])] == ([cast.afval] if more else [])


def test_a_monday_is_held_against_mondays_and_not_against_the_weekend(cast: Cast) -> None:
    """Two weeks in which 10 are asked on a working day and nothing in the weekend, from a Monday on; then 12 on the third Monday."""
    line, day = rises_line(period_of("day", date(2026, 11, 16))), ("questions.asked", str(cast.afval.pk))
    asked = {place: 10 for place, one in enumerate(line) if one.first.weekday() < 5} | {len(line) - 1: 12}
    with translation.override("nl"):
        for from_place, weeks, words_ in (
            (0, 2, "vergeleken met dezelfde dag van de 2 weken ervoor"),
            (3, 1, "vergeleken met dezelfde dag een week ervoor"),
            (9, 0, ""),
        ):
            answer = {(day[0], place, day[1]): Tally(n, n) for place, n in asked.items() if place >= from_place}
            (row,) = rises(answer, 14, organisation(), 3, "day")
            assert (row.more, against("day", len(known(answer, 14, "day")))) == (2 if weeks else None, words_)


def test_how_much_a_subject_rose_after_a_few_questions_is_told_as_the_least_also_in_the_file(cast: Cast) -> None:
    """30 in this quarter and 4 in the one before: 26 more, of which only "21 or more" may be told."""
    answer = {("questions.asked", place, str(cast.afval.pk)): Tally(n, n) for place, n in ((0, 4), (1, 30))}
    (seen,), (told,) = (rises(answer, 1, organisation(), least, "quarter") for least in (3, SMALL))
    assert (seen.more, seen.is_least, told.more, told.is_least) == (26, False, 21, True)
    assert [_more({"more": one.more, "is_least": one.is_least}) for one in (seen, told)] == [26, "≥ 21"]


def test_what_becomes_due_on_a_saturday_stands_in_the_forecast(cast: Cast) -> None:
    days = ("2026-11-27", "2026-11-28", "2026-11-30")
    for day in days:
        row = question(cast, received=local("2026-11-25 09:00"))
        type(row).objects.filter(pk=row.pk).update(due_at=local(f"{day} 11:00"), sort_at=local(f"{day} 11:00"))
    rules = organisation().calendar_of(None).rules
    found = backlog.forecast(type(row).objects.open(), NOW, rules)
    assert [day.isoformat() for day, count in found.items() if count] == list(days)
    assert len(found) == 6, "five working days, and the Saturday because something is due"
    assert list(found) == sorted(found)


def test_every_number_of_contacts_per_channel_opens_a_list_of_that_length(cast: Cast) -> None:
    for number, channel in enumerate(("email", "email", "letter", "form", "app", "phone")):
        question(cast, received=local(f"2026-11-16 10:0{number}"), channel=channel)
    roll_up(at=NOW)
    rows = re.findall(r'<a href="([^"]+)">(\d+)</a>', card(look(cast.sanne, f"/cijfers/?{WEEK}"), "kanalen"))
    assert sorted(count for _href, count in rows) == ["1", "1", "2", "2"]
    for href, count in rows:
        page = look(cast.sanne, href.replace("&amp;", "&"))
        if href.endswith("#lijst"):
            assert page.count('<tr class="utrecht-table__row"><th class="utrecht-table__cell nowrap"') == int(count)
        else:
            per_channel = words(card(page, "per-kanaal"))
            assert "Formulier 1 " in per_channel and "App 1 " in per_channel


def test_a_question_that_comes_back_and_is_handed_on_then_was_answered_at_once_all_the_same(cast: Cast) -> None:
    """norms-and-kpis §4: coming back does not change the share; it shows in the repeat traffic."""
    row = question(
        cast,
        received=local("2026-11-16 10:00"),
        team=cast.servicecentrum,
        status="closed",
        close_reason="direct",
        is_direct=True,
    )
    scope = Scope(period_of("week", date(2026, 11, 16)))
    again = add_contact(row, received=local("2026-11-18 10:00"))
    row.contacts.remove(again)
    attach(question_id=row.pk, contact=again, by=cast.fatima, at=local("2026-11-18 10:00"))
    forward(
        question=row,
        by=cast.fatima,
        at=local("2026-11-18 10:05"),
        team_id=cast.burgerzaken.pk,
        reason="Paspoort is kwijt",
    )
    assert MEASURES["phone.direct"].count(scope, NOW) == Tally(1, 1)
    assert MEASURES["phone.repeat"].count(scope, NOW) == Tally(1, 1)


def test_a_team_that_ended_stays_chosen_while_its_figures_are_asked(cast: Cast) -> None:
    Team.objects.filter(pk=cast.burgerzaken.pk).update(is_active=False)
    from organisation.snapshot import settings_changed

    settings_changed()
    assert '<option value="burgerzaken" selected' in look(cast.sanne, f"/cijfers/?{WEEK}&team=burgerzaken")
    assert '<option value="burgerzaken"' not in look(cast.sanne, f"/cijfers/?{WEEK}")


def test_repeat_traffic_stands_on_the_dashboard_of_the_servicecentrum_and_on_no_other_teams(cast: Cast) -> None:
    roll_up(at=NOW)
    found = {
        team: "Herhaalverkeer" in words(card(look(cast.sanne, f"/cijfers/?{WEEK}&team={team}"), "kortste-weg"))
        for team in ("", cast.servicecentrum.code, cast.openbare_ruimte.code)
    }
    assert list(found.values()) == [True, True, False]


def test_quarters_under_a_chart_carry_their_year() -> None:
    line = period_of("quarter", date(2026, 11, 1)).run_up(8)
    assert len({short_name(one) for one in line}) == len(line) == 8
