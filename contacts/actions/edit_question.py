"""Changes what a question is about. Norm and team stay as promised; handing over is an act of its own."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from channels_app.adapters.email.sensitive import masked
from contacts import normalize
from contacts.actions.change import changing
from contacts.models import Customer, Question
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
        fresh.kind = kind
        if customer is not None:
            fresh.customer = customer
    return question
