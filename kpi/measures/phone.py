"""The phone as the exchange saw it: pick-up, waiting, giving up (norms-and-kpis §4, `phone.pickup`)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import CharField, ExpressionWrapper, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Extract
from django.utils.translation import gettext_lazy as _

from channels_app.models import Call
from contacts.models import QuestionContact
from kpi.measures.base import AVERAGE, Measure, QuarterOfDay, Source
from organisation.models import Team

Outcome = Call.Outcome


THE_FRONT_OFFICE = Cast(Subquery(Team.objects.filter(is_front_office=True).values("pk")[:1]), IntegerField())
"""The phone is answered in its name, whoever picks up and wherever the question goes."""


class Calls(Source):
    """Calls on the local day of entering the queue. The queue is the Servicecentrum's, so every call counts for that team,
    also one that was given up; its subject is that of the first question registered from it."""

    name = "call"
    moment = "entered_at"
    day = F("entered_on")
    team = THE_FRONT_OFFICE
    channel = Cast(Value("phone"), CharField())
    subject = Subquery(
        QuestionContact.objects.filter(contact__call=OuterRef("pk"))
        .exclude(question__status="cancelled")
        .order_by("question_id")
        .values("question__subject_id")[:1]
    )
    quarter = QuarterOfDay("entered_at")

    def rows(self) -> QuerySet[Any]:
        return Call.objects.exclude(outcome=Outcome.TEST)

    def on_days(self, first: date, last: date, at: datetime) -> Q:
        return Q(entered_on__gte=first, entered_on__lte=last)

    def about(self, subject_ids: frozenset[int], team_ids: frozenset[int] | None) -> Q:
        links = QuestionContact.objects.filter(question__subject__in=subject_ids)
        return Q(pk__in=links.values("contact__call"))

    def first_day(self) -> date | None:
        return Call.objects.aggregate(first=Min("entered_on"))["first"]


CALLS = Calls()
OFFERED = ~Q(outcome=Outcome.OUTSIDE_HOURS) & ~Q(
    outcome=Outcome.ABANDONED, wait_seconds__lte=F("short_abandon_seconds")
)
"""In opening hours, without those given up within the short limit that held on that day."""
ANSWERED = Q(outcome=Outcome.ANSWERED)
_LENGTH = ExpressionWrapper(Extract(F("ended_at") - F("answered_at"), "epoch"), output_field=IntegerField())

MEASURES = (
    Measure(
        code="phone.pickup",
        name=_("Picked up in time"),
        source=CALLS,
        where=OFFERED,
        hit=ANSWERED & Q(wait_seconds__lte=F("pickup_limit_seconds")),
        icon="phone",
        noun="call",
        channel="phone",
        formula=_(
            "Picked up within the limit, divided by all calls in opening hours. Hanging up within a few seconds does not count. Hanging up later counts as not in time. Waiting begins in the queue, after the menu."
        ),
    ),
    Measure(
        code="phone.given_up",
        name=_("Calls given up"),
        source=CALLS,
        where=OFFERED,
        hit=Q(outcome=Outcome.ABANDONED),
        icon="phone-off",
        noun="call",
        channel="phone",
        has_norm=False,
        on_tile=False,
        formula=_("Given up after more than a few seconds, divided by all calls in opening hours."),
    ),
    Measure(
        code="phone.outside_hours",
        name=_("Calls outside opening hours"),
        source=CALLS,
        where=Q(),
        hit=Q(outcome=Outcome.OUTSIDE_HOURS),
        icon="clock",
        noun="call",
        channel="phone",
        has_norm=False,
        on_tile=False,
        formula=_("Calls outside opening hours, divided by all calls. They do not count for picking up."),
    ),
    Measure(
        code="phone.wait",
        name=_("Average wait"),
        source=CALLS,
        where=ANSWERED,
        kind=AVERAGE,
        is_length=True,
        amount=F("wait_seconds"),
        icon="hourglass",
        noun="call",
        channel="phone",
        has_norm=False,
        on_tile=False,
        formula=_("Seconds in the queue until somebody picked up, averaged over the calls that were picked up."),
    ),
    Measure(
        code="phone.length",
        name=_("Average length of a call"),
        source=CALLS,
        where=ANSWERED & Q(answered_at__isnull=False, ended_at__isnull=False),
        kind=AVERAGE,
        is_length=True,
        amount=_LENGTH,
        icon="clock",
        noun="call",
        channel="phone",
        has_norm=False,
        on_tile=False,
        formula=_("Seconds from picking up to hanging up, averaged over the calls that were picked up."),
    ),
)
