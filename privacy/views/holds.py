"""Legal holds: what may not be erased or destroyed now, and until when."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from contacts.models import Question
from organisation.audit import record_view
from organisation.clock import now
from organisation.errors import Refused
from organisation.roles import Right, needs
from privacy.actions.hold import end_hold, place_hold
from privacy.forms.requests import HoldForm
from privacy.pages.requests import hold_rows


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_ERASE)
def holds(request: HttpRequest) -> HttpResponse:
    """All of them; POST places one on a question."""
    form = HoldForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        question = Question.objects.visible_to(request.user).filter(number=data["number"].strip().upper()).first()
        try:
            if question is None:
                raise Refused(_("No question with this number that you may see."), "number")
            place_hold(by=request.user, at=now(), reason=data["reason"], until=data["until"], question=question)
        except Refused as refused:
            refused.tell(form)
        else:
            messages.success(request, _("These data stay until the legal hold ends."))
            return redirect("privacy:holds")
    record_view(request, page="holds")
    context = {"rows": hold_rows(now()), "form": form, "nav": "manage"}
    return render(request, "privacy/holds.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Right.PERSON_ERASE)
def hold_end(request: HttpRequest, pk: int) -> HttpResponse:
    """From now on the usual terms count again."""
    try:
        end_hold(pk=pk, by=request.user, at=now())
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The legal hold ended."))
    return redirect("privacy:holds")
