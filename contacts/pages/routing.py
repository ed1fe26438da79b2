"""What the screen of the rules shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.models import Mailbox
from contacts.actions.confidential_by_rule import Seers, seers
from contacts.models import Assignment, Customer, RoutingRule
from contacts.routing.match import Facts, first_match
from contacts.rulebook import rulebook
from organisation import wording
from organisation.addresses import address
from organisation.clock import now
from organisation.models import QuestionKind
from organisation.prepared import rows_prepared
from organisation.snapshot import Organisation

if TYPE_CHECKING:
    from contacts.actions.route import Routed

LATEST = 5_000
"""Only so many of the newest hand-overs are counted; the table is never counted whole."""
FEW = 10
"""Below this a count tells of one question; exact only for who keeps the rules."""
WEEKS = 4

FEW_WORDS = 4
"""Of a rule that is not opened, so that the list can be read."""


@dataclass(frozen=True)
class Condition:
    """`het onderwerp valt onder` + `Afval`."""

    lead: str
    value: str


@dataclass(frozen=True)
class Seen:
    """Who alone sees a question, or that nobody is left who could."""

    icon: str
    words: str


@dataclass(frozen=True)
class RuleRow:
    pk: int
    number: int
    name: str
    conditions: tuple[Condition, ...]
    team: str
    uses: str
    is_active: bool
    is_skipped: bool
    """Switched on, but the team is not in use."""
    seen: Seen | None
    """Of what it makes confidential; None: it does not."""
    has_others: bool
    """Those whom it means left, and others see it instead."""
    failure: str
    failed_at: str
    href: str
    is_first: bool
    is_last: bool
    is_selected: bool


@dataclass(frozen=True)
class Tried:
    """The answer to an example: which team, why, and what happened to every rule before it."""

    team: str
    reason: str
    seen: Seen | None
    """None: no rule makes it confidential."""
    passed: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RoutingPage:
    rules: tuple[RuleRow, ...]
    may_write: bool
    front_office: str
    has_failures: bool
    has_others: bool
    """Of a rule that makes questions confidential everybody left whom it means."""


def conditions(
    rule: RoutingRule, house: Organisation, mailboxes: dict[int, str], *, is_whole: bool = True
) -> tuple[Condition, ...]:
    """The conditions of a rule in words, all of which must fit; of many words the first few, unless it must be whole."""
    found = []
    if rule.channel:
        found.append(Condition(_("the channel is"), str(wording.channel_name(rule.channel))))
    if rule.mailbox_id:
        found.append(Condition(_("the mailbox is"), mailboxes.get(rule.mailbox_id, "?")))
    if rule.subject_id in house.subjects:
        found.append(Condition(_("the subject falls under"), house.subjects[rule.subject_id].name))
    if rule.question_kind:
        found.append(Condition(_("it is"), _label(QuestionKind(rule.question_kind).label).lower()))
    if rule.customer_kind:
        found.append(Condition(_("the customer is"), _label(Customer.Kind(rule.customer_kind).label).lower()))
    if rule.words:
        lead = ngettext("the text has the word", "the text has one of the words", len(rule.words))
        shown = rule.words if is_whole or len(rule.words) <= FEW_WORDS + 1 else rule.words[:FEW_WORDS]
        listed = ", ".join(f"“{word}”" for word in shown)
        if len(shown) < len(rule.words):
            listed = _("%(words)s or %(count)s others") % {"words": listed, "count": len(rule.words) - len(shown)}
        found.append(Condition(lead, listed))
    return tuple(found)


def _label(label: str | Promise) -> str:
    return str(label)


def routing_page(
    rules: Sequence[RoutingRule], house: Organisation, *, may_write: bool, selected: int | None = None
) -> RoutingPage:
    """The rules in their order, with how often each decided in the last four weeks."""
    mailboxes = dict(Mailbox.objects.values_list("pk", "address"))
    uses = _uses()
    rows = []
    for index, rule in enumerate(rules, start=1):
        team = house.teams.get(rule.team_id)
        seen = seers(rule, now()) if rule.is_confidential else None
        rows.append(
            RuleRow(
                pk=rule.pk,
                number=index,
                name=rule.name,
                conditions=conditions(rule, house, mailboxes, is_whole=rule.pk == selected),
                team=team.name if team else "?",
                uses=_times(uses.get(rule.pk, 0), is_exact=may_write),
                is_active=rule.is_active,
                is_skipped=rule.is_active and (team is None or not team.is_active),
                seen=_seen(seen),
                has_others=rule.is_active and seen is not None and seen.is_other,
                failure=rule.failure,
                failed_at=wording.moment(rule.failed_at) if rule.failed_at else "",
                href=address("contacts:rule", rule.pk),
                is_first=index == 1,
                is_last=index == len(rules),
                is_selected=rule.pk == selected,
            )
        )
    return RoutingPage(
        rules=tuple(rows),
        may_write=may_write,
        front_office=house.front_office.name,
        has_failures=any(row.failed_at for row in rows),
        has_others=any(row.has_others for row in rows),
    )


def _seen(found: Seers | None) -> Seen | None:
    if found is None:
        return None
    if not found.people:
        return Seen("lock-open", _("Not confidential: whom this rule names works here no more"))
    return Seen("lock", _("Confidential: only %(names)s") % {"names": found.names})


def _times(count: int, *, is_exact: bool) -> str:
    """Confidential questions and those of other teams count too: of few nobody else learns that one came in."""
    if not is_exact and count < FEW:
        return _("fewer than %(count)s times") % {"count": FEW}
    return ngettext("%(count)s time", "%(count)s times", count) % {"count": wording.number(count)}


def _uses() -> dict[int, int]:
    newest = Subquery(Assignment.objects.order_by("-pk").values("pk")[:1])
    rows = rows_prepared(
        "uses of rules",
        lambda marks: (
            Assignment.objects.filter(pk__gt=newest - LATEST, from_at__gte=marks["since"], rule__isnull=False)
            .order_by()
            .values("rule_id")
            .annotate(times=Count("pk"))
        ),
        {"since": now() - timedelta(weeks=WEEKS)},
    )
    return {row["rule_id"]: row["times"] for row in rows}


def tried(routed: Routed, facts: Facts, house: Organisation) -> Tried:
    """Explains the choice: the rules that were passed over, and those that could not be judged."""
    outcome = first_match(rulebook(house).rules, facts)
    rule = routed.confidential_on(facts.channel)
    return Tried(
        team=routed.team.name,
        reason=routed.reason,
        seen=_seen(seers(rule, now()) if rule is not None else None),
        passed=tuple(rule.name for rule in outcome.passed_over),
        failed=tuple((rule.name, why) for rule, why in outcome.failed),
    )
