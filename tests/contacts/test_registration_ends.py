"""How the questions of one contact end: each by itself, whatever was chosen for the first, and never at another customer's question."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from contacts.actions.customers import create_customer
from contacts.actions.register import Asked, register
from contacts.models import CallbackRequest, Contact, Customer, Draft, NormClock, Question
from contacts.pages.registration_panel import _moments
from organisation.clock import AMSTERDAM
from organisation.models import Membership
from organisation.snapshot import organisation
from tests.cast import Cast
from tests.contacts.registration_scene import AT, DESK, _wednesday_morning, desk, form, wit

__all__ = ["_wednesday_morning", "desk", "wit"]


def open_question(cast: Cast, customer: Customer) -> Question:
    at = AT - timedelta(days=3)
    one = Asked(end="forward", subject_id=cast.grofvuil.pk)
    return register(by=cast.fatima, at=at, channel="phone", received_at=at, customer=customer, asked=[one]).questions[0]


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


@pytest.mark.parametrize("end", ["wrong_number", "spam", "internal", "connected"])
def test_what_is_no_question_needs_nothing_and_promises_nothing(desk: Client, end: str) -> None:
    assert desk.post(DESK, form(end=end, **{"q0-text": ""})).status_code == 302
    question = Question.objects.get()
    assert question.close_reason == end
    assert not question.is_direct
    assert NormClock.objects.count() == 0


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


def test_a_contact_is_never_added_to_the_question_of_the_customer_who_was_chosen_before(
    desk: Client, wit: Customer, cast: Cast
) -> None:
    theirs = open_question(cast, wit)
    other = create_customer(by=cast.fatima, at=AT, name="P. Koning")
    typed = form(customer=other.pk, customer_query="Koning", **{"q0-add_to": theirs.number})
    refused = desk.post(DESK, typed | {"end": "add"})
    assert refused.status_code == 422
    assert "van een andere klant" in refused.content.decode()
    assert desk.post(DESK, typed).status_code == 302, "the buttons of a question of its own"
    theirs.refresh_from_db()
    assert (theirs.contact_count, theirs.status) == (1, "new")
    assert Question.objects.get(customer=other).status == "closed"


@pytest.mark.parametrize("end", ["wrong_number", "spam", "direct"])
def test_what_ends_otherwise_is_not_added(desk: Client, wit: Customer, cast: Cast, end: str) -> None:
    theirs = open_question(cast, wit)
    assert desk.post(DESK, form(customer=wit.pk, end=end, **{"q0-add_to": theirs.number})).status_code == 302
    theirs.refresh_from_db()
    assert theirs.contact_count == 1


def test_who_adds_to_a_question_sees_no_fields_and_ends_of_a_new_one(desk: Client, wit: Customer, cast: Cast) -> None:
    theirs = open_question(cast, wit)
    typed = form(customer=wit.pk, panel="callback", callback_phone="0612345678", **{"q0-add_to": theirs.number})
    page = desk.post(DESK, {name: value for name, value in typed.items() if name != "end"}).content.decode()
    assert "Doe bij de vraag" in page
    assert "f-callback_phone" not in page
    assert 'value="wrong_number"' not in page


def test_who_answers_what_is_added_is_its_assignee(desk: Client, wit: Customer, cast: Cast) -> None:
    theirs = open_question(cast, wit)
    desk.post(DESK, form(customer=wit.pk, end="add_answered", **{"q0-add_to": theirs.number}))
    theirs.refresh_from_db()
    assert (theirs.status, theirs.assignee, theirs.team) == ("closed", cast.fatima, cast.openbare_ruimte)
    assert cast.fatima.name in desk.get(f"/vragen/{theirs.number}/").content.decode()


@pytest.mark.parametrize("channel", ["phone", "letter"])
def test_the_panel_of_the_first_question_sends_no_other_along(
    desk: Client, wit: Customer, cast: Cast, channel: str
) -> None:
    typed = form(
        customer=wit.pk,
        channel=channel,
        end="forward",
        panel="forward",
        forward_team=cast.servicecentrum.pk,
        forward_reason="Hoort bij ons",
        blocks="2",
        **{"q0-subject": cast.grofvuil.pk, "q1-subject": cast.paspoort.pk, "q1-end": "forward"},
    )
    assert desk.post(DESK, typed).status_code == 302
    teams = dict(Question.objects.values_list("subject", "team"))
    assert teams == {cast.grofvuil.pk: cast.servicecentrum.pk, cast.paspoort.pk: cast.burgerzaken.pk}


@pytest.mark.parametrize(
    ("typed", "called"),
    [({}, "0226 35 12 44"), ({"q1-phone": "06 12345678"}, "06 12345678"), ({"q1-phone": "12"}, "")],
)
def test_a_later_question_is_called_back_too(
    desk: Client, wit: Customer, cast: Cast, typed: dict[str, str], called: str
) -> None:
    fields = {"q0-subject": cast.grofvuil.pk, "q1-subject": cast.paspoort.pk, "q1-end": "callback", **typed}
    answer = desk.post(DESK, form(customer=wit.pk, blocks="2", **fields))
    if not called:
        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'href="#f-q1-phone"' in page and 'id="f-q1-phone"' in page, "the field that is wrong is on the page"
        return
    assert answer.status_code == 302
    asked = CallbackRequest.objects.select_related("question").get()
    assert (asked.phone, asked.question.team) == (called, cast.burgerzaken)


def test_a_colleague_of_several_teams_gets_it_in_the_team_of_the_rules(desk: Client, wit: Customer, cast: Cast) -> None:
    Membership.objects.create(user=cast.henk, team=cast.servicecentrum, role="front_office")
    typed = {"end": "forward", "panel": "forward", "forward_who": cast.henk.pk, "q0-subject": cast.grofvuil.pk}
    assert desk.post(DESK, form(customer=wit.pk, **typed)).status_code == 302
    question = Question.objects.get()
    assert (question.team, question.assignee) == (cast.openbare_ruimte, cast.henk)


def test_another_text_in_another_window_is_not_thrown_away_with_the_draft(desk: Client) -> None:
    first = form(customer_state="unknown", **{"q0-text": "Eerste verhaal"})
    desk.post(DESK, first)
    assert desk.post(DESK, first).status_code == 302, "a second press"
    answer = desk.post(DESK, first | {"q0-text": "Tweede verhaal"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert Question.objects.get().number in page and "Tweede verhaal" in page
    again = Draft.objects.exclude(data__has_key="done").get()
    assert f'name="token" value="{again.token}"' in page
    assert desk.post(DESK, first | {"q0-text": "Tweede verhaal", "token": str(again.token)}).status_code == 302
    assert set(Contact.objects.values_list("text", flat=True)) == {"Eerste verhaal", "Tweede verhaal"}


def test_a_second_press_on_spam_is_the_same_contact(desk: Client) -> None:
    typed = form(end="spam", customer_state="unknown")
    assert [desk.post(DESK, typed).status_code for _press in range(2)] == [302, 302]
    assert Contact.objects.count() == 1
