"""What waits for a person and how the screens of this app stand: the counts in the rail and the lines on the overview."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.models import ApiClient, MergeProposal, Notice, Question, ReplyTemplate, RoutingRule, ServiceNorm
from contacts.pages.question_link import question_href
from knowledge.demand import ASKED, ASKED_BY_ALL
from organisation.clock import now, today
from organisation.counts import counts
from organisation.manage import NEWS
from organisation.models import User
from organisation.pages.logs import QUESTIONS, LookedAt
from organisation.shell import WAITING
from organisation.workdays import day_start


def unread_notices(user: User) -> QuerySet[Notice]:
    """The notices about questions and the own account this person has not read; the rail counts at most a hundred."""
    rows = Notice.objects.filter(user=user, read_at__isnull=True)
    return rows.filter(Q(question__isnull=False) | Q(kind=Notice.Kind.ACCOUNT_CHANGED))


def unread_roles(user: User) -> QuerySet[Notice]:
    """What waits for this person in the management area: roles, requests, lists; the own account stands with the questions."""
    rows = Notice.objects.filter(user=user, read_at__isnull=True, question__isnull=True)
    return rows.exclude(kind=Notice.Kind.ACCOUNT_CHANGED)


def norms(user: User) -> tuple[str, bool]:
    def rows(marks: dict[str, Any]) -> dict[str, QuerySet[Any]]:
        day = marks["day"]
        begun = ServiceNorm.objects.filter(valid_from__lte=day)
        return {
            "now": begun.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day)),
            "later": ServiceNorm.objects.filter(valid_from__gt=day),
        }

    row = counts("norms", rows, {"day": today()})
    text = ngettext("%(count)s norm in force", "%(count)s norms in force", row["now"]) % {"count": row["now"]}
    if row["later"]:
        text += ", " + _("%(count)s to come") % {"count": row["later"]}
    return text, row["now"] == 0


def routing(user: User) -> tuple[str, bool]:
    def rows(_marks: dict[str, Any]) -> dict[str, QuerySet[Any]]:
        used = RoutingRule.objects.filter(is_active=True)
        return {"all": used, "failing": used.filter(failed_at__isnull=False)}

    row = counts("rules", rows)
    text = ngettext("%(count)s rule", "%(count)s rules", row["all"]) % {"count": row["all"]}
    if row["failing"]:
        return text + ", " + _("%(count)s skipped because it fails") % {"count": row["failing"]}, True
    return text, False


def templates(user: User) -> tuple[str, bool]:
    count = counts("templates", lambda _marks: {"all": ReplyTemplate.objects.filter(is_active=True)})["all"]
    return ngettext("%(count)s template", "%(count)s templates", count) % {"count": count}, False


def api_clients(user: User) -> tuple[str, bool]:
    def rows(marks: dict[str, Any]) -> dict[str, QuerySet[Any]]:
        used = ApiClient.objects.filter(is_active=True)
        return {"all": used, "ending": used.filter(expires_at__lt=marks["soon"])}

    row = counts("connections", rows, {"soon": now() + timedelta(days=30)})
    text = ngettext("%(count)s connection", "%(count)s connections", row["all"]) % {"count": row["all"]}
    if row["ending"]:
        return text + ", " + _("%(count)s ends within 30 days") % {"count": row["ending"]}, True
    return text, False


def merge_proposals(user: User) -> tuple[str, bool]:
    """Those that stand on the page: about whose data may only be kept nobody decides now."""
    waits = {"decided_at": None, "keep__restricted_at": None, "merge__restricted_at": None}
    open_ones = counts("proposals", lambda _marks: {"open": MergeProposal.objects.filter(**waits)}, most=100)
    count = open_ones["open"]
    words = ngettext("%(count)s proposal waits", "%(count)s proposals wait", count) % {"count": count}
    return (words, True) if count else (_("nothing waits"), False)


def asked_about(user: User, first: date) -> dict[int, int]:
    """Per subject the questions since then that this person may see."""
    rows = Question.objects.visible_to(user).filter(received_at__gte=day_start(first), subject__isnull=False)
    rows = rows.exclude(status=Question.Status.CANCELLED)
    return dict(rows.order_by().values_list("subject_id").annotate(Count("pk")))


def asked_by_all(first: date) -> dict[int, int]:
    """Per subject the questions of the house since then; a confidential one counts nowhere."""
    rows = Question.objects.filter(received_at__gte=day_start(first), subject__isnull=False, is_confidential=False)
    rows = rows.exclude(status=Question.Status.CANCELLED)
    return dict(rows.order_by().values_list("subject_id").annotate(Count("pk")))


def looked_at(ids: Collection[int]) -> dict[int, LookedAt]:
    """For who reads the log of who looked: the number alone."""
    rows = Question.objects.filter(pk__in=ids).values_list("pk", "number", "is_confidential")
    return {pk: LookedAt(number, question_href(number), is_confidential) for pk, number, is_confidential in rows}


QUESTIONS.append(looked_at)
ASKED.append(asked_about)
ASKED_BY_ALL.append(asked_by_all)
WAITING["queue"] = unread_notices
WAITING["manage"] = unread_roles
NEWS.update(
    {
        "contacts:norms": norms,
        "contacts:routing": routing,
        "contacts:templates": templates,
        "contacts:api_clients": api_clients,
        "contacts:merge_proposals": merge_proposals,
    }
)
