"""What other systems call is never led on from plain HTTP: its token would have crossed the wire, unseen, at every call (ASVS 4.1.2)."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

SERVICES = ("/api/", "/open311/", "/berichten/in/", "/telefoon/cti/")
"""Called by programs. `SECURE_REDIRECT_EXEMPT` names the same ones."""


class TlsOnly:
    """403 with a sentence, so that who built the other system mends its address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECURE_SSL_REDIRECT and not request.is_secure() and request.path.startswith(SERVICES):
            why = _("Use https. Renew a token that was sent over http.")
            told = {"type": "about:blank", "status": 403, "title": why, "detail": why}
            return JsonResponse(told, status=403, content_type="application/problem+json")
        return self.get_response(request)
