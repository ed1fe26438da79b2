"""The registration screen by plain posts: saved once, with several questions, and what it shows is what comes of it."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.actions.promises import due_words
from contacts.actions.register import Asked, register
from contacts.models import (
    Contact,
    Customer,
    Draft,
    NormClock,
    Question,
    RoutingRule,
    ServiceNorm,
)
from organisation.models import Presence
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


@pytest.mark.parametrize(("said", "is_there"), [(AT, True), (AT - timedelta(days=1), False)])
def test_who_said_yesterday_to_be_there_is_not_said_to_be_there_today(
    desk: Client, cast: Cast, said: datetime, is_there: bool
) -> None:
    Presence.objects.update_or_create(user=cast.henk, defaults={"status": "available", "changed_at": said})
    typed = form(panel="forward", act="forward", **{"q0-subject": cast.grofvuil.pk})
    page = desk.post(DESK, {name: value for name, value in typed.items() if name != "end"}).content.decode()
    assert (f"({cast.henk.name} aanwezig)" in page) == is_there
    assert (f"{cast.henk.name} (aanwezig)" in page) == is_there
