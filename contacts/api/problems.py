"""Errors of the API as problem+json (RFC 9457), in plain words."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: `type`, `title`, `status`, `detail`, and `errors` per field for a 400."""
    response = exception_handler(error, context)
    if response is None:
        return None
    body: dict[str, Any] = {"type": "about:blank", "status": response.status_code}
    if isinstance(error, exceptions.ValidationError):
        body["title"] = _("The request cannot be accepted.")
        body["errors"] = response.data if isinstance(response.data, dict) else {"detail": response.data}
        body["detail"] = _first(body["errors"])
    elif isinstance(error, Http404 | exceptions.NotFound):
        body["title"] = _("Not found.")
        body["detail"] = _("There is nothing at this address, or this client may not see it.")
    elif isinstance(error, PermissionDenied):
        body["title"] = _("Not allowed.")
        body["detail"] = _("This client may not do this.")
    else:
        body["title"] = body["detail"] = str(getattr(error, "detail", error))
    response.data = body
    response.content_type = "application/problem+json"
    return response


def _first(errors: Any, field: str = "") -> str:
    """The first sentence, with the field that it is about: `questions.subject: …`."""
    if isinstance(errors, dict):
        name, inside = next(iter(errors.items()))
        return _first(inside, f"{field}.{name}" if field else str(name))
    if isinstance(errors, list):
        return _first(next((one for one in errors if one), ""), field)
    return f"{field}: {errors}" if field not in ("", "detail", "non_field_errors") else str(errors)
