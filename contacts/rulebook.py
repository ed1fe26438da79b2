"""Norms and routing rules of now, kept in the process until the settings' version rises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from contacts.models import RoutingRule, ServiceNorm
from contacts.routing.match import Rule
from organisation.snapshot import Organisation, Versioned, every, organisation

PICKUP: Final = "phone.pickup"
PICKUP_SECONDS: Final = 30
"""While nobody made the norms yet (plan 6.2)."""


@dataclass(frozen=True)
class Rulebook:
    """All versions of all norms, and the active routing rules in their order."""

    norms: dict[str, list[ServiceNorm]]
    rules: tuple[Rule, ...]

    @property
    def may_make_confidential(self) -> bool:
        """Whether a rule makes questions confidential."""
        return any(rule.is_confidential for rule in self.rules)

    def norm(
        self, code: str, *, on: date, channel: str, team_id: int | None, subject_ids: frozenset[int]
    ) -> ServiceNorm | None:
        """The norm that applies on this day; the narrowest wins: subject, then team, then channel."""
        fitting = [
            norm
            for norm in self.norms.get(code, ())
            if norm.valid_from <= on
            and (norm.valid_until is None or on < norm.valid_until)
            and norm.channel in ("", channel)
            and norm.team_id in (None, team_id)
            and (norm.subject_id is None or norm.subject_id in subject_ids)
        ]
        narrowness = [
            (n.subject_id is not None, n.team_id is not None, n.channel != "", n.valid_from, n.pk) for n in fitting
        ]
        return fitting[narrowness.index(max(narrowness))] if fitting else None

    def pickup_seconds(self, on: date, house: Organisation) -> int:
        """In how many seconds a call of this day should be picked up: the norm `phone.pickup`, the one place that says it.

        A day before the first version, of a file with old calls, has the terms of the first.
        """
        team_id = next((team.pk for team in house.teams.values() if team.is_front_office), None)
        versions = sorted(self.norms.get(PICKUP, ()), key=lambda norm: norm.valid_from)
        first = [norm.valid_from for norm in versions if norm.team_id is None and norm.subject_id is None][:1]
        day = max(on, *first) if first else on
        norm = self.norm(PICKUP, on=day, channel="phone", team_id=team_id, subject_ids=frozenset())
        return norm.length if norm is not None and norm.length is not None else PICKUP_SECONDS


def _build(version: int) -> Rulebook:
    norms: dict[str, list[ServiceNorm]] = {}
    for norm in every(ServiceNorm):
        norms.setdefault(norm.code, []).append(norm)
    house = organisation()
    rules = tuple(
        Rule(
            order=row.position,
            id=row.pk,
            name=row.name,
            channel=row.channel or None,
            mailbox=row.mailbox_id,
            subject_ids=house.subject_ids_below(row.subject_id) if row.subject_id else None,
            words=tuple(row.words),
            question_kind=row.question_kind or None,
            customer_kind=row.customer_kind or None,
            team_id=row.team_id,
            is_confidential=row.is_confidential,
            confidential_for=tuple(row.confidential_for),
        )
        for row in RoutingRule.objects.filter(is_active=True, team__is_active=True)
    )
    return Rulebook(norms=norms, rules=rules)


RULEBOOK = Versioned(_build)


def rulebook(house: Organisation) -> Rulebook:
    """The norms and rules that belong to this version of the organisation; no query when nothing changed."""
    return RULEBOOK.get(house.version)


def pickup_seconds_on(day: date) -> int:
    """In how many seconds a call of this day should be picked up, by the settings of now."""
    house = organisation()
    return rulebook(house).pickup_seconds(day, house)
