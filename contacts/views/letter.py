"""Letters on paper: what we wrote, as PDF."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contacts.models import Contact, OutgoingLetter, Question
from contacts.pages.letter import Letter, answer_letter, letter_on_paper
from contacts.pages.question_link import question_href
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
    """The letter of an outgoing contact, as it was posted."""
    visible = Question.objects.visible_to(request.user)
    contact = Contact.objects.filter(pk=pk, direction=Contact.Direction.OUT, channel="letter").first()
    question = visible.filter(contacts=pk).select_related("customer", "subject", "team").first() if contact else None
    if contact is None or question is None:
        raise Http404
    row = OutgoingLetter.objects.select_related("question").filter(contact=contact).first()
    at, house = now(), organisation()

    def write() -> list[Letter]:
        return [letter_on_paper(row, at, house) if row else answer_letter(contact, question, house)]

    response = on_paper(request, question_href(question.number), f"brief-{question.number}.pdf", write)
    if response.get("Content-Type") == "application/pdf":
        record_view(request, page="letter", question_id=question.pk, customer_id=question.customer_id)
    return response


def on_paper(request: HttpRequest, back: str, name: str, write: Callable[[], Sequence[Letter]]) -> HttpResponse:
    """The letters as one PDF; else back, with the reason."""
    if not _one_at_a_time.acquire(timeout=PATIENCE):
        messages.error(request, _("Many letters are made at once. Try again in a minute."))
        return redirect(back)
    try:
        with translation.override(LANGUAGE):
            data = make_pdf("contacts/letter_pdf.html", {"letters": write()})
    except (Refused, NoPdf) as refused:
        messages.error(request, refused.message)
        return redirect(back)
    finally:
        _one_at_a_time.release()
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    return response
