"""How a person reads the account that somebody wrote from: never by the number that the service keeps it under (pure)."""

from __future__ import annotations

from typing import Final

NETWORKS: Final = {"facebook": "Facebook", "instagram": "Instagram"}
"""Services that name an account `<network>:<number>`. The same account writes privately and below posts, so the words fit both."""


def account_words(address: str, name: str = "") -> str:
    """`Facebook: Jan de Vries`; an address that people use themselves stays as it is."""
    network, colon, _number = address.partition(":")
    if not colon or network not in NETWORKS:
        return address
    return f"{NETWORKS[network]}: {name}" if name else NETWORKS[network]


def nameless(address: str) -> str:
    """What we call somebody whose name the service does not tell: two of them stay apart (`Facebook 0014`)."""
    network, colon, number = address.partition(":")
    return f"{NETWORKS[network]} {number[-4:]}" if colon and network in NETWORKS else address
