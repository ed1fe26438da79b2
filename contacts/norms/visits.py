"""How long a visitor waits: from when, and whether anybody can know it (pure; norms-and-kpis §1, `visit.wait`)."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from organisation.workdays import local_day

VISIT_CHANNELS: Final = frozenset({"counter", "reception", "appointment"})
HALL: Final = frozenset({"reception", "appointment"})
"""Where a visitor is handed to a colleague who must come; at the counter who registers helps."""
AT_THE_DOOR: Final = timedelta(minutes=5)
"""Who was registered later than this after coming in does not stand at the reception any more."""


class Wait(Enum):
    """How the wait of a visitor stands when the visit is registered."""

    RUNS = "runs"
    HELPED = "helped"
    """Who registered it spoke with the visitor, from the moment the visit began."""
    UNKNOWN = "unknown"
    """Written down afterwards as handed over: nobody can say how long it took; or on a later day: the figure of a finished day stays."""


def wait_at_registration(*, channel: str, end: str, is_own: bool, came_at: datetime, at: datetime) -> Wait | None:
    """None: no visit. `is_own`: whoever registers it keeps the question."""
    if channel not in VISIT_CHANNELS:
        return None
    if channel not in HALL or end not in ("forward", "open") or is_own:
        return Wait.HELPED if is_of_that_day(came_at, at) else Wait.UNKNOWN
    return Wait.RUNS if at - came_at <= AT_THE_DOOR else Wait.UNKNOWN


def is_of_that_day(came_at: datetime, at: datetime) -> bool:
    """Whether a visit is written down on the day itself; a later one would change what that day's figure said."""
    return local_day(came_at) == local_day(at)


def waits_from(came_at: datetime, appointment_at: datetime | None) -> datetime:
    """From coming in, or from the time of the appointment, whichever is later."""
    return came_at if appointment_at is None else max(came_at, appointment_at)
