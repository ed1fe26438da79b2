"""The customer of a question: of one whose message a colleague passed on, of one that nobody knew yet, or another one than was thought."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from contacts.access import get_question
from contacts.actions.adopt_sender import adopt_sender
from contacts.actions.choose_customer import choose_customer
from contacts.actions.customers import create_customer
from contacts.finding.customers import customer_for
from contacts.forms.customer import WriterForm
from contacts.models import Customer, Question
from contacts.pages.who_wrote import who_wrote
from organisation.audit import record_view
from organisation.clock import now
from organisation.errors import Refused, Stale
from organisation.numbers import whole
from organisation.roles import Right, needs
from organisation.snapshot import organisation
from organisation.transact import one_transaction


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


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.QUESTIONS_WRITE)
def choose(request: HttpRequest, number: str) -> HttpResponse:
    """Who wrote this? POST with `customer` chooses, with a name makes a new customer of it."""
    question = get_question(request.user, number, write=True)
    at = now()
    page = who_wrote(question, request.user, request.GET.get("q", ""), at, organisation())
    form, sentence = WriterForm(initial={"name": page.name, "email": page.email, "phone": page.phone}), ""
    if request.method == "POST":
        form = WriterForm(None if "customer" in request.POST else request.POST)
        try:
            customer = _choose(request, question, page.query, form, at)
            if customer is not None:
                messages.success(request, _("%(name)s is now the customer of this question.") % {"name": customer})
                return redirect("contacts:question", number=question.number)
        except Stale:
            sentence = _("A colleague changed this question meanwhile. Look whether it is right, and choose once more.")
        except Refused as refused:
            if form.is_bound:
                refused.tell(form)
            else:
                sentence = refused.message
    record_view(request, page="customer", question_id=question.pk)
    context = {"nav": "queue", "question": question, "page": page, "form": form, "sentence": sentence}
    status = 422 if sentence or form.errors else 200
    return render(request, "contacts/question_customer.html", context, status=status)


@one_transaction
def _choose(request: HttpRequest, question: Question, query: str, form: WriterForm, at: datetime) -> Customer | None:
    """The customer that was pointed at, or the new one; None when the form is not right. A new one who is not chosen is not made."""
    pk = whole(request.POST.get("customer"))
    if pk is not None:
        customer = customer_for(request.user, pk, query)
        if customer is None:
            raise Refused(_("This customer cannot be chosen. Search again."))
    elif form.is_valid():
        customer = create_customer(by=request.user, at=at, **form.cleaned_data)
    else:
        return None
    seen = whole(request.POST.get("version"))
    version = question.version if seen is None else seen
    choose_customer(question=question, customer=customer, by=request.user, at=at, version=version)
    return customer
