"""Every address answers with the headers that internet.nl asks for, to a stranger and to an employee, also when it is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from opmeer_kcc.tls_only import SERVICES
from tests.access_judging import thrifty
from tests.cast import Cast

__all__ = ["thrifty"]
YEAR = 31_536_000
CLOSED = frozenset({"'self'", "'none'"})
NEVER = ("'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "http:", "https:", "*")


def _addresses(patterns: list[Any], before: str = "/") -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _addresses(one.url_patterns, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            path = re.sub(r"<int:[^>]+>", "1", before + str(one.pattern))
            yield re.sub(r"<[^>]+>", "x" * 22, path).replace("^", "").replace("$", "")


def _wrong(answer: Any) -> list[str]:
    found = []
    hsts = re.match(r"max-age=(\d+)", answer.headers.get("Strict-Transport-Security", ""))
    if not hsts or int(hsts.group(1)) < YEAR:
        found.append("Strict-Transport-Security")
    policy = {
        words[0]: words[1:]
        for part in answer.headers.get("Content-Security-Policy", "").split(";")
        if (words := part.split())
    }
    if any(source in NEVER for sources in policy.values() for source in sources):
        found.append("Content-Security-Policy: an open source")
    for name in ("script-src", "object-src", "default-src"):
        if "data:" in policy.get(name, []):
            found.append(f"Content-Security-Policy: data: in {name}")
    if "sandbox" not in policy:
        found += [
            f"Content-Security-Policy: {name}"
            for name in ("default-src", "base-uri", "form-action", "frame-ancestors")
            if not set(policy.get(name, ["*"])) <= CLOSED
        ]
    if answer.headers.get("X-Content-Type-Options") != "nosniff":
        found.append("X-Content-Type-Options")
    if answer.headers.get("Referrer-Policy") not in ("same-origin", "no-referrer"):
        found.append("Referrer-Policy")
    if answer.headers.get("X-Frame-Options") != "DENY":
        found.append("X-Frame-Options")
    for cookie in answer.cookies.values():
        if not cookie["secure"] or cookie["samesite"] not in ("Lax", "Strict"):
            found.append(f"cookie {cookie.key}")
    return found


@pytest.fixture(autouse=True)
def _as_in_production(settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 63_072_000
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.LANGUAGE_COOKIE_SECURE = True


@pytest.mark.django_db
@pytest.mark.usefixtures("thrifty")
def test_every_address_has_the_headers(cast: Cast) -> None:
    stranger, employee = Client(raise_request_exception=False), Client(raise_request_exception=False)
    employee.force_login(cast.sanne)
    wrong: dict[str, list[str]] = {}
    addresses = sorted(set(_addresses(get_resolver().url_patterns)))
    for who, person in (("stranger", stranger), ("employee", employee)):
        for address in addresses:
            answer = person.get(address, secure=True)
            if found := _wrong(answer):
                wrong[f"{who} {address} {answer.status_code}"] = found
    assert len(addresses) > 150
    assert wrong == {}


def test_cookies_and_redirects_are_safe_unless_somebody_asked_for_plain_http() -> None:
    """The names and marks follow from INSECURE_HTTP alone, which the start refuses on a site that others can reach."""
    import os
    import subprocess
    import sys

    code = (
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, s.SESSION_COOKIE_HTTPONLY,"
        " s.LANGUAGE_COOKIE_NAME, s.LANGUAGE_COOKIE_SECURE);"
        "from opmeer_kcc.messages import Messages; print(Messages.storage_classes[0].cookie_name)"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "opmeer_kcc.settings", "INSECURE_HTTP": "0", "DEMO_MODE": "0"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [
        "__Host-session",
        "__Host-csrftoken",
        "True",
        "True",
        "True",
        "63072000",
        "True",
        "__Host-language",
        "True",
        "__Host-messages",
    ]


def test_what_programs_call_is_refused_over_plain_http_and_not_led_on(settings: Any, client: Client) -> None:
    """ASVS 4.1.2: a token that is sent in the clear must be noticed; a page of people is led to https."""
    settings.SECURE_SSL_REDIRECT = True
    refused = {path: client.get(f"{path}x", secure=False) for path in SERVICES}
    assert {path: (one.status_code, one["Content-Type"]) for path, one in refused.items()} == dict.fromkeys(
        SERVICES, (403, "application/problem+json")
    )
    assert all("https" in one.json()["title"] and one["Content-Security-Policy"] for one in refused.values())
    led_on = client.get("/inloggen/", secure=False)
    assert (led_on.status_code, led_on["Location"]) == (301, "https://testserver/inloggen/")
