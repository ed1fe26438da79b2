"""What happens around every request: an id, safe headers, clean input, a database that is away, sessions that end."""

import logging
import secrets
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import structlog
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import BadRequest
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.http import escape_leading_slashes, urlencode
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.middleware import is_verified

from opmeer_kcc.errors import database_away, only_sent, session_ended
from opmeer_kcc.settings_api import API_VERSION
from organisation.models import User
from organisation.second_factor import opened_with
from organisation.sessions import roles_held
from organisation.snapshot import one_version

log = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestId:
    """Gives every request an id that stands in the logs and the read log."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.id = secrets.token_hex(16)  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.id)  # type: ignore[attr-defined]
        response = self.get_response(request)
        response["X-Request-Id"] = request.id  # type: ignore[attr-defined]
        return response


class OneVersion:
    """A request that only reads sees the settings at one version (organisation/snapshot.py)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with one_version():
            return self.get_response(request)


class SafeHeaders:
    """Pages with personal data are kept by no cache; a page takes nothing from elsewhere and may use no device."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.policy = build_policy()  # of the settings, the same for every answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cache-Control", "no-store")
        response.setdefault("Content-Security-Policy", self.policy)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith("/wandscherm/"):
            response.setdefault("Referrer-Policy", "no-referrer")  # the address is the key
            if response.status_code >= 500:
                response["Refresh"] = "30"  # nobody stands beside a big screen to press a button
        if request.path.startswith("/api/"):
            response.setdefault("API-Version", API_VERSION)
        return response


class DatabaseAway:
    """A database that restarts gives a plain page with 503 and the typed text, never a stack trace (quality F9, F11)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError) as error:
            _tell(error)
            return database_away(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, OperationalError | InterfaceError):
            _tell(exception)
            return database_away(request)
        return None


def _tell(error: Exception) -> None:
    """Away, full and too slow look the same to a visitor. What the database itself refused comes with the place in the code."""
    cause = error.__cause__ or error
    is_refused = type(cause).__module__ == "psycopg2.errors"  # by its name; a line that breaks has none
    log.error(
        "the database gave no answer", extra={"error": type(cause).__name__}, exc_info=error if is_refused else None
    )


class CleanInput:
    """PostgreSQL stores no NUL: an address that carries one is refused; in forms it is dropped by the fields."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            "\x00" in request.path
            or "\x00" in request.META.get("QUERY_STRING", "")
            or "%00" in request.META.get("QUERY_STRING", "")
        ):
            raise BadRequest("NUL in the address")
        return self.get_response(request)


def found(user: Any) -> User:
    """The person behind the promises of Django and OTP, which cost a search at every look at a name; it is somebody by now."""
    while isinstance(user, SimpleLazyObject):
        user = user._wrapped  # type: ignore[attr-defined]
    return user


class SecondFactor:
    """`user.is_verified()` as django_otp has it: the session was opened with a device that still is this person's. Its own middleware asks
    the database for that at every page; here it came with the person (organisation/sign_in.py)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(partial(self._known, request, request.user))  # type: ignore[assignment]
        return self.get_response(request)

    @staticmethod
    def _known(request: HttpRequest, user: Any) -> Any:
        user.otp_device = None
        user.is_verified = partial(is_verified, user)
        device = request.session.get(DEVICE_ID_SESSION_KEY) if user.is_authenticated else None
        if device is not None:
            user.otp_device = opened_with(found(user), device)
            if user.otp_device is None:
                del request.session[DEVICE_ID_SESSION_KEY]
        return user


class SessionLimits:
    """Idle and absolute end of a session (quality P14), the second factor, and the person's language."""

    OPEN_TO_ALL = ("/health/live", "/health/ready", "/static/", "/api/", "/.well-known/", "/antwoorden/", "/robots.txt")
    ASKED_BY_THE_PAGE = ("/werkplek/gesprek/", "/werkplek/stroom/", "/chats/stand/", "/receptie/lijst/")
    LOOKS_AGAIN = ("/post/",)
    """Asked by a person, and then again by the page itself."""
    WITHOUT_SECOND_FACTOR = ("/inloggen/", "/uitloggen/", "/taal/")
    WITHOUT_OWN_PASSWORD = (*WITHOUT_SECOND_FACTOR, "/wachtwoord/", "/mijn/voorkeur/")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(self.OPEN_TO_ALL):
            return self.get_response(request)
        if not request.user.is_authenticated:
            is_moved = request.session.is_moved  # type: ignore[attr-defined]
            return self._again(request) if is_moved else self.get_response(request)
        request.user = found(request.user)
        seconds = int(time.time())
        begun = request.session.setdefault("begun", seconds)
        seen = request.session.get("seen", seconds)
        if seconds - seen > settings.SESSION_IDLE_SECONDS or seconds - begun > settings.SESSION_COOKIE_AGE:
            logout(request)
            return self.get_response(request)
        roles = roles_held(request.user)
        if request.session.get("roles", roles) != roles:  # without them an earlier version began it
            request.session["roles"] = roles
            request.session.renew()  # type: ignore[attr-defined]
            return self._again(request)
        looks_again = request.path in self.LOOKS_AGAIN and "HX-Request" in request.headers
        asks_by_itself = looks_again or request.path in self.ASKED_BY_THE_PAGE  # nobody has to sit there for it
        if (seconds - seen > 60 and not asks_by_itself) or "seen" not in request.session:  # at most one write a minute
            request.session["seen"] = seconds
        language = request.user.language
        if language != translation.get_language():
            translation.activate(language)
            request.LANGUAGE_CODE = language
        if self._owes_code(request) and not request.path.startswith(self.WITHOUT_SECOND_FACTOR):
            return self._first_to(request, "second_factor")
        came_by_password = "work_account" not in request.session
        if (
            request.user.one_time_until is not None
            and came_by_password
            and not request.path.startswith(self.WITHOUT_OWN_PASSWORD)
        ):
            return self._first_to(request, "password_change")
        if request.headers.get("X-Person") not in (None, str(request.user.pk)):
            return self._somebody_else()
        return self.get_response(request)

    @staticmethod
    def _again(request: HttpRequest) -> HttpResponse:
        """The browser asks the same once more, with the key that it has by then; nothing was done yet."""
        return HttpResponse(status=307, headers={"Location": escape_leading_slashes(request.get_full_path())})

    @staticmethod
    def _owes_code(request: HttpRequest) -> bool:
        if "second_factor_elsewhere" in request.session:
            return False
        if settings.SECOND_FACTOR_REQUIRED:
            return not request.user.is_verified()  # type: ignore[attr-defined]
        return "code_due" in request.session

    @staticmethod
    def _somebody_else() -> HttpResponse:
        """The page is of a person whose session ended, and another signed in in the same browser (ADR 20)."""
        response = HttpResponse(status=401)
        response["X-Signed-In"] = "other"
        return response

    @staticmethod
    def _first_to(request: HttpRequest, name: str) -> HttpResponse:
        """Another page comes first; a fragment cannot go there, so the page around it says that it must."""
        if "HX-Request" in request.headers:
            return HttpResponse(status=401)
        if request.method not in ("GET", "HEAD") or request.path == "/":
            return redirect(name)
        return redirect(f"{reverse(name)}?{urlencode({'next': request.get_full_path()})}")


class LoginRequired(LoginRequiredMiddleware):
    """Nobody gets past without signing in; what was typed before the session ended is shown again (quality P14)."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., HttpResponse], view_args: object, view_kwargs: object
    ) -> HttpResponse | None:
        """A page for everybody does not ask who it is: caches may keep it."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., HttpResponse]) -> HttpResponse:
        if "HX-Request" in request.headers:
            return HttpResponse(status=401)
        was_here = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME} & request.COOKIES.keys()
        if request.method == "POST" and was_here:  # signing out takes the cookie of the session away
            return session_ended(request)
        return super().handle_no_permission(request, view_func)


class OnlySent:
    """A person who opens an address that only takes forms gets a page instead of nothing; scripts get the bare 405."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or request.method != "GET" or "HX-Request" in request.headers:
            return response
        is_page = "text/html" in request.headers.get("Accept", "") and not response.content
        return only_sent(request, response) if is_page else response


class Language:
    """Dutch, unless a person chose otherwise: the browser's own wish does not count (product.md "Words")."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.setdefault("Content-Language", translation.get_language() or language)
        return response
