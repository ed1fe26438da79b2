"""Passwords of mailboxes: encrypted with keys outside the database, the newest first (quality rule 42)."""

from __future__ import annotations

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Sealed(Exception):
    """The value cannot be opened: no key, or none of the keys fits."""


def seal(text: str) -> str:
    """The text, encrypted with the newest key."""
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text back, with whichever key sealed it."""
    if not sealed:
        return ""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Sealed("none of FIELD_KEYS opens this password; type it again") from error


def renewed(sealed: str) -> str:
    """The same under the newest key; unchanged when that key sealed it, or when none of the keys opens it."""
    if not sealed or not settings.FIELD_KEYS:
        return sealed
    try:
        Fernet(settings.FIELD_KEYS[0]).decrypt(sealed.encode())
    except InvalidToken:
        try:
            return _keys().rotate(sealed.encode()).decode()
        except InvalidToken:
            return sealed
    return sealed


def _keys() -> MultiFernet:
    if not settings.FIELD_KEYS:
        raise Sealed("set FIELD_KEYS to keep passwords of mailboxes")
    try:
        return MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])
    except ValueError as error:
        raise Sealed("FIELD_KEYS must be Fernet keys (32 bytes in url-safe base64)") from error
