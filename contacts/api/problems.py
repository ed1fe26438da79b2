"""Errors of the API as problem+json (RFC 9457), in plain words."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler


def problem_response(error: Exception, context: dict[str, object]) -> Response | None:
    """DRF's exception handler: `type`, `title`, `status`, `detail`, and `errors` per field for a 400."""
    response = exception_handler(error, context)
    if response is None:
        return None
    body: dict[str, object] = {"type": "about:blank", "status": response.status_code}
    if isinstance(error, exceptions.ValidationError):
        body["title"] = "The request cannot be accepted."
        body["errors"] = response.data
    elif isinstance(error, Http404 | exceptions.NotFound):
        body["title"] = "Not found."
    elif isinstance(error, PermissionDenied | exceptions.PermissionDenied):
        body["title"] = "Not allowed."
    else:
        body["title"] = str(getattr(error, "detail", status.HTTP_400_BAD_REQUEST))
    response.data = body
    response.content_type = "application/problem+json"
    return response
