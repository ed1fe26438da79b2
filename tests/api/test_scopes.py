"""Each operation asks for its own right: of all rights that a token may have, exactly that one opens it (quality.md §5 rule 27)."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from contacts.actions.api_clients import SCOPES
from contacts.models import ApiClient
from organisation.clock import now
from organisation.tokens import hashed
from tests.access_arguments import API_ARGUMENTS, api_routes
from tests.cast import Cast

NEEDS = {
    "article": {"GET": "articles.read"},
    "articles": {"GET": "articles.read"},
    "contacts": {"POST": "questions.write"},
    "customers": {"GET": "customers.read"},
    "kpi": {"GET": "kpi.read"},
    "kpis": {"GET": "kpi.read"},
    "phone_events": {"POST": "calls.write"},
    "question": {"GET": "questions.read"},
    "questions": {"GET": "questions.read"},
    "subjects": {"GET": "subjects.read"},
}
FOR_EVERYBODY = {"openapi"}


def test_exactly_one_right_opens_an_operation(cast: Cast) -> None:
    at = now()
    for scope in SCOPES:
        ApiClient.objects.create(
            name=scope, token_hash=hashed(scope), token_hint="x", created_at=at, expires_at=at + timedelta(days=1), scopes=[scope]
        )  # fmt: skip
    names = {name for name in api_routes() if name not in FOR_EVERYBODY}
    assert names == NEEDS.keys()
    opened: dict[str, dict[str, list[str]]] = {}
    for name in names:
        address = reverse(
            name, kwargs=API_ARGUMENTS.get(name, {"number": "OPM-2026-000001"} if name == "question" else {})
        )
        for scope in SCOPES:
            client = Client(headers={"Authorization": f"Bearer {scope}"})
            for method in ("GET", "POST"):
                status = client.generic(method, address, "{}", content_type="application/json").status_code
                assert status < 500
                if status not in (403, 405):
                    opened.setdefault(name, {}).setdefault(method, []).append(scope)
    assert opened == {name: {method: [scope] for method, scope in row.items()} for name, row in NEEDS.items()}
