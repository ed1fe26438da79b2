"""How much comes in, over which channels, and how often it comes back or moves on (norms-and-kpis §4, volumes)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from channels_app.models.channel import DIGITAL_CHANNELS
from contacts.models import Contact, QuestionContact
from contacts.models.contact import REOPENED
from kpi.measures.base import AVERAGE, COUNT, Measure, QuarterOfDay, Source, local_date, moments
from kpi.measures.direct_answer import COUNTED, QUESTIONS
from organisation.workdays import local_day


def _of_first_question(column: str) -> Subquery:
    """A contact with several questions counts once: under the first that was not cancelled."""
    return Subquery(
        QuestionContact.objects.filter(contact=OuterRef("pk"))
        .exclude(question__status="cancelled")
        .order_by("question_id")
        .values(column)[:1]
    )


class Contacts(Source):
    """Contacts from customers on the local day they came in; without automatic messages, reopenings by us, spam and doubles."""

    name = "contact"
    moment = "received_at"
    day = local_date("received_at")
    team = _of_first_question("question__team_id")
    channel = F("channel")
    subject = _of_first_question("question__subject_id")
    quarter = QuarterOfDay("received_at")

    def rows(self) -> QuerySet[Any]:
        return (
            Contact.objects.filter(direction=Contact.Direction.IN, is_automatic=False)
            .exclude(remarks__contains=[REOPENED])
            .alias(first_question=_of_first_question("question_id"))
            .filter(first_question__isnull=False)
        )

    def on_days(self, first: date, last: date, at: datetime) -> Q:
        return moments("received_at", first, last)

    def about(self, subject_ids: frozenset[int], team_ids: frozenset[int] | None) -> Q:
        links = QuestionContact.objects.filter(question__subject__in=subject_ids)
        if team_ids is not None:
            links = links.filter(question__team__in=team_ids)
        return Q(pk__in=links.values("contact"))

    def first_day(self) -> date | None:
        oldest = Contact.objects.aggregate(first=Min("received_at"))["first"]
        return local_day(oldest) if oldest else None


CONTACTS = Contacts()
FORM_CHANNELS = ("form", "app")

MEASURES = (
    Measure(
        code="contacts.digital",
        name=_("Share of digital channels"),
        source=CONTACTS,
        where=Q(),
        hit=Q(channel__in=sorted(DIGITAL_CHANNELS)),
        icon="device-desktop",
        noun="contact",
        has_norm=False,
        on_tile=False,
        formula=_(
            "Contacts by e-mail, web form, chat, WhatsApp, social media and app, divided by all contacts from customers."
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
            "Questions that came by e-mail, web form, chat, WhatsApp, social media or app, divided by all questions asked."
        ),
    ),
    Measure(
        code="questions.form",
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
