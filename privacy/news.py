"""One line on the overview of the management area, and what waits in the rail."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
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
from organisation.workdays import local_day
from privacy.actions.remind import AHEAD
from privacy.failures import failing_requests, failing_rows, lasting
from privacy.models import DestructionList, PersonRequest, RetentionTerm, RightsRequest
from privacy.pages.failures import number_words
from privacy.pages.requests import requests_for
from privacy.pages.review import waiting_week
from privacy.reach import shape_to_decide


def standing(user: User, at: datetime) -> Counter[str]:
    """`asked`: requests that this person may decide about, not what somebody asked oneself. For who handles requests also what waits for an
    answer (`late`, `soon`), and whether something fails. One statement."""

    def rows(marks: dict[str, Any]) -> dict[str, QuerySet[Any]]:
        asked = requests_for(marked_user(user, marks)).filter(state=PersonRequest.State.ASKED)
        found: dict[str, QuerySet[Any]] = {"asked": asked.exclude(asked_by=marks["user"])}
        if user.may(Right.PERSON_ERASE):
            waits = RightsRequest.objects.filter(answered_at=None)
            found["late"] = waits.filter(last_on__lt=marks["day"])
            found["soon"] = waits.filter(last_on__gte=marks["day"], last_on__lte=marks["soon"])
            found["failing"] = failing_rows()
        return found

    day = local_day(at)
    values = {**user_values(user), "day": day, "soon": day + AHEAD}
    return counts(("requests", user_shape(user), shape_to_decide(user)), rows, values)


def requests_news(user: User) -> tuple[str, bool]:
    """What is worst first."""
    at = now()
    found = standing(user, at)
    told = []
    if late := found["late"]:
        told.append(ngettext("%(n)s answer is too late", "%(n)s answers are too late", late) % {"n": late})
    if found["failing"]:
        told += [_("%(number)s does not succeed") % {"number": number_words(one)} for one in failing_requests(at)]
    if soon := found["soon"]:
        told.append(ngettext("%(n)s answer within a week", "%(n)s answers within a week", soon) % {"n": soon})
    if waits := found["asked"]:
        told.append(ngettext("%(n)s waits for you", "%(n)s wait for you", waits) % {"n": waits})
    return ", ".join(told), bool(told)


def lists_news(user: User) -> tuple[str, bool]:
    """Only a list that this person can bring a step further, or that does not succeed."""
    steps = [DestructionList.State.MADE] if user.may(Right.RETENTION_PROPOSE) else []
    steps += [DestructionList.State.PROPOSED] if user.may(Right.RETENTION_APPROVE) else []
    one = DestructionList.objects.filter(state__in=[*steps, DestructionList.State.APPROVED]).first()
    if one is None:
        return "", False
    if one.state == DestructionList.State.APPROVED:
        words = _("%(number)s does not succeed") % {"number": one.number}
        return (words, True) if one.number in lasting(now()) else ("", False)
    return _("%(number)s waits for you") % {"number": one.number}, True


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
