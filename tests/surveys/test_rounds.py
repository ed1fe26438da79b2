"""Questionnaires that are held: drawn the same way again, asked once, reminded once."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from channels_app.actions.deliver import deliver
from channels_app.models import OutboundMessage
from contacts.actions.customers import create_customer
from contacts.actions.merge import merge_customers
from contacts.models import ContactAddress, Question
from surveys.actions import hold_rounds as hold_module
from surveys.actions.draw_sample import population
from surveys.actions.hold_rounds import hold_rounds
from surveys.actions.invite import LOCK, invite
from surveys.actions.opt_out import note_wish
from surveys.actions.plan_round import plan_round, take_back
from surveys.actions.round_mail import round_mail
from surveys.models import Invitation, Survey, SurveyPlace, SurveyRound, SurveyVersion
from surveys.pages.rounds import round_page
from tests.cast import Cast
from tests.surveys.conftest import AT, Ended, token_of
from tests.surveys.round_scene import DAY, _now, a_round, filled, links, survey

__all__ = ["_now", "survey"]


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


def test_an_open_link_is_of_the_questionnaire_that_was_planned_last(survey: Survey, cast: Cast) -> None:
    """Planned, taken back, and planned again as something else; its name may be that of a code at the counter."""
    other = Survey.objects.get(code="bezoek")
    SurveyPlace.objects.create(name="Onderzoek", survey=other, channel="counter")
    row = a_round(survey, way="link", state="draft")
    plan_round(row=row, seen_version=1, by=cast.sanne, at=AT)
    take_back(row=row, seen_version=2, by=cast.sanne)
    SurveyRound.objects.update(survey=other)
    plan_round(row=row, seen_version=3, by=cast.sanne, at=AT)
    place = SurveyPlace.objects.get(round=row)
    assert place.survey == other
    take_back(row=row, seen_version=4, by=cast.sanne)
    SurveyRound.objects.update(survey=survey, way="sample")
    plan_round(row=row, seen_version=5, by=cast.sanne, at=AT)
    hold_rounds(at=AT)
    assert Client().get(f"/mening/plek/{place.code}/").status_code == 404
    row = SurveyRound.objects.get()
    assert (row.state, round_page(row, AT).link) == ("running", "")


def test_who_was_merged_since_the_draw_is_reminded_at_the_same_address(
    survey: Survey, ended: Ended, cast: Cast
) -> None:
    gone = ended("Jansen").contact.customer
    a_round(survey)
    hold_rounds(at=AT)
    kept = create_customer(by=cast.fatima, at=AT, name="T. Jansen")
    merge_customers(keep=kept, merge=gone, by=cast.sanne, at=AT)
    later = AT + timedelta(days=8)
    assert hold_rounds(at=later) == 1
    assert OutboundMessage.objects.get(object_key__startswith="reminder:").to_name == "T. Jansen"


@pytest.mark.parametrize(
    ("name", "hello", "marked_up"),
    [
        ("<b>Jan</b> & zn", "Beste <b>Jan</b> & zn,", "Beste &lt;b&gt;Jan&lt;/b&gt; &amp; zn,"),
        ("", "Beste heer of mevrouw,", "Beste heer of mevrouw,"),
    ],
)
def test_the_mail_is_filled_in_for_each_and_a_name_is_no_markup(
    survey: Survey, name: str, hello: str, marked_up: str
) -> None:
    mail = round_mail(a_round(survey), survey.versions.get(), AT)
    message = mail.to(key="invitation:1", address="jan@example.nl", name=name, token="t" * 22, at=AT, place=40)
    assert message.body.startswith(hello)
    assert marked_up in message.html
    assert (
        message.body.count("/mening/tttttttttttttttttttttt/")
        == message.html.count("/mening/tttttttttttttttttttttt/")
        == 3
    )
    assert not any(sign in message.body + message.html for sign in "\ue000\ue001")
    assert message.next_try_at == AT + timedelta(seconds=2)


def test_a_question_made_confidential_after_the_draw_stops_the_mail(survey: Survey, ended: Ended) -> None:
    made = ended()
    a_round(survey)
    hold_rounds(at=AT)
    Question.objects.filter(pk=made.questions[0].pk).update(is_confidential=True)
    deliver(at=AT)
    assert OutboundMessage.objects.get(purpose="survey").state != OutboundMessage.State.SENT


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
    assert client.post("/enquetes/onderzoek/nieuw/", {**made, "reminder_days": "25"}).status_code == 422
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
