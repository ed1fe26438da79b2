"""Open questions stand in the way of putting a team out of use: no list offers it any more, and nobody could hand them back to it."""

from __future__ import annotations

from django.utils.translation import ngettext

from contacts.models import Question
from organisation.left_behind import LEFT_BEHIND
from organisation.models import Team


def open_questions(team: Team) -> str:
    count = Question.objects.open().filter(team=team).count()
    text = ngettext(
        "This team still has %(count)s open question. Let the coordinator hand it over first.",
        "This team still has %(count)s open questions. Let the coordinator hand them over first.",
        count,
    )
    return text % {"count": count} if count else ""


LEFT_BEHIND.append(open_questions)
