"""What a person sees when something is not found, not allowed, expired or broken; API callers get problem+json."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def _answer(request: HttpRequest, status: int, template: str, title: str, **context: object) -> HttpResponse:
    if request.path.startswith("/api/"):
        body = {"type": "about:blank", "title": title, "status": status}
        return JsonResponse(body, status=status, content_type="application/problem+json")
    return render(request, template, {"title": title, **context}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 400, "400.html", _("This cannot be read"))


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 403, "403.html", _("You may not do this"))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 404, "404.html", _("We cannot find this page"))


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(request, 500, "500.html", _("Something is broken here"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """An old form: the typed text is shown again so that nothing is lost."""
    hidden = {"csrfmiddlewaretoken", "password"}
    typed = [(key, value) for key, value in request.POST.items() if key not in hidden and value.strip()]
    return _answer(request, 403, "403_csrf.html", _("This page was open for too long"), typed=typed)


def database_away(request: HttpRequest) -> HttpResponse:
    """503 without touching the database; the browser may try again in some seconds."""
    hidden = {"csrfmiddlewaretoken", "password"}
    try:
        typed = [(key, value) for key, value in request.POST.items() if key not in hidden and value.strip()]
    except Exception:  # the body itself cannot be read: nothing typed to show
        typed = []
    response = _answer(request, 503, "503.html", _("We are back in a moment"), typed=typed)
    response["Retry-After"] = "5"
    return response
