"""A client system with a token, and a way to call the API as it does."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from contacts.models import ApiClient
from organisation.clock import now
from tests.cast import Cast

TOKEN = "a-token-of-the-website"
ALL = [
    "questions.read",
    "questions.write",
    "customers.read",
    "customers.write",
    "subjects.read",
    "articles.read",
    "kpi.read",
    "calls.write",
    "open311.write",
    "open311.read",
]


@pytest.fixture
def website(cast: Cast) -> ApiClient:
    return ApiClient.objects.create(
        name="website",
        token_hash=hashlib.sha256(TOKEN.encode()).hexdigest(),
        token_hint="a-to",
        scopes=ALL,
        created_at=now(),
        expires_at=now() + timedelta(days=300),
        requests_per_minute=100_000,
    )


Call = Callable[..., HttpResponse]


@pytest.fixture
def call(website: ApiClient) -> Call:
    """`call("GET", "/api/v1/questions")`, `call("POST", path, body, key="k")`; `token=None` leaves the token out."""
    browser = Client()

    def send(
        method: str, path: str, body: Any = None, *, token: str | None = TOKEN, key: str | None = None
    ) -> HttpResponse:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if key:
            headers["Idempotency-Key"] = key
        data = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return browser.generic(method, path, headers=headers, **data)

    return send
