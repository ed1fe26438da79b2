"""The reception: a host registers a visitor, warns a colleague, and sees today's visits."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contacts.actions.register import register
from contacts.forms.visit import VisitForm
from contacts.pages.visits import subject_names, visits_today, warned_people
from organisation.audit import record_view
from organisation.clock import now
from organisation.errors import Refused
from organisation.roles import Right, needs
from organisation.snapshot import organisation


@needs(Right.VISITS_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def visits(request: HttpRequest) -> HttpResponse:
    """GET shows the form and the list; POST registers the visit: answered at once, or handed over."""
    at, house = now(), organisation()
    form = VisitForm(request.POST if request.method == "POST" else None, house=house, warned=warned_people(house, at))
    if request.method == "POST" and form.is_valid():
        end = "direct" if request.POST.get("end") == "direct" else "forward"
        try:
            done = register(by=request.user, at=at, received_at=at, **form.arguments(end))
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            number = ", ".join(question.number for question in done.questions)
            text = _("This visit had already been registered: {}.") if done.is_repeat else _("Visit registered: {}.")
            subject = house.subjects.get(form.cleaned_data["subject"] or 0)
            messages.success(request, text.format(f"{number} ({subject.name})" if subject else number))
            return redirect("contacts:visits")
    record_view(request, page="visits")
    rows = visits_today(request.user, house, at)
    context = {
        "nav": "reception",
        "form": form,
        "subjects": subject_names(house),
        "visits": rows,
        "waiting": sum(one.is_open for one in rows),
    }
    return render(request, "contacts/visits.html", context, status=422 if form.errors else 200)
