"""Who has a question on the screen now; renewed by the page every 20 seconds, swept when old."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from contacts.models import Question, QuestionViewer
from organisation.prepared import Statement

if TYPE_CHECKING:
    from organisation.models import User

_ROW: Final = {"question_id": "bigint", "user_id": "bigint", "seen_at": "timestamptz", "is_writing": "boolean"}
_LOOKS: Final = Statement(
    "INSERT INTO contacts_questionviewer (question_id, user_id, seen_at, is_writing) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT (question_id, user_id)"
    " DO UPDATE SET seen_at = EXCLUDED.seen_at, is_writing = EXCLUDED.is_writing RETURNING id",
    params=tuple((True, name) for name in _ROW),
    types=tuple(_ROW.items()),
    make=list,
)


def look(*, question: Question, by: User, at: datetime, is_writing: bool) -> None:
    """One row per person and question, in one statement."""
    _LOOKS.run({"question_id": question.pk, "user_id": by.pk, "seen_at": at, "is_writing": is_writing})


def leave(*, question: Question, by: User) -> None:
    """The page was closed."""
    QuestionViewer.objects.filter(question=question, user=by).delete()
