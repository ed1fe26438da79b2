"""Visitors who leave before anybody helped, and those whom the desk registers: who waits, who is warned, what counts."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from channels_app.models import OutboundMessage
from contacts.actions.assign import take
from contacts.actions.callback import request_callback
from contacts.actions.close import close
from contacts.actions.register import Asked, register
from contacts.actions.warn_visit import warn_of_visitors
from contacts.invariants import check_all
from contacts.models import Contact, Note, Notice, Question
from contacts.pages.visits import warned_words
from organisation.models import Presence, User
from tests.cast import Cast
from tests.contacts import registration_scene
from tests.contacts.test_visits import AT, HALL, _wednesday_morning, form, hall

__all__ = ["_wednesday_morning", "hall"]


@pytest.fixture
def henk_is_here(cast: Cast) -> User:
    Presence.objects.update_or_create(user=cast.henk, defaults={"status": "available", "changed_at": AT})
    return cast.henk


def comes(hall: Client, cast: Cast) -> Question:
    hall.post(HALL, form(end="forward", name="Mevr. Vriend", warn=f"team:{cast.openbare_ruimte.pk}"))
    return Question.objects.get()


def test_who_leaves_is_not_waited_for_and_can_be_brought_back(hall: Client, cast: Cast, henk_is_here: User) -> None:
    question = comes(hall, cast)
    promised = list(question.clocks.order_by("code").values_list("code", "due_at"))
    page = hall.post(f"{HALL}{question.number}/weg/", follow=True).content.decode()
    assert "Er wacht niemand op een collega." in page and "weggegaan" in page
    question.refresh_from_db()
    assert (question.status, question.close_reason) == ("closed", "no_reaction_needed")
    assert set(question.clocks.values_list("state", flat=True)) == {"cancelled"}, "counted in no figure"
    assert not Notice.objects.filter(kind="visitor_waits").exists(), "nobody need come any more"
    assert "wordt al geholpen" in hall.post(f"{HALL}{question.number}/weg/", follow=True).content.decode()
    page = hall.post(f"{HALL}{question.number}/toch-niet-weg/", follow=True).content.decode()
    assert "1 bezoeker wacht op een collega." in page
    question.refresh_from_db()
    again = question.clocks.filter(replaced_by=None, state="running").order_by("code")
    assert (question.status, list(again.values_list("code", "due_at"))) == ("new", promised)
    assert Notice.objects.filter(kind="visitor_waits", user=henk_is_here, read_at=None).exists(), "warned again"
    assert not Note.objects.exists() and Contact.objects.get().remarks == []
    assert not [found for found in check_all() if found.violations]


def test_a_promise_that_was_broken_before_the_visitor_left_stays_broken(hall: Client, cast: Cast) -> None:
    question = comes(hall, cast)
    question.clocks.update(due_at=AT + timedelta(minutes=5))
    with time_machine.travel(AT + timedelta(minutes=20), tick=False):
        hall.post(f"{HALL}{question.number}/weg/")
    assert set(question.clocks.values_list("state", flat=True)) == {"missed"}


def test_only_who_waits_can_have_left_and_only_for_a_minute_it_is_taken_back(
    hall: Client, cast: Cast, henk_is_here: User
) -> None:
    question = comes(hall, cast)
    take(question=question, by=henk_is_here, at=AT)
    assert "wordt al geholpen" in hall.post(f"{HALL}{question.number}/weg/", follow=True).content.decode()
    assert Question.objects.get().status == "in_progress"
    hall.post(HALL, form(end="forward", name="Dhr. Laan", warn=f"team:{cast.openbare_ruimte.pk}"))
    left = Question.objects.latest("pk")
    hall.post(f"{HALL}{left.number}/weg/")
    with time_machine.travel(AT + timedelta(seconds=61), tick=False):
        hall.post(f"{HALL}{left.number}/toch-niet-weg/")
    left.refresh_from_db()
    assert left.status == "closed"


def test_who_was_handed_a_visitor_by_name_has_him_again_when_he_did_not_leave(
    hall: Client, cast: Cast, henk_is_here: User
) -> None:
    by_name = f"team:{cast.openbare_ruimte.pk}:user:{henk_is_here.pk}"
    hall.post(HALL, form(end="forward", name="Mevr. Vriend", warn=by_name))
    question = Question.objects.get()
    for _twice in range(2):
        hall.post(f"{HALL}{question.number}/weg/")
        page = hall.post(f"{HALL}{question.number}/toch-niet-weg/", follow=True).content.decode()
        question.refresh_from_db()
        assert (question.status, question.assignee) == ("in_progress", henk_is_here)
        assert "1 bezoeker wacht op een collega." in page


def two_asked(cast: Cast, one: Asked, other: Asked) -> list[Question]:
    asked = [one, other]
    made = register(by=cast.fatima, at=AT, channel="reception", received_at=AT, text="Twee vragen", asked=asked)
    return made.questions


def test_of_a_visitor_with_two_questions_each_ends_by_itself(hall: Client, cast: Cast) -> None:
    one, other = two_asked(cast, Asked(text="een", end="forward"), Asked(text="twee", end="forward"))
    for question in (one, other):
        hall.post(f"{HALL}{question.number}/weg/", follow=True)
    hall.post(f"{HALL}{other.number}/toch-niet-weg/", follow=True)
    close(question=other, by=cast.fatima, at=AT, reason="answered", text="Geholpen.")
    page = hall.get(HALL).content.decode()
    assert (page.count("weggegaan"), page.count("geholpen")) == (1, 1)
    hall.post(f"{HALL}{one.number}/toch-niet-weg/")
    one.refresh_from_db()
    assert one.status == "new" and Contact.objects.get(direction="in").remarks == []


def test_who_is_called_back_cannot_have_left(hall: Client, cast: Cast) -> None:
    question = comes(hall, cast)
    request_callback(question=question, by=cast.fatima, at=AT, phone="0226 35 12 44")
    answer = hall.post(f"{HALL}{question.number}/weg/", follow=True).content.decode()
    question.refresh_from_db()
    assert "We bellen deze bezoeker terug" in answer and question.is_open
    assert question.callbacks.get().state == "open"


def test_the_desk_reads_of_the_questions_that_are_waited_for(cast: Cast, henk_is_here: User) -> None:
    """Not of the first, when that is answered or she helps with it herself; a confidential one names nobody."""
    at_once, mine = Asked(text="een", end="direct"), Asked(text="een", assignee_id=cast.fatima.pk, end="forward")
    for first in (at_once, mine):
        for second, words in (
            (Asked(text="twee", end="forward", team_id=cast.burgerzaken.pk), "Van Burgerzaken is nu niemand in huis."),
            (Asked(text="twee", end="forward", team_id=cast.openbare_ruimte.pk), "Henk is gewaarschuwd."),
        ):
            made = register(by=cast.fatima, at=AT, channel="reception", received_at=AT, text="x", asked=[first, second])
            waiting, told = warn_of_visitors(made, by=cast.fatima, at=AT)
            assert waiting == made.questions[1:] and warned_words(waiting, told).startswith(words)
            made.questions[1].is_confidential = True
            assert not told or warned_words(waiting, told) == "1 collega is gewaarschuwd."
    made = register(by=cast.fatima, at=AT, channel="reception", received_at=AT, text="x", asked=[mine])
    assert warn_of_visitors(made, by=cast.fatima, at=AT) == ([], [])


@pytest.mark.parametrize(
    ("typed", "told", "words"),
    [
        ({"end": "forward"}, 1, "1 bezoeker wacht op een collega."),
        ({"end": "callback", "panel": "callback", "callback_phone": "0612345678"}, 0, "wordt teruggebeld"),
        ({"end": "waiting", "panel": "waiting"}, 0, "wacht op klant"),
        ({"end": "forward", "received_time": "08:00"}, 0, "doorgezet naar Openbare Ruimte"),
        ({"end": "direct"}, 0, "geholpen"),
        ({"end": "forward", "channel": "counter"}, 0, "Er wacht niemand op een collega."),
    ],
)
def test_a_visitor_of_the_desk_is_waited_for_when_he_stands_there(
    cast: Cast, hall: Client, henk_is_here: User, typed: dict[str, str], told: int, words: str
) -> None:
    desk = Client()
    desk.force_login(cast.fatima)
    end = {"panel": "forward"} if typed["end"] == "forward" else {}
    data = registration_scene.form(channel="reception", customer_state="unknown", **{"q0-subject": cast.grofvuil.pk})
    answer = desk.post(registration_scene.DESK, {**data, **end, **typed}, follow=True)
    assert (f"{henk_is_here.name} is gewaarschuwd." in answer.content.decode()) == bool(told)
    assert Notice.objects.filter(user=henk_is_here, kind="visitor_waits").count() == told
    assert OutboundMessage.objects.filter(purpose="notice").count() == told
    assert words in hall.get(HALL).content.decode()


@pytest.mark.parametrize("end", ["direct", "forward"])
def test_a_host_takes_back_what_was_registered_by_mistake(
    hall: Client, cast: Cast, henk_is_here: User, end: str
) -> None:
    page = hall.post(
        HALL, form(end=end, name="Mevr. Vriend", warn=f"team:{cast.openbare_ruimte.pk}"), follow=True
    ).content.decode()
    contact = Contact.objects.get()
    back = f"{HALL}bezoek/{contact.pk}/ongedaan/"
    assert f'action="{back}"' in page
    page = hall.post(back, follow=True).content.decode()
    question = Question.objects.get()
    assert f"Ongedaan gemaakt: {question.number}." in page and "Er wacht niemand op een collega." in page
    assert set(question.clocks.filter(replaced_by=None).values_list("state", flat=True)) == {"cancelled"}
    assert not Notice.objects.exists() and "vervallen" in page
    with time_machine.travel(AT + timedelta(minutes=2), tick=False):
        late = comes_at_once(hall)
    with time_machine.travel(AT + timedelta(minutes=4), tick=False):
        assert "niet meer ongedaan" in hall.post(f"{HALL}bezoek/{late.pk}/ongedaan/", follow=True).content.decode()


def test_the_form_of_a_visit_that_was_undone_registers_it_with_the_right_button(
    hall: Client, cast: Cast, henk_is_here: User
) -> None:
    typed = form(name="Mevr. Vriend", warn=f"team:{cast.openbare_ruimte.pk}")
    for _twice in range(2):
        hall.post(HALL, typed)
        hall.post(f"{HALL}bezoek/{Contact.objects.latest('pk').pk}/ongedaan/")
    for _twice in range(2):  # back in the browser, the other button, pressed twice
        page = hall.post(HALL, typed | {"end": "forward"}, follow=True).content.decode()
        assert "1 bezoeker wacht op een collega." in page
    assert list(Question.objects.order_by("pk").values_list("status", flat=True)) == ["cancelled", "cancelled", "new"]
    assert "al geregistreerd" in page
    hall.post(HALL, typed | {"end": "forward", "name": "Dhr. Smit"})
    assert Question.objects.latest("pk").customer.name == "Dhr. Smit", "the next one, typed over the first"  # type: ignore[union-attr]


def comes_at_once(hall: Client) -> Contact:
    hall.post(HALL, form(name="Dhr. Laan"))
    return Contact.objects.latest("pk")
