"""Takes back what one did a moment ago to who holds a question: giving, handing over, reminding. The history says both."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext as _

from contacts.access import lock_question
from contacts.actions.change import changing
from contacts.actions.note import add_note
from contacts.actions.undo_registration import UNDO_TIME
from contacts.actions.visit_wait import wait_again
from contacts.models import Assignment, ConfidentialAccess, NormClock, Note, Notice, Question
from contacts.models.contact import UNDONE
from organisation.errors import Refused
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User

_RESTORED = ("status", "team_id", "assignee_id", "transfer_count", "is_direct")


@one_transaction
def put_back(*, number: str, version: int, by: User, at: datetime) -> Question:
    """The question as it was before one gave it away or handed it over.

    Only by who did it, within a minute, and when nothing happened since: `version` is that of right after the act. The question
    may be out of this person's reach by now; that is why it is found by the assignment that he or she made.
    """
    made = (
        Assignment.objects.filter(question__number=number[:20].upper(), assigned_by=by, until_at__isnull=True)
        .select_related("question")
        .first()
    )
    if made is None:
        if Question.history.filter(number=number[:20].upper(), version=version, history_user=by).exists():
            raise Refused(_since())  # one's own act, but a colleague took it since, or it was put back already
        raise Http404
    if at - made.from_at > UNDO_TIME:
        raise Refused(_("It is too late to undo this. Give the question away again instead."))
    before = Assignment.objects.filter(question=made.question, until_at=made.from_at).order_by("-pk").first()
    question = made.question
    with changing(question, by=by, at=at, is_back=True, is_help=False, reason=UNDONE) as fresh:
        earlier = fresh.history.filter(version=version - 1).order_by("-history_date", "-history_id")
        was = earlier.values(*_RESTORED).first() if fresh.version == version and fresh.is_open else None
        if before is None or was is None:
            raise Refused(_since())
        _restore(fresh, was)
        made.delete()  # as if it never was there, also for how long teams held it
        Assignment.objects.filter(pk=before.pk).update(until_at=None)
        NormClock.objects.filter(question=fresh, state__in=["running", "paused"]).update(team_id=fresh.team_id)
        wait_again(fresh, ended_at=made.from_at, by=by, at=at)
        ConfidentialAccess.objects.filter(question=fresh, granted_by=by, from_at=made.from_at).update(until_at=at)
    Notice.objects.filter(
        question=question,
        kind__in=(Notice.Kind.ASSIGNED, Notice.Kind.NAMED),
        key=f"question:{question.pk}:{version}",
        read_at__isnull=True,
        mailed_at__isnull=True,
    ).delete()
    return question


def _since() -> str:
    return _("Something happened to this question since. Open it to see how it is now.")


def _restore(question: Question, was: dict[str, Any]) -> None:
    for name, value in was.items():
        setattr(question, name, value)
    question._state.fields_cache.pop("team", None)
    question._state.fields_cache.pop("assignee", None)


@one_transaction
def take_back_reminder(*, question: Question, by: User, at: datetime) -> Question:
    """Only by who reminded, within a minute, and before the assignee saw it. The note stays; a second one says that it was taken back."""
    fresh = lock_question(by, question)
    notice = (
        Notice.objects.select_for_update()
        .filter(question=fresh, kind=Notice.Kind.REMINDED, at__gt=at - UNDO_TIME, at__lte=at)
        .order_by("-at")
        .first()
    )
    if notice is None or not Note.objects.filter(question=fresh, created_by=by, created_at=notice.at).exists():
        raise Refused(_("There is no reminder of yours to take back any more."))
    if notice.read_at is not None or notice.mailed_at is not None:
        raise Refused(_("%(name)s already saw the reminder.") % {"name": notice.user})
    notice.delete()
    add_note(question=fresh, by=by, at=at + timedelta(microseconds=1), text=_("Took the reminder back."))
    return fresh
