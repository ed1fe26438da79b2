"""A question that turns out to be a complaint, or none: which promises it has then, and what the deadline card says of the law."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import time_machine

from contacts.actions.ask_customer import ask_customer
from contacts.actions.edit_question import edit_question
from contacts.models import NormClock, Question
from tests.contacts.question_page import login, url
from tests.contacts.test_clock_life import asked
from tests.organisation.test_workdays import local

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.django_db
LATER = local("2026-03-03 10:00")
AFTER_THE_LAW = local("2026-04-20 10:00")


def becomes(question: Question, cast: Cast, *kinds: str, at=LATER) -> Question:
    for kind in kinds:
        question.refresh_from_db()
        edit_question(
            question=question,
            by=cast.fatima,
            at=at,
            title="Vraag",
            subject_id=None,
            kind=kind,
            version=question.version,
        )
    question.refresh_from_db()
    return question


def states(question: Question) -> dict[str, str]:
    return dict(
        NormClock.objects.filter(question=question, replaced_by=None).order_by("id").values_list("code", "state")
    )


@pytest.mark.parametrize(
    ("channel", "begins", "kinds", "expected", "due"),
    [
        ("email", "question", ["complaint"], {"email.answer": "running", "complaint.settle": "running"}, "03-06"),
        ("email", "question", ["complaint", "question"], {"email.answer": "running", "complaint.settle": "cancelled"}, "03-06"),
        ("email", "complaint", ["report"], {"email.answer": "running", "complaint.settle": "cancelled"}, "03-06"),
        ("email", "complaint", ["report", "complaint"], {"email.answer": "running", "complaint.settle": "running"}, "03-06"),
        ("email", "complaint", ["report", "complaint", "report"], {"email.answer": "running", "complaint.settle": "cancelled"}, "03-06"),
        ("email", "complaint", ["complaint"], {"complaint.settle": "running"}, "04-14"),
        ("email", "question", ["report"], {"email.answer": "running"}, "03-06"),
        ("counter", "complaint", ["question"], {"handover.answer": "running", "complaint.settle": "cancelled", "visit.wait": "met"}, "03-06"),
        ("letter", "complaint", ["question"], {"letter.respond": "running", "complaint.settle": "cancelled"}, "03-10"),
    ],
)  # fmt: skip
def test_which_promises_run(
    cast: Cast, channel: str, begins: str, kinds: list[str], expected: dict[str, str], due: str
) -> None:
    question = asked(cast, kind=begins, channel=channel)
    NormClock.objects.filter(question=question, code__endswith="acknowledge").delete()
    becomes(question, cast, *kinds)
    assert states(question) == expected
    assert question.due_at == local(f"2026-{due} 00:00")


def test_a_term_that_ran_out_stays_in_the_history_but_keeps_no_other_question_late(cast: Cast) -> None:
    question = asked(cast, kind="complaint")
    NormClock.objects.filter(question=question).exclude(code="complaint.settle").delete()
    becomes(question, cast, "question", at=AFTER_THE_LAW)
    assert states(question) == {"complaint.settle": "missed", "email.answer": "missed"}
    assert question.due_at == local("2026-03-06 00:00")


def card(question: Question, cast: Cast) -> str:
    page = login(cast.fatima).get(url(question)).content.decode()
    return " ".join(page.split('class="clock-card"')[1].split('<div class="side-section')[0].split())


@pytest.mark.parametrize(
    ("begins", "waits", "at", "line"),
    [
        ("question", False, "2026-03-04 10:00", "Klacht: volgens de wet (Awb 9:11) uiterlijk ma 13 apr."),
        ("question", True, "2026-03-04 10:00", "Klacht: de wettelijke termijn (Awb 9:11) staat ook stil."),
        ("question", False, "2026-04-20 10:00", "Klacht: de wettelijke termijn (Awb 9:11) liep af op ma 13 apr."),
        ("complaint", False, "2026-03-04 10:00", ""),
    ],
)
def test_the_deadline_card_tells_the_term_of_the_law_beside_the_promise(
    cast: Cast, begins: str, waits: bool, at: str, line: str
) -> None:
    question = becomes(asked(cast, kind=begins), cast, "complaint")
    if waits:
        ask_customer(question=question, by=cast.fatima, at=LATER)
    with time_machine.travel(local(at), tick=False):
        told = card(question, cast)
        becomes(question, cast, "question")
        assert "Awb 9:11" not in card(question, cast)
    assert line in told and ("Awb 9:11" in told) == bool(line)
