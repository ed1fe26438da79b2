"""What somebody was told: newest first, with marks for what was read."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contacts.actions.notify import mark_read
from contacts.pages.notices import notices_page
from organisation.audit import record_view
from organisation.clock import now
from organisation.numbers import whole


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """One's own, whatever one's role: that something changed in an account is told to everybody."""
    page = notices_page(request.user, now(), after=request.GET.get("na", ""), before=request.GET.get("voor", ""))
    record_view(request, page="notices")
    return render(request, "contacts/notices.html", {"page": page})


@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """The ones that are named, or all that the page could show: what came since is not read yet."""
    ids = [pk for text in request.POST.getlist("id")[:100] if (pk := whole(text))]
    mark_read(user=request.user, at=now(), ids=ids or None, until=_moment(request.POST.get("tot", "")))
    messages.success(request, _("Marked as read."))
    return redirect("contacts:notices")


def _moment(text: str) -> datetime | None:
    """When the page was made, as it says itself; None for what is no such moment."""
    try:
        found = datetime.fromisoformat(text[:40])
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
