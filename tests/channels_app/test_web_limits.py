"""Calls to a service stay outside our own network and within their limits."""

from __future__ import annotations

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


def test_a_service_that_drips_answers_too_much_or_sends_us_elsewhere_is_cut_off(service: FakeService) -> None:
    web = Web(frozenset(), seconds=0.4)
    service.answers = [(302, b"", 0), (200, b"x" * 2000, 0), (200, b"x", 2)]
    for _try in range(3):
        with pytest.raises(Unreachable):
            web.call("GET", service.address + "/", limit=1000)
    service.drip, service.usual = True, (200, b"x" * 500)
    with pytest.raises(Unreachable):
        web.call("GET", service.address + "/")
