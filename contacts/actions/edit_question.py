"""Changes what a question is about. Norm and team stay as promised; handing over is an act of its own.

One that turns out to be a complaint gets the term of the law beside what was promised (Awb 9:11); one that turns out to be none
loses that term, and has the promise of its channel.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from channels_app.adapters.email.sensitive import masked
from contacts import normalize
from contacts.actions.change import changing
from contacts.actions.clocks import State, cancel_clocks, clocks_follow_subject, pause_clocks, start_clocks
from contacts.actions.replace_clock import start_anew
from contacts.models import Contact, NormClock, Question
from contacts.norms.promises import COMPLAINT, norms_to_start
from organisation.errors import Refused
from organisation.models import QuestionKind
from organisation.snapshot import organisation
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User


@one_transaction
def edit_question(
    *,
    question: Question,
    by: User,
    at: datetime,
    title: str,
    subject_id: int | None,
    kind: str,
    version: int,
) -> Question:
    """Title, subject and kind; team and deadline stay as promised."""
    title = normalize.clean_line(title, 200)
    if not title:
        raise Refused(_("Fill in what the question is about."), "title")
    subject = organisation().subjects.get(subject_id) if subject_id else None
    if subject_id and (subject is None or not (subject.is_active or subject_id == question.subject_id)):
        raise Refused(_("Choose a subject from the list."), "subject")
    if kind not in QuestionKind.values:
        raise Refused(_("Choose a kind of question."), "kind")
    with changing(question, by=by, at=at, version=version, is_help=False, reason="edited") as fresh:
        fresh.title = masked(title)
        if subject_id != fresh.subject_id:
            clocks_follow_subject(fresh, subject_id=subject_id, by=by, at=at)
        fresh.subject = subject
        was, fresh.kind = fresh.kind, kind
        if kind != was and QuestionKind.COMPLAINT in (kind, was) and fresh.is_open:
            _change_promise(fresh, by=by, at=at)
    return question


def _change_promise(question: Question, *, by: User, at: datetime) -> None:
    """The term of the law from the first contact on, or what its channel promises; once, also when the kind goes to and fro."""
    first = Contact.objects.filter(questions=question).order_by("received_at", "pk").first()
    if first is None:
        return
    if question.kind == QuestionKind.COMPLAINT:
        codes: tuple[str, ...] = (COMPLAINT,)
    else:
        cancel_clocks(question, by=by, at=at, cause="no complaint any more", codes=frozenset({COMPLAINT}))
        codes = norms_to_start(
            channel=first.channel,
            kind=question.kind,
            end="open",
            acknowledge=False,
            is_automatic=first.is_automatic,
        )
    had = {one.code: one for one in NormClock.objects.filter(question=question, replaced_by=None, contact=first)}
    start_clocks(question, first, [code for code in codes if code not in had], by=by, at=at)
    for code in codes:
        if code in had and had[code].state == State.CANCELLED:
            start_anew(had[code], by=by, at=at, cause="kind changed")
    if question.status == Question.Status.WAITING:
        pause_clocks(question, by=by, at=at, cause="waiting for customer")
