"""The pieces of the registration screen that change while somebody types: candidates, subjects, answer, ending, customer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from contacts.find import find_customers, recognised
from contacts.forms.registration import typed_from
from contacts.pages.candidates import KIND_ICONS, candidates, kind_words
from contacts.pages.registration import desk_page
from contacts.pages.registration_answer import topic_options
from contacts.views.registration import is_exact, stepped
from organisation.audit import record_view
from organisation.clock import now
from organisation.roles import Right, needs

PARTS = ("candidates", "pane", "shape", "promise", "ending", "blocks", "tabs")


@needs(Right.QUESTIONS_WRITE)
@require_POST
def registration_candidates(request: HttpRequest) -> HttpResponse:
    """The customers that fit what is in the smart field; personal data goes in the body, never in an address."""
    at = now()
    typed = typed_from(request.POST)
    query = typed.get("customer_query")[:200]
    kind = recognised(query)
    customers = find_customers(request.user, query)
    rows = candidates(request.user, customers, kind, at)
    pick = ""
    if len(rows) == 1 and kind.kind in ("phone", "email", "number") and is_exact(customers[0], query):
        pick = str(rows[0].id)
    record_view(request, page="registration-candidates", customer_id=rows[0].id if len(rows) == 1 else None)
    context = {
        "found": rows,
        "query": query,
        "pick": pick,
        "recognised": kind,
        "recognised_words": kind_words(kind.kind),
        "recognised_icon": KIND_ICONS.get(kind.kind, "search"),
        "is_answer": True,
    }
    return render(request, "contacts/registration_candidates.html", context)


@needs(Right.QUESTIONS_WRITE)
@require_POST
def registration_topics(request: HttpRequest, index: int) -> HttpResponse:
    """The subjects that fit the words of the customer in question `index`."""
    typed = typed_from(request.POST)
    query = typed.get(f"q{index}-subject_query")[:200]
    context = {"options": topic_options(request.user, query, now()), "query": query, "index": index}
    return render(request, "contacts/registration_topics.html", context)


@needs(Right.QUESTIONS_WRITE)
@require_POST
def registration_parts(request: HttpRequest) -> HttpResponse:
    """The named pieces as they are after a step; each replaces itself on the page."""
    wanted = [part for part in request.POST.get("parts", "").split(",") if part in PARTS]
    answers = {part for part in request.POST.get("parts", "").split(",") if part.startswith("answer-")}
    typed = stepped(request.user, typed_from(request.POST), request.POST.get("act", ""))
    page = desk_page(request.user, typed, now())
    if page.pane is not None or page.found:
        record_view(request, page="registration", customer_id=page.pane.id if page.pane else None)
    context = {
        "page": page,
        "parts": wanted,
        "answers": [block for block in page.blocks if f"answer-{block.index}" in answers],
    }
    return render(request, "contacts/registration_parts.html", context)
