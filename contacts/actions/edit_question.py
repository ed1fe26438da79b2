"""Changes what a question is about. Norm and team stay as promised; handing over is an act of its own.

One that turns out to be a complaint gets the term of the law beside what was promised (Awb 9:11).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from channels_app.adapters.email.sensitive import masked
from contacts import normalize
from contacts.actions.change import changing
from contacts.actions.clocks import pause_clocks, start_clocks
from contacts.models import Contact, Customer, NormClock, Question
from contacts.norms.promises import COMPLAINT
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
    customer: Customer | None = None,
) -> Question:
    """Title, subject, kind and (when given) the customer, for one whose customer was unknown."""
    title = normalize.clean_line(title, 200)
    if not title:
        raise Refused(_("Fill in what the question is about."), "title")
    subject = organisation().subjects.get(subject_id) if subject_id else None
    if subject_id and subject is None:
        raise Refused(_("Choose a subject from the list."), "subject")
    if kind not in QuestionKind.values:
        raise Refused(_("Choose a kind of question."), "kind")
    with changing(question, by=by, at=at, version=version, reason="edited") as fresh:
        fresh.title = masked(title)
        fresh.subject = subject
        was, fresh.kind = fresh.kind, kind
        if customer is not None:
            fresh.customer = customer
        if kind == QuestionKind.COMPLAINT != was and fresh.is_open:
            _start_term_of_the_law(fresh, by=by, at=at)
    return question


def _start_term_of_the_law(question: Question, *, by: User, at: datetime) -> None:
    """From the first contact on; once, also when the kind goes to and fro."""
    if NormClock.objects.filter(question=question, code=COMPLAINT).exists():
        return
    first = Contact.objects.filter(questions=question).order_by("received_at", "pk").first()
    if first is None:
        return
    start_clocks(question, first, [COMPLAINT], by=by, at=at)
    if question.status == Question.Status.WAITING:
        pause_clocks(question, by=by, at=at, cause="waiting for customer")
