"""Share in norm: clocks met / clocks settled, on their settlement day (norms-and-kpis §4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.models import NormClock
from kpi.measures.base import Measure, Source, local_date, moments
from kpi.scope import Scope

SETTLED = (NormClock.State.MET, NormClock.State.MISSED)


class Clocks(Source):
    """Settled clocks, and running ones past their deadline: those are missed at `due_at`, whether or not a job has run."""

    name = "clock"
    moment = "its_moment"
    day = Coalesce("settled_on", local_date("due_at"))
    team = F("team_id")
    channel = F("channel")
    subject = F("subject_id")

    def rows(self) -> QuerySet[Any]:
        return NormClock.objects.filter(replaced_by__isnull=True)

    def on_days(self, first: date, last: date, at: datetime) -> Q:
        return Q(state__in=SETTLED, settled_on__gte=first, settled_on__lte=last) | (
            Q(state=NormClock.State.RUNNING, due_at__lte=at) & moments("due_at", first, last)
        )

    def near(self, scope: Scope) -> Q:
        """Its moment is one of two columns, so no index begins at the period."""
        return Q()

    def first_day(self) -> date | None:
        oldest = NormClock.objects.filter(state__in=SETTLED).aggregate(first=Min("settled_on"))["first"]
        due = NormClock.objects.filter(state=NormClock.State.RUNNING).aggregate(first=Min("due_at"))["first"]
        days = [day for day in (oldest, (due - timedelta(days=1)).date() if due else None) if day]
        return min(days, default=None)

    def facts(self, measures: Sequence[Measure], scope: Scope, at: datetime) -> Iterator[QuerySet[Any]]:
        """One pass over the clocks of all these norms."""
        if measures:
            codes = [measure.code for measure in measures]
            every = Measure(code="", name="", source=self, where=Q(code__in=codes), hit=measures[0].hit)  # type: ignore[arg-type]
            yield self.select(every.population(scope, at), F("code"), every.numerator)


CLOCKS = Clocks()
_IN_TIME = _(
    "Kept in time, divided by all promises of this norm that were kept or broken in the period. A promise counts on the day it is kept, or on the day it is broken."
)


_HELPED = _(
    "Visitors who were helped in time, divided by all visitors. A visitor waits from coming in. When the appointment is later, the wait begins then. It ends when somebody helps. Who is helped at once does not wait. Who left before that does not count. Nor does who was written down afterwards as handed over, or on a later day."
)


def _share(code: str, name: Promise, icon: str, noun: str, channel: str = "", formula: Promise = _IN_TIME) -> Measure:
    return Measure(
        code=code,
        name=name,
        source=CLOCKS,
        where=Q(code=code),
        hit=Q(state=NormClock.State.MET),
        icon=icon,
        noun=noun,
        channel=channel,
        formula=formula,
    )


MEASURES = (
    _share("email.acknowledge", _("Receipt of e-mail confirmed"), "mail-forward", "email", "email"),
    _share("email.answer", _("E-mail answered in time"), "mail", "email", "email"),
    _share("letter.respond", _("Reaction to a letter in time"), "mailbox", "letter", "letter"),
    _share("letter.answer", _("Letter answered after a confirmation"), "mailbox", "letter", "letter"),
    _share("social.respond", _("Reaction on social media"), "at", "message", "social"),
    _share("form.acknowledge", _("Receipt of a form confirmed"), "forms", "form", "form"),
    _share("form.answer", _("Form answered in time"), "forms", "form", "form"),
    _share("chat.first_response", _("First answer in chat and WhatsApp"), "message-circle", "conversation", "chat"),
    _share("callback.done", _("Called back in time"), "phone-outgoing", "request"),
    _share("visit.wait", _("Visitor helped in time"), "walk", "visit", formula=_HELPED),
    _share("handover.answer", _("Handed over question answered in time"), "users", "question"),
    _share("complaint.settle", _("Complaint settled in time"), "message-report", "complaint"),
)
