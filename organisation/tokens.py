"""Secrets that open something for a machine: shown once, kept as their hash (quality rule 27)."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """256 bits of chance, as 43 letters that may stand in an address."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """How a token is kept and looked up: it is chance itself, so a plain SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def hint(token: str) -> str:
    """The end of it, by which people know which one it is."""
    return token[-4:]
