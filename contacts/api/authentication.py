"""Who calls the API, and what that client may do: a token kept hashed, scopes per resource (quality rule 27)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from contacts.models import ApiClient
from organisation.clock import now
from organisation.prepared import rows_prepared
from organisation.snapshot import version_column, version_found
from organisation.tokens import hashed

if TYPE_CHECKING:
    from rest_framework.views import APIView


class ClientToken(BaseAuthentication):
    """`Authorization: Bearer <token>`. The client stands in `request.auth`; there is no user."""

    def authenticate(self, request: Request) -> tuple[None, ApiClient] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != b"bearer":
            return None
        if len(parts) != 2:
            raise exceptions.AuthenticationFailed(_("The token cannot be read."))
        moment = now()
        try:
            token_hash = hashed(parts[1].decode("ascii"))
        except UnicodeDecodeError as error:
            raise exceptions.AuthenticationFailed(_("The token cannot be read.")) from error
        found: list[ApiClient] = rows_prepared(
            "client of the API",
            lambda marks: ApiClient.objects.filter(
                token_hash=marks["hash"], is_active=True, expires_at__gt=marks["at"]
            ).annotate(config_version=version_column()),
            {"hash": token_hash, "at": moment},
        )
        if not found:
            raise exceptions.AuthenticationFailed(_("This token is not valid."))
        client = found[0]
        version_found(client.config_version)  # type: ignore[attr-defined]
        client.note_use(moment)
        return None, client

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class HasScope(BasePermission):
    """A view names its scopes in `scopes = {"GET": "questions.read", …}`; a method that is not named is refused.

    HEAD asks what GET asks; OPTIONS is for who may do anything here.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not isinstance(request.auth, ApiClient):
            return False
        if request.method not in view.allowed_methods:
            raise exceptions.MethodNotAllowed(request.method or "")
        scopes: dict[str, str] = getattr(view, "scopes", {})
        if request.method == "OPTIONS":
            return not set(scopes.values()).isdisjoint(request.auth.scopes)
        return scopes.get("GET" if request.method == "HEAD" else request.method or "") in request.auth.scopes


class ClientTokenScheme(OpenApiAuthenticationExtension):
    """How the token stands in the OpenAPI schema."""

    target_class = "contacts.api.authentication.ClientToken"
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
