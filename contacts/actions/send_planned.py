"""Lets planned replies leave when their moment is there: each becomes an answer as if it was written now, or says why it cannot."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from channels_app.models import Channel
from contacts.access import lock_question
from contacts.actions.answer import answer
from contacts.actions.plan_reply import PLANNED
from contacts.actions.tell import tell
from contacts.models import Contact, Notice, PlannedReply, Question
from contacts.models.contact import REOPENED
from organisation.errors import Refused
from organisation.snapshot import organisation

log = logging.getLogger(__name__)
State = PlannedReply.State
BATCH = 500
LATE = timedelta(minutes=15)
"""A reply that was held up by an outage for longer than this waits until somebody is at work again."""


def send_planned(*, at: datetime) -> int:
    """How many left. Two sweeps never send the same one, and none that was taken back."""
    due = PlannedReply.objects.filter(state=State.WAITING, send_at__lte=at).order_by("is_scheduled", "send_at", "pk")
    left = 0
    for pk in list(due.values_list("pk", flat=True)[:BATCH]):
        try:
            left += _leave(pk, at)
        except Exception:  # one reply must not stop the next; this one is tried again at the next tick
            log.exception("a planned reply could not leave", extra={"planned": pk})
    return left


def _leave(pk: int, at: datetime) -> bool:
    """In one transaction: the question is locked first, as every act does, then the row that taking back also wants."""
    with transaction.atomic():
        planned = PlannedReply.objects.filter(pk=pk).select_related("question", "created_by").get()
        question = lock_question(None, planned.question)
        found = PlannedReply.objects.select_for_update().filter(pk=pk, state=State.WAITING).first()
        if found is None:
            return False
        if found.question_id != question.pk:  # a merge took it along: the next sweep locks the question it is at now
            return False
        if found.is_scheduled and at > found.send_at + LATE and not _is_open(question.team_id, at):
            return False
        try:
            then, unread = _still_fits(found, question)
            with transaction.atomic():
                contact = answer(
                    question=question,
                    by=planned.created_by,
                    at=at,
                    text=found.text,
                    channel=found.channel,
                    to_address=found.to_address,
                    copies=found.copies,
                    subject_line=found.subject_line,
                    then=then,
                    is_answer=found.is_answer,
                    files=found.files.order_by("pk"),
                    is_edit=False,
                    unread=unread,
                )
        except Refused as refused:
            refuse(found, refused.message, at)
            return False
        except (Http404, PermissionDenied):
            refuse(found, _("%(name)s may not answer this question any more.") % {"name": planned.created_by}, at)
            return False
        found.state, found.contact, found.settled_at = State.SENT, contact, at
        found.save()
        return True


def _is_open(team_id: int, at: datetime) -> bool:
    return organisation().calendar_of(team_id).rules.is_open(at)


def _still_fits(planned: PlannedReply, question: Question) -> tuple[str, Contact | None]:
    """What happens with the question when it leaves, and what the customer wrote last meanwhile, or `Refused`: whoever wrote it knew nothing of what came since.

    A planned reply stays when the customer wrote or a colleague answered. One that could only be taken back stays when an e-mail of the customer
    would be closed or put to wait with it, unread; in a talk by a service, where lines cross all the time, it goes and the question stays open.
    That an employee opened the question again is no word of the customer.
    """
    since = Contact.objects.filter(_after(planned), questions=planned.question_id, is_automatic=False)
    ends = planned.then in ("close", "waiting")
    wrote = since.filter(direction=Contact.Direction.IN).exclude(remarks__contains=[REOPENED])
    unread = wrote.order_by("received_at", "pk").last()
    if unread is not None and (planned.is_scheduled or ends):
        if not planned.is_scheduled and planned.channel != Channel.EMAIL:
            return "stay", unread
        raise Refused(_("The customer wrote again after this reply was planned."))
    is_answered = question.answered_at is not None and question.answered_at > planned.created_at
    if planned.is_scheduled and (is_answered or since.filter(direction=Contact.Direction.OUT, is_answer=True).exists()):
        raise Refused(_("The question was answered after this reply was planned."))
    return planned.then, unread


def _after(planned: PlannedReply) -> Q:
    """What was written down with the question after this reply was: by the order of its history, for a mail carries the moment at which a whole sweep began."""
    steps = planned.question.history
    written = (
        steps.filter(history_change_reason=PLANNED, history_date=planned.created_at).order_by("history_id").first()
    )
    if written is None:  # planned at a question that was merged into this one since
        return Q(registered_at__gt=planned.created_at)
    later = steps.filter(history_id__gt=written.history_id).exclude(history_change_reason=PLANNED)
    return Q(registered_at__in=later.values("history_date"))


def refuse(planned: PlannedReply, why: str, at: datetime) -> None:
    """Who wrote it and who has the question are told; the text stays on the timeline to go on with."""
    planned.state, planned.why, planned.settled_at = State.REFUSED, why[:500], at
    planned.save()
    tell(
        [planned.created_by_id, planned.question.assignee_id],
        kind=Notice.Kind.SEND_FAILED,
        question=planned.question,
        key=f"planned:{planned.pk}",
        at=at,
    )
