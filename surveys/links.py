"""The secret of a link: only the customer has it, the database keeps hashes for one purpose each (quality rule 31)."""

from __future__ import annotations

import hashlib
import secrets
import string

LENGTH = 22
_LETTERS = frozenset(string.ascii_letters + string.digits + "-_")


def new_token() -> str:
    """128 random bits, as 22 letters that may stand in an address."""
    return secrets.token_urlsafe(16)


def is_token(text: str) -> bool:
    """Whether it looks like one; anything else need not be looked up, but takes the same way."""
    return len(text) == LENGTH and _LETTERS.issuperset(text)


def token_hash(token: str) -> str:
    """Finds the invitation."""
    return _hash("invitation", token)


def revise_hash(token: str) -> str:
    """Finds the response while it may still be replaced; cannot be worked out from what an invitation keeps."""
    return _hash("response", token)


def here_hash(code: str, once: str) -> str:
    """Finds the response that a form at this place left; never one of another place or of a link."""
    return _hash(f"here {code}", once)


def address_hash(salt: str, address: str) -> str:
    """Recognises an address again without keeping it."""
    return _hash(f"address {salt}", address.strip().lower())


def phone_of(number: str) -> str:
    """A phone number as services write it: `+31 6 12345678` is `31612345678`."""
    return "".join(sign for sign in number if sign.isascii() and sign.isdigit())


def _hash(purpose: str, text: str) -> str:
    return hashlib.sha256(f"{purpose}:{text}".encode("utf-8", "surrogatepass")).hexdigest()
