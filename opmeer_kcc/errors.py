"""What a person sees when something is not found, not allowed, expired or broken; API callers get problem+json."""

import re

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from opmeer_kcc.errors_citizens import citizens_page, is_for_citizens

HIDDEN = frozenset(
    {
        "csrfmiddlewaretoken",
        "password",
        "old_password",
        "new_password1",
        "new_password2",
        "code",
        "next",
        "version",
        "key",
        "token",
        "blocks",
        "channel",
        "shaped_for",
        "customer",
        "customer_state",
        "panel",
        "act",
        "end",
        "kind",
        "new_kind",
        "new_salutation",
        "subject",
        "add_to",
        "confidential",
        "lijst",
        "then",
        "warn",
        "language",
        "theme",
        "after_saving",
        "shortcuts_on",
        "page",
        "seen",
        "article",
        "call",
        "scan",
        "stamp_of",
        "list",
        "view",
        "pick",
        "talk_channel",
        "later_then",
        "earlier",
        "once",
        "begun",
        "website",
        "how",
        "lat",
        "long",
        "metres",
        "versie",
        "contact",
        "opgelost",
        "helped",
    }
)
"""Nothing that a person typed: secrets, choices and what the page itself keeps."""
MARK = re.compile(r"v\d+")
"""A question of a survey: what was chosen is one press, what was written is typed."""
WORDS = {
    "text": lazy("Text"),
    "tekst": lazy("Text"),
    "note": lazy("Note"),
    "title": lazy("Question"),
    "reason": lazy("Reason"),
    "name": lazy("Name"),
    "email": lazy("E-mail"),
    "phone": lazy("Phone"),
    "postcode": lazy("Postcode"),
    "house_number": lazy("House number"),
    "place": lazy("Place"),
    "new_name": lazy("Name"),
    "subject_query": lazy("Subject"),
    "customer_query": lazy("Customer"),
}

UNREAD = {
    413: (
        lazy("This is too large"),
        lazy("What you sent is larger than we can take in. Go back and send less at once."),
    ),
    414: (
        lazy("This address is too long"),
        lazy("We cannot read an address as long as this one. Go back, and search or filter with fewer words."),
    ),
    431: (
        lazy("Your browser sends too much along"),
        lazy(
            "Delete the cookies of this site in your browser and log in again. Does that not help? Call functional management."
        ),
    ),
}


def _answer(request: HttpRequest, status: int, template: str, title: str | Promise, **context: object) -> HttpResponse:
    if request.path.startswith("/api/"):
        detail = str(context.get("text") or title)
        body = {"type": "about:blank", "title": str(title), "status": status, "detail": detail}
        return JsonResponse(body, status=status, content_type="application/problem+json")
    if is_for_citizens(request):
        told = {name: context[name] for name in ("text", "typed", "number") if name in context}
        return citizens_page(request, status, title, **told)  # type: ignore[arg-type]
    return render(request, template, {"title": title, **context}, status=status)


def _frame(request: HttpRequest) -> str:
    """Employees keep their rail, strangers get the bare page."""
    user = getattr(request, "user", None)
    return "base.html" if user is not None and user.is_authenticated else "base_public.html"


def _typed(request: HttpRequest) -> list[tuple[Promise, str]]:
    """What stood in the form, so that nothing is lost; never a password."""
    try:
        fields = [(key.rpartition("-")[2], value) for key, value in request.POST.items() if value.strip()]
        return [
            (WORDS.get(name, lazy("Field")), value)
            for name, value in fields
            if name not in HIDDEN and not (MARK.fullmatch(name) and value.isdigit())
        ]
    except Exception:  # the body itself cannot be read: nothing typed to show
        return []


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        title, text = UNREAD[413]
        return _answer(request, 413, "400.html", title, text=text)
    return _answer(request, 400, "400.html", lazy("This cannot be read"))


def unread(status: int) -> str:
    """The page when the web server itself could not read the request (opmeer_kcc/web.py): nobody is known, so Dutch."""
    with translation.override(settings.LANGUAGE_CODE):
        if status == 500:
            return render_to_string("500.html", {"title": _("This does not work right now")})
        title, text = UNREAD.get(status, (lazy("This cannot be read"), ""))
        return render_to_string("400.html", {"title": title, "text": text})


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    user = getattr(request, "user", None)
    has_no_role = user is not None and user.is_authenticated and not user.roles
    title = _("You have no role yet") if has_no_role else _("You may not do this")
    frame = _frame(request)
    return _answer(request, 403, "403.html", title, frame=frame, has_no_role=has_no_role, typed=_typed(request))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Also of a form: a colleague may have handed the question over while somebody wrote, and what was typed is not lost."""
    typed, frame = _typed(request), _frame(request)
    title = lazy("Not saved: this is not there for you any more") if typed else lazy("We cannot find this page")
    return _answer(request, 404, "404.html", title, frame=frame, typed=typed)


def only_sent(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """An address that takes what a button sends was opened as a page, from the history or a link: with a way on."""
    page = _answer(request, refused.status_code, "405.html", lazy("This page cannot be opened"), frame=_frame(request))
    page["Allow"] = refused["Allow"]
    return page


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(
        request,
        500,
        "500.html",
        lazy("This does not work right now"),
        typed=_typed(request),
        number=getattr(request, "id", "")[:8].upper(),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """An old form: the typed text is shown again so that nothing is lost."""
    return _answer(request, 403, "403_csrf.html", _("This page was open for too long"), typed=_typed(request))


def session_ended(request: HttpRequest) -> HttpResponse:
    """The session ended while somebody was typing: 401 with the typed text and the way back."""
    return _answer(request, 401, "401.html", _("You are logged out"), typed=_typed(request))


def database_away(request: HttpRequest) -> HttpResponse:
    """503 without touching the database; the browser may try again in some seconds."""
    response = _answer(request, 503, "503.html", lazy("We are back in a moment"), typed=_typed(request))
    response["Retry-After"] = "5"
    return response
