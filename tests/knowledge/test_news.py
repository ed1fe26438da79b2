"""News and work instructions: who sees them, one press to say that they were read, and what their writer is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knowledge.actions.forget import forget
from knowledge.actions.review import withdraw
from knowledge.models import News, NewsRead
from organisation.models import AuditEntry, Membership
from organisation.roles import Role
from tests.cast import Cast
from tests.knowledge.scene import article, draft_only, news

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def form(cast: Cast, **changes: object) -> dict[str, object]:
    typed = {
        "title": "Milieustraat dicht",
        "text": "Zaterdag is de **milieustraat** dicht.",
        "team": str(cast.openbare_ruimte.pk),
        "for_roles": ["front_office"],
        "must_read": "on",
        "first_day": "2026-11-25",
        "last_day": "2026-12-05",
    }
    return {name: value for name, value in (typed | changes).items() if value is not None}


def test_a_lead_tells_the_front_office_and_one_press_says_that_it_was_read(cast: Cast) -> None:
    ria, fatima = client_of(cast.ria), client_of(cast.fatima)
    made = ria.post("/kennisbank/nieuws/nieuw/", form(cast))
    row = News.objects.get()
    assert made["Location"] == f"/kennisbank/nieuws/{row.pk}/"
    desk = fatima.get("/werkplek/?nieuw=1").content.decode()
    assert "Werkinstructie:" in desk
    assert "Milieustraat dicht" in desk
    assert "data-news-read" in desk
    assert 'class="rail__count">1<' in desk.replace(" tag", "") or ">1<" in desk
    assert "<strong>milieustraat</strong>" in fatima.get(f"/kennisbank/nieuws/{row.pk}/").content.decode()
    assert NewsRead.objects.count() == 0  # looking is not reading
    line = fatima.post(f"/kennisbank/nieuws/{row.pk}/gelezen/", headers={"hx-request": "true"})
    assert "Milieustraat" not in line.content.decode()
    assert fatima.post(f"/kennisbank/nieuws/{row.pk}/gelezen/", {"next": "/werkplek/"})["Location"] == "/werkplek/"
    assert (
        fatima.post(f"/kennisbank/nieuws/{row.pk}/gelezen/", {"next": "//kwaad.nl"})["Location"]
        == "/kennisbank/nieuws/"
    )
    assert NewsRead.objects.count() == 1
    assert "data-news-read" not in fatima.get("/werkplek/?nieuw=1").content.decode()
    assert AuditEntry.objects.filter(action="news.added").count() == 1


WHO = [
    ({"for_roles": ["front_office"]}, {"fatima"}),
    ({"for_roles": ["team_member", "host"]}, {"henk", "bas", "receptie"}),
    ({"for_teams": ["burgerzaken"]}, {"bas"}),
    ({"for_teams": ["burgerzaken"], "for_roles": ["director"]}, {"bas", "joost"}),
    ({"for_everybody": True}, {"fatima", "henk", "ria", "sanne", "joost", "beheer", "receptie", "bas"}),
]


@pytest.mark.parametrize(("whom", "seen_by"), WHO)
def test_only_those_for_whom_it_is_see_it(cast: Cast, whom: dict, seen_by: set[str]) -> None:
    row = news(
        cast,
        **{
            name: [getattr(cast, one) for one in value] if name == "for_teams" else value
            for name, value in whom.items()
        },
    )
    people = {
        name: getattr(cast, name) for name in ("fatima", "henk", "ria", "sanne", "joost", "beheer", "receptie", "bas")
    }
    assert {name for name, one in people.items() if News.objects.unread_by(one).exists()} == seen_by
    reads = seen_by | {"ria", "sanne"}  # who keep it
    assert {name for name, one in people.items() if News.objects.visible_to(one).exists()} == reads
    reader, other = next(name for name in people if name in reads), next((n for n in people if n not in reads), "")
    for name, read, said in ((reader, 200, 302), (other, 404, 404)):
        if name:
            client = client_of(people[name])
            assert client.get(f"/kennisbank/nieuws/{row.pk}/").status_code == read, name
            assert client.post(f"/kennisbank/nieuws/{row.pk}/gelezen/").status_code == said, name


def test_it_is_shown_from_its_first_day_until_its_last_and_never_when_withdrawn(cast: Cast, _today) -> None:
    row = news(cast, first_day=AT.date() + timedelta(days=1), last_day=AT.date() + timedelta(days=1))
    fatima = client_of(cast.fatima)
    assert fatima.get(f"/kennisbank/nieuws/{row.pk}/").status_code == 404
    assert client_of(cast.ria).get(f"/kennisbank/nieuws/{row.pk}/").status_code == 200
    for hours, seen in ((13, False), (15, True), (37, True), (39, False)):
        _today.move_to(AT + timedelta(hours=hours))
        assert News.objects.unread_by(cast.fatima).exists() is seen, hours
    _today.move_to(AT + timedelta(hours=20))
    assert client_of(cast.henk).post(f"/kennisbank/nieuws/{row.pk}/intrekken/").status_code == 403
    client_of(cast.ria).post(f"/kennisbank/nieuws/{row.pk}/intrekken/")
    assert not News.objects.unread_by(cast.fatima).exists()
    assert client_of(cast.fatima).get(f"/kennisbank/nieuws/{row.pk}/").status_code == 404
    assert "ingetrokken" in client_of(cast.ria).get("/kennisbank/nieuws/").content.decode()


def test_who_did_not_read_it_is_a_number_and_a_name_only_for_the_lead_of_that_team(cast: Cast, _today) -> None:
    row = news(cast, for_everybody=True)
    client_of(cast.henk).post(f"/kennisbank/nieuws/{row.pk}/gelezen/")
    shown = client_of(cast.ria).get(f"/kennisbank/nieuws/{row.pk}/").content.decode()
    assert "1 van 2 lazen het" in shown
    waiting = shown[shown.index("Wie het las") :]
    assert "Ria" in waiting
    assert "Fatima" not in waiting
    assert "Bas" not in waiting
    sanne = client_of(cast.sanne).get(f"/kennisbank/nieuws/{row.pk}/").content.decode()
    waiting = sanne[sanne.index("Wie het las") :]
    assert "Fatima" in waiting
    assert "Bas" not in waiting
    assert "Wie het las" not in client_of(cast.henk).get(f"/kennisbank/nieuws/{row.pk}/").content.decode()


def test_who_did_not_read_it_is_reminded_on_the_screen_once_a_day(cast: Cast, _today) -> None:
    row = news(cast)
    news(cast, title="Later en nog niet herinnerd")
    ria = client_of(cast.ria)
    assert client_of(cast.henk).post(f"/kennisbank/nieuws/{row.pk}/herinneren/").status_code in (403, 404)
    ria.post(f"/kennisbank/nieuws/{row.pk}/herinneren/")
    assert "Herinnering:" in client_of(cast.fatima).get("/werkplek/?nieuw=1").content.decode()
    again = ria.post(f"/kennisbank/nieuws/{row.pk}/herinneren/", follow=True).content.decode()
    assert "Wacht tot morgen" in again
    _today.shift(timedelta(days=1))
    ria = client_of(cast.ria)
    ria.post(f"/kennisbank/nieuws/{row.pk}/herinneren/")
    row.refresh_from_db()
    assert row.reminded_at == AT + timedelta(days=1)


def test_what_changed_is_read_again_only_when_the_writer_says_so(cast: Cast) -> None:
    row = news(cast)
    client_of(cast.fatima).post(f"/kennisbank/nieuws/{row.pk}/gelezen/")
    ria = client_of(cast.ria)
    address = f"/kennisbank/nieuws/{row.pk}/wijzigen/"
    assert ria.post(address, form(cast, text="Een typefout weg.", version="1")).status_code == 302
    assert not News.objects.unread_by(cast.fatima).exists()
    late = ria.post(address, form(cast, text="Nog anders.", version="1"))
    assert late.status_code == 409
    assert "Een typefout weg." in late.content.decode()
    assert ria.post(address, form(cast, text="Heel anders.", version="2", read_again="on")).status_code == 302
    assert News.objects.unread_by(cast.fatima).exists()
    client_of(cast.fatima).post(f"/kennisbank/nieuws/{row.pk}/gelezen/")
    assert not News.objects.unread_by(cast.fatima).exists()
    assert row.history.count() >= 3
    shown = ria.get(f"/kennisbank/nieuws/{row.pk}/").content.decode()
    assert "Wat er veranderde" in shown
    assert "<ins>" in shown
    assert "Wat er veranderde" not in client_of(cast.fatima).get(f"/kennisbank/nieuws/{row.pk}/").content.decode()


def test_a_message_about_an_answer_that_was_withdrawn_can_still_be_changed(cast: Cast) -> None:
    about = article(cast, AT)
    row = news(cast, article=about)
    withdraw(article=about, seen_number=1, reason="Voorbij", by=cast.ria, at=AT)
    ria, address = client_of(cast.ria), f"/kennisbank/nieuws/{row.pk}/wijzigen/"
    changed = ria.post(address, form(cast, text="Ook zondag.", version="1", article=str(about.pk)))
    assert changed.status_code == 302
    row.refresh_from_db()
    assert (row.text, row.article) == ("Ook zondag.", None)


def test_who_leads_no_team_tells_nobody(cast: Cast) -> None:
    row = news(cast, for_everybody=True)
    for who in ("fatima", "henk", "bas", "joost", "beheer", "receptie"):
        client = client_of(getattr(cast, who))
        for address in ("nieuw/", *(f"{row.pk}/{act}/" for act in ("wijzigen", "intrekken", "herinneren"))):
            assert client.post(f"/kennisbank/nieuws/{address}", form(cast)).status_code == 403, (who, address)
    Membership.objects.create(user=cast.ria, team=cast.burgerzaken, role=Role.TEAM_MEMBER)
    Membership.objects.create(user=cast.ria, team=cast.servicecentrum, role=Role.FRONT_OFFICE)
    other = client_of(cast.ria).post("/kennisbank/nieuws/nieuw/", form(cast, team=str(cast.burgerzaken.pk)))
    assert other.status_code == 422


WRONG: tuple[dict[str, object], ...] = (
    {"title": ""}, {"title": "x" * 121}, {"text": ""}, {"text": "x" * 2001}, {"for_roles": None}, {"for_roles": ["baas"]},
    {"for_teams": ["999999"]}, {"last_day": "2026-11-24"}, {"last_day": "2028-01-01"}, {"first_day": "31-02-2026"}, {"team": ""},
    {"article": "999999"}, {"article": "x"},
)  # fmt: skip


def test_what_is_wrong_is_said_and_nothing_is_told(cast: Cast) -> None:
    ria = client_of(cast.ria)
    for wrong in WRONG:
        assert ria.post("/kennisbank/nieuws/nieuw/", form(cast, **wrong)).status_code == 422, wrong
        assert not News.objects.exists(), wrong


def test_a_published_version_can_tell_the_front_office(cast: Cast) -> None:
    row = draft_only(cast, AT, why="De dag is anders.")
    client_of(cast.henk).post(f"/kennisbank/{row.pk}/concept/besluit/", {"act": "hand_in", "version": "1.1"})
    ria = client_of(cast.ria)
    ria.post(f"/kennisbank/{row.pk}/concept/besluit/", {"act": "publish", "version": "1.2", "tell": "must"})
    told = News.objects.get()
    assert (told.title, told.text, told.must_read, told.article) == (row.title, "De dag is anders.", True, row)
    page = client_of(cast.fatima).get(f"/kennisbank/nieuws/{told.pk}/").content.decode()
    assert f'href="/kennisbank/{row.pk}/"' in page
    other = article(cast, AT, title="Nog een")
    begun = ria.get(f"/kennisbank/nieuws/nieuw/?antwoord={other.pk}").content.decode()
    assert 'value="Nog een"' in begun


def test_the_desk_pays_one_statement_for_news_however_much_there_is(cast: Cast) -> None:
    client = client_of(cast.fatima)
    client.get("/werkplek/?nieuw=1")
    counts = []
    for number in range(3):
        for again in range(number):
            news(cast, title=f"Nieuws {number} {again}")
        with CaptureQueriesContext(connection) as asked:
            client.get("/werkplek/?nieuw=1")
        with CaptureQueriesContext(connection) as listed:
            client.get("/kennisbank/nieuws/")
        counts.append((len(asked), len(listed)))
    assert len(set(counts)) == 1, counts


def test_somebody_without_a_role_sees_no_news_and_every_page(cast: Cast) -> None:
    news(cast, for_everybody=True)
    cast.henk.memberships.update(valid_until=AT.date())
    client = client_of(cast.henk)
    assert client.get("/mijn/").status_code == 200
    assert client.get("/kennisbank/nieuws/").status_code == 403
    assert not News.objects.unread_by(cast.henk).exists()


def test_who_read_it_is_forgotten_a_year_after_it_ended_but_not_how_many(cast: Cast) -> None:
    row = news(cast)
    client_of(cast.fatima).post(f"/kennisbank/nieuws/{row.pk}/gelezen/")
    forget(at=row.until_at + timedelta(days=364))
    assert NewsRead.objects.count() == 1
    forget(at=row.until_at + timedelta(days=366))
    row.refresh_from_db()
    assert (NewsRead.objects.count(), row.readers_then) == (0, 1)


def test_hostile_words_stay_words(cast: Cast) -> None:
    ria = client_of(cast.ria)
    hostile = ("<script>alert(1)</script>", "x\x00y", "🚮" * 30, "' OR 1=1")
    for typed in hostile:
        status = ria.post("/kennisbank/nieuws/nieuw/", form(cast, title=typed, text=typed)).status_code
        assert status == (422 if "\x00" in typed else 302), typed
    page = client_of(cast.fatima).get("/werkplek/?nieuw=1")
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
    assert News.objects.unread_by(cast.fatima).count() == len(hostile) - 1
