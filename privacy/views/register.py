"""The register of processing, to read and to print."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisation.roles import Right
from privacy.pages.register import register_page


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """For the administrator, the coordinator and the privacy officer."""
    user = request.user
    may = user.may(Right.RETENTION_PROPOSE) or user.may(Right.RETENTION_APPROVE)
    if not (may or (user.is_active and user.is_privacy_officer)):
        raise PermissionDenied
    return render(request, "privacy/register.html", {"page": register_page(), "nav": "manage"})
