"""What happens around every request: an id, safe headers, clean input, a database that is away, sessions that end."""

import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import BadRequest
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

from opmeer_kcc.errors import database_away

GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestId:
    """Gives every request an id that stands in the logs and the read log."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.id = uuid.uuid4().hex  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.id)  # type: ignore[attr-defined]
        response = self.get_response(request)
        response["X-Request-Id"] = request.id  # type: ignore[attr-defined]
        return response


class SafeHeaders:
    """Pages with personal data are kept by no cache, and the page may use no device."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cache-Control", "no-store")
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class DatabaseAway:
    """A database that restarts gives a plain page with 503 and the typed text, never a stack trace (quality F9, F11)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError):
            return database_away(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, OperationalError | InterfaceError):
            return database_away(request)
        return None


class CleanInput:
    """PostgreSQL stores no NUL: an address that carries one is refused; in forms it is dropped by the fields."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "\x00" in request.META.get("QUERY_STRING", "") or "%00" in request.META.get(
            "QUERY_STRING", ""
        ):
            raise BadRequest("NUL in the address")
        return self.get_response(request)


class SessionLimits:
    """Idle and absolute end of a session (quality P14), the second factor, and the person's language."""

    OPEN_TO_ALL = ("/health/", "/static/", "/api/", "/.well-known/")
    WITHOUT_SECOND_FACTOR = ("/inloggen/", "/uitloggen/", "/taal/")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(self.OPEN_TO_ALL) or not request.user.is_authenticated:
            return self.get_response(request)
        seconds = int(time.time())
        begun = request.session.setdefault("begun", seconds)
        seen = request.session.get("seen", seconds)
        if seconds - seen > settings.SESSION_IDLE_SECONDS or seconds - begun > settings.SESSION_COOKIE_AGE:
            logout(request)
            return self.get_response(request)
        if seconds - seen > 60 or "seen" not in request.session:  # at most one write a minute
            request.session["seen"] = seconds
        if settings.SECOND_FACTOR_REQUIRED and not request.user.is_verified():  # type: ignore[attr-defined]
            if not request.path.startswith(self.WITHOUT_SECOND_FACTOR):
                return redirect("second_factor")
        language = request.user.language
        if language != translation.get_language():
            translation.activate(language)
            request.LANGUAGE_CODE = language
        return self.get_response(request)
