"""Who may change people, and what nobody may: their own roles, and the last administrator."""

from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organisation import wording
from organisation.actions.role_requests import confirm_role
from organisation.actions.roles import give_role, grant, set_active, take_role
from organisation.clock import now, today
from organisation.errors import Refused
from organisation.models import AuditEntry, Membership, RoleRequest, User
from organisation.roles import Right, Role
from tests.cast import Cast, person

NEW = {"username": "Nieuw", "name": "Nieuwe Collega", "role": "team_member", "email": "Nieuw@opmeer.example"}


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    client.force_login(cast.beheer)
    return client


def test_a_new_person_gets_a_password_that_is_shown_once(office: Client, cast: Cast) -> None:
    response = office.post("/beheer/mensen/nieuw/", {**NEW, "team": cast.burgerzaken.pk})
    page = response.content.decode()
    new = User.objects.get(username="nieuw")
    assert response.status_code == 200 and new.email == "nieuw@opmeer.example"
    assert new.one_time_until is not None
    password = page.split('<code class="secret" id="secret">')[1].split("</code>")[0]
    assert new.check_password(password)
    assert password not in office.get(f"/beheer/mensen/{new.pk}/").content.decode()
    assert new.roles == {Role.TEAM_MEMBER}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"username": "fatima"}, "heeft deze inlognaam al"),
        ({"email": "fatima@opmeer.example"}, "heeft dit e-mailadres al"),
        ({"team": ""}, "Kies het team"),
        ({"name": ""}, "Vul dit in"),
    ],
)
def test_a_form_that_is_not_right_says_why_and_keeps_the_text(
    office: Client, cast: Cast, changes: dict, sentence: str
) -> None:
    response = office.post("/beheer/mensen/nieuw/", {**NEW, "team": cast.burgerzaken.pk, "room": "Kamer 12", **changes})
    page = response.content.decode()
    assert response.status_code == 422 and sentence in page and "Kamer 12" in page
    assert not User.objects.filter(username="nieuw").exists()


def test_nobody_changes_their_own_roles_or_access(office: Client, cast: Cast) -> None:
    office.post(f"/beheer/mensen/{cast.beheer.pk}/rollen/", {"role": "coordinator", "team": cast.servicecentrum.pk})
    own = Membership.objects.get(user=cast.beheer)
    office.post(f"/beheer/mensen/{cast.beheer.pk}/rollen/{own.pk}/weg/")
    office.post(f"/beheer/mensen/{cast.beheer.pk}/toegang/", {"is_active": "no"})
    office.post(f"/beheer/mensen/{cast.beheer.pk}/wachtwoord/")
    fresh = User.objects.get(pk=cast.beheer.pk)
    assert fresh.roles == {Role.ADMINISTRATOR} and fresh.is_active and fresh.one_time_until is None


def test_nobody_makes_themselves_privacy_officer(office: Client, cast: Cast) -> None:
    data = {"name": "Beheer", "email": "", "version": cast.beheer.version, "is_privacy_officer": "on"}
    office.post(f"/beheer/mensen/{cast.beheer.pk}/", data)
    assert not User.objects.get(pk=cast.beheer.pk).is_privacy_officer
    data["version"] = cast.henk.version
    office.post(f"/beheer/mensen/{cast.henk.pk}/", {**data, "name": "Henk"})
    henk = User.objects.get(pk=cast.henk.pk)
    assert henk.name == "Henk"
    assert not henk.is_privacy_officer  # a second administrator confirms it: test_role_requests


def test_a_role_with_high_rights_stands_out_in_the_log(office: Client, cast: Cast) -> None:
    office.post(f"/beheer/mensen/{cast.henk.pk}/rollen/", {"role": "coordinator", "team": cast.servicecentrum.pk})
    confirm_role(pk=RoleRequest.objects.get().pk, by=person("tweede", Role.ADMINISTRATOR, None), at=now())
    entry = AuditEntry.objects.get(action="role.given_high")
    assert entry.user and entry.user.username == "tweede" and entry.detail["role"] == "coordinator"
    assert "gaf een rol met veel rechten" in office.get("/beheer/logboek/").content.decode()


def test_a_role_counts_between_its_dates(cast: Cast) -> None:
    give_role(
        person=cast.henk,
        role=Role.TEAM_LEAD,
        team=cast.openbare_ruimte,
        by=cast.beheer,
        valid_from=today() + timedelta(days=1),
    )
    assert not User.objects.get(pk=cast.henk.pk).may(Right.QUESTIONS_ASSIGN_TEAM)
    give_role(person=cast.henk, role=Role.TEAM_LEAD, team=cast.openbare_ruimte, by=cast.beheer, valid_from=today())
    assert User.objects.get(pk=cast.henk.pk).may(Right.QUESTIONS_ASSIGN_TEAM)
    with pytest.raises(Refused):
        give_role(
            person=cast.henk,
            role=Role.HOST,
            team=cast.openbare_ruimte,
            by=cast.beheer,
            valid_from=today(),
            valid_until=today(),
        )


def test_what_is_said_of_a_role_is_true_today(office: Client, cast: Cast) -> None:
    address, role = f"/beheer/mensen/{cast.henk.pk}/", {"role": "front_office", "team": cast.servicecentrum.pk}
    monday = today() + timedelta(days=7)
    for dates, words in (
        ({}, "Henk heeft nu deze rol"),
        ({"valid_from": monday}, f"Henk heeft deze rol vanaf {wording.day(monday)}"),
        ({"valid_from": today() - timedelta(days=7), "valid_until": today()}, "Henk heeft deze rol niet meer"),
    ):
        assert words in office.post(f"{address}rollen/", {**role, **dates}, follow=True).content.decode(), words
    link = f">{cast.henk.name}<"
    assert link not in office.get("/beheer/mensen/", {"team": cast.servicecentrum.pk}).content.decode()
    assert link in office.get("/beheer/mensen/", {"team": cast.openbare_ruimte.pk}).content.decode()


def test_the_last_administrator_stays(cast: Cast) -> None:
    other = person("tweede", Role.ADMINISTRATOR, None)
    take_role(membership=Membership.objects.get(user=cast.beheer), by=other)
    with pytest.raises(Refused):
        take_role(membership=Membership.objects.get(user=other), by=User.objects.get(pk=cast.sanne.pk))
    assert Membership.objects.filter(role=Role.ADMINISTRATOR).count() == 1


@pytest.mark.parametrize(
    ("others", "end", "is_refused"),
    [
        ((None, None), 30, False),
        ((None, 60), 30, True),  # from day 60 nobody is
        ((30, None), 30, False),  # the other one begins that day
        ((31, None), 30, True),  # a day without
        ((None, 60), None, False),
    ],
)
def test_not_every_administrator_gets_an_end_date(
    cast: Cast, others: tuple[int | None, int | None], end: int | None, is_refused: bool
) -> None:
    def on(days: int | None) -> date | None:
        return None if days is None else today() + timedelta(days=days)

    other = person("tweede", Role.ADMINISTRATOR, None)
    Membership.objects.filter(user=other).update(valid_from=on(others[0]), valid_until=on(others[1]))
    with pytest.raises(Refused, match="voorgoed") if is_refused else nullcontext():
        grant(person=cast.beheer, role=Role.ADMINISTRATOR, team=None, by=other, valid_from=None, valid_until=on(end))


def test_who_has_an_end_date_does_not_take_the_role_of_the_only_one_without(cast: Cast) -> None:
    other = person("tweede", Role.ADMINISTRATOR, None)
    Membership.objects.filter(user=other).update(valid_until=today() + timedelta(days=30))
    with pytest.raises(Refused, match="voorgoed"):
        take_role(membership=Membership.objects.get(user=cast.beheer), by=other)
    set_active(person=cast.beheer, is_active=False, by=other)  # keeping somebody out cannot wait


def test_two_administrators_cannot_keep_each_other_out_at_once(cast: Cast) -> None:
    other = person("tweede", Role.ADMINISTRATOR, None)
    set_active(person=cast.beheer, is_active=False, by=other)
    with pytest.raises(Refused):
        set_active(person=other, is_active=False, by=cast.beheer)


def test_a_person_who_is_kept_out_is_out_at_the_next_click(office: Client, cast: Cast) -> None:
    henk = Client()
    henk.force_login(cast.henk)
    assert henk.get("/medewerkers/").status_code == 200
    office.post(f"/beheer/mensen/{cast.henk.pk}/toegang/", {"is_active": "no"})
    assert henk.get("/medewerkers/").status_code == 302


@pytest.mark.parametrize("name", ["fatima", "henk", "joost", "receptie"])
def test_people_are_no_business_of_others(cast: Cast, name: str) -> None:
    client = Client()
    client.force_login(getattr(cast, name))
    assert client.get("/beheer/mensen/").status_code == 403
    assert client.get(f"/beheer/mensen/{cast.henk.pk}/").status_code == 403


def test_a_team_lead_reads_the_own_team_and_changes_nothing(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ria)
    page = client.get("/beheer/mensen/").content.decode()
    assert "Henk" in page and "Fatima" not in page
    assert client.get(f"/beheer/mensen/{cast.henk.pk}/").status_code == 200
    assert client.get(f"/beheer/mensen/{cast.fatima.pk}/").status_code == 404
    assert client.post(f"/beheer/mensen/{cast.henk.pk}/", {"name": "Anders", "version": "1"}).status_code == 403
    assert client.post(f"/beheer/mensen/{cast.henk.pk}/rollen/", {"role": "administrator"}).status_code == 403


def test_two_administrators_at_one_person_see_both_texts(office: Client, cast: Cast) -> None:
    address = f"/beheer/mensen/{cast.henk.pk}/"
    assert office.post(address, {"name": "Henk de Eerste", "version": "1"}).status_code == 302
    response = office.post(address, {"name": "Henk de Tweede", "version": "1"})
    page = response.content.decode()
    assert response.status_code == 409 and "Henk de Eerste" in page and "Henk de Tweede" in page
    assert office.post(address, {"name": "Henk de Tweede", "version": "2"}).status_code == 302


def test_the_list_costs_the_same_whatever_its_length(office: Client, cast: Cast) -> None:
    with CaptureQueriesContext(connection) as few:
        office.get("/beheer/mensen/")
    for number in range(20):
        person(f"extra{number}", Role.TEAM_MEMBER, cast.burgerzaken)
    with CaptureQueriesContext(connection) as many:
        office.get("/beheer/mensen/")
    assert len(many) == len(few)


def test_a_session_from_before_does_not_come_back_with_the_access(cast: Cast) -> None:
    theirs = Client()
    theirs.force_login(cast.henk)
    assert theirs.get("/medewerkers/").status_code == 200
    set_active(person=cast.henk, is_active=False, by=cast.beheer)
    set_active(person=cast.henk, is_active=True, by=cast.beheer)
    assert theirs.get("/medewerkers/").status_code == 302


def test_the_roles_are_checked_with_what_asks_for_a_look_first(cast: Cast, client: Client) -> None:
    User.objects.filter(pk=cast.bas.pk).update(last_login=now() - timedelta(days=91))
    User.objects.exclude(pk=cast.bas.pk).update(last_login=now())
    User.objects.create(username="zonder", name="Zonder werk", last_login=now())
    User.objects.filter(pk=cast.fatima.pk).update(is_privacy_officer=True)
    Membership.objects.filter(user=cast.henk).update(valid_until=today() + timedelta(days=5))
    client.force_login(cast.beheer)
    page = client.get("/beheer/mensen/rollen/").content.decode().partition("<main")[2]
    assert "90 dagen niet ingelogd" in page and "eindigt binnen 30 dagen" in page and "veel rechten" in page
    assert (
        f"tot {wording.day(today() + timedelta(days=5), date.min)}" in page and "vandaag" not in page
    )  # it is printed
    assert "Afgedrukt" in page and page.count("heeft geen rol") == 1 and "Privacyfunctionaris" in page
    assert page.index("Zonder werk") < page.index("veel rechten"), "who has no role asks for a look"
    assert page.index(cast.henk.name) < page.index("veel rechten") > page.index(cast.bas.name)
    client.force_login(cast.ria)
    theirs = client.get("/beheer/mensen/rollen/").content.decode()
    assert cast.henk.name in theirs and cast.bas.name not in theirs  # a lead: the own team


@pytest.mark.parametrize("typed", ["andre", "ANDRÉ", "dré", "Mull", "müll", "wél stoep"])
def test_a_name_is_found_with_and_without_its_accents(office: Client, cast: Cast, typed: str) -> None:
    User.objects.filter(pk=cast.henk.pk).update(name="André Müller", knows_about="stoep, wel of niet")
    for address in ("/medewerkers/", "/beheer/mensen/"):
        if address == "/beheer/mensen/" and " " in typed:
            continue
        page = office.get(address, {"q": typed}).content.decode()
        assert "André Müller" in page and cast.ria.name not in page, address
