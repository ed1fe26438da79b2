"""All goals, all risks and all decisions of the programme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation import wording
from organisation.models import User
from organisation.numbers import whole
from organisation.paging import Page, cut, page_newest_first
from programme.access import goals_of, may_add, may_update
from programme.models import Decision, Goal, Risk
from programme.pages.standing import Standing, standings

HEAVY = 6
"""Chance × effect from which a risk asks for attention first."""
ON_A_PAGE = 100


@dataclass(frozen=True)
class GoalsPage:
    title: str
    groups: tuple[tuple[str, tuple[Standing, ...]], ...]
    """By pillar and condition, in the order of the house."""
    withdrawn: tuple[Goal, ...]
    may_write: bool


def goals_page(user: User, *, at: datetime) -> GoalsPage:
    """From where we began to what we want, with the source of every number."""
    everything = goals_of(user)
    found = standings([one for one in everything if one.withdrawn_on is None], at=at)
    found.sort(key=lambda one: (one.goal.pillar is None, one.goal.place.order, one.goal.order, one.goal.pk))
    groups = tuple((name, tuple(some)) for name, some in groupby(found, key=lambda one: one.goal.place.short_name))
    known = [one for one in found if one.is_met is not None]
    title = (
        _("%(met)s of %(known)s measured goals are reached")
        % {"met": sum(1 for one in known if one.is_met), "known": len(known)}
        if known
        else _("No goal has a figure yet")
    )
    withdrawn = tuple(one for one in everything if one.withdrawn_on is not None)
    return GoalsPage(title, groups, withdrawn, may_add(user))


@dataclass(frozen=True)
class RiskRow:
    risk: Risk
    is_heavy: bool
    may_change: bool


@dataclass(frozen=True)
class RisksPage:
    title: str
    open: tuple[RiskRow, ...]
    closed: tuple[RiskRow, ...]
    pages: Page
    may_write: bool


def risks_page(user: User, query: QueryDict) -> RisksPage:
    """The heaviest first; what is over stands apart, behind all others."""
    known = (
        Risk.objects.visible_to(user)
        .standing()
        .annotate(
            heft=F("chance") * F("impact"),
            is_over=Case(When(state=Risk.State.CLOSED, then=Value(1)), default=Value(0), output_field=IntegerField()),
        )
    )
    heavy = known.filter(is_over=0, heft__gte=HEAVY).count()
    title = (
        ngettext("%(count)s risk asks for attention", "%(count)s risks ask for attention", heavy) % {"count": heavy}
        if heavy
        else _("No risk asks for attention")
    )
    rows = _after(known, query).select_related("project").order_by("is_over", "-heft", "pk")
    pages = cut(list(rows[: ON_A_PAGE + 1]), query, ON_A_PAGE, "na", lambda one: str(one.pk))
    told = [RiskRow(one, one.weight >= HEAVY, may_update(user, one.project)) for one in pages.rows]
    return RisksPage(
        title,
        tuple(row for row in told if row.risk.state != Risk.State.CLOSED),
        tuple(row for row in told if row.risk.state == Risk.State.CLOSED),
        pages,
        may_add(user),
    )


def _after(known: QuerySet[Risk], query: QueryDict) -> QuerySet[Risk]:
    """What stands behind the risk that was seen last, `na` in the address."""
    last = known.filter(pk=whole(query.get("na")) or 0).values_list("is_over", "heft", "pk").first()
    if last is None:
        return known
    is_over, heft, pk = last
    lighter = Q(is_over=is_over) & (Q(heft__lt=heft) | Q(heft=heft, pk__gt=pk))
    return known.filter(Q(is_over__gt=is_over) | lighter)


@dataclass(frozen=True)
class DecisionsPage:
    title: str
    pages: Page
    may_write: bool


def decisions_page(user: User, query: QueryDict) -> DecisionsPage:
    """The newest first."""
    known = Decision.objects.visible_to(user)
    count = known.count()
    title = (
        ngettext("%(count)s decision about the programme", "%(count)s decisions about the programme", count)
        % {"count": wording.number(count)}
        if count
        else _("No decisions are written down")
    )
    pages = page_newest_first(known.select_related("project"), query, moment="on", size=ON_A_PAGE)
    return DecisionsPage(title, pages, may_add(user))
