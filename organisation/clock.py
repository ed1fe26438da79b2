"""The business clock: the one source of "now" (architecture §5.9, quality rule 19)."""

from datetime import UTC, date, datetime, timedelta

from django.conf import settings

from organisation.workdays import AMSTERDAM, local_day

__all__ = ["AMSTERDAM", "local_day", "now", "today"]


def now() -> datetime:
    """This moment in UTC, shifted by CLOCK_OFFSET_SECONDS in tests and demos."""
    return datetime.now(UTC) + timedelta(seconds=settings.CLOCK_OFFSET_SECONDS)


def today() -> date:
    """The local day in Amsterdam."""
    return local_day(now())
