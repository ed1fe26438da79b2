"""Refusals of what somebody asks for, in words for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.forms import BaseForm


class Refused(Exception):
    """The act is not done and nothing was changed; `message` says why, `field` names the field of the form that it belongs to."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(str(message))
        self.message = str(message)
        self.field = field

    def tell(self, form: BaseForm) -> None:
        """Says it at the field, or above a form that has no such field."""
        form.add_error(self.field if self.field in form.fields else None, self.message)


class Stale(Refused):
    """Somebody saved this in the meantime; `theirs` is the row as it is now."""

    def __init__(self, message: str, theirs: Any) -> None:
        super().__init__(message)
        self.theirs = theirs
