"""Subjects, teams, settings of the municipality, the directory and the two logs."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contacts.models import Customer, Question
from organisation import audit
from organisation.clock import now
from organisation.forms.settings import GROUPS, MunicipalityForm
from organisation.models import (
    AccessEntry,
    AuditEntry,
    CalendarDay,
    Membership,
    Municipality,
    Presence,
    Subject,
    Team,
    User,
)
from organisation.snapshot import organisation
from tests.cast import Cast
from tests.kpi.history import question

SUBJECT = {"kind": "question", "handling": "answer", "is_active": "on"}


@pytest.fixture
def desk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.sanne)
    return client


def test_a_subject_is_found_by_new_words_of_citizens_at_once(desk: Client, cast: Cast) -> None:
    data = {
        **SUBJECT,
        "name": "Grofvuil ophalen",
        "parent": cast.afval.pk,
        "synonyms": "bankstel\n\nCafé-stoel\nbankstel",
        "version": "1",
    }
    assert desk.post(f"/beheer/onderwerpen/{cast.grofvuil.pk}/", data).status_code == 302
    subject = Subject.objects.get(pk=cast.grofvuil.pk)
    assert subject.synonyms == ["bankstel", "Café-stoel"]
    assert subject.search_text == "grofvuil ophalen afval bankstel cafe-stoel"
    assert organisation().subjects[subject.pk].synonyms == subject.synonyms
    assert "Grofvuil" in desk.get("/beheer/onderwerpen/", {"q": "cafe"}).content.decode()


def test_the_date_of_checking_moves_only_when_asked(desk: Client, cast: Cast) -> None:
    data = {**SUBJECT, "name": "Afval", "version": "1", "short_answer": "Kijk op de site."}
    desk.post(f"/beheer/onderwerpen/{cast.afval.pk}/", data)
    assert Subject.objects.get(pk=cast.afval.pk).answer_checked_on is None
    desk.post(f"/beheer/onderwerpen/{cast.afval.pk}/", {**data, "version": "2", "is_checked": "on"})
    assert Subject.objects.get(pk=cast.afval.pk).answer_checked_on is not None


def test_a_circle_in_the_tree_is_refused(desk: Client, cast: Cast) -> None:
    data = {**SUBJECT, "name": "Afval", "version": "1", "parent": cast.grofvuil.pk}
    assert desk.post(f"/beheer/onderwerpen/{cast.afval.pk}/", data).status_code == 422
    data["parent"] = cast.afval.pk
    assert desk.post(f"/beheer/onderwerpen/{cast.afval.pk}/", data).status_code == 422
    assert Subject.objects.get(pk=cast.afval.pk).parent_id is None


def test_a_new_subject_gets_a_code_of_its_own(desk: Client, cast: Cast) -> None:
    for _time in range(2):
        assert (
            desk.post(
                "/beheer/onderwerpen/nieuw/", {**SUBJECT, "name": "Blad ruimen", "parent": cast.afval.pk}
            ).status_code
            == 302
        )
    assert set(Subject.objects.filter(name="Blad ruimen").values_list("code", flat=True)) == {
        "blad-ruimen",
        "blad-ruimen-2",
    }


@pytest.mark.parametrize("name", ["x" * 101, "", "a\x00b"])
def test_a_name_that_cannot_be_is_refused_and_kept(desk: Client, cast: Cast, name: str) -> None:
    response = desk.post("/beheer/onderwerpen/nieuw/", {**SUBJECT, "name": name, "synonyms": "woord van iemand"})
    assert response.status_code == 422
    assert "woord van iemand" in response.content.decode()


def test_two_people_at_one_subject_see_both_texts(desk: Client, cast: Cast) -> None:
    address = f"/beheer/onderwerpen/{cast.afval.pk}/"
    desk.post(address, {**SUBJECT, "name": "Afval en meer", "version": "1"})
    response = desk.post(address, {**SUBJECT, "name": "Afvalstoffen", "version": "1"})
    page = response.content.decode()
    assert response.status_code == 409 and "Afval en meer" in page and "Afvalstoffen" in page


def test_the_team_of_a_subject_stays_while_it_is_out_of_use(desk: Client, cast: Cast) -> None:
    cast.burgerzaken.is_active = False
    cast.burgerzaken.save()
    address = f"/beheer/onderwerpen/{cast.paspoort.pk}/"
    form = desk.get(address).context["form"]
    data = {name: value for name in form.fields if (value := form[name].value()) is not None}
    assert desk.post(address, {**data, "name": "Reisdocument"}).status_code == 302
    subject = Subject.objects.get(pk=cast.paspoort.pk)
    assert (subject.name, subject.team) == ("Reisdocument", cast.burgerzaken)


def municipality_form(desk: Client, **changes: str) -> dict[str, str]:
    form = desk.get("/beheer/gemeente/").context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else str(value) for name, value in values.items()} | changes


def test_every_choice_of_the_municipality_stands_on_its_screen() -> None:
    offered = {name for _key, _title, names in GROUPS for name in names}
    columns = {field.name for field in Municipality._meta.fields}
    assert columns - offered == {"id", "version", "config_version"}, (
        "a column that GROUPS does not name: nobody can choose"
    )


def test_a_choice_of_the_municipality_counts_from_the_next_use(desk: Client) -> None:
    assert desk.post("/beheer/gemeente/", municipality_form(desk, reopen_days="45")).status_code == 302
    assert organisation().municipality.reopen_days == 45
    entry = AuditEntry.objects.get(action="municipality.changed")
    assert entry.detail["fields"] == ["reopen_days"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reopen_days", "-1"),
        ("short_abandon_seconds", "61"),
        ("number_prefix", "O P"),
        ("email", "x"),
        ("reply_closing", "Groeten van {naam}"),
    ],
)
def test_a_choice_out_of_bounds_is_refused(desk: Client, field: str, value: str) -> None:
    assert desk.post("/beheer/gemeente/", municipality_form(desk, **{field: value})).status_code == 422
    assert Municipality.objects.get().version == 1


def test_who_may_only_read_the_settings_cannot_save_them(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.beheer)
    assert client.get("/beheer/gemeente/").status_code == 200
    assert client.post("/beheer/gemeente/", {"name": "x"}).status_code == 403


def test_a_team_is_added_and_changed(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.beheer)
    assert client.post("/beheer/teams/nieuw/", {"name": "Sociaal Domein", "is_active": "on"}).status_code == 302
    team = Team.objects.get(code="sociaal-domein")
    assert (
        client.post(f"/beheer/teams/{team.pk}/", {"name": "Zorg", "version": "1", "is_active": "on"}).status_code == 302
    )
    assert client.post(f"/beheer/teams/{team.pk}/", {"name": "Welzijn", "version": "1"}).status_code == 409
    assert client.post("/beheer/teams/nieuw/", {"name": "Zorg"}).status_code == 422
    assert client.post("/beheer/teams/nieuw/", {"name": "zorg"}).status_code == 422


def test_a_team_with_open_questions_stays_in_use_until_they_are_handed_over(client: Client, cast: Cast) -> None:
    client.force_login(cast.beheer)
    address = f"/beheer/teams/{cast.burgerzaken.pk}/"
    open_one = question(cast, received=now(), channel="email")
    refused = client.post(address, {"name": "Burgerzaken", "version": "1"})
    assert refused.status_code == 422 and "nog 1 open vraag" in refused.content.decode()
    assert client.post(address, {"name": "Burgerzaken!", "version": "1", "is_active": "on"}).status_code == 302
    Question.objects.filter(pk=open_one.pk).update(team=cast.openbare_ruimte)
    assert client.post(address, {"name": "Burgerzaken", "version": "2"}).status_code == 302
    assert not Team.objects.get(pk=cast.burgerzaken.pk).is_active
    assert client.post(address, {"name": "Burgers", "version": "3"}).status_code == 302, (
        "what is out of use can be changed"
    )


def test_the_directory_shows_who_is_there_first_and_finds_what_they_know(desk: Client, cast: Cast) -> None:
    User.objects.filter(pk=cast.henk.pk).update(knows_about="kapvergunning en bomen")
    Presence.objects.create(user=cast.henk, status="available", changed_at=now())
    Presence.objects.create(user=cast.bas, status="available", changed_at=now() - timedelta(days=1))
    people = desk.get("/medewerkers/").context["page"].people
    assert people[0].name == "Henk"
    assert next(p for p in people if p.name == "Bas").state == "away", "yesterday does not count"
    found = desk.get("/medewerkers/", {"q": "bomen openbare"}, headers={"HX-Request": "true"}).content.decode()
    assert "Henk" in found and "Fatima" not in found and "<html" not in found


def test_the_read_log_shows_who_looked_and_writes_down_that_it_was_read(desk: Client, cast: Cast, rf) -> None:
    request = rf.get("/")
    request.user = cast.fatima
    audit.record_view(request, page="customer", customer_id=77)
    audit.record_view(request, page="customer", customer_id=78)
    page = desk.get("/beheer/inzage/", {"customer": "77"})
    assert [row.customer for row in page.context["rows"]] == [77]
    own = AccessEntry.objects.latest("pk")
    assert own.user == cast.sanne and own.page == "read_log" and own.customer_id == 77


@pytest.mark.parametrize(
    ("name", "status"), [("fatima", 403), ("ria", 403), ("joost", 403), ("beheer", 403), ("sanne", 200)]
)
def test_the_read_log_is_for_the_coordinator_and_the_privacy_officer(cast: Cast, name: str, status: int) -> None:
    client = Client()
    user = getattr(cast, name)
    client.force_login(user)
    assert client.get("/beheer/inzage/").status_code == status
    User.objects.filter(pk=user.pk).update(is_privacy_officer=True)
    assert client.get("/beheer/inzage/").status_code == 200


def test_the_log_pages_without_losing_or_repeating_a_line(desk: Client, cast: Cast) -> None:
    for number in range(120):
        audit.record(by=cast.beheer, action="team.changed", obj=cast.burgerzaken, number=number)
    seen: list[str] = []
    query = ""
    for _page in range(4):
        context = desk.get(f"/beheer/logboek/?kind=team&{query}").context
        seen += [row.detail for row in context["rows"]]
        query = context["page"].next_query.replace("kind=team&", "")
        if not query:
            break
    assert seen == [f"nummer: {number}" for number in reversed(range(120))]


def test_the_log_tells_names_and_words_and_no_codes(desk: Client, cast: Cast) -> None:
    """Who reads it is no programmer; a question stays a number."""
    by, henk = cast.beheer, cast.henk
    audit.record(by=by, action="role.given_high", obj=henk, role="team_lead", team="openbare-ruimte", asked_by=henk.pk)
    audit.record(by=by, action="person.changed", obj=henk, fields=["job_title", "is_privacy_officer"])
    audit.record(by=by, action="calendar.hours", hours={"0": [[510, 1020]], "6": []})
    audit.record(by=by, action="calendar.confirmed", days=["2026-12-25", "2027-01-01"])
    audit.record(by=by, action="rule.switched", is_active=False, unheard_of="x")
    audit.record(by=by, action="question.confidential", obj=Question(pk=12), is_confidential=True)
    rows = desk.get("/beheer/logboek/").context["rows"]
    told = {f"{row.about}: {row.detail}" for row in rows}
    assert {
        f"persoon {henk.name}: rol: Teamleider, team: Openbare Ruimte, gevraagd door: {henk.name}",
        f"persoon {henk.name}: gewijzigd: functie, privacyfunctionaris",
        ": openingstijden: ma 08:30–17:00, zo gesloten",
        ": dagen: vr 25 dec, vr 1 jan 2027",
        ": in gebruik: nee, unheard_of: x",
        "vraag 12: vertrouwelijk: ja",
    } <= told


def test_the_log_tells_the_administrator_no_word_that_was_typed_about_a_citizen(client: Client, cast: Cast) -> None:
    for action, obj in (
        ("question.break_glass", Question(pk=12)),
        ("customer.exported", Customer(pk=3)),
        ("export.list", None),
    ):
        audit.record(by=cast.sanne, action=action, obj=obj, reason="Kanariestra belde")
    audit.record(by=cast.beheer, action="norm.changed", reason="Besluit van het college")
    for who, count in ((cast.beheer, 0), (cast.sanne, 3)):
        client.force_login(who)
        page = client.get("/beheer/logboek/").content.decode()
        assert page.count("Kanariestra belde") == count and "Besluit van het college" in page, who


def test_the_log_costs_the_same_whatever_its_length(desk: Client, cast: Cast) -> None:
    counts = []
    for number in (2, 60):
        for _line in range(number):
            audit.record(by=cast.beheer, action="team.changed", obj=cast.burgerzaken)
        with CaptureQueriesContext(connection) as asked:
            desk.get("/beheer/logboek/")
        counts.append(len(asked))
    assert counts[1] <= counts[0]  # one for each kind of thing that stands on the page: the first has a person as well


@pytest.mark.parametrize(
    "query",
    [
        "start=morgen",
        "start=0001-01-01",
        "end=9999-12-31",
        "customer=x",
        "before=999999999999999999999",
        "before=-1",
        "person=%F0%9F%98%80",
        "kind=nope",
    ],
)
def test_strange_filters_never_break_the_logs(desk: Client, query: str) -> None:
    assert desk.get(f"/beheer/logboek/?{query}").status_code == 200
    assert desk.get(f"/beheer/inzage/?{query}").status_code == 200


def test_the_overview_tells_what_asks_for_attention(desk: Client, cast: Cast) -> None:
    CalendarDay.objects.update(is_confirmed=False)
    page = desk.get("/beheer/").content.decode()
    assert "te bevestigen" in page and "/beheer/mensen/" in page
    reception = Client()
    reception.force_login(cast.receptie)
    page = reception.get("/beheer/").content.decode()
    assert "/beheer/kalenders/" in page and "/beheer/mensen/" not in page


def test_set_up_makes_an_empty_installation_ready_once(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("set_up", name="Eerste Beheerder", email="Beheer@Opmeer.NL", municipality="Gemeente Medemblik")
    line = capsys.readouterr().out
    assert '"username": "beheer"' in line
    assert Municipality.objects.filter(phone="", email="").exists(), "those of nobody, until somebody fills them in"
    assert organisation().front_office.name == "Servicecentrum"
    assert organisation().municipality.short_name == "Medemblik"
    assert organisation().municipality.number_prefix == "MED"
    assert (
        CalendarDay.objects.filter(is_confirmed=False).exists()
        and not CalendarDay.objects.filter(is_confirmed=True).exists()
    )
    with pytest.raises(CommandError):
        call_command("set_up", name="Tweede", email="tweede@opmeer.nl")


@pytest.mark.parametrize(
    ("name", "email", "said"),
    [
        ("Naam", "geen adres", "full e-mail address"),
        ("Naam" * 30, "naam@opmeer.nl", "at most 100 letters"),
        (" ", "naam@opmeer.nl", "Give a name"),
        ("Naam", "o'neil@opmeer.nl", "with --username"),
        ("Naam", "fatima@opmeer.nl", "is taken"),
    ],
)
def test_set_up_says_what_was_filled_in_wrongly_and_ends_with_two(cast: Cast, name: str, email: str, said: str) -> None:
    Membership.objects.filter(role="administrator").delete()
    with pytest.raises(CommandError, match=said) as refused:
        call_command("set_up", name=name, email=email)
    assert refused.value.returncode == 2
    assert Municipality.objects.exclude(phone="").exists(), "nothing was changed"


def test_every_choice_of_the_municipality_stands_on_the_screen() -> None:
    """A column without a field is a setting that nobody can see, and one that nothing reads is a promise not kept."""
    columns = {field.name for field in Municipality._meta.fields}
    assert columns - set(MunicipalityForm.Meta.fields) == {"id", "config_version", "version"}


@pytest.mark.parametrize("address", ["/beheer/inzage/", "/beheer/logboek/"])
def test_a_log_with_its_days_turned_around_says_what_is_wrong(cast: Cast, client: Client, address: str) -> None:
    client.force_login(cast.sanne)
    page = client.get(address, {"start": "2026-11-20", "end": "2026-11-10"}).content.decode()
    assert "Deze dag ligt voor de eerste dag" in page and "In het filter hierboven klopt iets nog niet" in page
