"""Brings the deadline in the lists of many questions up to date from their clocks."""

from __future__ import annotations

from collections.abc import Sequence

from contacts.actions.clocks import project
from contacts.models import NormClock, Question


def project_many(questions: Sequence[Question]) -> None:
    """For questions that the caller has locked. No new version and no history: nobody edited them."""
    of: dict[int, list[NormClock]] = {question.pk: [] for question in questions}
    for clock in NormClock.objects.filter(question__in=list(of), replaced_by__isnull=True).order_by("id"):
        of[clock.question_id].append(clock)
    for question in questions:
        project(question, of[question.pk])
    Question.objects.bulk_update(questions, ["due_at", "soon_at", "sort_at"], batch_size=500)
