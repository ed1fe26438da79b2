"""Two people, two workers, two requests at once: one wins, nobody's work is lost; each with a control that shows the race."""

from __future__ import annotations

from collections import Counter

import pytest

from contacts.actions.ask_customer import ask_customer
from contacts.actions.assign import assign, take
from contacts.actions.change_rule import RuleTerms, add_rule, move_rule
from contacts.actions.close import close
from contacts.actions.log_conversation import log_conversation
from contacts.actions.make_letter import make_letter
from contacts.actions.merge import merge_questions
from contacts.actions.note import add_note
from contacts.actions.post_letter import post_letter
from contacts.actions.register import Asked, Registered, register
from contacts.models import Assignment, ClockEvent, Contact, NormClock, OutgoingLetter, Question, RoutingRule
from organisation.errors import Refused, Stale
from organisation.models import User
from tests.cast import Cast, person, settle_in
from tests.contacts.test_settle import at_once
from tests.organisation.test_workdays import local

AT = local("2026-03-02 09:00")
pytestmark = pytest.mark.django_db(transaction=True)


def question_of(cast: Cast) -> Question:
    return register(
        by=cast.fatima,
        at=AT,
        channel="email",
        received_at=AT,
        asked=[Asked(title="Vraag", subject_id=cast.grofvuil.pk)],
        address="klant@example.nl",
    ).questions[0]


def colleagues(cast: Cast, count: int) -> list[User]:
    return [person(f"collega{number}", "team_member", cast.openbare_ruimte) for number in range(count)]


def test_control_a_read_and_a_write_without_a_lock_lose_an_update() -> None:
    """Shows that these threads do meet: without the lock of `changing`, several of eight "take" the question."""
    cast = settle_in()
    question = question_of(cast)
    people = colleagues(cast, 8)
    from threading import Barrier

    read = Barrier(8)

    def naive(number: int) -> bool:
        free = Question.objects.get(pk=question.pk).assignee_id is None
        read.wait(timeout=60)
        if free:
            Question.objects.filter(pk=question.pk).update(assignee=people[number])
        return free

    assert at_once(8, naive).count(True) == 8


def test_of_eight_who_take_a_question_at_once_one_wins() -> None:
    cast = settle_in()
    question = question_of(cast)
    people = colleagues(cast, 8)
    done = at_once(8, lambda number: take(question=Question.objects.get(pk=question.pk), by=people[number], at=AT))
    refused = [one for one in done if isinstance(one, Refused)]
    won = [one for one in done if isinstance(one, Question)]
    assert (len(won), len(refused)) == (1, 7), done
    question.refresh_from_db()
    assert all(str(question.assignee) in one.message for one in refused)
    assert Assignment.objects.filter(question=question, until_at=None).count() == 1
    assert Assignment.objects.filter(question=question).count() == 2


def test_two_who_save_on_one_version_do_not_lose_each_others_work() -> None:
    cast = settle_in()
    question = question_of(cast)
    version = question.version
    people = colleagues(cast, 4)
    done = at_once(
        4,
        lambda number: assign(
            question=Question.objects.get(pk=question.pk), by=cast.ria, at=AT, to=people[number], version=version
        ),
    )
    assert sum(isinstance(one, Stale) for one in done) == 3, done
    question.refresh_from_db()
    assert question.version == version + 1
    assert question.history.count() == 2


def test_answer_close_note_and_pause_at_once_leave_one_consistent_question() -> None:
    cast = settle_in()
    for _round in range(4):
        question = question_of(cast)

        def act(number: int, pk: int = question.pk) -> object:
            row = Question.objects.get(pk=pk)
            if number == 0:
                return log_conversation(
                    question=row, by=cast.fatima, at=AT, channel="phone", text="Zo", is_answer=True, then="close"
                )
            if number == 1:
                return close(question=row, by=cast.sanne, at=AT, reason="passed_on")
            if number == 2:
                return add_note(question=row, by=cast.henk, at=AT, text="Notitie")
            return ask_customer(question=row, by=cast.henk, at=AT)

        done = at_once(4, act)
        assert not [one for one in done if isinstance(one, Exception) and not isinstance(one, Refused)], done
        question.refresh_from_db()
        assert question.status == "closed"
        assert not NormClock.objects.filter(question=question, state__in=["running", "paused"]).exists()
        ends = Counter(
            ClockEvent.objects.filter(clock__question=question, kind__in=["met", "missed", "cancelled"]).values_list(
                "clock_id", flat=True
            )
        )
        assert set(ends.values()) == {1}
        versions = list(question.history.order_by("version").values_list("version", flat=True))
        assert versions == list(range(1, question.version + 1))


def test_one_key_at_once_is_registered_once() -> None:
    cast = settle_in()

    def send(number: int) -> object:
        return register(
            by=cast.fatima,
            at=AT,
            channel="phone",
            received_at=AT,
            asked=[Asked(title="Dubbel geklikt", end="direct")],
            text="Dubbel",
            key="0b7c9a6e-one",
        )

    done = at_once(6, send)
    assert all(isinstance(one, Registered) for one in done), done
    assert len({one.questions[0].number for one in done if isinstance(one, Registered)}) == 1
    assert sum(not one.is_repeat for one in done if isinstance(one, Registered)) == 1
    assert Contact.objects.count() == 1
    assert Question.objects.count() == 1


def test_numbers_are_given_once() -> None:
    cast = settle_in()
    done = at_once(8, lambda _number: question_of(cast).number)
    assert len({one for one in done if isinstance(one, str)}) == 8, done


def test_two_that_merge_each_other_end_with_one_open_question() -> None:
    cast = settle_in()
    one, two = question_of(cast), question_of(cast)
    pairs = [(one.pk, two.pk), (two.pk, one.pk)]

    def merge(number: int) -> object:
        keep, gone = pairs[number]
        return merge_questions(
            keep=Question.objects.get(pk=keep), merge=Question.objects.get(pk=gone), by=cast.sanne, at=AT
        )

    done = at_once(2, merge)
    assert not [x for x in done if isinstance(x, Exception) and not isinstance(x, Refused)], done
    assert Question.objects.filter(merged_into__isnull=False).count() == 1
    assert Question.objects.open().count() == 1


def test_two_that_move_rules_at_once_leave_one_order() -> None:
    cast = settle_in()
    rules = [
        add_rule(
            terms=RuleTerms(name=f"Regel {number}", team_id=cast.burgerzaken.pk, channel="email"), by=cast.sanne, at=AT
        )
        for number in range(4)
    ]
    done = at_once(4, lambda number: move_rule(rule=rules[number], by=cast.sanne, at=AT, up=number % 2 == 0))
    assert not [one for one in done if isinstance(one, Exception)], done
    positions = list(RoutingRule.objects.values_list("position", flat=True))
    assert len(set(positions)) == 4


def test_of_people_who_post_one_letter_at_once_one_does() -> None:
    cast = settle_in()
    question = question_of(cast)
    given = {"recipient": "A. Kok\nDorp 1\n1716 KA Opmeer", "greeting": "", "text": "Ja.", "then": "close"}
    letter = make_letter(question=question, by=cast.henk, at=AT, **given)
    people = [cast.fatima, cast.henk, cast.sanne, *colleagues(cast, 3)]

    def post(number: int) -> object:
        mine = OutgoingLetter.objects.get(pk=letter.pk)
        return post_letter(letter=mine, by=people[number], at=AT, posted_on=AT.date())

    assert sorted(at_once(6, post), key=str) == [False] * 5 + [True]
    assert Contact.objects.filter(direction="out").count() == 1
    assert OutgoingLetter.objects.get().history.filter(history_change_reason="posted").count() == 1
