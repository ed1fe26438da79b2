"""All goals, all risks and all decisions of the programme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.models import User
from programme.access import goals_of, may_add, may_update
from programme.models import Decision, Goal, Risk
from programme.pages.standing import Standing, standings

HEAVY = 6
"""Chance × effect from which a risk asks for attention first."""
MOST = 300


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
    may_write: bool


def risks_page(user: User) -> RisksPage:
    """The heaviest first; what is over stands apart."""
    rows = sorted(
        Risk.objects.visible_to(user).standing().select_related("project")[:MOST], key=lambda one: (-one.weight, one.pk)
    )
    told = [RiskRow(one, one.weight >= HEAVY, may_update(user, one.project)) for one in rows]
    alive = tuple(row for row in told if row.risk.state != Risk.State.CLOSED)
    heavy = sum(1 for row in alive if row.is_heavy)
    title = (
        ngettext("%(count)s risk asks for attention", "%(count)s risks ask for attention", heavy) % {"count": heavy}
        if heavy
        else _("No risk asks for attention")
    )
    return RisksPage(title, alive, tuple(row for row in told if row.risk.state == Risk.State.CLOSED), may_add(user))


@dataclass(frozen=True)
class DecisionsPage:
    title: str
    decisions: tuple[Decision, ...]
    may_write: bool


def decisions_page(user: User) -> DecisionsPage:
    """The newest first."""
    rows = tuple(Decision.objects.visible_to(user).select_related("project")[:MOST])
    title = (
        ngettext("%(count)s decision about the programme", "%(count)s decisions about the programme", len(rows))
        % {"count": len(rows)}
        if rows
        else _("No decisions are written down")
    )
    return DecisionsPage(title, rows, may_add(user))
