"""A week of the read log, looked at for what is unusual: nobody is accused by it, somebody is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.models import Contact
from organisation import wording
from organisation.models import AccessEntry, AuditEntry, Municipality
from organisation.pages.logs import AuditRow, audit_rows
from organisation.prepared import json_list, run_prepared
from organisation.workdays import AMSTERDAM, day_start, local_day
from privacy.models import ReadLogReview
from privacy.weeks import WEEK, last_week, monday_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

EARLY, LATE = 7, 19
OFTEN: Final = 10
"""Looks at one customer by one employee, without a contact of that employee with this customer."""
MUCH: Final = 3
"""Times the middle of all employees, and at least `LEAST` customers."""
LEAST: Final = 20
MOST: Final = 50
WEEKS_BACK: Final = 8
"""A week that was missed is asked for so long."""
ACTS: Final = (
    "question.break_glass",
    "customer.exported",
    "export.list",
    "person.erase_asked",
    "person.restrict_asked",
)


@dataclass(frozen=True)
class PersonRow:
    name: str
    customers: str
    looks: str
    outside: str
    is_much: bool
    is_outside: bool


@dataclass(frozen=True)
class OftenRow:
    name: str
    customer: int
    href: str
    looks: str


@dataclass(frozen=True)
class ReviewPage:
    week_on: str
    words: str
    previous: str
    following: str
    people: tuple[PersonRow, ...]
    often: tuple[OftenRow, ...]
    acts: tuple[AuditRow, ...]
    is_over: bool
    reviewed: str
    remark: str


def review_page(week_on: date, at: datetime) -> ReviewPage:
    """A fixed number of queries over one week."""
    rows = _of_week(week_on)
    done = ReadLogReview.objects.select_related("reviewed_by").filter(week_on=week_on).first()
    newest = last_week(at)
    address = reverse("privacy:review")
    return ReviewPage(
        week_on=week_on.isoformat(),
        words=_("%(first)s up to and including %(last)s")
        % {"first": wording.day(week_on), "last": wording.day(week_on + timedelta(days=6))},
        previous=f"{address}?week={(week_on - WEEK).isoformat()}",
        following=f"{address}?week={(week_on + WEEK).isoformat()}" if week_on < newest else "",
        people=_people(rows),
        often=_often(rows),
        acts=tuple(audit_rows(list(_acts(week_on)), is_of_the_desk=True)),
        is_over=week_on <= newest,
        reviewed=f"{done.reviewed_by.name}, {wording.moment_long(done.reviewed_at)}" if done else "",
        remark=done.remark if done else "",
    )


def waiting_week(at: datetime) -> date | None:
    """The oldest of the last weeks in which somebody looked and that nobody looked through; None when there is none. One query, kept."""
    newest = last_week(at)
    oldest = newest - (WEEKS_BACK - 1) * WEEK
    values = {"since": day_start(oldest), "until": day_start(newest + WEEK), "oldest": oldest}
    found = run_prepared("weeks of the read log", _looked_and_done, values) or {}
    if found.get("first") is None:
        return None
    begun, done = monday_of(local_day(found["first"])), {row["week"] for row in found["done"]}
    weeks = (oldest + n * WEEK for n in range(WEEKS_BACK))
    return next((one for one in weeks if one >= begun and one.isoformat() not in done), None)


def _looked_and_done(marks: dict[str, Any]) -> QuerySet[Any]:
    """When somebody looked first, and the weeks that were looked through."""
    looks = AccessEntry.objects.filter(at__gte=marks["since"], at__lt=marks["until"], user__isnull=False)
    done = ReadLogReview.objects.filter(week_on__gte=marks["oldest"]).order_by()
    return (
        Municipality.objects.filter(pk=1)
        .annotate(first=Subquery(looks.order_by("at").values("at")[:1]), done=json_list(done, week="week_on"))
        .values("first", "done")
    )


def _of_week(week_on: date) -> QuerySet[AccessEntry]:
    return AccessEntry.objects.filter(at__gte=day_start(week_on), at__lt=day_start(week_on + WEEK), user__isnull=False)


def _people(rows: QuerySet[AccessEntry]) -> tuple[PersonRow, ...]:
    outside = Q(hour__lt=EARLY) | Q(hour__gte=LATE) | Q(weekday__gte=6)
    found: list[dict[str, Any]] = list(
        rows.annotate(hour=ExtractHour("at", tzinfo=AMSTERDAM), weekday=ExtractIsoWeekDay("at", tzinfo=AMSTERDAM))
        .values(name=F("user__name"))
        .annotate(looks=Count("pk"), customers=Count("customer_id", distinct=True), outside=Count("pk", filter=outside))
        .order_by("-customers", "name")[:MOST]
    )
    middle = median([row["customers"] for row in found]) if found else 0
    return tuple(
        PersonRow(
            name=row["name"],
            customers=wording.number(row["customers"]),
            looks=wording.number(row["looks"]),
            outside=wording.number(row["outside"]),
            is_much=row["customers"] >= LEAST and row["customers"] > MUCH * middle,
            is_outside=row["outside"] > 0,
        )
        for row in found
    )


def _often(rows: QuerySet[AccessEntry]) -> tuple[OftenRow, ...]:
    own = Contact.objects.filter(customer=OuterRef("customer_id"), registered_by=OuterRef("user_id"))
    found = (
        rows.filter(customer_id__isnull=False)
        .values("user_id", "customer_id", name=F("user__name"))
        .annotate(looks=Count("pk"))
        .filter(~Exists(own), looks__gte=OFTEN)
        .order_by("-looks")[:MOST]
    )
    return tuple(
        OftenRow(
            row["name"],
            row["customer_id"],
            reverse("contacts:customer", args=[row["customer_id"]]),
            wording.number(row["looks"]),
        )
        for row in found
    )


def _acts(week_on: date) -> QuerySet[AuditEntry]:
    rows = AuditEntry.objects.select_related("user").filter(action__in=ACTS)
    return rows.filter(at__gte=day_start(week_on), at__lt=day_start(week_on + WEEK)).order_by("-at")[:MOST]
