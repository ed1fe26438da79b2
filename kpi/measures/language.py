"""How plain our texts are: the share of what left for customers that is estimated at B1 or easier (norms-and-kpis §1)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from django.db.models import F, Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from contacts.models import TextLevel
from kpi.measures.base import Measure, Source, local_date, moments
from organisation.workdays import local_day

TEXT: Final = "text"
"""Name of the source."""


class Texts(Source):
    """Texts that left for a customer or came to stand on a page, long enough to have a level, on that local day; of nobody in particular."""

    name = TEXT
    moment = "left_at"
    day = local_date("left_at")
    team = F("team_id")
    channel = F("channel")
    subject = F("subject_id")

    def rows(self) -> QuerySet[Any]:
        return TextLevel.objects.exclude(level="")

    def on_days(self, first: date, last: date, at: datetime) -> Q:
        return moments("left_at", first, last)

    def first_day(self) -> date | None:
        oldest = TextLevel.objects.exclude(level="").aggregate(first=Min("left_at"))["first"]
        return local_day(oldest) if oldest else None


MEASURES = (
    Measure(
        code="language.b1",
        name=_("Texts that are easy to read (estimate)"),
        source=Texts(),
        where=Q(),
        hit=Q(level__in=["A2", "B1"]),
        noun="text",
        icon="message-2",
        formula=_(
            "E-mails, letters, messages and pages for customers whose language is estimated at level B1 or easier, divided by all of them. Of a message only what somebody wrote for it counts, without greeting, template and quoted text. A page counts once for each of its texts, on the day that it came to stand there, under the channel web form. A text of fewer than 12 words, or in another language, has no level and does not count. It is an estimate by a sum, not the judgement of a reader."
        ),
        is_watched=False,  # an estimate says something about a month, not about a day
        is_estimate=True,
    ),
)
