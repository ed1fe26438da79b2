"""The way through the screens: asked, looked at, approved by another, proof; holds are placed, shown and ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client

from contacts.actions.confidential import set_confidential
from contacts.actions.customers import create_customer
from contacts.models import Customer, Notice, Question
from organisation.models import AccessEntry, AuditEntry, Membership
from organisation.roles import Role
from privacy.actions import hold
from privacy.actions.notify import second_people
from privacy.models import LegalHold, PersonRequest
from privacy.tasks import erase
from tests.cast import Cast, person
from tests.privacy.scene import MONDAY, asked, close_all

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

WHY = {"reason": "Brief van 25 november, legitimatie gezien"}


@pytest.fixture
def wit(cast: Cast, settings: Any, tmp_path: Any) -> Customer:
    settings.FILES_DIR = tmp_path
    made = create_customer(by=cast.fatima, at=MONDAY, name="J. de Wit", email="wit@gesprek.nl")
    asked(cast, made, "Mijn vraag", address="wit@gesprek.nl")
    close_all(cast)
    from channels_app.models import OutboundMessage

    OutboundMessage.objects.update(state="sent")
    return made


def of(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def test_asked_by_one_approved_by_another_and_kept_as_proof(cast: Cast, wit: Customer) -> None:
    sanne, ria = of(cast.sanne), of(cast.ria)
    assert "Wissen of beperken" in sanne.get(f"/klanten/{wit.pk}/").content.decode()
    assert sanne.post(f"/klanten/{wit.pk}/wissen/", {"kind": "erase", "reason": "kort"}).status_code == 422
    made = sanne.post(f"/klanten/{wit.pk}/wissen/", {"kind": "erase", **WHY})
    address = made["Location"]
    assert "De lijst wordt gemaakt" in ria.get(address).content.decode()
    number = PersonRequest.objects.get().number
    page = ria.get("/meldingen/").content.decode()
    assert number in page and "de Wit" not in page
    assert {one.user_id for one in Notice.objects.filter(kind="person_asked")} == {cast.ria.pk}, "not who asked"
    ria.post(f"{address}goedkeuren/")
    assert PersonRequest.objects.get().state == "asked"  # not before the list was there
    erase()
    page = ria.get(address).content.decode()
    assert "Goedkeuren: wissen" in page and "contacten: wat er gezegd en geschreven is" in page
    assert "Goedkeuren: wissen" not in sanne.get(address).content.decode()
    assert "1 wacht op u" in ria.get("/beheer/").content.decode()
    sanne.post(f"{address}goedkeuren/")
    assert PersonRequest.objects.get().state == "asked"
    ria.post(f"{address}goedkeuren/")
    assert not Notice.objects.filter(kind="person_asked", read_at__isnull=True).exists()
    erase()
    page = sanne.get(address).content.decode()
    assert "Wat weg is" in page and "de Wit" not in page and "klaar" in page.lower()
    assert "Gewiste klant" in sanne.get(f"/klanten/{wit.pk}/").content.decode()
    assert sanne.get("/beheer/verzoeken/").status_code == 200


def test_a_lead_sees_no_request_of_another_team(cast: Cast, wit: Customer) -> None:
    address = of(cast.sanne).post(f"/klanten/{wit.pk}/wissen/", {"kind": "restrict", **WHY})["Location"]
    Question.objects.update(team=cast.burgerzaken)
    ria = of(cast.ria)
    assert ria.get(address).status_code == 404
    assert ria.post(f"{address}goedkeuren/").status_code == 404
    assert "AVG-" not in ria.get("/beheer/verzoeken/").content.decode()


def test_who_also_works_at_the_desk_decides_only_about_customers_of_a_led_team(cast: Cast, wit: Customer) -> None:
    """The desk sees every customer, a lead approves for those of the own team: who has both roles does both, and no more."""
    lead = Membership.objects.create(user=cast.fatima, team=cast.burgerzaken, role=Role.TEAM_LEAD)
    address = of(cast.sanne).post(f"/klanten/{wit.pk}/wissen/", {"kind": "restrict", **WHY})["Location"]
    for team, is_second in ((cast.burgerzaken, False), (cast.openbare_ruimte, True)):
        Membership.objects.filter(pk=lead.pk).update(team=team)
        fatima = of(cast.fatima)
        assert (cast.fatima.pk in second_people(wit.pk, asked_by=cast.sanne.pk, at=MONDAY)) is is_second
        assert ("1 wacht op u" in fatima.get("/beheer/").content.decode()) is is_second
        assert fatima.get(address).status_code == (200 if is_second else 404)
        assert fatima.post(f"{address}goedkeuren/").status_code == (302 if is_second else 404)
        assert PersonRequest.objects.get().state == ("done" if is_second else "asked")


def test_a_lead_named_at_a_confidential_question_approves_where_there_is_no_other(cast: Cast, wit: Customer) -> None:
    sanne, ria = of(cast.sanne), of(cast.ria)
    question = Question.objects.get()
    set_confidential(question=question, by=cast.sanne, at=MONDAY, is_confidential=True)
    ask = {"kind": "restrict", **WHY}
    refused = sanne.post(f"/klanten/{wit.pk}/wissen/", ask)
    assert refused.status_code == 422 and "Niemand kan dit goedkeuren" in refused.content.decode()
    set_confidential(
        question=question, by=cast.sanne, at=MONDAY, is_confidential=True, people=[cast.ria.pk, cast.henk.pk]
    )
    assert second_people(wit.pk, asked_by=cast.sanne.pk, at=MONDAY) == {cast.ria.pk: "Ria"}  # henk has not the right
    assert "Ria" in sanne.get(f"/klanten/{wit.pk}/wissen/").content.decode()
    address = sanne.post(f"/klanten/{wit.pk}/wissen/", ask)["Location"]
    assert Notice.objects.get(kind="person_asked").user == cast.ria
    page = ria.get(address).content.decode()
    assert "Goedkeuren: beperken" in page and "Waarom weigert u?" in page
    assert "Waarom weigert u?" not in sanne.get(address).content.decode()  # takes it back
    ria.post(f"{address}goedkeuren/")
    assert PersonRequest.objects.get().state == "done"


def test_who_may_approve_is_found_in_few_queries(
    cast: Cast, wit: Customer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for name in "abcdef":
        person(name, Role.TEAM_LEAD, cast.openbare_ruimte)
    with django_assert_num_queries(4):
        assert len(second_people(wit.pk, asked_by=cast.sanne.pk, at=MONDAY)) == 7
    Customer.objects.update(restricted_at=MONDAY)
    assert second_people(wit.pk, asked_by=cast.sanne.pk, at=MONDAY) == {}


def test_a_restriction_is_lifted_with_a_reason(cast: Cast, wit: Customer) -> None:
    sanne = of(cast.sanne)
    address = sanne.post(f"/klanten/{wit.pk}/wissen/", {"kind": "restrict", **WHY})["Location"]
    ria = of(cast.ria)
    page = ria.post(f"{address}goedkeuren/", follow=True).content.decode()
    assert "Niemand ziet deze gegevens nu nog" in page and "de Wit" not in page
    assert "heeft hier al over beslist" in ria.post(f"{address}goedkeuren/", follow=True).content.decode()
    page = sanne.get(address).content.decode()
    assert "Hef de beperking op" in page and "J. de Wit" in page  # else nobody knows whose restriction to lift
    assert AccessEntry.objects.filter(user=cast.sanne, page="person-request", customer_id=wit.pk).exists()
    assert "de Wit" not in sanne.get("/beheer/verzoeken/").content.decode()  # what is not logged shows nobody
    assert sanne.post(address, {"lift": "1", "remark": "Bezwaar is afgehandeld"}).status_code == 302
    assert "J. de Wit" in sanne.get(address).content.decode()


def test_the_file_is_given_while_the_data_are_restricted(cast: Cast, wit: Customer) -> None:
    sanne, ria = of(cast.sanne), of(cast.ria)
    secret = Question.objects.get()
    address = sanne.post(f"/klanten/{wit.pk}/wissen/", {"kind": "restrict", **WHY})["Location"]
    assert sanne.get(f"{address}inzage/").status_code == 404  # not restricted yet
    ria.post(f"{address}goedkeuren/")
    assert (
        ria.get(f"{address}inzage/").status_code == 403 and sanne.get(f"/klanten/{wit.pk}/inzage/").status_code == 404
    )
    assert f'href="{address}inzage/"' in sanne.get(address).content.decode()
    assert sanne.post(f"{address}inzage/", {"reason": "", "kind": "json"}).status_code == 422
    given = sanne.post(f"{address}inzage/", {"reason": "Verzoek van 2 maart", "kind": "json"})
    told = b"".join(given.streaming_content).decode()
    assert "J. de Wit" in told and secret.number in told and "Mijn vraag" in told
    assert AuditEntry.objects.filter(action="customer.exported", user=cast.sanne).exists()
    assert AccessEntry.objects.filter(page="person-file", customer_id=wit.pk, reason="Verzoek van 2 maart").exists()
    assert sanne.get(f"/vragen/{secret.number}/").status_code == 403  # still restricted
    LegalHold.objects.create(customer=wit, reason="Rechtszaak", placed_by=cast.sanne, placed_at=MONDAY, ended_at=MONDAY)
    held = sanne.get("/beheer/bewaarplicht/").content.decode()
    assert "de Wit" not in held and PersonRequest.objects.get().number in held, "named on the page of the request alone"


def test_a_legal_hold_is_shown_and_ends(cast: Cast, wit: Customer) -> None:
    sanne = of(cast.sanne)
    number = Question.objects.get().number
    assert sanne.post("/beheer/bewaarplicht/", {"number": "OPM-1", **WHY}).status_code == 422
    assert (
        sanne.post("/beheer/bewaarplicht/", {"number": number.lower(), "until": "2199-01-01", **WHY}).status_code == 302
    )
    assert "Bewaarplicht: Brief van 25 november" in of(cast.henk).get(f"/vragen/{number}/").content.decode()
    assert "di 1 jan 2199" in sanne.get("/beheer/bewaarplicht/").content.decode()
    assert (
        "Deze gegevens moeten blijven tot en met dinsdag 1 januari 2199"
        in sanne.get(f"/klanten/{wit.pk}/").content.decode()
    )
    assert "bewaarplicht" in sanne.get(f"/klanten/{wit.pk}/wissen/").content.decode()
    sanne.post(f"/beheer/bewaarplicht/{LegalHold.objects.get().pk}/einde/")
    assert "Ask" not in sanne.get(f"/klanten/{wit.pk}/wissen/").content.decode()
    held = sanne.post(f"/klanten/{wit.pk}/wissen/", {"hold": "1", "h-reason": "Rechtszaak over vergunning"})
    assert held.status_code == 302 and LegalHold.objects.filter(customer=wit, ended_at=None).exists()


def test_a_hold_that_waits_too_long_for_somebody_else_says_so_and_keeps_what_was_typed(
    cast: Cast, wit: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def waits(*args: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'canceling statement' USING ERRCODE = '55P03'; END $$")

    monkeypatch.setattr(hold, "_still_there", waits)
    given = {"number": Question.objects.get().number, **WHY}
    page = of(cast.sanne).post("/beheer/bewaarplicht/", given)
    assert page.status_code == 422 and not LegalHold.objects.exists()
    assert (
        "Iemand anders werkt nu aan deze gegevens." in page.content.decode() and WHY["reason"] in page.content.decode()
    )
