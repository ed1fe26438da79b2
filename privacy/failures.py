"""What of erasing and destroying does not succeed: it holds up nothing else, and is kept from the first try that fails until one that does not,
for whoever can do something about it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from celery.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError

from organisation.models import Heartbeat

if TYPE_CHECKING:
    from django.db.models import QuerySet

log = logging.getLogger(__name__)
ROW: Final = "privacy.failed:"
FILES: Final = "files"
"""In the place of the number of a request or list: bytes on disk that cannot be removed."""
PASSES: Final = timedelta(minutes=30)
"""A row that somebody holds, or too little time at once, passes by itself; what still fails after this does not."""


class Tries:
    """Of one sweep: what fails is noted and the next is tried; at the end what will not pass by itself is raised.

    `tried`: what counts as tried also when there is nothing to do for it.
    """

    def __init__(self, at: datetime, *, tried: str = "") -> None:
        self.at = at
        self.tried = {tried} - {""}
        self.failed: set[str] = set()
        self.error: Exception | None = None

    @contextmanager
    def one(self, number: str) -> Iterator[None]:
        """A step of what has this number; around its transactions, not inside one."""
        self.tried.add(number)
        try:
            yield
        except SoftTimeLimitExceeded as error:
            self._note(number, error)
            raise
        except OperationalError as error:  # the next tick may do it
            log.warning("not erased or destroyed yet", extra={"number": number}, exc_info=True)
            self._note(number, error)
        except Exception as error:
            log.exception("not erased or destroyed", extra={"number": number})
            self._note(number, error)
            self.error = self.error or error

    def _note(self, number: str, error: Exception) -> None:
        self.failed.add(number)
        row, _is_new = Heartbeat.objects.get_or_create(
            name=ROW + number, defaults={"beat_at": self.at, "detail": {"since": self.at.isoformat()}}
        )
        row.beat_at = self.at
        row.detail |= {"error": type(error).__name__, "passes": isinstance(error, OperationalError)}
        row.save()

    def end(self) -> None:
        """What succeeded is no failure any more."""
        if well := self.tried - self.failed:
            Heartbeat.objects.filter(name__in=[ROW + number for number in well]).delete()
        if self.error is not None:
            raise self.error


def forget(number: str) -> None:
    """It was decided that it does not happen, so nobody tries it again."""
    Heartbeat.objects.filter(name=ROW + number).delete()


@dataclass(frozen=True)
class Failure:
    """`error` is its kind only: what it says may hold words of the person."""

    number: str
    since: datetime
    error: str


def failing_rows() -> QuerySet[Heartbeat]:
    """Also of what may pass by itself."""
    return Heartbeat.objects.filter(name__startswith=ROW)


def lasting(at: datetime) -> dict[str, Failure]:
    """By number: what a person must look at. One query."""
    found = {}
    for name, detail in failing_rows().order_by("name").values_list("name", "detail"):
        since = datetime.fromisoformat(detail["since"])
        if not detail["passes"] or at - since >= PASSES:
            number = name.removeprefix(ROW)
            found[number] = Failure(number, since, detail["error"])
    return found


def failing_requests(at: datetime) -> list[str]:
    """Numbers of requests about persons, and files of erased persons that stay on the disk."""
    return [number for number in lasting(at) if not number.startswith("V-")]
