"""The workplace on a Wednesday morning, and a customer who calls."""

import uuid
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from contacts.actions.customers import create_customer
from contacts.models import Customer
from organisation.models import User
from tests.cast import Cast

AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
DESK = "/werkplek/"


@pytest.fixture(autouse=True)
def _wednesday_morning() -> object:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    client.force_login(cast.fatima)
    return client


@pytest.fixture
def wit(fatima: User) -> Customer:
    return create_customer(
        by=fatima, at=AT, name="A. de Wit", salutation="mrs", phone="0226 35 12 44", email="a.dewit@voorbeeld.nl"
    )


def form(**fields: object) -> dict[str, object]:
    return {
        "token": str(uuid.uuid4()),
        "blocks": "1",
        "channel": "phone",
        "end": "direct",
        "q0-text": "Wil oude bank kwijt.",
    } | fields
