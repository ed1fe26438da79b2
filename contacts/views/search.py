"""Search everything: the full page, and the list in the palette that opens with / or Ctrl K."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contacts import normalize
from contacts.pages.search import search_page
from organisation.audit import record_view
from organisation.clock import now
from organisation.roles import Right, needs


@needs(Right.CUSTOMERS_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """`q` at most 200 characters; for htmx only the options of the palette."""
    typed = request.POST.get("q") or request.GET.get("q", "")
    query = normalize.clean_line(typed, normalize.MAX_QUERY)
    is_full = not request.headers.get("HX-Request")
    page = search_page(request.user, query, now(), is_full=is_full)
    sentence = ""
    if len(typed) > normalize.MAX_QUERY:
        sentence = _("Only the first %(count)s characters were searched.") % {"count": normalize.MAX_QUERY}
    if not page.is_empty:
        only = page.customers[0].row.id if len(page.customers) == 1 and not page.questions else None
        record_view(request, page="search", customer_id=only)
    template = "contacts/search.html" if is_full else "contacts/search_palette.html"
    return render(request, template, {"page": page, "sentence": sentence, "nav": ""})
