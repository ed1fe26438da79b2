"""One's own layout and views of the dashboard: what is chosen is shown, what is kept is one's own."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from kpi import layout
from kpi.models import FiguresView
from organisation.models import AuditEntry, Membership, User
from organisation.roles import Role
from tests.cast import Cast
from tests.kpi.history import local

pytestmark = pytest.mark.django_db
NOW = local("2026-11-25 12:00")
ABC = ("a", "b", "c")


@pytest.fixture(autouse=True)
def _it_is_noon(settings: object) -> None:
    settings.CLOCK_OFFSET_SECONDS = int((NOW - datetime.now(UTC)).total_seconds())  # type: ignore[attr-defined]


def browser(user: User) -> Client:
    found = Client()
    found.force_login(user, backend="organisation.sign_in.Employees")
    return found


def cards(html: str) -> list[str]:
    return re.findall(r'class="card col-\d+" aria-labelledby="([a-z-]+)"', html)


@pytest.mark.parametrize(
    ("text", "cleaned", "shown"),
    [
        ("", "", ["a", "b", "c"]),
        ("a,b,c", "", ["a", "b", "c"]),
        ("c,a", "c,a", ["c", "a"]),
        ("c,c,x,<script>", "c", ["c"]),
        ("x", "", ["a", "b", "c"]),
        ("geen", "geen", []),
    ],
)
def test_a_layout_holds_only_what_exists(text: str, cleaned: str, shown: list[str]) -> None:
    assert layout.clean(text, ABC) == cleaned
    assert layout.shown(cleaned, ABC) == shown


def test_what_is_usual_need_not_be_everything() -> None:
    usual = ("a", "c")
    assert layout.shown("", ABC, usual) == ["a", "c"]
    assert layout.clean("a,c", ABC, usual) == "" and layout.clean("a,b,c", ABC, usual) == "a,b,c"
    assert layout.added("", ABC, "b", usual) == "a,c,b"
    assert layout.without("a,c,b", ABC, "b", usual) == ""


def test_a_lead_of_one_team_sees_no_table_of_one_row(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ria)
    page = client.get("/cijfers/").content.decode()
    assert 'id="bij-een-team"' not in page
    assert 'id="bij-een-team"' in client.get("/cijfers/?kaarten=held,teams").content.decode()
    client.force_login(cast.sanne)
    assert 'id="bij-een-team"' in client.get("/cijfers/").content.decode()


def test_a_layout_is_changed_step_by_step() -> None:
    assert layout.moved("", ABC, "b", -1) == "b,a,c"
    assert layout.moved("b,a,c", ABC, "b", 1) == ""
    assert layout.moved("", ABC, "a", -1) == ""
    assert layout.without("a", ABC, "a") == "geen"
    assert layout.added("geen", ABC, "c") == "c"
    assert layout.added("a,b", ABC, "c") == ""


def test_the_dashboard_shows_the_chosen_cards_in_the_chosen_order(cast: Cast) -> None:
    page = browser(cast.sanne).get("/cijfers/?kaarten=way,teams,volume&tegels=email.answer").content.decode()
    assert [key for key in cards(page) if key != "nu"] == ["kortste-weg", "teams", "volume"]
    assert page.count('class="kpi kpi--') == 1
    assert "kaarten=way,teams,volume" in page  # the links to other periods keep it
    assert 'name="kaarten" value="way,teams,volume"' in page


def test_every_link_of_the_editor_leads_somewhere(cast: Cast) -> None:
    own = browser(cast.joost)
    page = own.get("/cijfers/indeling/?kaarten=way,volume").content.decode()
    links = set(re.findall(r'href="(\?[^"#]+)#', page))
    assert len(links) > 15
    assert 'id="kaarten-late"' not in page  # the director has no list of questions
    for link in sorted(links)[:6]:
        assert own.get(f"/cijfers/indeling/{link.replace('&amp;', '&')}").status_code == 200


def save(own: Client, **more: str) -> int:
    data = {"name": "Ochtend", "query": "periode=maand&dag=2026-10-01&kaarten=late,teams", **more}
    return own.post("/cijfers/indeling/bewaren/", data).status_code


def test_a_view_keeps_filters_and_layout_and_opens_by_itself(cast: Cast) -> None:
    own = browser(cast.sanne)
    assert save(own, is_default="on") == 302
    view = FiguresView.objects.get()
    assert view.query == "periode=maand&kaarten=late,teams"
    page = own.get("/cijfers/").content.decode()
    assert [key for key in cards(page) if key != "nu"] == ["telaat", "teams"]
    assert "November 2026" in page
    assert len(cards(own.get("/cijfers/?periode=").content.decode())) > 6
    assert len(cards(browser(cast.ria).get("/cijfers/").content.decode())) >= 6
    assert own.post(f"/cijfers/weergaven/{view.pk}/begin/", {"begin": "0"}).status_code == 302
    assert len(cards(own.get("/cijfers/").content.decode())) > 6


def test_saving_over_a_view_asks_first_and_one_view_begins(cast: Cast) -> None:
    own = browser(cast.sanne)
    save(own, is_default="on")
    assert save(own, query="kaarten=way") == 409
    assert FiguresView.objects.get().query.endswith("late,teams")
    assert save(own, query="kaarten=way", version="1") == 302
    assert FiguresView.objects.get().version == 2
    assert save(own, name="Avond", is_default="on") == 302
    assert [view.name for view in FiguresView.objects.filter(is_default=True)] == ["Avond"]
    assert FiguresView.history.count() == 3
    assert save(own, name="  ") == 422
    assert save(own, name="\x00‮" * 3) == 422


def test_a_view_of_somebody_else_is_not_there(cast: Cast) -> None:
    save(browser(cast.sanne))
    pk = FiguresView.objects.get().pk
    other = browser(cast.ria)
    assert "Ochtend" not in other.get("/cijfers/indeling/").content.decode()
    assert other.post(f"/cijfers/weergaven/{pk}/weg/").status_code == 404
    assert other.post(f"/cijfers/weergaven/{pk}/begin/", {"begin": "1"}).status_code == 404
    assert browser(cast.beheer).get("/cijfers/indeling/").status_code == 403
    assert browser(cast.sanne).post(f"/cijfers/weergaven/{pk}/weg/").status_code == 302
    assert not FiguresView.objects.exists()


def test_no_more_views_than_a_menu_holds(cast: Cast) -> None:
    FiguresView.objects.bulk_create(FiguresView(owner=cast.sanne, name=f"V{n}") for n in range(20))
    assert save(browser(cast.sanne)) == 422


def test_a_shared_link_shows_what_the_receiver_may_see(cast: Cast) -> None:
    page = browser(cast.ria).get("/cijfers/?team=burgerzaken&kaarten=late,way").content.decode()
    assert "Dit team bestaat niet of is niet van u" in page
    director = browser(cast.joost).get("/cijfers/?kaarten=late,way").content.decode()
    assert [key for key in cards(director) if key != "nu"] == ["kortste-weg"]


SHARED = "/cijfers/?periode=maand&dag=2026-10-01&team=burgerzaken&kaarten=late,teams"


@pytest.mark.parametrize(
    ("who", "where", "said"),
    [
        ("sanne", "Burgerzaken", ""),
        ("joost", "Burgerzaken", "De kaart Te laat"),
        ("henk", "Openbare Ruimte", "U ziet: Openbare Ruimte."),
    ],
)
def test_a_shared_view_shows_each_what_he_or_she_may_see_and_says_so(
    cast: Cast, who: str, where: str, said: str
) -> None:
    page = browser(getattr(cast, who)).get(SHARED).content.decode()
    lead = re.search(r'page-head__lead">([^<]*)<', page)
    assert lead is not None
    assert where in lead[1]
    warning = re.search(r'utrecht-alert--warning" role="status">.*?<p>([^<]*)</p>', page)
    assert said in (warning[1] if warning else "")
    assert bool(warning) == bool(said)


def test_the_link_of_who_has_one_team_names_that_team(cast: Cast) -> None:
    page = browser(cast.ria).get("/cijfers/indeling/?kaarten=way").content.decode()
    link = re.search(r'id="deel" type="text" value="([^"]+)"', page)
    assert link is not None
    assert "team=openbare-ruimte" in link[1]
    opened = browser(cast.sanne).get(link[1].replace("&amp;", "&").replace("http://testserver", "")).content.decode()
    assert "Openbare Ruimte" in re.search(r'page-head__lead">([^<]*)<', opened)[1]  # type: ignore[index]


def test_a_second_click_on_a_view_that_was_thrown_away_says_that_it_is_gone(cast: Cast) -> None:
    own = browser(cast.sanne)
    save(own)
    pk = FiguresView.objects.get().pk
    assert "is weg" in own.post(f"/cijfers/weergaven/{pk}/weg/", follow=True).content.decode()
    for act in ("weg", "begin"):
        assert "Deze weergave is al weg" in own.post(f"/cijfers/weergaven/{pk}/{act}/", follow=True).content.decode()
        assert browser(cast.ria).post(f"/cijfers/weergaven/{pk}/{act}/").status_code == 404, "it never was hers"


@pytest.mark.parametrize("address", ["/cijfers/export.csv", "/cijfers/email.answer/export.csv"])
def test_who_leads_a_team_and_works_at_the_desk_takes_along_the_figures_of_that_team(cast: Cast, address: str) -> None:
    """The desk sees the figures of all teams; the right to take them along comes with leading one."""
    Membership.objects.create(user=cast.ria, team=cast.servicecentrum, role=Role.FRONT_OFFICE)
    lead = browser(cast.ria)
    assert lead.get(address, {"team": "openbare-ruimte"})["Content-Type"].startswith("text/csv")
    for query in ({}, {"team": "burgerzaken"}):
        told = lead.get(address, query, follow=True)
        assert told["Content-Type"].startswith("text/html")
        assert "van de teams die u leidt: Openbare Ruimte." in told.content.decode()
    assert AuditEntry.objects.filter(action="export.figures", user=cast.ria).count() == 1
    for user in (cast.sanne, cast.joost):
        assert browser(user).get(address)["Content-Type"].startswith("text/csv")
