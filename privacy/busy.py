"""Who waits too long for somebody else's work on the same data, a colleague's or a job's, hears so, instead of an error."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from django.db import OperationalError
from django.utils.translation import gettext as _

from organisation.errors import Refused

P = ParamSpec("P")
T = TypeVar("T")
LOCK_TAKEN: Final = "55P03"
"""`lock_timeout` passed: another transaction holds a row."""


def or_busy(action: Callable[P, T]) -> Callable[P, T]:
    """For acts of a person; a job is tried again at its next tick. Nothing of the act is left: its transaction is rolled back."""

    @wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return action(*args, **kwargs)
        except OperationalError as error:
            if getattr(error.__cause__, "pgcode", None) != LOCK_TAKEN:
                raise
            raise Refused(_("Somebody else is working on these data now. Try again in a minute.")) from error

    return run
