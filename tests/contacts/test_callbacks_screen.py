"""The list of call-back requests: the most urgent first, within one's own reach, and a try in one press."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contacts.actions.ask_customer import ask_customer
from contacts.actions.callback import attempt
from contacts.actions.register import Asked, CallbackAsked, register
from contacts.models import CallbackAttempt, CallbackRequest, Question
from organisation.clock import now
from organisation.errors import Refused
from organisation.models import User
from tests.cast import Cast


def ask(cast: Cast, *, days_ago: int = 0, team: int | None = None, phone: str = "0226 35 12 44") -> Question:
    at = now() - timedelta(days=days_ago)
    asked = Asked(
        title="Wil gebeld worden",
        subject_id=cast.grofvuil.pk,
        end="callback",
        team_id=team,
        callback=CallbackAsked(phone, "Mevr. De Wit", "na 14.00 uur"),
    )
    return register(by=cast.fatima, at=at, channel="phone", received_at=at, asked=[asked], text="Belt terug").questions[
        0
    ]


def login(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_most_urgent_call_stands_first_with_number_and_moment(cast: Cast) -> None:
    later, sooner = ask(cast), ask(cast, days_ago=10)
    elsewhere = ask(cast, team=cast.burgerzaken.pk)
    page = login(cast.henk).get("/terugbellen/").content.decode()
    assert page.index(sooner.number) < page.index(later.number)
    assert "tel:+31226351244" in page
    assert "na 14.00 uur" in page
    assert elsewhere.number not in page
    assert elsewhere.number in login(cast.fatima).get("/terugbellen/?lijst=alles").content.decode()


@pytest.mark.parametrize(
    ("phone", "dialled"),
    [("(0226) 35 12 44", "+31226351244"), ("+49 30 901820", "+4930901820"), ("0032 2 555 12 12", "+3225551212")],
)
def test_a_number_of_abroad_is_dialled_with_its_country(cast: Cast, phone: str, dialled: str) -> None:
    ask(cast, phone=phone)
    for path in ("/terugbellen/", f"/vragen/{Question.objects.get().number}/"):
        assert f'href="tel:{dialled}"' in login(cast.henk).get(path).content.decode()


def test_a_try_is_kept_and_the_promise_stays(cast: Cast) -> None:
    question = ask(cast)
    client = login(cast.henk)
    response = client.post(f"/terugbellen/{question.number}/", {"outcome": "no_answer", "version": question.version})
    assert response.status_code == 302
    assert CallbackAttempt.objects.get().outcome == "no_answer"
    assert CallbackRequest.objects.get().state == "open"
    assert "1 keer geprobeerd" in client.get("/terugbellen/").content.decode()


def test_after_three_tries_the_list_says_what_can_be_done(cast: Cast) -> None:
    question = ask(cast)
    client = login(cast.henk)
    for _try in range(3):
        page = client.get("/terugbellen/").content.decode()
        assert "#antwoord" not in page
        question.refresh_from_db()
        client.post(f"/terugbellen/{question.number}/", {"outcome": "no_answer", "version": question.version})
    page = client.get("/terugbellen/").content.decode()
    assert f"/vragen/{question.number}/#antwoord" in page and f"/vragen/{question.number}/niet-bellen/" in page
    form = client.get(f"/vragen/{question.number}/niet-bellen/").context["form"]
    assert form.initial["unreachable"] and form.initial["reason"] == "3 keer niet bereikt"


def test_a_call_that_reached_the_customer_needs_its_words(cast: Cast) -> None:
    question = ask(cast)
    login(cast.henk).post(f"/terugbellen/{question.number}/", {"outcome": "reached"})
    assert not CallbackAttempt.objects.exists()


def test_a_note_that_is_too_long_is_not_cut_off(cast: Cast) -> None:
    question = ask(cast)
    with pytest.raises(Refused, match="300"):
        attempt(
            callback=CallbackRequest.objects.get(question=question),
            by=cast.henk,
            at=now(),
            outcome="no_answer",
            note="x" * 301,
        )
    assert not CallbackAttempt.objects.exists()


def test_an_old_version_is_not_counted_as_a_try(cast: Cast) -> None:
    question = ask(cast)
    client = login(cast.henk)
    client.post(f"/terugbellen/{question.number}/", {"outcome": "no_answer", "version": question.version})
    client.post(f"/terugbellen/{question.number}/", {"outcome": "no_answer", "version": question.version})
    assert CallbackAttempt.objects.count() == 1


def test_a_request_of_another_team_is_not_there(cast: Cast) -> None:
    question = ask(cast)
    assert login(cast.bas).post(f"/terugbellen/{question.number}/", {"outcome": "no_answer"}).status_code == 404
    assert login(cast.joost).get("/terugbellen/").status_code == 403


def test_twice_the_rows_takes_the_same_number_of_queries(cast: Cast) -> None:
    client = login(cast.henk)
    ask(cast)
    client.get("/terugbellen/")
    with CaptureQueriesContext(connection) as few:
        client.get("/terugbellen/")
    for _index in range(4):
        ask(cast)
    with CaptureQueriesContext(connection) as many:
        client.get("/terugbellen/")
    assert len(few) == len(many) <= 8


def test_a_call_that_stands_still_is_not_late_and_its_number_can_be_changed(cast: Cast) -> None:
    question = ask(cast)
    ask_customer(question=question, by=cast.henk, at=now())
    with time_machine.travel(now() + timedelta(days=20)):
        page = login(cast.henk).get("/terugbellen/").content.decode()
    client = login(cast.henk)
    assert question.number in page and "norm-clock--late" not in page and "norm-clock--paused" in page
    address = f"/vragen/{question.number}/bellen-wijzigen/"
    assert client.get(address).context["form"].initial["phone"] == "0226 35 12 44"
    question.refresh_from_db()
    assert client.post(address, {"phone": "06 12345678", "version": question.version}).status_code == 302
    assert CallbackRequest.objects.get().phone == "06 12345678"


def test_who_says_in_the_list_that_the_customer_was_reached_is_not_asked_so_again(cast: Cast) -> None:
    number, client = ask(cast).number, login(cast.henk)
    form = f"/vragen/{number}/poging/"
    assert f'href="{form}?uitkomst=reached"' in client.get("/terugbellen/").content.decode()
    for address, is_chosen in ((f"{form}?uitkomst=reached", True), (form, False), (f"{form}?uitkomst=x", False)):
        page = " ".join(client.get(address).content.decode().split())
        assert ('value="reached"' in page and " checked" in page) == is_chosen, address
