"""Anybody may answer behind a code or on a screen: once per form, slowly, and without being known."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client

from contacts.follow_link import follow_path
from contacts.models import Contact
from contacts.pages.letter import _code as code_below
from organisation.models import Municipality, Team
from organisation.snapshot import ORGANISATION
from surveys.actions.answer import write_answers
from surveys.actions.gather import batch_row, gather, judge_at_the_end
from surveys.actions.write_version import begin_draft, publish
from surveys.batching import Batch
from surveys.links import new_token
from surveys.models import Answer, AnswerBatch, Response, Survey, SurveyPlace, SurveyQuestion, SurveyVersion
from tests.cast import Cast
from tests.surveys.conftest import AT, Ended


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def place(asking: None, cast: Cast) -> SurveyPlace:
    return SurveyPlace.objects.create(name="Uitgang", survey=Survey.objects.get(code="bezoek"), channel="counter")


def filled(once: str, mark: int = 9) -> dict[str, str]:
    version = SurveyVersion.objects.get(survey__code="bezoek", state="running")
    return {"once": once, f"v{version.questions.get(key='mark').pk}": str(mark)}


def test_a_form_sent_twice_counts_once_and_two_visitors_count_twice(place: SurveyPlace) -> None:
    client = Client()
    page = client.get(f"/mening/plek/{place.code}/").content.decode()
    found = re.search(r'name="once" value="([^"]{22})"', page)
    assert found is not None
    assert "Wij zien niet wie u bent." in page
    assert "Neem contact" not in page
    for _press in range(2):
        assert client.post(f"/mening/plek/{place.code}/", filled(found.group(1))).status_code == 303
    assert client.post(f"/mening/plek/{place.code}/", filled(new_token(), 4)).status_code == 303
    assert sorted(Answer.objects.values_list("value", flat=True)) == [4, 9]
    assert {(one.channel, one.team_id) for one in Response.objects.all()} == {("counter", None)}
    assert not client.cookies


def test_a_form_sent_again_after_an_hour_counts_once_and_says_so(place: SurveyPlace) -> None:
    """The way back in the browser shows the same form. Within the hour it takes the place of the first, later the first stays."""
    client, address, typed = Client(), f"/mening/plek/{place.code}/", filled(new_token(), 9)
    for minutes, mark, status in ((0, 9, 303), (59, 8, 303), (60, 3, 409), (180, 2, 409), (23 * 60, 1, 409)):
        moment = AT + timedelta(minutes=minutes)
        with time_machine.travel(moment, tick=False):
            gather(at=moment)
            answer = client.post(address, {**typed, **filled(typed["once"], mark)})
        assert answer.status_code == status, minutes
        if status == 409:
            page = answer.content.decode()
            assert "U gaf uw mening al" in page and "niet meer veranderen" in page and "opnieuw=1" in page
    assert list(Answer.objects.values_list("value", flat=True)) == [8]
    assert Response.objects.get().revise_hash
    gather(at=AT + timedelta(days=2))
    assert not Response.objects.get().revise_hash, "the mark is forgotten after the next day"


def test_a_form_that_stood_open_while_the_questions_changed_still_counts(place: SurveyPlace, cast: Cast) -> None:
    address, old = f"/mening/plek/{place.code}/", SurveyVersion.objects.get(survey=place.survey, state="running")
    typed = filled(new_token(), 7)
    assert f'name="versie" value="{old.pk}"' in Client().get(address).content.decode()
    new = begin_draft(survey=place.survey, by=cast.sanne, at=AT)
    publish(draft=new, seen_version=new.version, by=cast.sanne, at=AT)
    assert Client().post(address, {**typed, "versie": str(old.pk)}).status_code == 303
    for strange in ("0", "x", str(SurveyVersion.objects.get(survey__code="gesprek").pk)):  # the questions that run
        assert Client().post(address, {**filled(new_token(), 8), "versie": strange}).status_code == 303
    assert sorted(Answer.objects.values_list("value", "question__version__number")) == [(7, 1), (8, 2), (8, 2), (8, 2)]
    for hours, number in ((23, 1), (24, 2)):  # after a day nobody can go on answering what was replaced
        mark = SurveyQuestion.objects.get(version__survey=place.survey, version__number=number, key="mark")
        typed = {"once": new_token(), "versie": str(old.pk), f"v{mark.pk}": "3"}
        with time_machine.travel(AT + timedelta(hours=hours), tick=False):
            assert Client().post(address, typed).status_code == 303
        assert Answer.objects.filter(value=3, question=mark).count() == 1


def test_a_form_of_one_place_replaces_nothing_of_another_or_of_a_link(place: SurveyPlace, link: str) -> None:
    other = SurveyPlace.objects.create(name="Balie", survey=place.survey, channel="reception")
    client = Client()
    mark = SurveyQuestion.objects.get(version__survey__code="gesprek", key="mark")
    assert client.post(f"/mening/{link}/", {f"v{mark.pk}": "9"}).status_code == 303
    for one in (place, other):
        assert client.post(f"/mening/plek/{one.code}/", filled(link, 2)).status_code == 303
    assert sorted(Response.objects.values_list("channel", flat=True)) == ["counter", "phone", "reception"]
    assert Answer.objects.filter(survey__code="gesprek", value=9).count() == 1


@pytest.mark.parametrize("once", ["", "kort", "x" * 400, "<script>"])
def test_a_form_without_its_mark_is_shown_again_with_a_new_one(place: SurveyPlace, once: str) -> None:
    page = Client().post(f"/mening/plek/{place.code}/", filled(once))
    assert page.status_code == 422
    assert re.search(r'name="once" value="[A-Za-z0-9_-]{22}"', page.content.decode())
    assert not Response.objects.exists()


def test_a_screen_goes_back_to_the_beginning_by_itself(place: SurveyPlace) -> None:
    client = Client()
    page = client.get(f"/mening/plek/{place.code}/?scherm=1&taal=en").content.decode()
    assert "survey_screen.js" in page
    sent = client.post(f"/mening/plek/{place.code}/?scherm=1&taal=en", filled(new_token()))
    assert sent["Location"] == f"/mening/plek/{place.code}/bedankt/?scherm=1&taal=en"
    assert client.get(sent["Location"])["Refresh"] == f"8; url=/mening/plek/{place.code}/?scherm=1"
    assert "Refresh" not in client.get(f"/mening/plek/{place.code}/bedankt/")


def test_a_screen_that_was_too_busy_or_out_of_use_tries_again_by_itself(place: SurveyPlace) -> None:
    client = Client()
    address = f"/mening/plek/{place.code}/?scherm=1"
    for _try in range(12):
        client.post(address, filled(new_token()))
    busy = client.post(address, filled(new_token()))
    assert (busy.status_code, busy["Refresh"]) == (429, f"60; url={address}")
    SurveyPlace.objects.update(is_active=False)
    closed = client.get(address)
    assert (closed.status_code, closed["Refresh"]) == (404, f"60; url={address}")


@pytest.mark.parametrize("phone", ["", "0226 36 33 33"])
def test_a_number_to_call_stands_below_the_page_when_there_is_one(place: SurveyPlace, phone: str) -> None:
    Municipality.objects.update(phone=phone)
    ORGANISATION.forget()
    for address in (f"/mening/plek/{place.code}/", "/mening/bedankt/", "/mening/bestaatniet/"):
        page = Client().get(address).content.decode()
        assert ("Bel ons" in page) is ('href="tel:' in page) is ('href="#hulp"' in page) is bool(phone)
    ORGANISATION.forget()


def at_the_place(place: SurveyPlace, marks: list[int]) -> None:
    for number, mark in enumerate(marks):
        client = Client(REMOTE_ADDR=f"10.0.{number}.1")
        assert client.post(f"/mening/plek/{place.code}/", filled(new_token(), mark)).status_code == 303


def figure() -> tuple[float, int]:
    out = StringIO()
    call_command("kpi", "rating.appointment", "--from", "2026-11-01", "--to", "2026-11-30", stdout=out)
    found = json.loads(out.getvalue())
    return found["value"], found["denominator"]


def test_answers_of_a_place_move_no_figure_unless_the_municipality_says_so(place: SurveyPlace, cast: Cast) -> None:
    """Somebody who fills the screen at the exit with tens changes nothing of what those who were asked gave."""
    SurveyPlace.objects.update(channel="appointment")
    place.refresh_from_db()
    version = SurveyVersion.objects.get(survey__code="bezoek", state="running")
    question = version.questions.get(key="mark")
    for _asked in range(10):
        response = Response.objects.create(
            survey_version=version, channel="appointment", team=cast.burgerzaken, answered_on=AT.date()
        )
        write_answers(response, version.survey_id, {question.pk: question}, {question.pk: 6})
    at_the_place(place, [10] * 30)
    gather(at=AT + timedelta(days=15))
    assert set(AnswerBatch.objects.values_list("size", "place", "feeds_figures")) == {
        (10, None, True),
        (30, place.pk, False),
    }
    assert figure() == (6, 10)
    client = Client()
    client.force_login(cast.sanne)
    page = client.get("/enquetes/").content.decode()
    assert "Klanten geven een 6,0" in page
    apart = page.split('id="plekken"')[1]
    assert "Uitgang" in apart
    assert ">10,0<" in apart
    assert "Ze veranderen geen cijfer met een norm" in apart
    # From now on they count: what was answered before stays apart.
    SurveyPlace.objects.update(feeds_figures=True)
    place.refresh_from_db()
    at_the_place(place, [8] * 10)
    gather(at=AT + timedelta(days=16))
    assert figure() == (7, 20)
    page = client.get("/enquetes/").content.decode()
    assert "Klanten geven een 7,0" in page
    assert "Uitgang (ook in de cijfers hierboven)" in page


def test_the_database_refuses_a_batch_of_who_was_asked_and_of_a_place_together(place: SurveyPlace, cast: Cast) -> None:
    version = SurveyVersion.objects.get(survey__code="bezoek", state="running")
    question = version.questions.get(key="mark")
    rows = []
    for number in range(10):
        here = {"place": place, "feeds_figures": False} if number else {}
        response = Response.objects.create(survey_version=version, channel="counter", answered_on=AT.date(), **here)
        write_answers(response, version.survey_id, {question.pk: question}, {question.pk: 8})
        rows.append(response.answers.get().pk)
    batch = Batch(tuple(rows), "counter", None, None, AT.date())

    @transaction.atomic
    def together() -> None:
        row = batch_row(version.survey_id, "mark", batch, dict.fromkeys(rows, 8))
        judge_at_the_end()
        row.save()
        Answer.objects.filter(pk__in=rows).update(batch=row)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError):
        together()


def test_a_place_out_of_use_and_one_that_never_was_look_alike(place: SurveyPlace) -> None:
    client = Client()
    place.is_active = False
    place.save()
    gone = client.get(f"/mening/plek/{place.code}/")
    assert gone.status_code == client.get("/mening/plek/bestaatniet/").status_code == 404
    assert gone.content == client.get("/mening/plek/bestaatniet/").content


def test_a_flood_from_one_address_is_slowed_down(place: SurveyPlace) -> None:
    client = Client()
    codes = [client.post(f"/mening/plek/{place.code}/", filled(new_token())).status_code for _try in range(15)]
    assert codes.count(303) == 12
    assert codes[-1] == 429
    assert Response.objects.count() == 12


def test_the_coordinator_makes_a_code_and_prints_it(asking: None, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.sanne)
    form = {
        "name": "Balie",
        "survey": Survey.objects.get(code="bezoek").pk,
        "channel": "counter",
        "team": "",
        "is_active": "on",
    }
    made = client.post("/enquetes/codes/", form)
    place = SurveyPlace.objects.get()
    assert made["Location"] == f"/enquetes/codes/{place.code}/"
    page = client.get(made["Location"]).content.decode()
    assert f"/mening/plek/{place.code}/" in page
    assert "<svg" in page.split("survey-code__qr")[1]
    assert "style=" not in page
    assert client.post("/enquetes/codes/", form).status_code == 422  # the name is taken
    assert client.post(made["Location"], {**form, "name": "Balie 2", "version": "1"}).status_code == 302
    assert client.post(made["Location"], {**form, "name": "Balie 3", "version": "1"}).status_code == 409


def test_a_place_keeps_its_team_when_that_is_out_of_use(place: SurveyPlace, cast: Cast) -> None:
    SurveyPlace.objects.filter(pk=place.pk).update(team=cast.openbare_ruimte)
    Team.objects.filter(pk=cast.openbare_ruimte.pk).update(is_active=False)
    client = Client()
    client.force_login(cast.sanne)
    form = {
        "name": "Uitgang links",
        "survey": place.survey_id,
        "channel": "counter",
        "team": cast.openbare_ruimte.pk,
        "is_active": "on",
        "version": "1",
    }
    assert client.post(f"/enquetes/codes/{place.code}/", form).status_code == 302
    place.refresh_from_db()
    assert (place.name, place.team_id) == ("Uitgang links", cast.openbare_ruimte.pk)


def test_below_the_thanks_for_the_web_form_stands_a_survey_about_the_form(
    place: SurveyPlace, cast: Cast, ended: Ended
) -> None:
    question = ended("Jansen").questions[0]
    page = follow_path(question.number, Contact.objects.get(questions=question).address)
    address = f"/mening/plek/{place.code}/"
    assert address not in Client().get(f"{page}?gedaan=nieuw").content.decode()
    SurveyPlace.objects.update(is_after_form=True)
    assert f'href="{address}"' in Client().get(f"{page}?gedaan=nieuw").content.decode()
    assert f'href="{address}?taal=en"' in Client().get(f"{page}?gedaan=nieuw&taal=en").content.decode()
    for later in ("", "?gedaan=bericht"):
        assert address not in Client().get(page + later).content.decode()
    client = Client()
    client.force_login(cast.sanne)
    other = {"name": "Nog een", "survey": place.survey_id, "channel": "form", "is_active": "on", "is_after_form": "on"}
    refused = client.post("/enquetes/codes/", other)
    assert refused.status_code == 422
    assert "Daar staat al een andere plek." in refused.content.decode()
    SurveyPlace.objects.update(is_active=False)
    assert address not in Client().get(f"{page}?gedaan=nieuw").content.decode()


def test_below_an_answer_by_letter_stands_a_code_but_never_about_something_confidential(
    place: SurveyPlace, ended: Ended
) -> None:
    question = ended("Jansen").questions[0]
    assert code_below(question) is None
    SurveyPlace.objects.update(is_on_letters=True)
    code = code_below(question)
    assert code is not None
    assert code.link.endswith(f"/mening/plek/{place.code}/")
    assert code.drawing.startswith("data:image/svg+xml"), "a picture with words, for who listens to the PDF"
    question.is_confidential = True
    assert code_below(question) is None
    question.is_confidential = False
    SurveyPlace.objects.update(is_active=False)
    assert code_below(question) is None
