"""Who must be called back, most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts import keyset, normalize
from contacts.models import CallbackAttempt, CallbackRequest, NormClock, Question
from contacts.models.callback import TRIES
from contacts.norms.promises import CALLBACK
from contacts.pages.question_link import question_href
from contacts.queue_filters import FAR
from organisation import wording
from organisation.roles import Right
from organisation.templatetags.opmeer import norm_clock
from organisation.workdays import local_day

if TYPE_CHECKING:
    from datetime import datetime

    from django.utils.safestring import SafeString

    from contacts.querysets import QuestionQuerySet
    from organisation.models import User
    from organisation.snapshot import Organisation

PAGE = 50
SCOPES = ("mijn", "team", "alles")


@dataclass(frozen=True)
class Row:
    number: str
    href: str
    title: str
    phone: str
    dial: str
    name: str
    moment: str
    due: SafeString
    note: str
    owner: str
    team: str
    tries: str
    last_try: str
    is_hopeless: bool
    """Three times not reached: a person chooses what then."""
    write_href: str
    version: int


@dataclass(frozen=True)
class CallbacksPage:
    rows: list[Row]
    scope: str
    scopes: list[tuple[str, str, str]]
    next_href: str
    previous_href: str


def callbacks_page(
    user: User, at: datetime, house: Organisation, *, scope: str, after: str = "", before: str = ""
) -> CallbacksPage:
    """One query; the deadline shown is that of the call itself."""
    if scope not in SCOPES or (scope == "alles" and not user.may(Right.QUESTIONS_ALL_TEAMS)):
        scope = "team"
    found = keyset.page(
        _requests(user, scope),
        moment="question__sort_at",
        newest_first=False,
        after=keyset.Cursor.read(after, FAR),
        before=keyset.Cursor.read(before, FAR),
        size=PAGE,
    )
    base = reverse("contacts:callbacks")
    scopes = [("mijn", _("Mine"), f"{base}?lijst=mijn"), ("team", _("My team"), f"{base}?lijst=team")]
    if user.may(Right.QUESTIONS_ALL_TEAMS):
        scopes.append(("alles", _("All teams"), f"{base}?lijst=alles"))
    ends = [keyset.Cursor(row["sort_at"], row["id"]) for row in found.rows]
    return CallbacksPage(
        rows=[_row(row, house, at) for row in found.rows],
        scope=scope,
        scopes=scopes,
        next_href=f"{base}?lijst={scope}&na={ends[-1]}" if found.has_after and ends else "",
        previous_href=f"{base}?lijst={scope}&voor={ends[0]}" if found.has_before and ends else "",
    )


def _requests(user: User, scope: str) -> QuerySet[CallbackRequest, dict[str, Any]]:
    """Open requests in reach, each with its own clock and what came of the tries."""
    clock = NormClock.objects.filter(question=OuterRef("question_id"), code=CALLBACK, replaced_by__isnull=True)
    newest = clock.order_by("-id")
    tries = CallbackAttempt.objects.filter(callback=OuterRef("pk")).order_by()
    counted = tries.values("callback").annotate(n=Count("pk")).values("n")
    rows = CallbackRequest.objects.filter(state=CallbackRequest.State.OPEN, question__in=_reach(user, scope))
    return rows.annotate(
        sort_at=F("question__sort_at"),
        due=Subquery(newest.values("due_at")[:1]),
        soon=Subquery(newest.values("soon_at")[:1]),
        clock_state=Subquery(newest.values("state")[:1]),
        tries=Subquery(counted),
        missed=Subquery(counted.exclude(outcome=CallbackAttempt.Outcome.REACHED)),
        last_try=Subquery(tries.order_by("-at").values("outcome")[:1]),
    ).values(
        "id",
        "phone",
        "name",
        "moment",
        "sort_at",
        "due",
        "soon",
        "clock_state",
        "tries",
        "missed",
        "last_try",
        number=F("question__number"),
        title=F("question__title"),
        team=F("question__team_id"),
        version_=F("question__version"),
        owner=F("question__assignee__name"),
    )


def _reach(user: User, scope: str) -> QuestionQuerySet:
    rows: QuestionQuerySet = Question.objects.visible_to(user).open()
    if scope == "mijn":
        rows = rows.filter(assignee=user)
    elif scope == "team":
        rows = rows.filter(Q(team_id__in=sorted(user.team_ids)) | Q(assignee=user))
    return rows


def _row(row: dict[str, Any], house: Organisation, at: datetime) -> Row:
    late = None
    stands_still = row["clock_state"] == NormClock.State.PAUSED  # the question waits for the customer
    if row["due"] is not None and at >= row["due"] and not stands_still:
        late = house.calendar_of(row["team"]).rules.working_days_between(wording.last_day(row["due"]), local_day(at))
    shown = "soon" if row["soon"] is not None and at >= row["soon"] else "running"
    shown = "paused" if stands_still else shown
    badge = wording.deadline_words(row["due"], shown, at, late)
    tries = row["tries"] or 0
    team = house.teams.get(row["team"])
    return Row(
        number=row["number"],
        href=question_href(row["number"]),
        title=row["title"],
        phone=row["phone"],
        dial=normalize.dialled(row["phone"]),
        name=row["name"],
        moment=row["moment"],
        due=norm_clock(badge),
        note=badge.note if badge else "",
        owner=row["owner"] or "",
        team=team.name if team else "",
        tries=ngettext("tried %(count)s time", "tried %(count)s times", tries) % {"count": tries} if tries else "",
        last_try=str(CallbackAttempt.Outcome(row["last_try"]).label) if row["last_try"] else "",
        is_hopeless=(row["missed"] or 0) >= TRIES,
        write_href=f"{question_href(row['number'])}#antwoord",
        version=row["version_"],
    )
