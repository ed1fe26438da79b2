"""An acknowledgement left: the promise of it is kept, and the question's deadline is the next one.

This is done once for everything that comes in, so its statements are built once. Nothing that the history keeps of a question
changes by it; what happened stands among the events of the clock.
"""

from __future__ import annotations

from datetime import datetime

from contacts.actions.clocks import LIVE, project, save_clocks, stop_clock
from contacts.models import NormClock, Question
from contacts.norms.promises import STOPPED_BY_ACKNOWLEDGEMENT
from organisation.prepared import rows_prepared


def note_acknowledged(contact_id: int, *, at: datetime) -> None:
    """Inside the transaction that marks the acknowledgement sent; not for letters, whose second norm begins with it."""
    for question in _locked_questions(contact_id):
        clocks = _locked_clocks(question.pk)
        kept = [clock for clock in clocks if clock.state in LIVE and clock.code in STOPPED_BY_ACKNOWLEDGEMENT]
        if not kept:
            continue
        save_clocks(kept, [e for clock in kept for e in stop_clock(clock, by=None, at=at, cause="acknowledged")])
        project(question, [clock for clock in clocks if clock.replaced_by_id is None])
        Question.objects.filter(pk=question.pk).update(
            due_at=question.due_at, soon_at=question.soon_at, sort_at=question.sort_at
        )


def _locked_questions(contact_id: int) -> list[Question]:
    return rows_prepared(
        "questions of an acknowledged contact",
        lambda marks: Question.objects.filter(contacts=marks["contact"]).select_for_update(of=("self",)).order_by("pk"),
        {"contact": contact_id},
    )


def _locked_clocks(question_id: int) -> list[NormClock]:
    return rows_prepared(
        "clocks of an acknowledged question",
        lambda marks: NormClock.objects.filter(question=marks["question"]).select_for_update().order_by("pk"),
        {"question": question_id},
    )
