"""What customers think: sums for who reads figures, own words for who may improve by them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisation.audit import record_view
from organisation.clock import now
from organisation.roles import Right, needs
from organisation.snapshot import organisation
from surveys.pages.results import results_page
from surveys.pages.tabs import tabs_for
from surveys.pages.words import words_page


@require_safe
@needs(Right.SURVEYS_READ)
def results(request: HttpRequest) -> HttpResponse:
    page = results_page(
        request.GET, request.user, organisation(), now(), may_words=request.user.may(Right.SURVEYS_WORDS)
    )
    context = {"nav": "surveys", "page": page, "tabs": tabs_for(request.user), "tab": "results"}
    return render(request, "surveys/results.html", context)


@require_safe
@needs(Right.SURVEYS_WORDS)
def words(request: HttpRequest) -> HttpResponse:
    """Who read them is written down: masking does not recognise every name."""
    record_view(request, page="survey_words")
    page = words_page(request.GET, request.user, organisation(), now())
    context = {
        "nav": "surveys",
        "page": page,
        "may_write": request.user.may(Right.SURVEYS_WRITE),
        "tabs": tabs_for(request.user),
        "tab": "words",
    }
    return render(request, "surveys/words.html", context)
