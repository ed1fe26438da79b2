"""Acknowledgements left: the promise of each is kept, and the question's deadline is the next one.

This is done once for everything that comes in, so its statements are built once, and for all that left together they are run once. Nothing
that the history keeps of a question changes by it; what happened stands among the events of the clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import F

from contacts.actions.clocks import LIVE, project, stop_clock
from contacts.models import ClockEvent, NormClock, Question
from contacts.norms.promises import STOPPED_BY_ACKNOWLEDGEMENT
from organisation.bulk import insert_rows, update_rows
from organisation.prepared import listed, rows_prepared

STOPPED = (
    "state",
    "stopped_at",
    "settled_at",
    "settled_on",
    "stop_reason",
    "due_at",
    "soon_at",
    "escalate_at",
    "paused_at",
    "remaining",
)
"""What stopping may change of a clock, also of one that was paused."""


def note_acknowledged(left: Mapping[int, datetime]) -> None:
    """Contact → when its acknowledgement left. Inside the transaction that marks them sent; not for letters, whose second norm begins with it."""
    questions = _locked_questions(left)
    of: dict[int, list[NormClock]] = {question.pk: [] for question, _at in questions}
    for clock in _locked_clocks(of):
        of[clock.question_id].append(clock)
    stopped: list[NormClock] = []
    events: list[ClockEvent] = []
    changed: dict[int, Question] = {}
    for question, at in questions:
        clocks = of[question.pk]
        kept = [clock for clock in clocks if clock.state in LIVE and clock.code in STOPPED_BY_ACKNOWLEDGEMENT]
        if not kept:
            continue
        events += [e for clock in kept for e in stop_clock(clock, by=None, at=at, cause="acknowledged")]
        stopped += kept
        project(question, [clock for clock in clocks if clock.replaced_by_id is None])
        changed[question.pk] = question
    update_rows(stopped, *STOPPED)
    insert_rows(events)
    update_rows(list(changed.values()), "due_at", "soon_at", "sort_at")


def _locked_questions(left: Mapping[int, datetime]) -> list[tuple[Question, datetime]]:
    """A question of two of these contacts comes twice."""
    rows: list[Question] = rows_prepared(
        "questions of acknowledged contacts",
        lambda marks: (
            Question.objects.filter(question_contacts__contact__in=listed(marks["contacts"]))
            .annotate(acknowledged=F("question_contacts__contact"))
            .select_for_update(of=("self",))
            .order_by("pk")
        ),
        {"contacts": _text(left)},
    )
    return [(row, left[row.acknowledged]) for row in rows]  # type: ignore[attr-defined]


def _locked_clocks(questions: Mapping[int, object]) -> list[NormClock]:
    return rows_prepared(
        "clocks of acknowledged questions",
        lambda marks: (
            NormClock.objects.filter(question__in=listed(marks["questions"])).select_for_update().order_by("pk")
        ),
        {"questions": _text(questions)},
    )


def _text(ids: Mapping[int, object]) -> str:
    return ",".join(map(str, ids))
