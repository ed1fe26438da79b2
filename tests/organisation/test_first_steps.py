"""The first steps of an empty installation: for whoever may do them, in order, gone when they are done."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.test import Client

from organisation.actions.role_requests import ask_role
from organisation.clock import now, today
from organisation.first_steps import STEPS, first_steps
from organisation.models import CalendarDay, Membership, Municipality, WorkingCalendar
from organisation.snapshot import settings_changed
from tests.cast import Cast
from tests.kpi.history import question

pytestmark = pytest.mark.django_db


def test_each_sees_the_steps_that_are_theirs(cast: Cast) -> None:
    Membership.objects.filter(role="coordinator").exclude(user=cast.sanne).delete()
    Municipality.objects.update(phone="0226 36 33 33", email="")
    settings_changed()
    titles = {step.url_name for step in STEPS}
    assert titles >= {"organisation:people", "organisation:municipality", "channels_app:mailboxes"}
    assert {step.href for step in first_steps(cast.beheer)} == {
        "/beheer/mensen/nieuw/",
        "/beheer/mensen/",
        "/beheer/teams/",
        "/beheer/mailboxen/",
    }
    assert "/beheer/gemeente/" in {step.href for step in first_steps(cast.sanne) if not step.is_done}
    assert first_steps(cast.henk) == ()
    Municipality.objects.update(email="info@opmeer.example")
    settings_changed()
    assert "/beheer/gemeente/" not in {step.href for step in first_steps(cast.sanne) if not step.is_done}


def test_a_step_that_waits_for_a_second_administrator_says_so(cast: Cast) -> None:
    Membership.objects.filter(role="coordinator").delete()

    def shown() -> tuple[str, str]:
        step = first_steps(cast.beheer)[0]
        return step.href, str(step.text)

    assert shown()[0] == "/beheer/mensen/nieuw/"
    ask_role(person=cast.henk, role="coordinator", team=cast.servicecentrum, by=cast.beheer, at=now())
    href, text = shown()
    assert href == "/beheer/mensen/" and text.startswith(
        "De rol van Henk wacht op een tweede beheerder, uiterlijk tot "
    )


def test_holidays_of_next_year_do_not_bring_the_first_steps_back(cast: Cast) -> None:
    step = next(step for step in STEPS if step.url_name == "organisation:calendars")
    assert step.is_done()
    CalendarDay.objects.create(
        calendar=WorkingCalendar.objects.get(), on=today() + timedelta(days=400), name="Voorstel", kind="holiday"
    )
    assert step.is_done()


@pytest.mark.parametrize(
    "name", ["acknowledgement", "acknowledgement_en", "acknowledgement_sms", "account_changed", "message", "refusal"]
)
def test_a_municipality_that_gave_no_phone_number_has_none_in_its_mails(name: str) -> None:
    told = {"is_own": True, "name": "Anna", "number": "OPM-2026-000001"}

    def mail(phone: str) -> str:
        house = {"name": "Gemeente Opmeer", "phone": phone}
        return render_to_string(f"mail/{name}.txt", {**told, "municipality": house, "phone": phone})

    assert "0226 36 33 33" in mail("0226 36 33 33")
    for gap in ("bel ", "Bel  ", "call ", " | ", "None"):
        assert gap not in mail(""), gap


def test_the_overview_shows_them_until_they_are_done(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(cast.beheer)
    assert "Zo begint u" in client.get("/beheer/").content.decode()
    done = [replace(step, is_done=lambda: True) for step in STEPS]
    monkeypatch.setattr("organisation.first_steps.STEPS", done)
    assert "Zo begint u" not in client.get("/beheer/").content.decode()


def test_the_coordinator_of_an_empty_installation_starts_with_the_first_steps(cast: Cast, client: Client) -> None:
    Municipality.objects.update(phone="", email="")
    settings_changed()
    client.force_login(cast.sanne)
    assert client.get("/")["Location"] == "/beheer/"
    client.force_login(cast.ria)
    assert client.get("/")["Location"] == "/cijfers/"
    question(cast, received=now(), channel="email")
    client.force_login(cast.sanne)
    assert client.get("/")["Location"] == "/cijfers/"
