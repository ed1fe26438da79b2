"""One transaction per use case, tried again when PostgreSQL asks for it (quality rule 21)."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, transaction

from organisation.prepared import NOT_PREPARED

P = ParamSpec("P")
T = TypeVar("T")
AGAIN = frozenset({"40001", "40P01"}) | NOT_PREPARED
"""Serialization failure, deadlock, a prepared statement that no longer fits."""
TRIES = 3


def one_transaction(action: Callable[P, T]) -> Callable[P, T]:
    """Runs the action in a transaction; a deadlock, or a statement to prepare anew, runs it again, at most three times. Inside another transaction: once."""

    @wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        for attempt in range(1, TRIES + 1):
            try:
                with transaction.atomic():
                    return action(*args, **kwargs)
            except DatabaseError as error:
                code = getattr(error.__cause__, "pgcode", None)
                if code not in AGAIN or attempt == TRIES or transaction.get_connection().in_atomic_block:
                    raise
                time.sleep(random.uniform(0.01, 0.05) * attempt)  # noqa: S311 - spreads two that met
        raise AssertionError("unreachable")

    return run
