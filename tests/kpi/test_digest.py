"""The weekly mail: once a week to who steers a team and is at work, with the numbers that its links show, and no names."""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as site
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from channels_app.actions.compose import compose_mail
from channels_app.models import OutboundMessage
from contacts.models import Customer, Question
from kpi.actions.send_digests import Digest, readers, send_digests
from kpi.digest import LATE, due_moment, key, last_moment
from kpi.models import Signal
from kpi.pages.digest import digest
from organisation.clock import now
from organisation.models import Membership, Municipality, Presence, Team, User
from organisation.roles import Role
from tests.kept import Once
from tests.kpi.history import clock, local, question

if TYPE_CHECKING:
    from tests.cast import Cast

MONDAY = local("2026-11-23 07:00")


@pytest.mark.parametrize(
    ("at", "weekday", "hour", "moment"),
    [
        ("2026-11-23 06:59", 1, 7, "2026-11-16 07:00"),
        ("2026-11-23 07:00", 1, 7, "2026-11-23 07:00"),
        ("2026-11-29 23:59", 1, 7, "2026-11-23 07:00"),
        ("2026-11-30 00:10", 7, 23, "2026-11-29 23:00"),
        ("2026-11-29 22:59", 7, 23, "2026-11-22 23:00"),
        ("2027-01-01 12:00", 5, 0, "2027-01-01 00:00"),
        ("2026-03-29 03:30", 7, 2, "2026-03-29 02:00"),  # an hour that does not exist
        ("2026-10-25 12:00", 7, 2, "2026-10-25 02:00"),  # an hour that comes twice
    ],
)
def test_the_mail_is_due_at_an_hour_of_a_weekday_on_the_clock_of_amsterdam(
    at: str, weekday: int, hour: int, moment: str
) -> None:
    assert last_moment(local(at), weekday, hour) == local(moment)


def test_after_an_outage_it_comes_late_and_never_in_the_next_week() -> None:
    day = timedelta(days=1)
    assert [due_moment(MONDAY + after, 1, 7) for after in (timedelta(), day, LATE - timedelta(seconds=1))] == [
        MONDAY
    ] * 3
    assert [due_moment(MONDAY + after, 1, 7) for after in (LATE, 6 * day)] == [None, None]
    assert due_moment(MONDAY, 0, 7) is None
    assert [key(local(text), 12) for text in ("2026-11-23 07:00", "2027-01-03 23:00", "2027-01-04 07:00")] == [
        "week:2026-W48:12",
        "week:2026-W53:12",
        "week:2027-W01:12",
    ]


def at_clock(settings: Any, moment: datetime) -> datetime:
    settings.CLOCK_OFFSET_SECONDS = int((moment - datetime.now(UTC)).total_seconds())
    return moment


@Once
def a_week(cast: Cast) -> None:
    """Last week Openbare Ruimte was late with 1 of 4 e-mails, Burgerzaken in time with 2; something is open, overdue and due; a signal;
    everybody signed in last week; customers with names."""
    User.objects.update(last_login=MONDAY - timedelta(days=3), created_at=MONDAY - timedelta(days=900))
    customer = Customer.objects.create(name="Wilhelmina Zwartjes", place="Spanbroek", created_at=MONDAY)
    own = {"team": cast.openbare_ruimte, "subject": cast.grofvuil}
    question(cast, received=local("2026-11-10 10:00"), status="closed", **own)  # so that something rises
    for number in range(6):
        received = local(f"2026-11-16 10:{number:02d}")
        row = question(
            cast,
            received=received,
            channel="email",
            customer=customer,
            title=f"Zwartjes {number}",
            status="closed",
            **(own if number < 4 else {}),
        )
        stopped = None if number == 0 else local("2026-11-17 09:30")
        clock(row, "email.answer", started=received, due=local("2026-11-20 00:00"), stopped=stopped)
    for due in ("2026-11-20 00:00", "2026-11-20 00:00", "2026-11-25 00:00"):
        row = question(cast, received=local("2026-11-18 10:00"), channel="email", assignee=cast.henk, **own)
        Question.objects.filter(pk=row.pk).update(due_at=local(due), sort_at=local(due), soon_at=local(due))
    row = question(cast, received=local("2026-11-18 10:00"), channel="email")
    Question.objects.filter(pk=row.pk).update(due_at=local("2026-11-20 00:00"), sort_at=local("2026-11-20 00:00"))
    for team in (cast.openbare_ruimte, cast.burgerzaken):
        Signal.objects.create(
            kind="band",
            code="email.answer",
            team=team,
            period_kind="day",
            first=MONDAY.date(),
            last=MONDAY.date(),
            seen_until=MONDAY.date(),
            watch=f"band:{team.pk}",
            facts={"numerator": 5, "denominator": 20, "low": 80.0, "high": 100.0, "days": 8, "direction": "down"},
            found_at=MONDAY,
        )


@pytest.fixture
def week(cast: Cast, settings: Any) -> Cast:
    """Monday seven o'clock."""
    at_clock(settings, MONDAY)
    a_week(cast)
    return cast


def sent() -> list[str]:
    rows = OutboundMessage.objects.filter(object_key__startswith="week:").order_by("to_address")
    return [row.to_address.partition("@")[0] for row in rows]


def mail_of(name: str) -> OutboundMessage:
    return OutboundMessage.objects.get(object_key__startswith="week:", to_address__startswith=name)


@pytest.mark.django_db
def test_lead_and_coordinator_get_it_once_whenever_and_however_often_it_is_looked(week: Cast, settings: Any) -> None:
    assert send_digests(at=MONDAY - timedelta(seconds=1), write=digest) == 0, "last week's is a week old"
    assert send_digests(at=now(), write=digest) == 2
    assert sent() == ["ria", "sanne"]
    assert OutboundMessage.objects.get(to_address__startswith="ria").object_key == f"week:2026-W48:{week.ria.pk}"
    assert send_digests(at=now(), write=digest) == 0
    Municipality.objects.update(digest_weekday=2)
    house = Municipality.objects.get()
    house.save()  # the settings of every process
    assert send_digests(at=at_clock(settings, MONDAY + timedelta(days=1)), write=digest) == 0, (
        "another day, the same week"
    )
    assert send_digests(at=at_clock(settings, MONDAY + timedelta(days=8)), write=digest) == 2
    assert sent() == ["ria", "ria", "sanne", "sanne"]
    house.digest_weekday = 0
    house.save()
    assert send_digests(at=at_clock(settings, MONDAY + timedelta(days=15)), write=digest) == 0


@pytest.mark.django_db
def test_after_a_day_of_outage_it_tells_of_the_same_week(week: Cast, settings: Any) -> None:
    late = at_clock(settings, MONDAY + timedelta(days=1, hours=3))
    assert send_digests(at=late, write=digest) == 2
    assert mail_of("ria").subject.startswith("Week 47")


@pytest.mark.django_db
def test_who_is_not_at_work_or_may_not_see_it_or_does_not_want_it_gets_nothing(week: Cast) -> None:
    assert [user.username for user in readers(MONDAY)] == ["ria", "sanne"]
    ria = User.objects.filter(pk=week.ria.pk)

    def gone(**change: Any) -> bool:
        before = ria.values(*change).get()
        ria.update(**change)
        names = [user.username for user in readers(MONDAY)]
        ria.update(**before)
        return names == ["sanne"]

    assert gone(wants_digest=False)
    assert gone(is_active=False)
    assert gone(email="")
    assert gone(last_login=MONDAY - timedelta(days=15))
    assert gone(last_login=None)
    assert not gone(last_login=None, created_at=MONDAY - timedelta(days=2)), "who was just added may be at work"
    away = Presence.objects.create(user=week.ria, status="away", changed_at=MONDAY - timedelta(hours=1))
    assert [user.username for user in readers(MONDAY)] == ["sanne"]
    Presence.objects.filter(pk=away.pk).update(changed_at=MONDAY - timedelta(hours=14))
    assert [user.username for user in readers(MONDAY)] == ["ria", "sanne"], "yesterday says nothing"
    Membership.objects.filter(user=week.ria).update(valid_until=MONDAY.date())
    assert [user.username for user in readers(MONDAY)] == ["sanne"]
    Membership.objects.filter(user=week.ria).update(valid_until=None, role=Role.TEAM_MEMBER)
    assert [user.username for user in readers(MONDAY)] == ["sanne"]


@pytest.mark.django_db
def test_every_link_opens_the_number_that_the_mail_names(week: Cast, settings: Any) -> None:
    send_digests(at=now(), write=digest)
    for name, overdue in (("ria", 2), ("sanne", 3)):
        mail = mail_of(name)
        client = Client()
        client.force_login(getattr(week, name))
        found = re.findall(r"- (.+)\n  (\S+)", mail.body)
        assert len(found) > 8
        for told, address in found:
            answer = client.get(address.removeprefix(site.SITE_URL))
            assert answer.status_code == 200, address
            page = answer.content.decode()
            if "/werkvoorraad/" in address:
                count = re.match(r"(?:.*: )?(\d+)", told)
                assert count is not None
                assert str(answer.context["page"].rows).count("<tr ") == int(count[1]), told
            elif "/cijfers/signalen/" not in address and "norm" in told:
                value = re.search(r": (\d+(?:,\d)?)\s%", told)
                assert value is not None, told
                assert f">{value[1]}<" in page.replace("\u00a0", " ") or f"{value[1]} %" in page.replace("\u00a0", " ")
        assert f"{overdue} te laat" in mail.body
        dashboard = client.get(mail.body.split("\n")[4].removeprefix(site.SITE_URL)).content.decode()
        assert f"<h1>{mail.subject}</h1>" in dashboard or mail.subject in dashboard
    assert "75 % (norm 95 %), 20 punten onder de norm" in mail_of("ria").body.replace("\u00a0", " ")
    assert "83,3 % (norm 95 %)" in mail_of("sanne").body.replace("\u00a0", " ")


@pytest.mark.django_db
def test_who_leads_one_team_and_sees_more_is_told_of_the_one_they_lead(week: Cast) -> None:
    Membership.objects.create(user=week.ria, team=week.burgerzaken, role=Role.TEAM_MEMBER)
    send_digests(at=now(), write=digest)
    mail = mail_of("ria")
    assert "Openbare Ruimte" in mail.body
    assert "Burgerzaken" not in mail.body
    client = Client()
    client.force_login(week.ria)
    (address,) = re.findall(r"- 2 te laat\n  (\S+)", mail.body)
    assert str(client.get(address.removeprefix(site.SITE_URL)).context["page"].rows).count("<tr ") == 2


@pytest.mark.django_db
def test_who_leads_several_teams_and_sees_more_is_told_of_each_they_lead_and_of_no_other(week: Cast) -> None:
    other = question(week, received=local("2026-11-18 10:00"), channel="email", team=week.servicecentrum)
    Question.objects.filter(pk=other.pk).update(due_at=local("2026-11-20 00:00"), sort_at=local("2026-11-20 00:00"))
    Membership.objects.create(user=week.ria, team=week.burgerzaken, role=Role.TEAM_LEAD)
    Membership.objects.create(user=week.ria, team=week.servicecentrum, role=Role.FRONT_OFFICE)
    quiet = Team.objects.create(name="Archief", code="archief")
    Membership.objects.create(user=week.ria, team=quiet, role=Role.TEAM_LEAD)
    send_digests(at=now(), write=digest)
    mail = mail_of("ria")
    assert mail.subject == "Week 47: uw drie teams"
    assert re.findall("== (.+) ==", mail.body) == ["Burgerzaken", "Openbare Ruimte"], (
        "of the third there is nothing to tell"
    )
    assert "Servicecentrum" not in mail.body.replace("Servicecentrum Opmeer", "")
    assert mail.html.count("<h1>") == 1 and mail.html.index("<h2>Burgerzaken</h2>") < mail.html.index("<h3>")
    client = Client()
    client.force_login(week.ria)
    found = re.findall(r"- (\d+) te laat\n  (\S+)", mail.body)
    assert [count for count, _address in found] == ["1", "2"]
    for count, address in found:
        answer = client.get(address.removeprefix(site.SITE_URL))
        assert str(answer.context["page"].rows).count("<tr ") == int(count)


@pytest.mark.django_db
def test_the_mail_names_own_teams_only_and_no_person_but_its_reader(week: Cast) -> None:
    send_digests(at=now(), write=digest)
    ria, sanne = mail_of("ria"), mail_of("sanne")
    assert "Openbare Ruimte" in ria.body
    assert "Burgerzaken" not in ria.body + ria.html
    assert "Burgerzaken" in sanne.body
    assert ria.body.count("email.answer/") == 2, "the goal and the signal of the own team"
    private = ["Zwartjes", "Wilhelmina", "Spanbroek", *Question.objects.values_list("number", flat=True)]
    people = [user.name for user in User.objects.exclude(username__in=("ria", "sanne"))]
    for text in (ria.subject, ria.body, ria.html, sanne.subject, sanne.body, sanne.html):
        assert [word for word in (*private, *people) if word in text] == []
    assert "Sanne" not in ria.body + ria.html


@pytest.mark.django_db
def test_the_mail_is_text_with_markup_in_the_style_of_the_house_and_escapes_what_was_typed(week: Cast) -> None:
    Team.objects.filter(pk=week.openbare_ruimte.pk).update(name='Ruimte <script>"&')
    Municipality.objects.get().save()
    send_digests(at=now(), write=digest)
    message = mail_of("ria")
    message.message_id = "<1@opmeer.example>"
    mail = compose_mail(message, Municipality.objects.get())
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert 'Ruimte <script>"&' in text.get_content()
    markup = html.get_content()
    assert "<script" not in markup
    assert escape('Ruimte <script>"&') in markup
    assert markup.count("<h1>") == 1
    assert mail["Auto-Submitted"] == "auto-generated"
    hrefs = re.findall(r'href="([^"]+)"', markup)
    assert hrefs
    assert all(href.startswith(site.SITE_URL) for href in hrefs)
    message.html, message.body = "", "een\n\ntwee"
    body = compose_mail(message, Municipality.objects.get()).get_body(("html",))
    assert body is not None
    assert "<p>een" in body.get_content()


@pytest.mark.django_db
def test_one_mail_that_cannot_be_made_holds_up_nobody_else_and_an_empty_week_sends_none(
    week: Cast, settings: Any
) -> None:
    def write(user: User, house: Any, at: datetime, moment: datetime) -> Digest:
        if user.pk == week.ria.pk:
            raise RuntimeError("broken")
        return digest(user, house, at, moment)

    assert send_digests(at=now(), write=write) == 1
    assert sent() == ["sanne"]
    quiet = Team.objects.create(name="Communicatie", code="communicatie")
    Membership.objects.filter(user=week.ria).update(team=quiet)
    asked: list[str] = []

    def noted(user: User, house: Any, at: datetime, moment: datetime) -> Digest:
        asked.append(user.username)
        return digest(user, house, at, moment)

    assert [send_digests(at=now(), write=noted) for _ in range(3)] == [0, 0, 0]
    assert asked == ["ria"], "who has nothing to be told is looked at once a week"
    send_digests(at=at_clock(settings, MONDAY + timedelta(days=7)), write=noted)
    assert asked == ["ria", "ria", "sanne"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_each(week: Cast) -> None:
    start, results = threading.Barrier(2), []

    def work() -> None:
        start.wait()
        results.append(send_digests(at=MONDAY, write=digest))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sent() == ["ria", "sanne"]


@pytest.mark.django_db
def test_people_switch_it_off_for_themselves_and_the_coordinator_sets_day_and_hour(week: Cast) -> None:
    client = Client()
    client.force_login(week.ria)
    page = client.get(reverse("organisation:profile"))
    assert "Weekmail" in page.content.decode()
    form = page.context["form"]
    data = {name: form[name].value() or "" for name in form.fields if name not in ("wants_digest", "shortcuts_on")}
    assert client.post(reverse("organisation:profile"), data).status_code == 302
    assert not User.objects.get(pk=week.ria.pk).wants_digest
    assert User.history.filter(id=week.ria.pk).latest("history_id").wants_digest is False
    client.force_login(week.henk)
    assert "Weekmail" not in client.get(reverse("organisation:profile")).content.decode()
    client.force_login(week.sanne)
    form = client.get(reverse("organisation:municipality")).context["form"]
    data = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    for hour, status in (("24", 422), ("8", 302)):
        posted = {**data, "digest_weekday": "5", "digest_hour": hour}
        assert client.post(reverse("organisation:municipality"), posted).status_code == status
    house = Municipality.objects.get()
    assert (house.digest_weekday, house.digest_hour) == (5, 8)
