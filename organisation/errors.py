"""Refusals of acts on people and settings, in words for people."""

from __future__ import annotations

from django.db.models import Model


class Refused(Exception):
    """The act is not done; `message` says why, `field` where to look."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Stale(Refused):
    """Somebody saved this in the meantime; `theirs` is how it is now."""

    def __init__(self, message: str, theirs: Model) -> None:
        super().__init__(message)
        self.theirs = theirs
