"""The pieces of the registration screen that change while somebody types: candidates, subjects, answer, ending, customer.

They are posted, so that no address holds personal data, but only read: at one version of the settings, as pages do.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from channels_app.actions.take_in_scan import UPLOAD, take_in_scan
from contacts.actions.keep_draft import KeptElsewhere
from contacts.finding.customers import find_customers, recognised
from contacts.forms.registration import typed_from
from contacts.forms.registration_steps import stepped
from contacts.letters.scans import scan_of
from contacts.pages.candidates import KIND_ICONS, candidates, kind_words
from contacts.pages.registration import desk_page
from contacts.pages.registration_answer import topic_options
from contacts.views.registration import keep, shown, window_of
from contacts.views.registration_begin import is_exact
from organisation.audit import record_view
from organisation.clock import now
from organisation.errors import Refused
from organisation.roles import Right, needs
from organisation.snapshot import one_version

PARTS = ("candidates", "pane", "shape", "promise", "ending", "blocks", "tabs", "scan")


@needs(Right.QUESTIONS_WRITE)
@require_POST
@one_version()
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
@one_version()
def registration_topics(request: HttpRequest, index: int) -> HttpResponse:
    """The subjects that fit the words of the customer in question `index`."""
    typed = typed_from(request.POST)
    query = typed.get(f"q{index}-subject_query")[:200]
    context = {"options": topic_options(request.user, query, now()), "query": query, "index": index}
    return render(request, "contacts/registration_topics.html", context)


@needs(Right.QUESTIONS_WRITE)
@require_POST
@one_version()
def registration_parts(request: HttpRequest) -> HttpResponse:
    """The named pieces as they are after a step; each replaces itself on the page."""
    wanted = [part for part in request.POST.get("parts", "").split(",") if part in PARTS]
    answers = {part for part in request.POST.get("parts", "").split(",") if part.startswith("answer-")}
    typed = stepped(typed_from(request.POST), request.POST.get("act", ""))
    page = desk_page(request.user, typed, now())
    if page.pane is not None or page.found:
        record_view(request, page="registration", customer_id=page.pane.id if page.pane else None)
    if "scan" in wanted and page.typed.get("stamp_of") != typed.get("stamp_of"):
        wanted.append("shape")  # the day on the stamp is known now
    context = {
        "page": page,
        "parts": wanted,
        "answers": [block for block in page.blocks if f"answer-{block.index}" in answers],
    }
    return render(request, "contacts/registration_parts.html", context)


@needs(Right.QUESTIONS_ALL_TEAMS)
@require_POST
def registration_scan(request: HttpRequest) -> HttpResponse:
    """Takes a scan in for the letter that is being registered; it is read by a worker meanwhile, and the draft keeps it."""
    at, user, window = now(), request.user, window_of(request)
    typed, error = typed_from(request.POST), ""
    file = request.FILES.get("scan_file")
    try:
        if file is None:
            raise Refused(_("Choose a scan."), "scan")
        taken = take_in_scan(raw=file.read(), name=file.name or "", source=UPLOAD, at=at, by=user, for_desk=True)
        if scan_of(user, taken.message.pk) is None:
            raise Refused(_("This scan was taken in before and became a question by itself: look at the post."), "scan")
        typed = typed.with_fields(scan=str(taken.message.pk), stamp_of="")
        keep(user, typed, at, window)
    except KeptElsewhere as elsewhere:
        if not request.htmx:
            return shown(request, typed, at, sentence=elsewhere.message, status=422, behind=window)
        error = elsewhere.message
    except Refused as refused:
        error = refused.message
    if not request.htmx:
        return shown(request, typed, at, errors={"scan": error} if error else None, status=422 if error else 200)
    page = desk_page(user, typed, at, errors={"scan": error} if error else None)
    return render(request, "contacts/registration_parts.html", {"page": page, "parts": ["scan"], "answers": []})
