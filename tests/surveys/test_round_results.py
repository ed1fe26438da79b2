"""What is answered in a round: read, counted without leading to anybody, and shown beside norm and earlier rounds."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import time_machine
from django.http import QueryDict
from django.test import Client

from channels_app.actions.deliver import deliver
from channels_app.models import OutboundMessage
from surveys.actions.gather import gather
from surveys.actions.hold_rounds import hold_rounds
from surveys.forms.answers import read_answers
from surveys.links import new_token
from surveys.models import Answer, AnswerBatch, Invitation, Response, Survey, SurveyQuestion, SurveyRound, SurveyVersion
from tests.cast import Cast
from tests.surveys.conftest import AT, TOKEN, Ended
from tests.surveys.round_scene import DAY, _now, a_round, filled, links, survey

__all__ = ["_now", "survey"]


def test_several_answers_are_read_and_what_cannot_be_chosen_falls_away(survey: Survey) -> None:
    questions = list(SurveyQuestion.objects.filter(version__survey=survey))
    names = {one.key: f"v{one.pk}" for one in questions}
    posted = QueryDict(mutable=True)
    posted.setlist(names["q2"], ["1", "3", "9", "0", "x", "1", "-1"])
    posted[names["mark"]] = "8"
    posted[names["q1"]] = "4"
    read = read_answers(questions, posted)
    given = {one.key: read.values.get(one.pk) for one in questions}
    assert (given["mark"], given["q1"], given["q2"]) == (8, None, [1, 3])


def test_an_answer_leads_to_nobody_and_both_links_lead_to_one(survey: Survey, ended: Ended) -> None:
    ended()
    row = a_round(survey)
    hold_rounds(at=AT)
    first = links()[0]
    page = Client().get(f"/mening/{first}/").content.decode()
    assert "Doet u mee?" in page
    assert "U belde ons" not in page
    assert "Neem contact met mij op" not in page
    assert "Wij zien niet wie wat antwoordt." in page
    assert page.count('type="checkbox"') == 3
    assert deliver(at=AT).sent == 1
    with time_machine.travel(AT + timedelta(days=7), tick=False):
        assert hold_rounds(at=AT + timedelta(days=7)) == 1
        second = TOKEN.search(OutboundMessage.objects.get(object_key__startswith="reminder:").body).group(1)  # type: ignore[union-attr]
        assert second != first
        assert Client().post(f"/mening/{second}/", filled(survey)).status_code == 303
        assert Client().get(f"/mening/{first}/").status_code == 404
    response = Response.objects.get()
    assert (response.round_id, response.channel, response.team_id, response.theme_id) == (row.pk, "", None, None)
    assert not response.feeds_figures
    assert dict(Answer.objects.values_list("key", "value")) == {"mark": 8, "q1": 2, "q2.1": 2, "q2.2": 1, "q2.3": 2}


def answered(survey: Survey, row: SurveyRound, marks: list[int]) -> None:
    for mark in marks:
        version = SurveyVersion.objects.get(survey=survey)
        response = Response.objects.create(
            survey_version=version, channel="", round=row, feeds_figures=False, answered_on=DAY
        )
        from surveys.actions.answer import write_answers

        by_key = {one.key: one for one in version.questions.all()}
        values: dict[int, Any] = {by_key["mark"].pk: mark, by_key["clear_language"].pk: 4, by_key["q2"].pk: [1]}
        write_answers(response, survey.pk, {one.pk: one for one in by_key.values()}, values)


def test_the_results_beside_norm_and_earlier_rounds(survey: Survey, cast: Cast) -> None:
    old = a_round(survey, name="Onderzoek 2024", starts_on=date(2024, 11, 1), ends_on=date(2024, 11, 30), state="ended",
                  began_at=AT - timedelta(days=700), ended_at=AT - timedelta(days=690), survey_version=survey.versions.get())  # fmt: skip
    new = a_round(
        survey, name="Onderzoek 2026", way="link", state="running", began_at=AT, survey_version=survey.versions.get()
    )
    answered(survey, old, [6] * 12)
    answered(survey, new, [8] * 19)
    gather(at=AT)
    assert set(AnswerBatch.objects.filter(key="mark").values_list("round", "size")) == {(old.pk, 12)}
    client = Client()
    client.force_login(cast.henk)
    assert "Te weinig antwoorden" in client.get(f"/enquetes/onderzoek/{new.pk}/uitkomsten/").content.decode()
    SurveyRound.objects.filter(pk=new.pk).update(state="ended", ended_at=AT)
    gather(at=AT)
    page = client.get(f"/enquetes/onderzoek/{new.pk}/uitkomsten/").content.decode()
    assert ">8,0<" in page
    assert "19 antwoorden" in page
    assert "norm 6,7 gehaald" in page
    assert "Onderzoek 2024" in page
    assert "Wij controleerden dat niet." in page
    assert re.search(r"Balie</th><td[^>]*>19</td><td[^>]*>100", page)
    # and not among what is asked after a contact
    assert "Klanten geven een" not in client.get("/enquetes/").content.decode()


def test_who_was_asked_and_who_answered_stand_beside_the_results_in_tens(
    survey: Survey, ended: Ended, cast: Cast
) -> None:
    for number in range(24):
        ended(f"Klant{number}", hours=2 if number < 12 else 24 * 60, channel="phone" if number % 2 else "counter")
    row = a_round(survey)
    hold_rounds(at=AT)
    some = Invitation.objects.filter(round=row).order_by("-contact_on", "pk").values_list("pk", flat=True)[:11]
    Invitation.objects.filter(pk__in=list(some)).update(is_answered=True)
    client = Client()
    client.force_login(cast.joost)
    page = client.get(f"/enquetes/onderzoek/{row.pk}/uitkomsten/").content.decode()
    assert "24 gevraagd, 10 geantwoord" in page
    assert "Let op: “tot een maand” antwoordde vaker." in page
    assert re.search(r"1 tot 3 maanden</th><td[^>]*>12</td><td[^>]*>–</td><td[^>]*><strong>te weinig", page)
    assert ">11<" not in page  # never to the person


def test_an_open_link_works_while_it_runs_and_knows_a_browser(survey: Survey, cast: Cast) -> None:
    row = a_round(survey, way="link", state="draft")
    staff = Client()
    staff.force_login(cast.sanne)
    assert staff.post(f"/enquetes/onderzoek/{row.pk}/klaarzetten/", {"version": 1}).status_code == 302
    row.refresh_from_db()
    address = f"/mening/plek/{row.place.code}/"
    client = Client()
    early = client.get(address)  # given out before its first day
    assert (early.status_code, "nog niet open" in early.content.decode()) == (404, True)
    hold_rounds(at=AT)
    assert "Doet u mee?" in client.get(address).content.decode()
    assert client.post(address, {**filled(survey), "once": new_token()}).status_code == 303
    response = Response.objects.get()
    assert (response.round_id, response.place_id, response.channel, response.feeds_figures) == (row.pk, None, "", False)
    page = client.get(address).content.decode()
    assert "U gaf uw mening al" in page
    assert f"{address}?opnieuw=1" in page
    assert "Doet u mee?" in client.get(f"{address}?opnieuw=1").content.decode()
    assert client.cookies["mening"]["httponly"]
    assert client.cookies["mening"]["path"] == address
    with time_machine.travel(AT + timedelta(days=30), tick=False):
        late = Client().get(address)  # over, also before the sweep came by
        assert (late.status_code, "zijn gesloten" in late.content.decode()) == (404, True)
        assert hold_rounds(at=AT + timedelta(days=30)) == 1
    assert row.place.code not in staff.get("/enquetes/codes/").content.decode()


def test_themes_of_words_are_counted_and_can_be_chosen(survey: Survey, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.sanne)
    assert client.post("/enquetes/woorden/themas/", {"name": "Wachten", "words": "wacht\nde rij"}).status_code == 302
    assert client.post("/enquetes/woorden/themas/", {"name": "Kort", "words": "de"}).status_code == 422
    assert client.post("/enquetes/woorden/themas/", {"name": "Tekens", "words": "a.*b(\n[x]"}).status_code == 302
    version = SurveyVersion.objects.get(survey=survey)
    question = version.questions.get(key="better")
    for text in ("Te lange wachttijd", "Ik stond in De Rij", "De verwachting was hoog", "Prima"):
        response = Response.objects.create(
            survey_version=version, channel="phone", team=cast.burgerzaken, answered_on=DAY
        )
        Answer.objects.create(response=response, question=question, survey=survey, key="better", text=text)
    page = client.get("/enquetes/woorden/").content.decode()
    found = re.search(r'<a href="\?([^"]*woorden=\d+[^"]*)">Wachten</a> <span class="push muted">2<', page)
    assert found is not None
    page = client.get(f"/enquetes/woorden/?{found.group(1).replace('&amp;', '&')}").content.decode()
    assert "Te lange wachttijd" in page
    assert "De verwachting" not in page
    assert re.search(r'<input type="hidden" name="woorden" value="\d+">', page)  # another period keeps the theme
    client.force_login(cast.henk)
    assert client.get("/enquetes/woorden/themas/").status_code == 403
