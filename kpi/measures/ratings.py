"""What customers think: the mean of their marks, of whole batches of ten answers or more (norms-and-kpis §4, ratings; docs/surveys.md)."""

from __future__ import annotations

import time
from datetime import date, datetime
from typing import Any, Final

from django.db.models import F, Min, Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kpi.measures.base import AVERAGE, Measure, Source
from kpi.periods import Period
from kpi.scope import Scope
from organisation.kept import Kept
from surveys.batching import FEWEST
from surveys.kinds import NEWSLETTER
from surveys.models import Answer, AnswerBatch
from surveys.results import interval


class Answers(Source):
    """Answers that count, on the day of their batch, of who was asked and of places that the municipality trusts: never fewer than ten of a day, a team, a channel or a theme."""

    name = "rating"
    moment = "batch__on"
    day = F("batch__on")
    team = F("batch__team_id")
    channel = F("batch__channel")
    subject = F("batch__theme_id")

    def rows(self) -> QuerySet[Any]:
        return Answer.objects.filter(batch__isnull=False, batch__feeds_figures=True)

    def on_days(self, first: date, last: date, at: datetime) -> Q:
        return Q(batch__on__gte=first, batch__on__lte=last)

    def first_day(self) -> date | None:
        found: date | None = AnswerBatch.objects.filter(feeds_figures=True).aggregate(first=Min("on"))["first"]
        return found


ANSWERS = Answers()
CHANNELS: Final = {
    "rating.phone": ("phone",),
    "rating.email": ("email",),
    "rating.letter": ("letter",),
    "rating.appointment": ("appointment",),
    "rating.newsletter": ("newsletter",),
}
"""Figure → the channels whose contacts got the mark."""
KEYS: Final = {"rating.friendliness": "friendliness", "rating.clear_language": "clear_language"}
OF_CONTACTS: Final = ~Q(batch__channel=NEWSLETTER)
"""A newsletter is no contact: its answers count for the newsletters alone."""
AGREES: Final = 4
"""From here on the scale of 1 to 5 says that the language was clear."""


def key_of(code: str) -> str:
    return KEYS.get(code, "mark")


def _mark(code: str, name: Promise, icon: str, formula: Promise) -> Measure:
    where = Q(key=key_of(code))
    channels = CHANNELS.get(code, ())
    where &= Q(batch__channel__in=channels) if channels else OF_CONTACTS
    return Measure(
        code=code,
        name=name,
        source=ANSWERS,
        where=where,
        kind=AVERAGE,
        amount=F("value"),
        noun="answer",
        icon=icon,
        channel=channels[0] if channels else "",
        formula=formula,
        is_watched=False,  # ten answers come at once: no day is like another
        is_mark=True,
        min_answers=FEWEST,
        has_list=False,
    )


_HOW = _(
    "The mean of the marks that customers gave after a contact. Answers count ten or more at a time, so that nobody sees who answered what."
)
MEASURES = (
    _mark("rating.phone", _("Mark for the phone"), "star", _HOW),
    _mark("rating.email", _("Mark for e-mails"), "star", _HOW),
    _mark("rating.letter", _("Mark for letters"), "star", _HOW),
    _mark("rating.appointment", _("Mark for appointments"), "star", _HOW),
    _mark(
        "rating.newsletter",
        _("Mark for newsletters"),
        "star",
        _(
            "The mean of the marks that readers gave behind the code of a newsletter, when that code counts in the figures. Answers count ten or more at a time."
        ),
    ),
    _mark("rating.friendliness", _("Friendliness"), "mood-smile", _HOW),
    Measure(
        code="rating.clear_language",
        name=_("Finds our language clear"),
        source=ANSWERS,
        where=Q(key="clear_language") & OF_CONTACTS,
        hit=Q(value__gte=AGREES),
        noun="answer",
        icon="message-2",
        formula=_(
            "Customers who find the answer easy to understand (4 or 5 of 5), divided by all who answered that question. Answers count ten or more at a time."
        ),
        is_watched=False,
        min_answers=FEWEST,
        has_list=False,
    ),
)


def margin(measure: Measure, scope: Scope) -> tuple[float, float] | None:
    """Between which the mean lies with 95 % certainty; None for what is no mark, and without data."""
    if not measure.is_mark:
        return None
    rows = AnswerBatch.objects.within(scope.period.first, scope.period.last).filter(
        key=key_of(measure.code), feeds_figures=True
    )
    if measure.code in CHANNELS:
        rows = rows.filter(channel__in=CHANNELS[measure.code])
    else:
        rows = rows.exclude(channel=NEWSLETTER)
    if scope.team_ids is not None:
        rows = rows.filter(team_id__in=scope.team_ids)
    if scope.channel:
        rows = rows.filter(channel=scope.channel)
    if scope.subject_ids is not None:
        rows = rows.filter(theme_id__in=scope.subject_ids)
    sums = rows.aggregate(size=Sum("size"), total=Sum("total"), squares=Sum("squares"))
    return interval(sums["size"] or 0, sums["total"] or 0, sums["squares"] or 0)


_WAITING: Kept[frozenset[str]] = Kept(16)
LOOK_AGAIN_SECONDS = 10


def has_waiting(measure: Measure, period: Period) -> bool:
    """Somebody answered in this period, but not yet ten together: "too few", which is not the same as "no data"."""
    if measure.source.name != ANSWERS.name:
        return False
    key = (period.first, period.last, int(time.monotonic() // LOOK_AGAIN_SECONDS))
    return measure.code in _WAITING.get(key, lambda: _waiting(period))


def _waiting(period: Period) -> frozenset[str]:
    rows = Answer.objects.filter(
        batch__isnull=True,
        value__isnull=False,
        response__feeds_figures=True,
        response__answered_on__gte=period.first,
        response__answered_on__lte=period.last,
    )
    found = set(rows.order_by().values_list("key", "response__channel").distinct())
    return frozenset(
        one.code
        for one in MEASURES
        if any(
            key == key_of(one.code)
            and (channel in CHANNELS[one.code] if one.code in CHANNELS else channel != NEWSLETTER)
            for key, channel in found
        )
    )
