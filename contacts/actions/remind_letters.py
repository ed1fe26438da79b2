"""Letters that wait longer than a working day: who made it, who has the question and the team's leads are told, once.

The notice ends by itself with the letter: posted or withdrawn, nobody has to read it any more.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from contacts.actions.make_letter import State
from contacts.actions.settle import Receivers
from contacts.actions.tell import tell
from contacts.models import Notice, OutgoingLetter

BATCH = 200


@transaction.atomic
def remind_letters(*, at: datetime) -> int:
    """How many; may run twice, late or not at all."""
    rows = OutgoingLetter.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        state=State.WAITING, post_by__lte=at, told_at=None
    )
    letters = list(rows.select_related("question").order_by("post_by", "pk")[:BATCH])
    if not letters:
        return 0
    people = Receivers(at)
    for letter in letters:
        question = letter.question
        tell(
            [letter.made_by_id, question.assignee_id, *sorted(people.lead_of(question.team_id))],
            kind=Notice.Kind.LETTER_WAITS,
            question=question,
            key=_key(letter),
            at=at,
        )
    OutgoingLetter.objects.filter(pk__in=[letter.pk for letter in letters]).update(told_at=at)
    return len(letters)


def end_reminders(letter: OutgoingLetter, *, at: datetime) -> None:
    """On the letter that was settled at this moment."""
    Notice.objects.filter(kind=Notice.Kind.LETTER_WAITS, key=_key(letter), read_at=None).update(read_at=at)


def remind_again(letter: OutgoingLetter, *, ended_at: datetime | None) -> None:
    """A letter that waits after all: the reminders that its posting ended are unread again; those that somebody read are not."""
    told = Notice.objects.filter(kind=Notice.Kind.LETTER_WAITS, key=_key(letter))
    told.filter(read_at=ended_at, read_at__isnull=False).update(read_at=None)


def _key(letter: OutgoingLetter) -> str:
    return f"letter:{letter.pk}"
