"""How often a client may call: its own number a minute (quality rules 27 and 38)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from contacts.models import ApiClient
from organisation.rate import Rate

if TYPE_CHECKING:
    from rest_framework.views import APIView

BY_CLIENT: Final = Rate(1)
"""Each client has a number of its own."""


class ClientRate(BaseThrottle):
    """A sliding minute per client; each answer says what is left of it (draft-ietf-httpapi-ratelimit-headers)."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        client = request.auth
        if not isinstance(client, ApiClient):
            return True
        most = client.requests_per_minute
        self._wait = BY_CLIENT.wait(client.pk, per_minute=most)
        left, seconds = BY_CLIENT.room(client.pk, per_minute=most)
        view.headers["RateLimit-Policy"] = f'"client";q={most};w=60'
        view.headers["RateLimit"] = f'"client";r={left};t={seconds}'
        return not self._wait

    def wait(self) -> float | None:
        return self._wait
