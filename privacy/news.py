"""One line on the overview of the management area, and what waits in the rail."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation import wording
from organisation.clock import now
from organisation.counts import counts
from organisation.manage import NEWS
from organisation.models import User
from organisation.prepared import marked_user, user_shape, user_values
from organisation.roles import Right
from privacy.models import DestructionList, PersonRequest, RetentionTerm
from privacy.pages.requests import requests_for
from privacy.pages.review import waiting_week


def to_approve(user: User) -> int:
    """Requests that this person may decide about: not what somebody asked oneself."""

    def rows(marks: dict[str, Any]) -> dict[str, QuerySet[Any]]:
        asked = requests_for(marked_user(user, marks)).filter(state=PersonRequest.State.ASKED)
        return {"asked": asked.exclude(asked_by=marks["user"])}

    return counts(("requests", user_shape(user)), rows, user_values(user))["asked"]


def requests_news(user: User) -> tuple[str, bool]:
    waits = to_approve(user)
    if not waits:
        return "", False
    return ngettext("%(n)s waits for you", "%(n)s wait for you", waits) % {"n": waits}, True


def lists_news(user: User) -> tuple[str, bool]:
    """Only a list that this person can bring a step further."""
    steps = [DestructionList.State.MADE] if user.may(Right.RETENTION_PROPOSE) else []
    steps += [DestructionList.State.PROPOSED] if user.may(Right.RETENTION_APPROVE) else []
    one = DestructionList.objects.filter(state__in=steps).first()
    return (_("%(number)s waits for you") % {"number": one.number}, True) if one else ("", False)


def terms_news(user: User) -> tuple[str, bool]:
    if not user.may(Right.RETENTION_APPROVE):
        return "", False
    proposed = RetentionTerm.objects.filter(proposed_days__isnull=False)
    waits = counts("terms", lambda marks: {"open": proposed.exclude(proposed_by=marks["user"])}, {"user": user.pk})[
        "open"
    ]
    if not waits:
        return "", False
    return ngettext("%(n)s waits for you", "%(n)s wait for you", waits) % {"n": waits}, True


def review_news(user: User) -> tuple[str, bool]:
    """The oldest week that still must be looked through; not when nobody looked at anybody yet."""
    week_on = waiting_week(now())
    if week_on is None:
        return "", False
    return _("the week of %(day)s waits") % {"day": wording.day(week_on)}, True


def tell_news() -> None:
    NEWS["privacy:review"] = review_news
    NEWS["privacy:lists"] = lists_news
    NEWS["privacy:terms"] = terms_news
    NEWS["privacy:requests"] = requests_news
