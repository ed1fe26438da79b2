"""Questionnaires that are held: drawn the same way again, asked once, reminded once, and counted without leading to anybody."""

from __future__ import annotations

import re
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import QueryDict
from django.test import Client

from channels_app.actions.deliver import deliver
from channels_app.models import OutboundMessage
from contacts.models import ContactAddress, Question
from surveys.actions import hold_rounds as hold_module
from surveys.actions.draw_sample import population
from surveys.actions.gather import gather
from surveys.actions.hold_rounds import hold_rounds
from surveys.actions.invite import LOCK, invite
from surveys.actions.opt_out import note_wish
from surveys.forms.answers import read_answers
from surveys.links import new_token
from surveys.models import Answer, AnswerBatch, Invitation, Response, Survey, SurveyQuestion, SurveyRound, SurveyVersion
from tests.cast import Cast
from tests.surveys.conftest import AT, TOKEN, Ended, token_of

DAY = AT.date()


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def survey(asking: None) -> Survey:
    return research()


def research() -> Survey:
    """A mark, a statement, one of three and some of three."""
    row = Survey.objects.create(code="klanten", name="Klanten", purpose="research")
    version = SurveyVersion.objects.create(
        survey=row, number=1, title_nl="Wat vindt u?", title_en="Your view?", created_at=AT
    )
    places = [["Balie", "Counter"], ["Telefoon", "Phone"], ["Website", "Website"]]
    asked: list[dict[str, Any]] = [
        {"key": "mark", "kind": "mark", "is_required": True},
        {"key": "clear_language", "kind": "scale"},
        {"key": "q1", "kind": "one", "options": places},
        {"key": "q2", "kind": "many", "options": places},
        {"key": "better", "kind": "text"},
    ]
    for order, one in enumerate(asked, start=1):
        SurveyQuestion.objects.create(version=version, order=order, text_nl=one["key"], text_en=one["key"], **one)
    version.state, version.published_at = "running", AT
    version.save()
    return row


def a_round(survey: Survey, **more: Any) -> SurveyRound:
    values: dict[str, Any] = {
        "name": "Onderzoek",
        "survey": survey,
        "state": "planned",
        "starts_on": DAY,
        "ends_on": DAY + timedelta(days=20),
        "intro_nl": "Doet u mee?",
        "intro_en": "Will you take part?",
        "contacts_from": DAY - timedelta(days=90),
        "contacts_until": DAY,
        "size": 500,
        "reminder_days": 7,
        "seed": "abc",
        **more,
    }
    return SurveyRound.objects.create(**values)


def filled(survey: Survey, mark: int = 8, **more: Any) -> dict[str, Any]:
    keys = {f"v{one.pk}": one.key for one in SurveyQuestion.objects.filter(version__survey=survey)}
    values = {"mark": str(mark), "q1": "2", "q2": ["1", "3"], **more}
    return {name: values[key] for name, key in keys.items() if key in values}


def links() -> list[str]:
    return [token_of(one) for one in OutboundMessage.objects.filter(purpose="survey").order_by("pk")]


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


def test_the_sample_is_drawn_recorded_and_the_same_again(survey: Survey, ended: Ended) -> None:
    for number in range(12):
        ended(f"Klant{number}")
    row = a_round(survey, size=5)
    before = [one.customer_id for one in population(row, AT).sample(row)]
    assert hold_rounds(at=AT) == 1
    row.refresh_from_db()
    assert (row.state, row.population, row.drawn, row.survey_version.number) == ("running", 12, 5, 1)
    asked = list(Invitation.objects.filter(round=row).order_by("pk").values_list("customer_id", flat=True))
    assert asked == before
    assert OutboundMessage.objects.filter(purpose="survey").count() == 5
    message = OutboundMessage.objects.filter(purpose="survey").first()
    assert message is not None
    assert (message.subject, "Doet u mee?" in message.body, "Grofvuil" in message.body) == ("Wat vindt u?", True, False)
    assert hold_rounds(at=AT) == 0
    other = a_round(survey, name="Andere", size=5, seed="xyz", state="draft")
    Invitation.objects.all().delete()
    assert [one.customer_id for one in population(other, AT).sample(other)] != before


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ({"email": ""}, "no_address"),
        ({"email": "noreply@example.nl"}, "no_address"),
        ({"email": "servicecentrum@opmeer.example"}, "no_address"),
        ({"email": "ander@example.nl"}, "same_address"),
        ({"is_confidential": True}, ""),
        ({"close_reason": "spam"}, ""),
        ({"hours": 24 * 120}, ""),
    ],
)
def test_who_is_never_drawn(survey: Survey, ended: Ended, how: dict[str, Any], reason: str) -> None:
    ended("Ander")
    ended("Niet", **how)
    found = population(a_round(survey), AT)
    assert len(found.people) == 1
    assert dict(found.left_out) == ({reason: 1} if reason else {})


def test_who_was_asked_lately_or_refused_is_left_out_and_the_other_way_round(
    survey: Survey, ended: Ended, cast: Cast
) -> None:
    refused = ended("Weigert").contact.customer
    note_wish(customer=refused, wants=False, by=cast.fatima, at=AT)
    ended("Eerder")
    assert invite(at=AT) == 1
    ended("Nieuw")
    row = a_round(survey)
    hold_rounds(at=AT)
    row.refresh_from_db()
    assert (row.drawn, row.left_out) == (1, {"opted_out": 1, "asked_before": 1})
    assert Invitation.objects.get(round=row).customer.name == "Nieuw"
    assert invite(at=AT + timedelta(minutes=5)) == 0  # who is in the sample is not asked after the contact as well


def test_it_waits_for_the_quiet_hours_and_for_its_day(survey: Survey, ended: Ended) -> None:
    ended()
    a_round(survey, starts_on=DAY + timedelta(days=1))
    assert hold_rounds(at=AT) == 0
    assert hold_rounds(at=AT + timedelta(days=1, hours=11)) == 0  # 22:00
    assert hold_rounds(at=AT + timedelta(days=1)) == 1


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


def test_the_reminder_goes_once_to_who_did_not_answer_and_may_be_asked(
    survey: Survey, ended: Ended, cast: Cast
) -> None:
    people = {name: ended(name).contact.customer for name in ("Antwoordt", "Weigert", "Verhuist", "Wacht")}
    a_round(survey)
    hold_rounds(at=AT)
    by_name = {one.to_name: token_of(one) for one in OutboundMessage.objects.filter(purpose="survey")}
    assert Client().post(f"/mening/{by_name['Antwoordt']}/", filled(survey)).status_code == 303
    note_wish(customer=people["Weigert"], wants=False, by=cast.fatima, at=AT)
    ContactAddress.objects.filter(normalized="verhuist@example.nl").update(
        normalized="nieuw@example.nl", value="nieuw@example.nl"
    )
    later = AT + timedelta(days=8)
    assert [hold_rounds(at=later), hold_rounds(at=later), hold_rounds(at=later + timedelta(days=3))] == [1, 0, 0]
    reminders = OutboundMessage.objects.filter(object_key__startswith="reminder:")
    assert [one.to_name for one in reminders] == ["Wacht"]
    assert reminders[0].subject == "Herinnering: Wat vindt u?"
    assert "Wij herinneren u hier niet nog eens aan." in reminders[0].body


def test_a_reminder_that_waits_stops_when_the_customer_answers(survey: Survey, ended: Ended) -> None:
    ended()
    a_round(survey)
    hold_rounds(at=AT)
    first = links()[0]
    deliver(at=AT)
    later = AT + timedelta(days=8)
    hold_rounds(at=later)
    with time_machine.travel(later, tick=False):
        assert Client().post(f"/mening/{first}/", filled(survey)).status_code == 303
        deliver(at=later)
    message = OutboundMessage.objects.get(object_key__startswith="reminder:")
    assert message.state != OutboundMessage.State.SENT
    assert not Invitation.objects.get().is_undelivered


def test_stopping_ends_links_and_waiting_mail(survey: Survey, ended: Ended, cast: Cast) -> None:
    ended()
    row = a_round(survey)
    hold_rounds(at=AT)
    token = links()[0]
    row.refresh_from_db()
    client = Client()
    client.force_login(cast.sanne)
    assert client.post(f"/enquetes/onderzoek/{row.pk}/stoppen/", {"version": row.version}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.ended_at) == ("stopped", AT)
    assert Client().get(f"/mening/{token}/").status_code == 404
    deliver(at=AT)
    assert OutboundMessage.objects.get(purpose="survey").state != OutboundMessage.State.SENT


def test_a_question_made_confidential_after_the_draw_stops_the_mail(survey: Survey, ended: Ended) -> None:
    made = ended()
    a_round(survey)
    hold_rounds(at=AT)
    Question.objects.filter(pk=made.questions[0].pk).update(is_confidential=True)
    deliver(at=AT)
    assert OutboundMessage.objects.get(purpose="survey").state != OutboundMessage.State.SENT


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
    assert client.get(address).status_code == 404  # not yet
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
        assert Client().get(address).status_code == 404  # over, also before the sweep came by
        assert hold_rounds(at=AT + timedelta(days=30)) == 1
    assert row.place.code not in staff.get("/enquetes/codes/").content.decode()


def test_the_coordinator_writes_and_holds_a_questionnaire(asking: None, ended: Ended, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.sanne)
    home = client.post("/enquetes/vragenlijsten/", {"name": "Klantonderzoek", "purpose": "research"})["Location"]
    assert home == "/enquetes/vragenlijsten/klantonderzoek/"
    draft = SurveyVersion.objects.get(survey__code="klantonderzoek")
    form = {
        "draft": draft.pk, "version": 1, "title_nl": "Wat vindt u?", "title_en": "Your view?",
        "vraag-TOTAL_FORMS": "2", "vraag-INITIAL_FORMS": "2", "vraag-MIN_NUM_FORMS": "0", "vraag-MAX_NUM_FORMS": "20",
        "vraag-0-key": "own:one", "vraag-0-text_nl": "Waar?", "vraag-0-text_en": "Where?",
        "vraag-0-options_nl": "Balie\nTelefoon", "vraag-0-options_en": "Counter\nPhone",
    }  # fmt: skip
    assert client.post(home, {**form, "vraag-0-options_en": "Counter"}).status_code == 422
    assert client.post(home, {**form, "vraag-0-options_nl": "Balie"}).status_code == 422
    assert client.post(home, {**form, "vraag-0-key": ""}).status_code == 422
    assert client.post(home, form).status_code == 302
    assert client.post(f"{home}publiceren/", {"draft": draft.pk, "version": 2}).status_code == 302
    # a longer list keeps the key; another order is another question
    client.post(f"{home}nieuw/")
    draft = SurveyVersion.objects.get(survey__code="klantonderzoek", state="draft")
    page = client.get(home).content.decode()
    assert 'name="vraag-0-own_key" value="q1"' in page
    again = {**form, "draft": draft.pk, "vraag-0-own_key": "q1"}
    longer = {"vraag-0-options_nl": "Balie\nTelefoon\nMail", "vraag-0-options_en": "Counter\nPhone\nMail"}
    client.post(home, {**again, **longer})
    assert [one.key for one in draft.questions.all()] == ["q1"]
    turned = {"vraag-0-options_nl": "Telefoon\nBalie", "vraag-0-options_en": "Phone\nCounter"}
    client.post(home, {**again, **turned, "version": 2})
    assert [one.key for one in draft.questions.all()] == ["q2"]

    survey = Survey.objects.get(code="klantonderzoek")
    ended()
    made = {
        "name": "Najaar", "survey": survey.pk, "way": "sample", "starts_on": "2026-11-25", "ends_on": "2026-12-20",
        "intro_nl": "Doet u mee?", "intro_en": "Join?", "size_kind": "share", "size": "100",
    }  # fmt: skip
    assert client.post("/enquetes/onderzoek/nieuw/", made).status_code == 422  # a sample needs a period
    made |= {"contacts_from": "2026-09-01", "contacts_until": "2026-11-25"}
    assert client.post("/enquetes/onderzoek/nieuw/", {**made, "size": "101"}).status_code == 422
    assert client.post("/enquetes/onderzoek/nieuw/", {**made, "ends_on": "2026-11-01"}).status_code == 422
    address = client.post("/enquetes/onderzoek/nieuw/", made)["Location"]
    row = SurveyRound.objects.get()
    assert "Konden wij vragen" in client.get(f"{address}?tel=1").content.decode()
    assert client.post(f"{address}klaarzetten/", {"version": "7"}).status_code == 302  # not what was seen
    assert SurveyRound.objects.get().state == "draft"
    client.post(f"{address}klaarzetten/", {"version": "1"})
    client.post(f"{address}terug/", {"version": "2"})
    client.post(f"{address}klaarzetten/", {"version": "3"})
    client.post(address, {**made, "name": "Anders", "version": "4"})  # planned: nothing changes any more
    row.refresh_from_db()
    assert (row.state, row.name) == ("planned", "Najaar")
    assert hold_rounds(at=AT) == 1
    assert client.get(f"{address}uitkomsten/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_draw_one_sample(survey: Survey, ended: Ended) -> None:
    for number in range(10):
        ended(f"Klant{number}")
    a_round(survey)
    barrier, moved = Barrier(2), []

    def work() -> None:
        try:
            barrier.wait(60)
            moved.append(hold_rounds(at=AT))
        finally:
            connection.close()

    threads = [Thread(target=work) for _one in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert sum(moved) == 1
    assert Invitation.objects.count() == OutboundMessage.objects.filter(purpose="survey").count() == 10


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
    client.force_login(cast.henk)
    assert client.get("/enquetes/woorden/themas/").status_code == 403


def test_a_questionnaire_that_fails_asks_nobody_and_stops_no_other(
    survey: Survey, ended: Ended, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended()
    first = a_round(survey, name="Eerste")
    a_round(survey, name="Tweede")
    real = hold_module._invite

    def fails_once(row: SurveyRound, *args: Any, **kwargs: Any) -> None:
        real(row, *args, **kwargs)
        if row.pk == first.pk:
            raise OSError("the disk is full")

    monkeypatch.setattr(hold_module, "_invite", fails_once)
    assert hold_rounds(at=AT) == 1
    assert set(SurveyRound.objects.values_list("name", "state")) == {("Eerste", "planned"), ("Tweede", "running")}
    assert Invitation.objects.get().round.name == "Tweede"
    assert OutboundMessage.objects.filter(purpose="survey").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_sample_and_the_question_after_a_contact_never_choose_at_the_same_moment(
    survey: Survey, ended: Ended
) -> None:
    ended()
    a_round(survey)
    with connection.copy().cursor() as other:
        other.execute("BEGIN")
        other.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        assert [hold_rounds(at=AT), invite(at=AT)] == [0, 0]
        other.execute("ROLLBACK")
        other.connection.close()
    assert [hold_rounds(at=AT), invite(at=AT)] == [1, 0]
