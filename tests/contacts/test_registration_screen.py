"""The registration screen by plain posts: every end, every channel, bad input; nothing typed is lost, nothing counts twice."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.actions.customers import create_customer
from contacts.actions.promises import due_words
from contacts.actions.register import Asked, register
from contacts.models import (
    CallbackRequest,
    Contact,
    Customer,
    Draft,
    NormClock,
    OutgoingLetter,
    Question,
    RoutingRule,
    ServiceNorm,
)
from contacts.pages.registration_panel import _moments
from organisation.clock import AMSTERDAM
from organisation.models import AccessEntry, Presence, User
from organisation.snapshot import organisation
from tests.cast import Cast
from tests.contacts.registration_scene import AT, DESK, _wednesday_morning, desk, form, wit

__all__ = ["_wednesday_morning", "desk", "wit"]


def test_the_empty_screen_shows_channels_norm_and_team(desk: Client) -> None:
    page = desk.get(DESK + "?nieuw=1").content.decode()
    assert page.count('name="channel"') == 13
    assert "Servicecentrum" in page
    assert "uiterlijk" in page
    assert Draft.objects.count() == 0


def test_a_known_caller_is_answered_at_once(desk: Client, wit: Customer, cast: Cast) -> None:
    answer = desk.post(DESK, form(customer=wit.pk, customer_query="0226 351244", **{"q0-subject": cast.grofvuil.pk}))
    assert answer.status_code == 302
    question = Question.objects.get()
    assert (question.customer, question.subject, question.status) == (wit, cast.grofvuil, "closed")
    assert question.is_direct
    contact = Contact.objects.get()
    assert contact.text == "Wil oude bank kwijt."
    assert contact.address.replace(" ", "") == "0226351244"
    shown = desk.get(answer["Location"]).content.decode()
    assert question.number in shown
    assert reverse("contacts:undo", args=[contact.pk]) in shown


def test_a_second_press_registers_once(desk: Client, wit: Customer) -> None:
    data = form(customer=wit.pk)
    first, second = desk.post(DESK, data), desk.post(DESK, data)
    assert (first.status_code, second.status_code) == (302, 302)
    assert Question.objects.count() == 1
    assert Contact.objects.count() == 1


def test_saving_takes_few_round_trips(desk: Client) -> None:
    desk.post(DESK, form(customer_state="unknown"))
    with CaptureQueriesContext(connection) as asked:
        desk.post(DESK, form(customer_state="unknown"))
    assert len(asked) <= 9, [query["sql"][:60] for query in asked]


def test_handing_over_asks_for_its_fields_first_and_names_the_reason(desk: Client, wit: Customer, cast: Cast) -> None:
    data = form(customer=wit.pk, end="forward", **{"q0-subject": cast.grofvuil.pk})
    asked = desk.post(DESK, data)
    assert asked.status_code == 200
    assert 'name="forward_team"' in asked.content.decode()
    assert Question.objects.count() == 0
    assert desk.post(DESK, data | {"panel": "forward", "forward_team": cast.burgerzaken.pk}).status_code == 422
    done = desk.post(
        DESK, data | {"panel": "forward", "forward_team": cast.burgerzaken.pk, "forward_reason": "Paspoort zat erbij"}
    )
    assert done.status_code == 302
    question = Question.objects.get()
    assert question.team == cast.burgerzaken
    assert question.assignments.get().reason == "Paspoort zat erbij"
    assert question.due_at is not None


def test_a_call_back_has_number_name_and_moment(desk: Client, wit: Customer, cast: Cast) -> None:
    data = form(customer=wit.pk, end="callback", **{"q0-subject": cast.grofvuil.pk})
    asked = desk.post(DESK, data).content.decode()
    assert "0226 35 12 44" in asked
    done = desk.post(
        DESK,
        data
        | {
            "panel": "callback",
            "callback_phone": "0226 35 12 44",
            "callback_name": "Mevr. A. de Wit",
            "callback_moment": "Morgen ochtend",
            "callback_who": f"user:{cast.henk.pk}",
        },
    )
    assert done.status_code == 302
    callback = CallbackRequest.objects.get()
    assert (callback.phone, callback.moment) == ("0226 35 12 44", "Morgen ochtend")
    assert callback.question.assignee == cast.henk
    assert NormClock.objects.filter(code="callback.done").exists()


def test_waiting_for_the_customer_stops_the_clock(desk: Client, wit: Customer, cast: Cast) -> None:
    data = form(customer=wit.pk, end="waiting", panel="waiting", **{"q0-subject": cast.grofvuil.pk})
    assert desk.post(DESK, data).status_code == 302
    assert Question.objects.get().status == "waiting"
    assert NormClock.objects.get().state == "paused"


def test_a_letter_begins_on_its_stamp_and_is_handed_over(desk: Client, wit: Customer, cast: Cast) -> None:
    page = desk.get(DESK + "?nieuw=1&kanaal=letter").content.decode()
    assert 'value="2026-11-24"' in page
    data = form(
        customer=wit.pk, channel="letter", end="forward", received_on="2026-11-20", **{"q0-subject": cast.paspoort.pk}
    )
    assert desk.post(DESK, data).status_code == 302
    question = Question.objects.get()
    assert question.received_at.date().isoformat() == "2026-11-20"
    assert question.due_at.isoformat() == "2026-11-27T23:00:00+00:00"


def test_a_letter_that_is_acknowledged_by_letter_has_its_second_norm_when_that_is_posted(
    desk: Client, wit: Customer, cast: Cast
) -> None:
    Customer.objects.filter(pk=wit.pk).update(postcode="", house_number="")
    data = form(
        customer=wit.pk,
        channel="letter",
        end="acknowledge",
        received_on="2026-11-24",
        **{"q0-subject": cast.paspoort.pk},
    )
    page = desk.post(DESK, data)
    assert page.status_code == 422 and 'name="recipient"' in page.content.decode() and not Question.objects.exists()
    data["recipient"] = "A. de Wit\nDorpsstraat 41\n1716 KA Opmeer"
    assert desk.post(DESK, data).status_code == 302
    letter = OutgoingLetter.objects.get()
    assert dict(NormClock.objects.values_list("code", "state")) == {"letter.respond": "running"}
    desk.post(f"/post/uit/{letter.pk}/gepost/")
    states = dict(NormClock.objects.values_list("code", "state"))
    assert states == {"letter.respond": "met", "letter.answer": "running"}


def test_the_stamp_of_a_letter_does_not_stay_when_it_becomes_a_call(desk: Client, wit: Customer) -> None:
    data = form(customer=wit.pk, channel="phone", shaped_for="letter", received_on="2026-11-20")
    assert desk.post(DESK, data).status_code == 302
    assert Contact.objects.get().received_at == AT


@pytest.mark.parametrize("end", ["wrong_number", "spam", "internal", "connected"])
def test_what_is_no_question_needs_nothing_and_promises_nothing(desk: Client, end: str) -> None:
    assert desk.post(DESK, form(end=end, **{"q0-text": ""})).status_code == 302
    question = Question.objects.get()
    assert question.close_reason == end
    assert not question.is_direct
    assert NormClock.objects.count() == 0


def test_three_questions_in_one_contact_are_three_questions(desk: Client, wit: Customer, cast: Cast) -> None:
    data = form(
        customer=wit.pk,
        blocks="3",
        **{
            "q0-subject": cast.grofvuil.pk,
            "q1-subject": cast.paspoort.pk,
            "q1-text": "Wanneer is het paspoort klaar?",
            "q1-end": "forward",
            "q2-text": "Wil de wethouder spreken.",
            "q2-end": "forward",
        },
    )
    assert desk.post(DESK, data).status_code == 302
    assert Contact.objects.count() == 1
    by_title = {q.summary: q for q in Question.objects.all()}
    assert by_title["Wil oude bank kwijt."].status == "closed"
    assert by_title["Wanneer is het paspoort klaar?"].team == cast.burgerzaken
    assert by_title["Wil de wethouder spreken."].team == cast.servicecentrum


def test_a_block_is_added_and_removed_without_losing_what_was_typed(desk: Client) -> None:
    data = form(act="add_block", **{"q0-text": "Eerste vraag"})
    more = desk.post(DESK, data).content.decode()
    assert 'name="q1-text"' in more
    ending = more[more.index('class="command-bar') :]
    assert "Vraag 1:" in ending[: ending.index("data-main")], "the keys end the first question"
    less = desk.post(DESK, data | {"blocks": "2", "q1-text": "Tweede vraag", "act": "remove_block:0"}).content.decode()
    assert "Tweede vraag" in less
    assert 'name="q1-text"' not in less
    called = data | {"blocks": "2", "q1-text": "Bel", "q1-end": "callback", "q1-phone": "0612000111"}
    panel = desk.post(DESK, called | {"act": "remove_block:0"}).content.decode()
    assert re.search(r'name="callback_phone"[^>]*value="0612000111"', panel), (
        "the first one is called back in the panel"
    )


def test_a_confidential_note_stays_out_of_the_shared_contact(desk: Client, wit: Customer, cast: Cast) -> None:
    data = form(
        customer=wit.pk,
        blocks="2",
        **{
            "q0-subject": cast.grofvuil.pk,
            "q1-text": "KANARIE",
            "q1-end": "forward",
            "q1-confidential": "1",
            "q1-subject": cast.paspoort.pk,
        },
    )
    assert desk.post(DESK, data).status_code == 302
    assert "KANARIE" not in Contact.objects.get().text
    assert Question.objects.get(is_confidential=True).summary == "KANARIE"


def test_a_new_customer_is_made_from_what_was_typed(desk: Client) -> None:
    step = desk.post(DESK, form(act="new", customer_query="06 12345678")).content.decode()
    assert 'name="new_phone" type="tel" value="06 12345678"' in step
    data = form(customer_query="06 12345678", customer_state="new", new_name="J. Koning", new_phone="06 12345678")
    assert desk.post(DESK, data | {"new_name": ""}).status_code == 422
    assert desk.post(DESK, data).status_code == 302
    customer = Customer.objects.get()
    assert customer.name == "J. Koning"
    assert customer.addresses.get().normalized == "31612345678"
    assert Contact.objects.get().address == "06 12345678"


@pytest.mark.parametrize("kind", ["organisation", "person"])
def test_the_team_that_is_shown_for_a_new_customer_gets_the_question(desk: Client, cast: Cast, kind: str) -> None:
    RoutingRule.objects.create(name="Ondernemers", position=10, customer_kind="organisation", team=cast.burgerzaken)
    data = form(customer_state="new", new_name="Bakker BV", new_kind=kind, panel="forward", end="forward")
    page = desk.post(DESK, data | {"act": "refresh"}).context["page"]
    shown = page.blocks[0].answer.team
    assert shown == page.panel.team == ("Burgerzaken" if kind == "organisation" else "Servicecentrum")
    assert desk.post(DESK, data).status_code == 302
    assert Question.objects.get().team.name == shown


def test_the_deadline_that_is_shown_is_that_of_the_team_that_was_chosen(
    desk: Client, wit: Customer, cast: Cast
) -> None:
    ServiceNorm.objects.create(
        code="handover.answer",
        name="Burgerzaken antwoordt",
        unit="working_days",
        length=1,
        target=95,
        team=cast.burgerzaken,
        valid_from=date(2026, 1, 1),
    )
    data = form(customer=str(wit.pk), customer_state="chosen", panel="forward", end="forward")
    other = {"forward_team": str(cast.burgerzaken.pk), "forward_reason": "Hoort daar"}
    shown = [desk.post(DESK, data | more | {"act": "refresh"}).context["page"].panel.badge for more in ({}, other)]
    assert shown[0].word != shown[1].word
    assert desk.post(DESK, data | other).status_code == 302
    assert due_words(NormClock.objects.get().due_at) == shown[1].word


def test_a_chat_that_is_written_down_is_not_said_to_become_confidential(desk: Client, cast: Cast) -> None:
    RoutingRule.objects.create(
        name="Bedreiging", position=10, words=["bedreigd"], team=cast.openbare_ruimte, is_confidential=True
    )
    for channel, seen_by in (("phone", "Ria"), ("chat", "")):
        data = form(channel=channel, **{"q0-text": "Ik word bedreigd"})
        assert desk.post(DESK, data | {"act": "refresh"}).context["page"].blocks[0].answer.seen_by == seen_by
        desk.post(DESK, data)
    assert list(Question.objects.order_by("pk").values_list("is_confidential", flat=True)) == [True, False]


def test_who_makes_a_customer_hears_whom_we_may_know_already(desk: Client, wit: Customer) -> None:
    data = form(customer_state="new", new_name="Anna de Wit", new_phone="0226-351244")
    page = desk.post(DESK, data, follow=True).content.decode()
    made = Customer.objects.get(name="Anna de Wit")
    assert f"/klanten/{made.pk}/samenvoegen/?met={wit.pk}" in page and "zelfde nummer" in page
    stranger = form(customer_state="new", new_name="B. Koning", new_phone="06 12345678")
    assert "kennen wij deze klant al" not in desk.post(DESK, stranger, follow=True).content.decode()


def test_an_unknown_caller_keeps_only_the_number(desk: Client) -> None:
    assert desk.post(DESK, form(customer_query="06 99999999")).status_code == 302
    assert Contact.objects.get().customer is None
    assert Contact.objects.get().address.replace(" ", "") == "0699999999"


@pytest.mark.parametrize("typed", ["+31 226 351244", "A.deWit@voorbeeld.nl"])
def test_a_number_that_names_one_customer_in_full_needs_no_choice_and_two_do(
    desk: Client, wit: Customer, fatima: User, typed: str
) -> None:
    assert desk.post(DESK, form(customer_query=typed, customer_state="unknown")).status_code == 302
    assert desk.post(DESK, form(customer_query=typed)).status_code == 302
    assert desk.post(DESK, form(customer_query=typed, end="spam")).status_code == 302
    assert list(Contact.objects.order_by("pk").values_list("customer", flat=True)) == [None, wit.pk, None]
    create_customer(by=fatima, at=AT, name="P. de Wit", phone="0226351244", email="a.dewit@voorbeeld.nl")
    assert "Onbekende klant" in desk.post(DESK, form(customer_query=typed)).content.decode()
    assert Contact.objects.count() == 3


def test_a_typed_name_that_was_not_chosen_is_asked_about(desk: Client) -> None:
    answer = desk.post(DESK, form(customer_query="Jansen"))
    assert answer.status_code == 422
    assert "Onbekende klant" in answer.content.decode()
    assert desk.post(DESK, form(customer_query="Jansen", customer_state="unknown")).status_code == 302


def test_the_screen_of_a_caller_picks_the_one_customer_with_that_number(desk: Client, wit: Customer) -> None:
    page = desk.get(DESK + "?tel=0226351244").content.decode()
    assert f'name="customer" value="{wit.pk}"' in page
    assert "Mevr. A. de Wit" in page
    assert AccessEntry.objects.filter(customer_id=wit.pk, page="registration").exists()


def test_the_open_question_is_offered_and_takes_the_contact(desk: Client, wit: Customer, cast: Cast) -> None:
    earlier = register(
        by=cast.fatima,
        at=AT - timedelta(days=3),
        channel="phone",
        received_at=AT - timedelta(days=3),
        customer=wit,
        asked=[Asked(end="forward", subject_id=cast.grofvuil.pk)],
    ).questions[0]
    shown = desk.get(f"{DESK}?klant={wit.pk}").content.decode()
    assert f"add_to:0:{earlier.number}" in shown
    data = form(customer=wit.pk, **{"q0-add_to": earlier.number})
    step = desk.post(DESK, {k: v for k, v in data.items() if k != "end"}).content.decode()
    assert "Doe bij de vraag" in step
    assert desk.post(DESK, data | {"end": "add"}).status_code == 302
    assert Question.objects.count() == 1
    earlier.refresh_from_db()
    assert (earlier.contact_count, earlier.is_open) == (2, True)
    answered = form(customer=wit.pk, end="add_answered", **{"q0-add_to": earlier.number})
    assert desk.post(DESK, answered).status_code == 302
    earlier.refresh_from_db()
    assert (earlier.contact_count, earlier.status, earlier.close_reason) == (3, "closed", "answered")
    assert set(earlier.clocks.values_list("code", "state")) == {("handover.answer", "met")}


def test_an_open_question_of_long_ago_is_not_offered(desk: Client, wit: Customer, cast: Cast) -> None:
    long_ago = AT - timedelta(days=20)
    register(
        by=cast.fatima,
        at=long_ago,
        channel="phone",
        received_at=long_ago,
        customer=wit,
        asked=[Asked(end="forward", subject_id=cast.grofvuil.pk)],
    )
    assert "add_to:0:" not in desk.get(f"{DESK}?klant={wit.pk}").content.decode()


def test_the_pieces_answer_with_candidates_subjects_and_endings(desk: Client, wit: Customer, cast: Cast) -> None:
    found = desk.post(reverse("contacts:registration_candidates"), form(customer_query="0226 351244")).content.decode()
    assert f'data-pick="{wit.pk}"' in found
    topics = desk.post(
        reverse("contacts:registration_topics", args=[0]), form(**{"q0-subject_query": "oude bnk weg"})
    ).content.decode()
    assert "Grofvuil ophalen" in topics
    parts = desk.post(
        reverse("contacts:registration_parts"),
        form(
            customer=wit.pk,
            parts="candidates,pane,ending,shape,answer-0",
            act="callback",
            **{"q0-subject": cast.grofvuil.pk},
        ),
    ).content.decode()
    assert 'id="customer-pane"' in parts
    assert "Openbare Ruimte" in parts
    assert "Bewaar terugbelverzoek" in parts


def test_the_screen_asks_the_same_number_of_queries_whatever_the_customer_has(
    desk: Client, wit: Customer, cast: Cast, django_assert_max_num_queries: object
) -> None:
    for number in range(15):
        register(
            by=cast.fatima,
            at=AT,
            channel="phone",
            received_at=AT - timedelta(hours=number),
            customer=wit,
            asked=[Asked(end="forward", subject_id=cast.grofvuil.pk)],
        )
    desk.get(f"{DESK}?klant={wit.pk}")
    with django_assert_max_num_queries(34):  # type: ignore[operator]
        desk.get(f"{DESK}?klant={wit.pk}")


@pytest.mark.parametrize(
    ("at", "kept"),
    [
        ("2026-11-24 10:00", ["di 24 nov in de middag", "wo 25 nov in de ochtend", "wo 25 nov in de middag"]),
        ("2026-11-27 14:10", ["vr 27 nov na 15:00", "ma 30 nov in de ochtend", "ma 30 nov in de middag"]),
        ("2026-11-27 16:00", ["ma 30 nov in de ochtend", "ma 30 nov in de middag"]),
        ("2026-11-28 10:00", ["ma 30 nov in de ochtend", "ma 30 nov in de middag"]),
    ],
)
def test_a_moment_to_call_back_is_kept_with_its_day(at: str, kept: list[str], cast: Cast) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=AMSTERDAM)
    assert [value for value, _label in _moments(moment, organisation(), "")][:-1] == kept


@pytest.mark.parametrize(("said", "is_there"), [(AT, True), (AT - timedelta(days=1), False)])
def test_who_said_yesterday_to_be_there_is_not_said_to_be_there_today(
    desk: Client, cast: Cast, said: datetime, is_there: bool
) -> None:
    Presence.objects.update_or_create(user=cast.henk, defaults={"status": "available", "changed_at": said})
    typed = form(panel="forward", act="forward", **{"q0-subject": cast.grofvuil.pk})
    page = desk.post(DESK, {name: value for name, value in typed.items() if name != "end"}).content.decode()
    assert (f"({cast.henk.name} aanwezig)" in page) == is_there
    assert (f"{cast.henk.name} (aanwezig)" in page) == is_there
