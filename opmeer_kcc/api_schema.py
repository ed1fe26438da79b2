"""The OpenAPI schema, for everybody: it tells how to ask, not what is known."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request

from opmeer_kcc.settings_api import API_ROOT
from organisation.snapshot import organisation

_TEXT = {"schema": {"type": "string"}}
ALWAYS: dict[str, Any] = {
    "API-Version": {**_TEXT, "description": "The full version of this API."},
    "RateLimit-Policy": {**_TEXT, "description": "How many requests (q) this client may make in how many seconds (w)."},
    "RateLimit": {**_TEXT, "description": "How many are left (r), and in how many seconds there is room again (t)."},
}
AT: dict[str, dict[str, Any]] = {
    "201": {"Location": {**_TEXT, "description": "The address of the first question of the contact."}},
    "429": {"Retry-After": {"schema": {"type": "integer"}, "description": "In how many seconds there is room again."}},
}


def with_what_every_answer_has(result: dict[str, Any], request: Request | None, **others: Any) -> dict[str, Any]:
    """Whose API this is and where it stands, and the headers of its answers (NL API Design Rules)."""
    result["servers"] = [{"url": settings.SITE_URL + API_ROOT}]
    result["paths"] = {path.removeprefix(API_ROOT): operations for path, operations in result["paths"].items()}
    for operations in result["paths"].values():
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                answer["headers"] = {**ALWAYS, **AT.get(status, {})}
    if request is not None:
        house = organisation().municipality
        result["info"]["contact"] = {
            "name": house.name,
            "email": house.email,
            "url": house.website or settings.SITE_URL + "/",
        }
    return result


@method_decorator(login_not_required, name="dispatch")
class SchemaView(SpectacularAPIView):
    """`/api/v1/openapi.json`, also for tools in a browser on another site."""

    renderer_classes = [OpenApiJsonRenderer]
    permission_classes = [AllowAny]
    authentication_classes: list[type] = []
    throttle_classes: list[type] = []

    @property
    def default_response_headers(self) -> dict[str, str]:
        open_to_all = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
        return {**super().default_response_headers, **open_to_all}
