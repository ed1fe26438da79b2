"""The weekly look through the read log."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisation.audit import record_view
from organisation.clock import now
from organisation.errors import Refused
from privacy.actions.review import may_review, review_week
from privacy.forms.requests import ReviewForm
from privacy.pages.review import review_page, waiting_week
from privacy.weeks import last_week, monday_of


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    """`week` is a day of the week, without it the one that waits; POST notes that it was looked through."""
    if not may_review(request.user):
        raise PermissionDenied
    at = now()
    week_on = _week(request.GET.get("week", ""), last_week(at)) or waiting_week(at) or last_week(at)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            review_week(
                week_on=week_on, newest=last_week(at), remark=form.cleaned_data["remark"], by=request.user, at=at
            )
        except Refused as refused:
            refused.tell(form)
        else:
            messages.success(request, _("Noted."))
            return redirect(f"{reverse('privacy:review')}?week={week_on.isoformat()}")
    record_view(request, page="read_log")
    context = {"page": review_page(week_on, at), "form": form, "nav": "manage"}
    return render(request, "privacy/review.html", context, status=422 if form.errors else 200)


def _week(text: str, newest: date) -> date | None:
    """The week that was asked for; None for what is no week that is over."""
    try:
        asked = monday_of(date.fromisoformat(text))
    except (ValueError, OverflowError):
        return None
    return asked if date(2000, 1, 3) <= asked <= newest else None
