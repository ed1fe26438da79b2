"""How much comes in, over which channels, and how often it comes back or moves on (norms-and-kpis §4, volumes)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.translation import gettext_lazy as _

from channels_app.models.channel import DIGITAL_CHANNELS
from contacts.models import Contact, QuestionContact
from contacts.models.contact import REOPENED
from kpi.measures.base import AVERAGE, COUNT, Measure, QuarterOfDay, Source, local_date, moments
from kpi.measures.direct_answer import COUNTED, QUESTIONS
from kpi.scope import Scope
from organisation.workdays import local_day


def _of_first_question(column: str) -> Subquery:
    """A contact with several questions counts once: under the first that was not cancelled."""
    return Subquery(
        QuestionContact.objects.filter(contact=OuterRef("pk"))
        .exclude(question__status="cancelled")
        .order_by("question_id")
        .values(column)[:1]
    )


OF_CUSTOMERS = Q(direction=Contact.Direction.IN, is_automatic=False)


class Contacts(Source):
    """Contacts from customers on the local day they came in; without automatic messages, reopenings by us, spam and doubles."""

    name = "contact"
    moment = "received_at"
    day = local_date("received_at")
    team: Any = _of_first_question("question__team_id")
    channel = F("channel")
    subject: Any = _of_first_question("question__subject_id")
    quarter = QuarterOfDay("received_at")

    def rows(self) -> QuerySet[Any]:
        return (
            Contact.objects.filter(OF_CUSTOMERS)
            .exclude(remarks__contains=[REOPENED])
            .alias(first_question=_of_first_question("question_id"))
            .filter(first_question__isnull=False)
        )

    def on_days(self, first: date, last: date, at: datetime) -> Q:
        return moments("received_at", first, last)

    def facts(self, measures: Sequence[Measure], scope: Scope, at: datetime) -> Iterator[QuerySet[Any]]:
        """The same rows by way of their links: the first question is joined once, instead of looked up for its team, its
        subject and whether it is there at all."""
        counted = QuestionContact.objects.exclude(question__status="cancelled")
        sooner = counted.filter(contact=OuterRef("contact"), question__lt=OuterRef("question"))
        links = (
            counted.alias(
                direction=F("contact__direction"),
                is_automatic=F("contact__is_automatic"),
                remarks=F("contact__remarks"),
                received_at=F("contact__received_at"),
                channel=F("contact__channel"),
            )
            .filter(OF_CUSTOMERS, ~Q(remarks__contains=[REOPENED]), ~Exists(sooner))
            .filter(self.on_days(scope.period.first, scope.period.last, at))
        )
        for measure in measures:
            yield FIRST_LINKS.select(links.filter(measure.where), Value(measure.code), measure.numerator)

    def about(self, subject_ids: frozenset[int], team_ids: frozenset[int] | None) -> Q:
        links = QuestionContact.objects.filter(question__subject__in=subject_ids)
        if team_ids is not None:
            links = links.filter(question__team__in=team_ids)
        return Q(pk__in=links.values("contact"))

    def first_day(self) -> date | None:
        oldest = Contact.objects.aggregate(first=Min("received_at"))["first"]
        return local_day(oldest) if oldest else None


class FirstLinks(Contacts):
    """The links of contacts to the first question of each."""

    team = F("question__team_id")
    subject = F("question__subject_id")


CONTACTS = Contacts()
FIRST_LINKS = FirstLinks()
FORM_CHANNELS = ("form", "app")

MEASURES = (
    Measure(
        code="contacts.digital",
        tells_channels=True,
        name=_("Share of digital channels"),
        source=CONTACTS,
        where=Q(),
        hit=Q(channel__in=sorted(DIGITAL_CHANNELS)),
        icon="device-desktop",
        noun="contact",
        has_norm=False,
        on_tile=False,
        formula=_(
            "Contacts by e-mail, web form, chat, WhatsApp, SMS, social media and app, divided by all contacts from customers."
        ),
    ),
    Measure(
        code="questions.asked",
        name=_("Questions asked"),
        source=QUESTIONS,
        where=COUNTED,
        kind=COUNT,
        icon="message-circle",
        noun="question",
        has_norm=False,
        on_tile=False,
        formula=_(
            "Questions on the day they were asked. Spam, wrong numbers, doubles, internal calls and calls that only ask for a colleague do not count."
        ),
    ),
    Measure(
        code="contacts.per_question",
        name=_("Contacts per question"),
        source=QUESTIONS,
        where=COUNTED,
        kind=AVERAGE,
        amount=F("contact_count"),
        icon="messages",
        noun="question",
        has_norm=False,
        is_rolled_up=False,
        on_tile=False,
        formula=_("All contacts of the questions asked in the period, divided by those questions."),
    ),
    Measure(
        code="questions.digital",
        tells_channels=True,
        name=_("Questions asked on a digital channel"),
        source=QUESTIONS,
        where=COUNTED,
        hit=Q(channel__in=sorted(DIGITAL_CHANNELS)),
        icon="device-desktop",
        noun="question",
        has_norm=False,
        on_tile=False,
        is_watched=False,
        formula=_(
            "Questions that came by e-mail, web form, chat, WhatsApp, SMS, social media or app, divided by all questions asked."
        ),
    ),
    Measure(
        code="questions.form",
        tells_channels=True,
        name=_("Questions asked with a form"),
        source=QUESTIONS,
        where=COUNTED,
        hit=Q(channel__in=FORM_CHANNELS),
        icon="forms",
        noun="question",
        has_norm=False,
        on_tile=False,
        is_watched=False,
        formula=_("Questions that came by web form or app, divided by all questions asked."),
    ),
)
