"""Adds, changes, moves and switches rules that bring questions to teams; the first that fits decides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from channels_app.models import Channel, Mailbox
from contacts import normalize
from contacts.actions.confidential_by_rule import readers
from contacts.models import Customer, RoutingRule
from organisation import audit
from organisation.clock import today
from organisation.errors import Refused, Stale
from organisation.history import sign
from organisation.models import QuestionKind
from organisation.roles import Right
from organisation.snapshot import organisation
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User

MOST_WORDS = 30
STEP = 10
_LETTER = re.compile(r"\w", re.UNICODE)


@dataclass(frozen=True)
class RuleTerms:
    """What a rule looks at, and the team it leads to; what is empty is not looked at."""

    name: str
    team_id: int | None
    channel: str = ""
    mailbox_id: int | None = None
    subject_id: int | None = None
    words: Sequence[str] = ()
    question_kind: str = ""
    customer_kind: str = ""
    is_confidential: bool = False
    confidential_for: Sequence[int] = ()
    is_active: bool = True


@one_transaction
def add_rule(*, terms: RuleTerms, by: User, at: datetime) -> RoutingRule:
    """The new rule comes last; it can be moved."""
    words = _checked(terms, by=by)
    last = _in_order()
    rule = RoutingRule(position=(last[-1].position if last else 0) + STEP)
    _fill(rule, terms, words)
    rule.version = 0
    _save(rule, by=by, at=at, reason=_("added"))
    audit.record(by=by, action="rule.added", obj=rule, name=rule.name)
    return rule


@one_transaction
def change_rule(
    *, rule: RoutingRule, terms: RuleTerms, by: User, at: datetime, version: int | None = None
) -> RoutingRule:
    """The change holds for the next question; questions that were routed before stay where they are."""
    words = _checked(terms, by=by, rule=rule)
    fresh = RoutingRule.objects.select_for_update().get(pk=rule.pk)
    if version is not None and fresh.version != version:
        raise Stale(_("A colleague changed this rule in the meantime."), fresh)
    _fill(fresh, terms, words)
    fresh.failed_at, fresh.failure = None, ""
    _save(fresh, by=by, at=at, reason=_("changed"))
    audit.record(by=by, action="rule.changed", obj=fresh, name=fresh.name)
    return fresh


@one_transaction
def move_rule(*, rule: RoutingRule, by: User, at: datetime, up: bool) -> bool:
    """One place up or down; says whether there was a place to go to."""
    if not by.may(Right.ROUTING_WRITE):
        raise PermissionDenied
    rules = _in_order()
    place = next((index for index, one in enumerate(rules) if one.pk == rule.pk), None)
    if place is None:
        return False
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rules):
        return False
    rules[place], rules[other] = rules[other], rules[place]
    for index, one in enumerate(rules, start=1):
        if one.position != index * STEP:
            one.position = index * STEP
            _save(one, by=by, at=at, reason=_("moved"))
    audit.record(by=by, action="rule.moved", obj=rule, name=rule.name, up=up)
    return True


@one_transaction
def switch_rule(*, rule: RoutingRule, by: User, at: datetime, is_active: bool) -> RoutingRule:
    """In use or not; the rule keeps its place."""
    if not by.may(Right.ROUTING_WRITE):
        raise PermissionDenied
    fresh = RoutingRule.objects.select_for_update().get(pk=rule.pk)
    if fresh.is_active != is_active:
        fresh.is_active = is_active
        _save(fresh, by=by, at=at, reason=_("switched on") if is_active else _("switched off"))
        audit.record(by=by, action="rule.switched", obj=fresh, name=fresh.name, is_active=is_active)
    return fresh


def _in_order() -> list[RoutingRule]:
    return list(RoutingRule.objects.select_for_update().order_by("position", "id"))


def _checked(terms: RuleTerms, *, by: User, rule: RoutingRule | None = None) -> list[str]:
    """The words as they will be kept; refuses what could never work."""
    if not by.may(Right.ROUTING_WRITE):
        raise PermissionDenied
    house = organisation()
    name = normalize.clean_line(terms.name, 100)
    if not name:
        raise Refused(_("Give the rule a name."), "name")
    same = RoutingRule.objects.filter(name__iexact=name)
    if (same.exclude(pk=rule.pk) if rule is not None else same).exists():
        raise Refused(_("There is already a rule with this name."), "name")
    if terms.team_id not in house.teams or not house.teams[terms.team_id].is_active:
        raise Refused(_("Choose a team that is in use."), "team")
    if terms.channel and terms.channel not in Channel.values:
        raise Refused(_("Choose a channel."), "channel")
    if terms.subject_id is not None and terms.subject_id not in house.subjects:
        raise Refused(_("Choose a subject from the list."), "subject")
    if terms.mailbox_id is not None and not Mailbox.objects.filter(pk=terms.mailbox_id).exists():
        raise Refused(_("Choose a mailbox from the list."), "mailbox")
    if terms.question_kind and terms.question_kind not in QuestionKind.values:
        raise Refused(_("Choose a kind of question from the list."), "question_kind")
    if terms.customer_kind and terms.customer_kind not in Customer.Kind.values:
        raise Refused(_("Choose a kind of customer from the list."), "customer_kind")
    if terms.is_confidential and set(terms.confidential_for) - {pk for pk, _name in readers(today())}:
        raise Refused(_("Choose people who may see questions."), "confidential_for")
    typed = (one for line in terms.words for one in line.split(","))
    words = list(dict.fromkeys(word for word in (normalize.clean_line(one, 60) for one in typed) if word))
    if len(words) > MOST_WORDS:
        raise Refused(_("Use at most %(most)s words.") % {"most": MOST_WORDS}, "words")
    for word in words:
        if not _LETTER.search(word):
            raise Refused(_("“%(word)s” has no letters or digits, so it never fits.") % {"word": word}, "words")
    conditions = (terms.channel, terms.mailbox_id, terms.subject_id, words, terms.question_kind, terms.customer_kind)
    if not any(conditions):
        raise Refused(_("Fill in at least one condition. A rule without one would take every question."), "channel")
    return words


def _fill(rule: RoutingRule, terms: RuleTerms, words: list[str]) -> None:
    rule.name = normalize.clean_line(terms.name, 100)
    rule.team_id = terms.team_id  # type: ignore[assignment]  # _checked refused a rule without a team
    rule.channel = terms.channel
    rule.mailbox_id = terms.mailbox_id
    rule.subject_id = terms.subject_id
    rule.words = words
    rule.question_kind = terms.question_kind
    rule.customer_kind = terms.customer_kind
    rule.is_confidential = terms.is_confidential
    rule.confidential_for = sorted(set(terms.confidential_for)) if terms.is_confidential else []
    rule.is_active = terms.is_active


def _save(rule: RoutingRule, *, by: User, at: datetime, reason: str) -> None:
    rule.version += 1
    sign(rule, by=by, at=at, reason=reason)
    rule.save()
