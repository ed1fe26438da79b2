"""How each resource stands in the OpenAPI schema: also what goes wrong, as problem+json."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers

from contacts.api.serializers import Problem

ALWAYS = {
    400: "The request cannot be accepted; `errors` says per field why.",
    401: "No token, or one that is not valid (any more).",
    403: "This client may not do this.",
    406: "The API speaks JSON.",
    429: "Too many requests; `Retry-After` says when again.",
}
SOMETIMES = {
    404: "Not found, or not for this client.",
    409: "This Idempotency-Key was used for something else.",
}
WITH_BODY = {413: "The body is larger than 1 MB.", 415: "The API takes JSON."}


def resource(
    operation_id: str,
    request: type[serializers.Serializer] | None,
    responses: dict[int, type[serializers.Serializer]],
    *also: int,
) -> dict[str, Any]:
    """The arguments of `extend_schema` for one operation."""
    problems = ALWAYS | {code: SOMETIMES[code] for code in also} | (WITH_BODY if request else {})
    documented: dict[Any, Any] = dict(responses)
    for code, words in problems.items():
        documented[(code, "application/problem+json")] = OpenApiResponse(Problem, description=words)
    return {"operation_id": operation_id, "request": request, "responses": documented}
