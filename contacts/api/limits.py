"""How often a client may call: its own number a minute, counted per web process (quality rules 27 and 38)."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import TYPE_CHECKING

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from contacts.models import ApiClient

if TYPE_CHECKING:
    from rest_framework.views import APIView

MINUTE = 60.0


class ClientRate(BaseThrottle):
    """A sliding minute per client. Memory only: no store that can fail, and a restart is no reason to refuse."""

    _calls: dict[int, deque[float]] = {}
    _lock = threading.Lock()

    def allow_request(self, request: Request, view: APIView) -> bool:
        client = request.auth
        if not isinstance(client, ApiClient):
            return True
        moment = time.monotonic()
        with self._lock:
            calls = self._calls.setdefault(client.pk, deque())
            while calls and calls[0] <= moment - MINUTE:
                calls.popleft()
            if len(calls) >= client.requests_per_minute:
                self._wait = MINUTE - (moment - calls[0])
                return False
            calls.append(moment)
        return True

    def wait(self) -> float | None:
        return self._wait
