"""Callers whom nobody spoke: they hung up, left a message or came when we were closed, and were not reached since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count, F, Max, Q

from channels_app.models import Call
from contacts import normalize
from contacts.models import CallbackRequest, Contact, ContactAddress
from contacts.simulation import SOURCE as SIMULATED
from organisation.workdays import Calendar, day_start, local_day

MOST: Final = 25
LOOKED_AT: Final = 200
BACK: Final = 14
Outcome = Call.Outcome


@dataclass(frozen=True)
class Missed:
    """`caller` in E.164; `times` since `since_day`."""

    caller: str
    last_at: datetime
    times: int
    was_outside_hours: bool
    is_made_up: bool = False
    """By the simulation of a busy day."""


def since_day(calendar: Calendar, today: date) -> date:
    """The working day before today: what was missed on Friday evening still stands there on Monday."""
    for back in range(1, BACK):
        day = today - timedelta(days=back)
        if calendar.intervals(day):
            return day
    return today - timedelta(days=1)


def missed_calls(calendar: Calendar, at: datetime) -> list[Missed]:
    """Newest first; four queries. Without a number there is nobody to call."""
    begin = day_start(since_day(calendar, local_day(at)))
    unheard = Q(outcome__in=(Outcome.ABANDONED, Outcome.VOICEMAIL, Outcome.OVERFLOW, Outcome.OUTSIDE_HOURS))
    short = Q(outcome=Outcome.ABANDONED, wait_seconds__lte=F("short_abandon_seconds"))
    rows = (
        Call.objects.filter(unheard, answered_at=None, entered_at__gte=begin, entered_at__lte=at)
        .exclude(short)
        .exclude(caller="")
        .values("caller")
        .annotate(
            last=Max("entered_at"),
            times=Count("pk"),
            closed=Count("pk", filter=Q(outcome=Outcome.OUTSIDE_HOURS)),
            made_up=Count("pk", filter=Q(source=SIMULATED)),
        )
        .order_by("-last")[:LOOKED_AT]
    )
    found = {row["caller"]: row for row in rows if row["caller"].startswith("+")}
    if not found:
        return []
    spoken = _spoken(found, begin)
    return [
        Missed(caller, row["last"], row["times"], row["closed"] == row["times"], row["made_up"] == row["times"])
        for caller, row in found.items()
        if not (caller in spoken and spoken[caller] >= row["last"])
    ][:MOST]


def _spoken(callers: dict[str, dict[str, object]], begin: datetime) -> dict[str, datetime]:
    """When each of these was last spoken or has a call-back request: by a call, a contact, or a promise to call."""
    digits = {caller.removeprefix("+"): caller for caller in callers}
    latest: dict[str, datetime] = {}

    def tell(caller: str | None, moment: datetime) -> None:
        if caller is not None:
            latest[caller] = max(moment, latest.get(caller, moment))

    answered = Call.objects.filter(caller__in=callers, answered_at__isnull=False, entered_at__gte=begin)
    for caller, moment in answered.values_list("caller").annotate(last=Max("entered_at")).order_by():
        tell(caller, moment)
    owners: dict[int, list[str]] = {}
    for customer, number in ContactAddress.objects.filter(normalized__in=digits).values_list(
        "customer_id", "normalized"
    ):
        owners.setdefault(customer, []).append(digits[number])
    talks = Contact.objects.filter(customer__in=owners, channel="phone", received_at__gte=begin)
    for customer, moment in talks.values_list("customer").annotate(last=Max("received_at")).order_by():
        for caller in owners.get(customer or 0, ()):
            tell(caller, moment)
    asked = CallbackRequest.objects.order_by("-pk").values_list("phone", "created_at")
    for phone, moment in asked[: 10 * LOOKED_AT]:  # the newest, whatever the table holds
        if moment >= begin:
            tell(digits.get(normalize.phone(phone)), moment)
    return latest
