"""Where a request comes from, for everything that counts per network address: nobody counts anew by another port or a new last half."""

from typing import Any

import pytest
from django.test import Client, RequestFactory

from organisation.client_address import client_address
from surveys import throttle


@pytest.mark.parametrize(
    ("proxies", "told", "connection", "expected"),
    [
        (0, "", "10.0.0.7", "10.0.0.7"),
        (0, "1.2.3.4", "10.0.0.7", "10.0.0.7"),
        (1, "1.2.3.4", "10.0.0.7", "1.2.3.4"),
        (1, "6.6.6.6, 1.2.3.4", "10.0.0.7", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.9", "10.0.0.7", "1.2.3.4"),
        (2, "1.2.3.4", "10.0.0.7", "10.0.0.7"),
        (1, "1.2.3.4:5678", "10.0.0.7", "1.2.3.4"),
        (1, "[2001:db8:1:2::1]:443", "10.0.0.7", "2001:db8:1:2::"),
        (1, '"[2001:db8:1:2::1]:443"', "10.0.0.7", "2001:db8:1:2::"),
        (1, "2001:db8:1:2:ffff::9", "10.0.0.7", "2001:db8:1:2::"),
        (1, "fe80::1%eth0", "10.0.0.7", "fe80::"),
        (1, "[::1]:443", "10.0.0.7", "::"),
        (1, "::ffff:1.2.3.4", "10.0.0.7", "1.2.3.4"),
        (1, "unknown", "10.0.0.7", "10.0.0.7"),
        (1, "", "10.0.0.7", "10.0.0.7"),
        (1, "9" * 5000, "10.0.0.7", "10.0.0.7"),
        (0, "", "", "unknown"),
    ],
)
def test_one_subscriber_is_one_address(settings: Any, proxies: int, told: str, connection: str, expected: str) -> None:
    settings.PROXY_COUNT = proxies
    given = {"HTTP_X_FORWARDED_FOR": told} if told else {}
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=connection, **given)) == expected


@pytest.mark.django_db
@pytest.mark.parametrize("told", ["1.2.3.4:{}", "[2001:db8::{:x}]:{}"])
def test_another_port_is_no_way_round_the_limit(settings: Any, told: str) -> None:
    settings.PROXY_COUNT = 1
    throttle.WRONG.clear()
    codes = [
        Client().get("/mening/bestaatniet/", HTTP_X_FORWARDED_FOR=told.format(5000 + place, 5000 + place)).status_code
        for place in range(throttle.WRONG.per_minute + 1)
    ]
    throttle.WRONG.clear()
    assert codes == [404] * throttle.WRONG.per_minute + [429]
