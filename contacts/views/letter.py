"""Letters on paper: the answer that was written as a letter, and the acknowledgement of one that came in."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contacts.access import get_question
from contacts.models import Contact, Question
from contacts.pages.letter import Letter, acknowledgement_letter, answer_letter
from organisation.audit import record_view
from organisation.clock import now
from organisation.errors import Refused
from organisation.pdf import NoPdf, make_pdf
from organisation.roles import Right, needs
from organisation.snapshot import organisation

LANGUAGE: Final = "nl"
_one_at_a_time = threading.Semaphore(1)
"""A letter takes a second of a process of its own; more of them would keep the pages of colleagues waiting."""
PATIENCE: Final = 10


@require_safe
@needs(Right.QUESTIONS_READ)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter of an outgoing contact."""
    visible = Question.objects.visible_to(request.user)
    contact = Contact.objects.filter(pk=pk, direction=Contact.Direction.OUT, channel="letter").first()
    question = visible.filter(contacts=pk).select_related("customer", "subject", "team").first() if contact else None
    if contact is None or question is None:
        raise Http404
    return _on_paper(request, question, lambda: answer_letter(contact, question, organisation()))


@require_safe
@needs(Right.QUESTIONS_READ)
def acknowledgement(request: HttpRequest, number: str) -> HttpResponse:
    """For a question that came by letter."""
    question = get_question(request.user, number)
    if question.channel != "letter":
        raise Http404
    return _on_paper(request, question, lambda: acknowledgement_letter(question, now(), organisation()))


def _on_paper(request: HttpRequest, question: Question, write: Callable[[], Letter]) -> HttpResponse:
    back = redirect("contacts:question", question.number)
    if not _one_at_a_time.acquire(timeout=PATIENCE):
        messages.error(request, _("Many letters are made at once. Try again in a minute."))
        return back
    try:
        with translation.override(LANGUAGE):
            written = write()
            data = make_pdf("contacts/letter_pdf.html", {"letter": written})
    except (Refused, NoPdf) as refused:
        messages.error(request, refused.message)
        return back
    finally:
        _one_at_a_time.release()
    record_view(request, page="letter", question_id=question.pk, customer_id=question.customer_id)
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{written.name}"'
    response["Cache-Control"] = "no-store, private"
    return response
