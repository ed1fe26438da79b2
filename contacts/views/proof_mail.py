"""A proof mail: the same intake as real mail, from a message that somebody types or pastes."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods

from channels_app.models import Mailbox
from channels_app.reasons import REMARKS
from contacts.actions.take_in_mail import take_in_mail
from contacts.forms.proof_mail import ProofMailForm
from contacts.models import Contact, Question
from organisation import audit
from organisation.clock import now
from organisation.roles import Right
from organisation.snapshot import organisation

WORDS = {
    "registered": "ok",
    "attached": "ok",
    "known": "warning",
    "ignored": "warning",
    "parked": "warning",
    "refused": "warning",
}


@require_http_methods(["GET", "HEAD", "POST"])
def proof_mail(request: HttpRequest) -> HttpResponse:
    """In the demo for everybody who registers questions; elsewhere for whoever watches the channels."""
    may = request.user.may(Right.PARKED_RETRY) or (settings.DEMO_MODE and request.user.may(Right.QUESTIONS_WRITE))
    if not may:
        raise PermissionDenied
    form = ProofMailForm(request.POST or None)
    context = {"nav": "channels", "form": form}
    if request.method == "POST" and form.is_valid():
        at = now()
        mailbox = Mailbox.objects.filter(is_active=True).order_by("pk").first()
        to = mailbox.address if mailbox is not None else organisation().municipality.email or settings.MAIL_FROM
        # a pasted message may be tried again: whether it is known is judged by its Message-ID, as for real mail
        result = take_in_mail(raw=form.message(to), source=f"test:{uuid4()}", at=at, mailbox=mailbox)
        audit.record(by=request.user, action="proof_mail.taken_in", outcome=result.outcome)
        question = (
            Question.objects.visible_to(request.user).filter(number=result.question).first()
            if result.question
            else None
        )
        contact = Contact.objects.filter(pk=result.contact).first() if result.contact and question is not None else None
        context |= {
            "result": result,
            "kind": WORDS.get(result.outcome, "warning"),
            "question": question,
            "question_url": _question_url(question),
            "team": question.team if question is not None else None,
            "remarks": [REMARKS[code] for code in contact.remarks if code in REMARKS] if contact is not None else [],
        }
    return render(request, "contacts/proof_mail.html", context, status=422 if form.errors else 200)


def _question_url(question: Question | None) -> str:
    if question is None:
        return ""
    try:
        return reverse("contacts:question", args=[question.number])
    except NoReverseMatch:
        return ""
