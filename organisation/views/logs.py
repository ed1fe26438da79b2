"""Who did what, and who looked at whom."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisation import audit as trail
from organisation.alike import holds
from organisation.forms.logs import AuditFilter, ReadFilter
from organisation.models import AccessEntry, AuditEntry
from organisation.pages.logs import audit_rows, read_rows
from organisation.paging import page_newest_first
from organisation.roles import Right, needs
from organisation.workdays import day_start


@require_safe
@needs(Right.SETTINGS_HISTORY_READ)
def audit(request: HttpRequest) -> HttpResponse:
    """Changes of settings, people and rights, and every sign-in."""
    form = AuditFilter(request.GET)
    entries: QuerySet[AuditEntry] = AuditEntry.objects.select_related("user")
    if form.is_valid():
        data = form.cleaned_data
        entries = _between(entries, data["start"], data["end"])
        if data["person"]:
            entries = entries.filter(_of_person(data["person"]))
        if data["kind"]:
            entries = entries.filter(action__startswith=data["kind"] + ".")
    else:
        entries = entries.none()
    page = page_newest_first(entries, request.GET)
    rows = audit_rows(page.rows, is_of_the_desk=request.user.may(Right.QUESTIONS_READ))
    context = {"nav": "manage", "form": form, "page": page, "rows": rows}
    return render(request, "organisation/audit.html", context)


@require_safe
def read_log(request: HttpRequest) -> HttpResponse:
    """Which employee saw which customer; reading this is itself written down."""
    if not (request.user.may(Right.READ_LOG_READ) or (request.user.is_active and request.user.is_privacy_officer)):
        raise PermissionDenied
    form = ReadFilter(request.GET)
    entries: QuerySet[AccessEntry] = AccessEntry.objects.select_related("user")
    if form.is_valid():
        data = form.cleaned_data
        entries = _between(entries, data["start"], data["end"])
        if data["person"]:
            entries = entries.filter(_of_person(data["person"]))
        if data["customer"]:
            entries = entries.filter(customer_id=data["customer"])
    else:
        entries = entries.none()
    page = page_newest_first(entries, request.GET)
    trail.record_view(
        request, page="read_log", customer_id=form.cleaned_data.get("customer") if form.is_valid() else None
    )
    context = {"nav": "manage", "form": form, "page": page, "rows": read_rows(page.rows)}
    return render(request, "organisation/read_log.html", context)


def _between(entries: QuerySet, start: date | None, end: date | None) -> QuerySet:
    """Both local days included."""
    if start:
        entries = entries.filter(at__gte=day_start(start))
    if end:
        entries = entries.filter(at__lt=day_start(end + timedelta(days=1)))
    return entries


def _of_person(word: str) -> Q:
    return Q(user__username__iexact=word) | holds(word, "user__name")
