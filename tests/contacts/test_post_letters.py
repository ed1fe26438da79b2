"""Letters of ours: they wait to be posted, and count from the day of posting (ADR 27)."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import time_machine

from contacts import reply_text
from contacts.actions.answer import answer
from contacts.actions.ask_customer import ask_customer
from contacts.actions.assign import assign
from contacts.actions.callback import request_callback
from contacts.actions.merge import merge_questions
from contacts.actions.notify import mark_read
from contacts.actions.post_letter import post_letter
from contacts.actions.register import Asked, register
from contacts.actions.remind_letters import remind_letters
from contacts.actions.resume import resume
from contacts.actions.settle import settle_due
from contacts.actions.unpost_letter import redate_letter, unpost_letter
from contacts.actions.withdraw_letter import withdraw_letter
from contacts.invariants.found import CHECKS
from contacts.letters import envelope
from contacts.models import (
    CallbackRequest,
    Contact,
    NormClock,
    Notice,
    OutgoingLetter,
    Question,
    TextLevel,
)
from organisation.clock import AMSTERDAM
from organisation.errors import Refused
from tests.cast import Cast
from tests.contacts.post_scene import MONDAY, browser, came_by_letter, made_on, on, question, states

__all__ = ["question"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "is_good"),
    [
        ("A. Kok\nDorpsstraat 1\n1716 KA Opmeer", True),
        ("A. Kok\n\n  Dorpsstraat 1\r\n1716ka Opmeer\n", True),
        ("A. Kok\nPostbus 9\n1716 AA Opmeer", True),
        ("A. Kok\nRue Haute 3\n1000 Bruxelles\nBELGIË", True),
        ("A. Kok\nDorpsstraat 1", False),
        ("A. Kok\nDorpsstraat\nOpmeer", False),
        ("", False),
        ("1716 KA\nOpmeer\nx", False),
    ],
)
def test_an_envelope_needs_a_name_and_a_place(text: str, is_good: bool) -> None:
    assert envelope.is_complete(envelope.lines_of(text)) is is_good


@pytest.mark.parametrize(
    ("text", "greets"),
    [
        ("Beste mevrouw De Wit,\n\nJa.", True),
        ("Geachte heer,\nJa.", True),
        ("Beste oplossing is een bak.", False),
        ("", False),
    ],
)
def test_a_text_that_greets_gets_no_second_greeting(text: str, greets: bool) -> None:
    assert reply_text.greets(text) is greets


def test_a_letter_that_waits_stops_no_clock_and_one_that_is_posted_does(cast: Cast, question: Question) -> None:
    letter = made_on(cast, question, on(3))
    assert letter.text.startswith("Beste mevrouw De Wit,\n\nWij komen")
    assert states(question) == [("letter.respond", "running", None)]
    assert question.is_open and not Contact.objects.filter(direction="out").exists() and not TextLevel.objects.exists()
    assert post_letter(letter=letter, by=cast.fatima, at=on(4), posted_on=date(2026, 3, 4))
    assert not post_letter(letter=letter, by=cast.fatima, at=on(5), posted_on=date(2026, 3, 5))  # twice is once
    question.refresh_from_db()
    contact = Contact.objects.get(direction="out")
    assert (contact.registered_by, contact.received_at, contact.is_answer) == (cast.henk, on(4), True)
    assert states(question) == [("letter.respond", "met", date(2026, 3, 4))]
    assert (question.status, question.closed_at, question.answered_at) == ("closed", on(4), on(4))


@pytest.mark.parametrize(
    ("made", "told", "posted", "state", "settled"),
    [
        (3, 9, 9, "met", 9),  # on the last day
        (3, 10, 10, "missed", 10),
        (3, 10, 9, "met", 9),  # told too late, posted in time
        (3, 12, 4, "met", 4),
        (10, 12, 10, "missed", 10),
    ],
)
def test_the_day_of_posting_decides_not_the_day_of_telling(
    cast: Cast, question: Question, made: int, told: int, posted: int, state: str, settled: int
) -> None:
    letter = made_on(cast, question, on(made, 9))
    settle_due(at=on(told, 8))  # what was over is marked before anybody tells
    post_letter(letter=letter, by=cast.fatima, at=on(told), posted_on=date(2026, 3, posted))
    assert states(question) == [("letter.respond", state, date(2026, 3, settled))]
    question.refresh_from_db()
    assert not question.is_open and question.answered_at is not None


@pytest.mark.parametrize(("day", "words"), [(date(2026, 3, 2), "is gemaakt op"), (date(2026, 3, 5), "moet nog komen")])
def test_a_day_that_cannot_be_is_refused(cast: Cast, question: Question, day: date, words: str) -> None:
    letter = made_on(cast, question, on(3))
    with pytest.raises(Refused, match=words):
        post_letter(letter=letter, by=cast.fatima, at=on(4), posted_on=day)


def test_what_was_just_said_is_undone_and_the_clock_runs_as_before(cast: Cast, question: Question) -> None:
    letter = made_on(cast, question, on(3))
    post_letter(letter=letter, by=cast.fatima, at=on(4), posted_on=date(2026, 3, 4))
    with pytest.raises(Refused):  # not who posted it, and may not correct deadlines
        unpost_letter(letter=letter, by=cast.henk, at=on(4))
    unpost_letter(letter=letter, by=cast.fatima, at=on(4) + timedelta(seconds=30))
    question.refresh_from_db()
    assert states(question) == [("letter.respond", "running", None)]
    assert (question.status, question.closed_at, question.answered_at) == ("new", None, None)
    assert question.due_at is not None and not Contact.objects.filter(direction="out").exists()
    assert [one.history_change_reason for one in letter.history.order_by("history_id")] == ["made", "posted", "undone"]
    post_letter(letter=letter, by=cast.fatima, at=on(5), posted_on=date(2026, 3, 5))
    assert states(question) == [("letter.respond", "met", date(2026, 3, 5))]


def test_undoing_a_posting_brings_back_the_state_of_before(cast: Cast, subtests: pytest.Subtests) -> None:
    for before in ("new", "in_progress", "waiting"):
        for then in ("close", "waiting", "interim"):
            with subtests.test(before, then=then):
                is_as_before_the_posting(cast, before, then)
    assert not [one for _name, check in CHECKS for one in check()]


def is_as_before_the_posting(cast: Cast, before: str, then: str) -> None:
    question = came_by_letter(cast)
    if before == "in_progress":
        assign(question=question, by=cast.henk, to=cast.henk, at=on(2))
    elif before == "waiting":
        ask_customer(question=question, by=cast.henk, at=on(2))
    live = NormClock.objects.filter(question=question, replaced_by=None)
    clocks = [(one.state, one.remaining, one.paused_at) for one in live.all()]
    letter = made_on(cast, question, on(3), then=then)
    for _twice in range(2):
        post_letter(letter=letter, by=cast.fatima, at=on(4), posted_on=date(2026, 3, 4))
        unpost_letter(letter=letter, by=cast.fatima, at=on(4) + timedelta(seconds=30))
        question.refresh_from_db()
        assert question.status == before
        left = [(one.state, one.remaining, one.paused_at if then != "close" else None) for one in live.all()]
        assert left == [(state, rest, at if then != "close" else None) for state, rest, at in clocks]


def test_a_question_that_somebody_took_up_since_the_posting_stays_in_progress(cast: Cast, question: Question) -> None:
    letter = made_on(cast, question, on(3), then="interim")
    post_letter(letter=letter, by=cast.fatima, at=on(4), posted_on=date(2026, 3, 4))
    assign(question=question, by=cast.henk, to=cast.henk, at=on(4))
    unpost_letter(letter=letter, by=cast.fatima, at=on(4) + timedelta(seconds=50))
    question.refresh_from_db()
    assert question.status == "in_progress"


def test_undoing_a_posting_brings_back_the_call_that_was_asked_for(cast: Cast, question: Question) -> None:
    answer(question=question, by=cast.henk, at=on(2, 12), text="Voorlopig: ja.", channel="letter", then="stay")
    request_callback(question=question, by=cast.henk, at=on(3, 9), phone="0226 35 12 44")
    letter = made_on(cast, question, on(3))
    post_letter(letter=letter, by=cast.fatima, at=on(3, 16), posted_on=date(2026, 3, 3))
    assert CallbackRequest.objects.get().state == "cancelled"
    unpost_letter(letter=letter, by=cast.fatima, at=on(3, 16) + timedelta(seconds=30))
    question.refresh_from_db()
    callback = CallbackRequest.objects.get()
    assert (callback.state, callback.settled_at, question.answered_at) == ("open", None, on(2, 12))
    assert states(question)[-1] == ("callback.done", "running", None), "an answer of before keeps no later promise"


def test_a_call_that_must_be_made_after_all_keeps_the_days_that_the_question_waited(
    cast: Cast, subtests: pytest.Subtests
) -> None:
    letters = {}
    for is_taken_up in (True, False):
        with subtests.test(is_taken_up=is_taken_up):
            letters[is_taken_up] = a_call_that_must_be_made_after_all(cast, is_taken_up=is_taken_up)
    assert not [one for _name, check in CHECKS for one in check()]
    for is_taken_up, letter in letters.items():
        with subtests.test("the letter closed the question before the call was late", is_taken_up=is_taken_up):
            post_letter(letter=letter, by=cast.fatima, at=on(6), posted_on=date(2026, 3, 6))
            redate_letter(
                letter=letter, by=cast.sanne, at=on(10), posted_on=date(2026, 3, 5), reason="Donderdag gepost"
            )
            assert called(letter.question).state == "cancelled"
    assert not [one for _name, check in CHECKS for one in check()]


def a_call_that_must_be_made_after_all(cast: Cast, *, is_taken_up: bool) -> OutgoingLetter:
    question = came_by_letter(cast)
    request_callback(question=question, by=cast.henk, at=on(2, 10), phone="0226 35 12 44")  # until Tuesday
    ask_customer(question=question, by=cast.henk, at=on(3, 9))
    if is_taken_up:
        resume(question=question, by=cast.henk, at=on(5, 9))  # until Friday
    before = called(question)
    letter = made_on(cast, question, on(5))
    for _twice in range(2):
        post_letter(letter=letter, by=cast.fatima, at=on(6, 9), posted_on=date(2026, 3, 6))
        unpost_letter(letter=letter, by=cast.fatima, at=on(6, 9) + timedelta(seconds=30))
        clock = called(question)
        found = (clock.state, clock.due_at, clock.paused_at, clock.remaining)
        assert found == (before.state, before.due_at, before.paused_at, before.remaining)
    return letter


def called(question: Question) -> NormClock:
    """The promise to call that counts."""
    return NormClock.objects.get(question=question, code="callback.done", replaced_by=None)


NOT_POSTED = {
    "at once": (on(4), None, "running", 9),
    "a few days later": (on(6), None, "running", 9),
    "after the term": (on(12), None, "missed", 9),
    "posted later than told": (on(12), 5, "paused", 9),
}
"""When it is told, the day on which it was posted after all, and how the clock stands until which day."""


def test_a_question_back_that_was_not_posted_gives_no_days(cast: Cast, subtests: pytest.Subtests) -> None:
    for name, (at, moved, state, due) in NOT_POSTED.items():
        with subtests.test(name):
            question = came_by_letter(cast)
            letter = made_on(cast, question, on(3, 8), then="waiting")
            post_letter(letter=letter, by=cast.fatima, at=on(4), posted_on=date(2026, 3, 3))
            assert states(question) == [("letter.respond", "paused", None)]
            if moved:
                posted_on = date(2026, 3, moved)
                redate_letter(letter=letter, by=cast.sanne, at=at, posted_on=posted_on, reason="Later gepost")
            else:
                unpost_letter(letter=letter, by=cast.sanne, at=at, reason="Bleef liggen")
            clock = NormClock.objects.get(question=question, replaced_by=None)
            assert (clock.state, (clock.due_at - timedelta(seconds=1)).astimezone(AMSTERDAM).day) == (state, due)
    assert not [one for _name, check in CHECKS for one in check()]


@pytest.mark.parametrize(("text", "is_good"), [("a\n" * 490 + "a", True), ("ja ja\n" * 3000, False)])
def test_a_letter_has_a_bounded_number_of_lines(cast: Cast, question: Question, text: str, is_good: bool) -> None:
    if is_good:
        assert made_on(cast, question, on(3), text=text).pk
    else:
        with pytest.raises(Refused, match="hoogstens 500 regels"):
            made_on(cast, question, on(3), text=text)


def test_later_it_is_corrected_with_a_reason_by_who_may_correct_deadlines(cast: Cast, question: Question) -> None:
    letter = made_on(cast, question, on(3))
    post_letter(letter=letter, by=cast.fatima, at=on(10), posted_on=date(2026, 3, 10))
    assert states(question)[0][1] == "missed"
    with pytest.raises(Refused, match="Schrijf op waarom"):
        redate_letter(letter=letter, by=cast.sanne, at=on(12), posted_on=date(2026, 3, 9), reason=" ")
    redate_letter(letter=letter, by=cast.sanne, at=on(12), posted_on=date(2026, 3, 9), reason="De postbode tekende")
    with pytest.raises(Refused, match="staat al"):
        redate_letter(letter=letter, by=cast.sanne, at=on(12), posted_on=date(2026, 3, 9), reason="Nog eens")
    assert states(question) == [("letter.respond", "met", date(2026, 3, 9))]
    unpost_letter(letter=letter, by=cast.sanne, at=on(13), reason="Lag nog in de la")
    question.refresh_from_db()
    assert states(question) == [("letter.respond", "missed", date(2026, 3, 10))] and question.is_open


def test_a_posted_letter_on_a_closed_question_is_kept_and_a_merged_one_goes_along(
    cast: Cast, question: Question
) -> None:
    letter = made_on(cast, question, on(3), then="interim")
    other = register(
        by=cast.henk, at=MONDAY, channel="letter", received_at=MONDAY, customer=question.customer, text="Nog eens",
        asked=[Asked(subject_id=cast.grofvuil.pk, end="forward")],
    ).questions[0]  # fmt: skip
    merge_questions(keep=other, merge=question, by=cast.sanne, at=on(4))
    letter.refresh_from_db()
    assert letter.question == other
    Question.objects.filter(pk=other.pk).update(status="closed", close_reason="no_reaction_needed", closed_at=on(4))
    assert post_letter(letter=letter, by=cast.fatima, at=on(5), posted_on=date(2026, 3, 5))
    other.refresh_from_db()
    assert (other.status, other.close_reason) == ("closed", "no_reaction_needed")
    assert Contact.objects.filter(questions=other, direction="out").count() == 1


def test_a_letter_that_waits_longer_than_a_working_day_is_told_once(cast: Cast, question: Question) -> None:
    letter = made_on(cast, question, on(6))  # a Friday
    assert remind_letters(at=on(9, 23)) == 0
    assert remind_letters(at=on(10, 0)) == 1 and remind_letters(at=on(11)) == 0
    told = set(Notice.objects.filter(kind="letter_waits").values_list("user__username", flat=True))
    assert {"henk", "ria"} <= told
    page = browser(cast, "ria").get("/meldingen/").content.decode()
    assert "Brief nog niet op de post" in page and letter.question.number in page
    waits = Notice.objects.filter(kind="letter_waits")
    mark_read(user=cast.ria, at=on(11), question=letter.question)
    post_letter(letter=letter, by=cast.fatima, at=on(12), posted_on=date(2026, 3, 12))
    assert not waits.filter(read_at=None).exists(), "a letter that was posted asks nothing any more"
    unpost_letter(letter=letter, by=cast.fatima, at=on(12) + timedelta(seconds=9))
    assert set(waits.filter(read_at=None).values_list("user__username", flat=True)) == told - {"ria"}
    withdraw_letter(letter=letter, by=cast.henk, at=on(13))
    assert not waits.filter(read_at=None).exists()


def test_a_letter_goes_from_the_reply_by_the_list_to_the_post_and_back(cast: Cast, question: Question) -> None:
    henk, fatima = browser(cast, "henk"), browser(cast, "fatima")
    page = f"/vragen/{question.number}/"
    with time_machine.travel(on(3), tick=False):
        shown = henk.get(page).content.decode()
        assert "Dorpsstraat 41\n1716 KA  OPMEER" in shown and 'value="Beste mevrouw De Wit,"' in shown
        values = {
            "text": "Ja, woensdag.",
            "channel": "letter",
            "then": "close",
            "version": question.version,
            "key": "k",
        }
        empty = henk.post(f"{page}antwoord/", {**values, "recipient": "A. de Wit", "greeting": ""})
        long = henk.post(f"{page}antwoord/", {**values, "text": "lang " * 4_001})
        assert long.status_code == 422 and "hoogstens 20.000 tekens" in long.content.decode()
        assert empty.status_code == 422 and "Vul het adres voor de envelop in" in empty.content.decode()
        for _twice in range(2):
            assert henk.post(f"{page}antwoord/", values).status_code == 302
        letter = OutgoingLetter.objects.get()
        assert "Nog niet op de post" in henk.get(page).content.decode()
        listed = fatima.get("/post/uit/").content.decode()
        assert "1 brief moet nog op de post" in listed and question.number in listed
        printed = fatima.post("/post/uit/afdrukken/", {"brief": letter.pk})
        assert printed["Content-Type"] == "application/pdf" and printed.content.startswith(b"%PDF")
        letter.refresh_from_db()
        assert letter.printed_at == on(3) and letter.state == "waiting"
        assert fatima.post("/post/uit/gepost/", {"posted_on": "2026-03-03"}).status_code == 422
        assert fatima.post("/post/uit/gepost/", {"brief": letter.pk, "posted_on": "gisteren"}).status_code == 422
        told = fatima.post("/post/uit/gepost/", {"brief": [letter.pk, 999_999], "posted_on": "2026-03-03"}, follow=True)
        undo = re.search(r'action="(/post/uit/terug/[^"]+)"', told.content.decode())
        assert undo is not None and "Alle brieven zijn op de post" in told.content.decode()
        shown = henk.get(page).content.decode()
        assert "uitgaand · Brief · antwoord" in shown and "Op de post gedaan: di 3 mrt" in shown
        assert "Ongedaan gemaakt: 1 brief moet weer op de post." in fatima.post(undo[1], follow=True).content.decode()
        back = henk.post(f"/post/uit/{letter.pk}/intrekken/", follow=True).content.decode()
        assert "Ja, woensdag." in back and "Maak brief, sluit na posten" in back
        history = henk.get(f"/post/uit/{letter.pk}/").content.decode()
        for words in ("Brief gemaakt", "Geprint", "Ongedaan gemaakt: nog niet op de post", "Ingetrokken"):
            assert words in history
    assert browser(cast, "bas").get(f"/post/uit/{letter.pk}/").status_code == 404
    assert question.number not in browser(cast, "bas").get("/post/uit/?toon=ingetrokken").content.decode()
