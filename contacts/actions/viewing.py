"""Who has a question on the screen now; renewed by the page every 20 seconds, swept when old."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from contacts.models import Question, QuestionViewer

if TYPE_CHECKING:
    from organisation.models import User


def look(*, question: Question, by: User, at: datetime, is_writing: bool) -> None:
    """One row per person and question, in one statement."""
    QuestionViewer.objects.bulk_create(
        [QuestionViewer(question=question, user=by, seen_at=at, is_writing=is_writing)],
        update_conflicts=True,
        unique_fields=["question", "user"],
        update_fields=["seen_at", "is_writing"],
    )


def leave(*, question: Question, by: User) -> None:
    """The page was closed."""
    QuestionViewer.objects.filter(question=question, user=by).delete()
