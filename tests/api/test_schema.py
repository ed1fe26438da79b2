"""The OpenAPI schema is complete, and the API keeps to it under generated input (schemathesis)."""

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

from contacts.models import ApiClient
from tests.api.conftest import TOKEN

PLAN = SchemaGenerator(api_version="1.0.0").get_schema(request=None, public=True)
schema = schemathesis.openapi.from_dict(PLAN)
schema.app = get_wsgi_application()
NOT_HERE = [
    schemathesis.checks.ignored_auth,  # its second call carries our token again; test_contacts.py asks without and with a wrong one
    schemathesis.checks.positive_data_acceptance,  # a schema cannot say which subjects, customers and cursors exist
]


def test_the_schema_is_valid_and_names_every_error() -> None:
    validate_schema(PLAN)
    for path, operations in PLAN["paths"].items():
        for method, operation in operations.items():
            assert {"400", "401", "403", "429"} <= set(operation["responses"]), (method, path)


def test_the_schema_is_for_everybody(db: None) -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["info"]["title"] == settings.SPECTACULAR_SETTINGS["TITLE"]


@schema.parametrize()
@effort(max_examples=7, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_generated_requests_never_break_it(case: schemathesis.Case, website: ApiClient) -> None:
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        response = case.call(headers={"Authorization": f"Bearer {TOKEN}"})
        case.validate_response(response, excluded_checks=NOT_HERE)
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
