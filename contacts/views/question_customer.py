"""The customer of a question whose message a colleague passed on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.access import get_question
from contacts.actions.adopt_sender import adopt_sender
from organisation.clock import now
from organisation.errors import Refused
from organisation.roles import Right, needs


@require_POST
@needs(Right.QUESTIONS_WRITE)
def adopt(request: HttpRequest, number: str, contact_id: int) -> HttpResponse:
    """Back to the question, with who it is now; or with the reason why not."""
    question = get_question(request.user, number, write=True)
    try:
        customer = adopt_sender(question=question, contact_id=contact_id, by=request.user, at=now())
    except Refused as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("%(name)s is now the customer of this question.") % {"name": customer})
    return redirect("contacts:question", number=question.number)
