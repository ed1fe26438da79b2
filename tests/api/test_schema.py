"""The OpenAPI schema is complete, and the API keeps to it under generated input (schemathesis).

`API_EXAMPLES=200` (script/corpus --nightly) tries that many of each operation, as every kind of caller, instead of a few as one with every right.
"""

import functools
import os
import re
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck
from hypothesis import settings as effort
from schemathesis.schemas import BaseSchema

from contacts.models import ApiClient
from organisation.clock import now
from organisation.tokens import hashed
from tests.api.conftest import ALL
from tests.cast import Cast


@functools.cache
def plan() -> dict[str, Any]:
    """The schema of the API as it is told."""
    found: dict[str, Any] = SchemaGenerator(api_version="1.0.0").get_schema(request=None, public=True)
    return found


NOT_HERE = [
    schemathesis.checks.ignored_auth,  # its second call carries our token again; test_contacts.py asks without and with a wrong one
    schemathesis.checks.positive_data_acceptance,  # a schema cannot say which subjects, customers and cursors exist
]


def test_the_schema_is_valid_and_names_every_error() -> None:
    validate_schema(plan())
    for path, operations in plan()["paths"].items():
        for method, operation in operations.items():
            assert {"400", "401", "403", "429"} <= set(operation["responses"]), (method, path)


def test_the_schema_is_for_everybody(db: None) -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    told = answer.json()
    assert told["info"]["title"] == settings.SPECTACULAR_SETTINGS["TITLE"]
    assert answer["Access-Control-Allow-Origin"] == "*", "tools in a browser read it from another site"
    # what the linter of the NL API Design Rules asks of the document itself
    assert told["info"]["contact"].keys() == {"name", "email", "url"}
    assert told["servers"] == [{"url": f"{settings.SITE_URL}/api/v1"}]
    assert told["info"]["version"] == answer["API-Version"]
    assert {"title", "status", "detail"} <= set(told["components"]["schemas"]["Problem"]["required"])
    for path, operations in told["paths"].items():
        assert re.fullmatch(r"(/([a-z-]+|\{[a-z]+\}))+", path), path
        for operation in operations.values():
            assert all("API-Version" in one["headers"] for one in operation["responses"].values())
            asked = [one["name"] for one in operation.get("parameters", []) if one["in"] == "query"]
            assert all(re.fullmatch(r"[a-z]+([A-Z][a-z]*)*", name) for name in asked)


EXAMPLES = int(os.environ.get("API_EXAMPLES", "0"))
CALLERS: dict[str, dict[str, object] | None] = {
    "every right": {"scopes": ALL},
    "no right": {"scopes": []},
    "one channel": {"scopes": ALL, "channels": ["form"]},
    "ended": {"scopes": ALL, "expires_at": now() - timedelta(days=1)},
    "nobody": None,
}


@pytest.fixture(params=list(CALLERS) if EXAMPLES else ["every right"])
def caller(request: pytest.FixtureRequest, cast: Cast) -> dict[str, str]:
    """Its header."""
    values = CALLERS[request.param]
    if values is None:
        return {}
    usual = {"name": "x", "token_hint": "x", "created_at": now(), "expires_at": now() + timedelta(days=300)}
    ApiClient.objects.create(token_hash=hashed("x"), requests_per_minute=10**6, **{**usual, **values})
    return {"Authorization": "Bearer x"}


@pytest.fixture
def api() -> BaseSchema:
    """Asked for when the test runs, in one process: the cases of every operation take seconds, which collecting would spend in each."""
    schema = schemathesis.openapi.from_dict(plan())
    schema.app = get_wsgi_application()
    return schema


@pytest.mark.usefixtures("caller")
@schemathesis.pytest.from_fixture("api").parametrize()
@effort(
    max_examples=EXAMPLES or 3,  # beside the cases that follow from the schema itself
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=not EXAMPLES,
    database=None,
)
def test_generated_requests_never_break_it(case: schemathesis.Case, caller: dict[str, str]) -> None:
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        response = case.call(headers=caller)
        case.validate_response(response, excluded_checks=NOT_HERE)
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
