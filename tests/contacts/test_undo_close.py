"""A question that was ended by mistake stands, for a moment, as if that never was: beside one at which nobody did anything."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from channels_app.models import OutboundMessage
from contacts.actions.ask_customer import ask_customer
from contacts.actions.assign import take
from contacts.actions.callback import attempt, request_callback
from contacts.actions.cancel import cancel
from contacts.actions.close import close
from contacts.actions.log_conversation import log_conversation
from contacts.actions.note import add_note
from contacts.actions.register import Asked, register
from contacts.actions.reopen import reopen
from contacts.actions.resume import resume
from contacts.actions.settle import settle_due
from contacts.actions.undo_close import undo_close
from contacts.actions.wipe import wipe_questions
from contacts.invariants import check_all
from contacts.models import Assignment, CallbackAttempt, CallbackRequest, Contact, NormClock, Question
from organisation.clock import AMSTERDAM
from organisation.errors import Refused
from tests.cast import Cast

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=AMSTERDAM)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
SOON = timedelta(seconds=30)
LATER = MONDAY + timedelta(days=8, hours=1)
Step = Callable[[Question, Cast, datetime], object]


def ask(cast: Cast, channel: str) -> Question:
    asked = [Asked(title="Kaart", subject_id=cast.grofvuil.pk, end="forward")]
    made = register(
        by=None,
        at=MONDAY,
        channel=channel,
        received_at=MONDAY,
        asked=asked,
        text="Waar blijft de kaart?",
        address="d@voorbeeld.nl" if channel == "email" else "",
    )
    return made.questions[0]


BEFORE: dict[str, tuple[str, tuple[tuple[float, Step], ...]]] = {
    "new": ("email", ()),
    "held": ("form", ((1, lambda q, cast, at: take(question=q, by=cast.ria, at=at)),)),
    "waiting": ("letter", ((26, lambda q, cast, at: ask_customer(question=q, by=cast.henk, at=at)),)),
    "waiting again": (
        "email",
        (
            (1, lambda q, cast, at: ask_customer(question=q, by=cast.henk, at=at)),
            (25, lambda q, cast, at: resume(question=q, by=cast.henk, at=at)),
            (26, lambda q, cast, at: ask_customer(question=q, by=cast.henk, at=at)),
        ),
    ),
    "to be called": (
        "phone",
        ((1, lambda q, cast, at: request_callback(question=q, by=cast.fatima, at=at, phone="0226363333")),),
    ),
    "a visitor": ("reception", ()),
    "told that it is almost due": ("email", ((24 * 3, lambda q, cast, at: settle_due(at=at)),)),
    "not acknowledged yet": (
        "email",
        ((1, lambda q, cast, at: OutboundMessage.objects.update(state="held", error="Te veel berichten.")),),
    ),
    "overdue": ("email", ((24 * 5, lambda q, cast, at: settle_due(at=at)),)),
}
"""By which channel it came, and what happened after so many hours."""
ENDS: dict[str, Step] = {
    "answered": lambda q, cast, at: close(question=q, by=cast.henk, at=at, reason="answered", text="Verteld."),
    "passed on": lambda q, cast, at: close(question=q, by=cast.henk, at=at, reason="passed_on", text="Naar de buren."),
    "talked": lambda q, cast, at: log_conversation(
        question=q, by=cast.henk, at=at, channel="phone", text="Gebeld.", is_answer=True, then="close"
    ),
    "called back": lambda q, cast, at: attempt(
        callback=CallbackRequest.objects.get(question=q),
        by=cast.henk,
        at=at,
        outcome="reached",
        note="Gesproken.",
        is_answer=True,
        then="close",
    ),
    "spam": lambda q, cast, at: cancel(question=q, by=cast.henk, at=at, reason="spam"),
}


def test_what_is_taken_back_is_wiped_with_its_question(cast: Cast) -> None:
    """Only the history still has the words of a conversation that nobody had."""
    question, other = ask(cast, "email"), ask(cast, "email")
    for one in (question, other):
        ENDS["talked"](one, cast, MONDAY + HOUR)
        one.refresh_from_db()
        undo_close(
            question=one, version=one.version, by=cast.henk, at=MONDAY + HOUR + (one.pk - question.pk + 1) * SECOND
        )
    told = Contact.history.filter(text="Gebeld.")
    assert told.filter(history_type="-").count() == 2
    wipe_questions(questions=[question.pk], at=MONDAY + 2 * HOUR)
    assert told.filter(history_type="-").count() == told.values("id").distinct().count() == 1, "that of the other stays"


def stands(question: Question) -> dict[str, Any]:
    """All that a list, a deadline and a figure look at."""
    question.refresh_from_db()
    names = ("status", "close_reason", "closed_at", "closed_on", "answered_at", "assignee", "team", "due_at", "soon_at")
    names += ("contact_count", "last_contact_at")
    clocks = NormClock.objects.filter(question=question, replaced_by=None).order_by("code")
    values = (
        "code",
        "state",
        "started_at",
        "due_at",
        "stopped_at",
        "settled_on",
        "paused_at",
        "remaining",
        "soon_told_at",
    )
    return {
        **{name: getattr(question, name) for name in names},
        "clocks": list(clocks.values_list(*values)),
        "calls": list(
            CallbackRequest.objects.filter(question=question).order_by("pk").values_list("state", "settled_at")
        ),
        "tries": CallbackAttempt.objects.filter(callback__question=question).count(),
        "held": list(
            Assignment.objects.filter(question=question).order_by("pk").values_list("team", "assignee", "until_at")
        ),
        "mail": list(
            OutboundMessage.objects.filter(reference_number=question.number)
            .order_by("pk")
            .values_list("state", "error")
        ),
    }


def test_what_is_undone_goes_on_as_if_it_never_was(cast: Cast, subtests: pytest.Subtests) -> None:
    for before in BEFORE:
        for end in ENDS:
            if end != "called back" or before == "to be called":
                with subtests.test(before, end=end):
                    goes_on_as_if_it_never_was(cast, before, end)
    with time_machine.travel(LATER + HOUR, tick=False):
        OutboundMessage.objects.filter(state="queued").update(state="sent", sent_at=LATER)
        assert [found for found in check_all() if found.violations] == []


def goes_on_as_if_it_never_was(cast: Cast, before: str, end: str) -> None:
    channel, steps = BEFORE[before]
    question, other = ask(cast, channel), ask(cast, channel)
    at = MONDAY + SOON
    for hours, step in steps:
        at = MONDAY + hours * HOUR
        for one in (question, other):
            step(one, cast, at)
    ended_at = at + timedelta(minutes=1)
    settle_due(at=ended_at)  # what was broken by then
    question.refresh_from_db()
    ENDS[end](question, cast, ended_at)
    question.refresh_from_db()
    with time_machine.travel(ended_at + SOON, tick=False):
        undo_close(question=question, version=question.version, by=cast.henk, at=ended_at + SOON)
        assert stands(question) == stands(other)
    settle_due(at=LATER)
    for one in (question, other):
        one.refresh_from_db()
        if one.status == "waiting":
            resume(question=one, by=cast.ria, at=LATER)
        close(question=one, by=cast.ria, at=LATER + HOUR, reason="answered", text="Nu echt.")
    assert stands(question) == stands(other)


@pytest.mark.parametrize(
    ("since", "words"),
    [
        ("nothing", ""),
        ("a note", ""),
        ("a minute", "te laat"),
        ("midnight", "te laat"),
        ("somebody else", "gebeurd"),
        ("opened again", "gebeurd"),
        ("twice", "gebeurd"),
    ],
)
def test_only_who_closed_it_undoes_that_within_a_minute_when_nothing_happened(
    cast: Cast, since: str, words: str
) -> None:
    question = ask(cast, "email")
    closed_at = MONDAY.replace(hour=23, minute=59, second=45) if since == "midnight" else MONDAY + HOUR
    ENDS["answered"](question, cast, closed_at)
    version, by, at = question.version, cast.henk, closed_at + SOON
    if since == "a note":
        add_note(question=question, by=cast.ria, at=at, text="Mooi.")
    elif since == "a minute":
        at = closed_at + timedelta(seconds=61)
    elif since == "somebody else":
        by = cast.ria
    elif since == "opened again":
        reopen(question=question, by=cast.ria, at=closed_at + SOON / 2, reason="Niet klaar")
    elif since == "twice":
        undo_close(question=question, version=version, by=by, at=at)
    if not words:
        undo_close(question=question, version=version, by=by, at=at)
        assert question.is_open
        return
    with pytest.raises(Refused, match=words):
        undo_close(question=question, version=version, by=by, at=at)


def test_the_corner_of_the_page_undoes_it_and_the_text_is_not_lost(cast: Cast, client: Client) -> None:
    client.force_login(cast.henk)
    with time_machine.travel(MONDAY + HOUR, tick=False):
        question = ask(cast, "email")
        page = f"/vragen/{question.number}/"
        given = {"reason": "answered", "text": "Verteld aan de balie.", "version": question.version}
        closed = client.post(f"{page}sluiten/", given, follow=True).content.decode()
        back = f"{page}toch-open/{question.version + 1}/"
        assert f'action="{back}"' in closed
        shown = client.post(back, follow=True).content.decode()
        assert f"Ongedaan gemaakt: {question.number} staat weer open, zoals eerst." in shown
        assert "Verteld aan de balie." in shown and "meteen ongedaan gemaakt" in shown
        assert "gebeurd" in client.post(back, follow=True).content.decode()
    assert Question.objects.get().status == "new"


def test_a_talk_that_closed_the_question_stands_in_its_field_again(cast: Cast, client: Client) -> None:
    cast.henk.extension = "241"
    cast.henk.save()
    client.force_login(cast.henk)
    with time_machine.travel(MONDAY + HOUR, tick=False):
        question = ask(cast, "phone")
        page = f"/vragen/{question.number}/"
        given = {"talk": "Mevrouw belt terug.", "talk_channel": "phone", "then": "close", "version": question.version}
        closed = client.post(f"{page}gesprek/", given, follow=True).content.decode()
        back = f"{page}toch-open/{question.version + 1}/"
        assert f'action="{back}"' in closed
        shown = client.post(back, follow=True)
        html = shown.content.decode()
        assert "Mevrouw belt terug.</textarea>" in html
        ids = re.findall(r'\sid="([^"]+)"', html)
        assert len(ids) == len(set(ids)), "a label and a template find their own field, also beside the place of a call"
        assert Question.objects.get().is_open and Contact.objects.count() == 1
        client.force_login(cast.ria)
        assert "Mevrouw belt terug." not in client.get(shown.redirect_chain[-1][0]).content.decode()
