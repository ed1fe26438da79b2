"""What the desk's actions raise when a person asks for something that cannot be done; the message is for that person."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contacts.models import Question


class Refused(Exception):
    """The act was refused; nothing was changed. `field` names the form field that the sentence belongs to."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(str(message))
        self.message = str(message)
        self.field = field


class Stale(Refused):
    """A colleague changed the question since the form was opened; `theirs` is how it is now."""

    def __init__(self, message: str, theirs: Question) -> None:
        super().__init__(message)
        self.theirs = theirs
