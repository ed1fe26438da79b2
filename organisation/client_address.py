"""Where a request comes from: one answer for everything that counts requests per network address (quality rules 38 and 43)."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

HOUSEHOLD = 64
"""Bits of an IPv6 address that name a subscriber; the rest a computer chooses anew as often as it likes."""


def client_address(request: HttpRequest) -> str:
    """As the last proxy that we trust says, else the connection itself. One subscriber always gives the same text."""
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    count = settings.PROXY_COUNT
    said = told[-count] if count and len(told) >= count else ""
    return _subscriber(said) or _subscriber(request.META.get("REMOTE_ADDR", "")) or "unknown"


def _subscriber(text: str) -> str:
    """Without the port, brackets and zone that a proxy may add; empty for what is no address."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is None:
            return str(ip_network((address, HOUSEHOLD), strict=False).network_address)
        address = address.ipv4_mapped
    return str(address)
