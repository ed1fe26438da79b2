"""Answered at once on the phone, and what comes back within days (norms-and-kpis §4, `phone.direct`)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, DurationField, Exists, F, Min, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact, Question, QuestionContact
from contacts.models.contact import REOPENED
from kpi.measures.base import Measure, Source, local_date, moments
from kpi.measures.phone import THE_FRONT_OFFICE
from organisation.snapshot import organisation
from organisation.workdays import local_day

Reason = Question.CloseReason
NOT_A_QUESTION = (Reason.SPAM, Reason.WRONG_NUMBER, Reason.DUPLICATE, Reason.INTERNAL, Reason.CONNECTED)
COUNTED = Q(merged_into__isnull=True) & ~Q(status=Question.Status.CANCELLED) & ~Q(close_reason__in=NOT_A_QUESTION)
"""Without spam, wrong numbers and doubles, internal calls and calls that only connect to a colleague."""


class Questions(Source):
    """Questions on the local day they were asked; they count for the team that holds them."""

    name = "question"
    moment = "received_at"
    day = local_date("received_at")
    team: Any = F("team_id")
    channel = F("channel")
    subject = F("subject_id")

    def rows(self) -> QuerySet[Any]:
        return Question.objects.all()

    def on_days(self, first: date, last: date, at: datetime) -> Q:
        return moments("received_at", first, last)

    def first_day(self) -> date | None:
        oldest = Question.objects.aggregate(first=Min("received_at"))["first"]
        return local_day(oldest) if oldest else None


QUESTIONS = Questions()
PHONE = COUNTED & Q(channel="phone")


class PhoneQuestions(Questions):
    """Questions on the phone count for the Servicecentrum, as its calls do: of the questions that it still holds nearly all were answered
    at once, and of those of another team none."""

    name = "phone_question"
    team: Any = THE_FRONT_OFFICE


class DirectQuestions(PhoneQuestions):
    """The questions with whether they came back, within the municipality's number of days."""

    name = "direct_question"

    def rows(self) -> QuerySet[Any]:
        length = timedelta(days=organisation().municipality.repeat_days)
        until = OuterRef("received_at") + Cast(Value(length), DurationField())
        same = Question.objects.filter(
            customer=OuterRef("customer"),
            subject=OuterRef("subject"),
            received_at__gt=OuterRef("received_at"),
            received_at__lte=until,
            merged_into__isnull=True,
        ).exclude(status=Question.Status.CANCELLED)
        again = QuestionContact.objects.filter(
            question=OuterRef("pk"),
            is_first=False,
            contact__direction=Contact.Direction.IN,
            contact__is_automatic=False,
            contact__received_at__gt=OuterRef("received_at"),
            contact__received_at__lte=until,
        ).exclude(contact__remarks__contains=[REOPENED])
        return Question.objects.annotate(came_back=Case(When(Exists(same) | Exists(again), then=True), default=False))


MEASURES = (
    Measure(
        code="phone.direct",
        name=_("Answered at once on the phone"),
        source=PhoneQuestions(),
        where=PHONE,
        hit=Q(is_direct=True),
        icon="phone-check",
        noun="question",
        channel="phone",
        formula=_(
            "Answered in the first call, without handing over or calling back, divided by all questions on the phone. Wrong numbers, internal calls and calls that only ask for a colleague do not count."
        ),
    ),
    Measure(
        code="phone.repeat",
        name=_("Repeat traffic"),
        source=DirectQuestions(),
        where=PHONE & Q(is_direct=True),
        hit=Q(came_back=True),
        icon="repeat",
        noun="question",
        channel="phone",
        has_norm=False,
        on_tile=False,
        formula=_(
            "Questions answered at once that came back within a few days: the same customer about the same subject, divided by all questions answered at once. It does not change that share; it shows when answering goes too fast."
        ),
    ),
)
