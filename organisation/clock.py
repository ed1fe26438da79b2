"""The business clock: the one source of "now" (architecture §5.9, quality rule 19)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """This moment in UTC, shifted by CLOCK_OFFSET_SECONDS in tests and demos."""
    return datetime.now(UTC) + timedelta(seconds=settings.CLOCK_OFFSET_SECONDS)


def today() -> date:
    """The local day in Amsterdam."""
    return local_day(now())


def local_day(instant: datetime) -> date:
    """The day in Amsterdam on which an aware instant falls; naive input is an error."""
    if instant.tzinfo is None:
        raise ValueError("A moment without a time zone has no day.")
    return instant.astimezone(AMSTERDAM).date()
