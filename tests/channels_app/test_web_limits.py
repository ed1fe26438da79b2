"""Calls to a service stay outside our own network and within their limits."""

from __future__ import annotations

import socket

import pytest

from channels_app.adapters.web import Unreachable, Web
from tests.channels_app.fake_service import FakeService
from tests.contacts.service_scene import service

__all__ = ["service"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "url",
    [
        "http://example.nl/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://2130706433/",
        "https://10.0.0.8/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::ffff:127.0.0.1]/",
        "https://localhost/",
        "https://user:secret@example.nl/",
        "https://example.nl:8443/",
        "gopher://example.nl/",
        "file:///etc/passwd",
        "",
    ],
)
def test_no_call_goes_inside_our_own_network(url: str) -> None:
    with pytest.raises(Unreachable):
        Web(None, seconds=1).call("GET", url)


@pytest.mark.parametrize(
    "address",
    [
        "192.0.0.192",
        "192.88.99.1",
        "fec0::1",
        "64:ff9b:1::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "::ffff:0:127.0.0.1",
        "8000::1",
        "3fff::1",
    ],
)
def test_an_address_of_a_house_is_not_called_whatever_the_name_says(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python calls most of these global."""
    monkeypatch.setattr("socket.getaddrinfo", lambda *_asked, **_more: [(socket.AF_INET, 1, 6, "", (address, 443))])
    with pytest.raises(Unreachable, match="inside our own network"):
        Web(None, seconds=1).call("GET", "https://files.example.nl/")


def test_a_service_that_drips_answers_too_much_or_sends_us_elsewhere_is_cut_off(service: FakeService) -> None:
    web = Web(frozenset(), seconds=0.4)
    service.answers = [(302, b"", 0), (200, b"x" * 2000, 0), (200, b"x", 2)]
    for _try in range(3):
        with pytest.raises(Unreachable):
            web.call("GET", service.address + "/", limit=1000)
    service.drip, service.usual = True, (200, b"x" * 500)
    with pytest.raises(Unreachable):
        web.call("GET", service.address + "/")
