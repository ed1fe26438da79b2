"""What is said to people. An error that a person can act on is one plain sentence, no stack trace."""

import contextlib
from typing import TextIO


class Plain(Exception):
    """Shown as it is; the command ends with 1."""


def say(text: str, *, to: TextIO) -> None:
    """For people; that nobody listens any more (a pipe, a terminal that went away) stops nothing."""
    with contextlib.suppress(OSError):
        print(text, file=to, flush=True)
