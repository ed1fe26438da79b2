"""Which team a question goes to, and why, in words; the first rule that fits decides, else the subject, else the Servicecentrum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from channels_app.models import Channel
from contacts.models import RoutingRule
from contacts.routing.match import Facts, Rule, first_match
from contacts.rulebook import rulebook
from organisation.clock import now
from organisation.snapshot import Organisation, organisation

if TYPE_CHECKING:
    from organisation.models import Team


@dataclass(frozen=True)
class Routed:
    team: Team
    rule_id: int | None
    reason: str
    confidential_by: Rule | None = None
    """The rule that makes the question confidential (`contacts.actions.confidential_by_rule`)."""

    def confidential_on(self, channel: str) -> Rule | None:
        """The rule that makes it confidential when it comes in on this channel: a chat is answered at once by whoever is there."""
        return self.confidential_by if channel != Channel.CHAT else None


def choose_team(
    *,
    channel: str,
    subject_id: int | None,
    text: str,
    kind: str,
    customer_kind: str | None,
    mailbox_id: int | None = None,
    mailbox_team_id: int | None = None,
    source_team_id: int | None = None,
    house: Organisation | None = None,
) -> Routed:
    """The team and the reason. Writes nothing, except that a rule that failed is marked so that the coordinator sees it."""
    house = house or organisation()
    outcome = first_match(
        rulebook(house).rules,
        Facts(
            channel=channel,
            subject_id=subject_id,
            text=text,
            kind=kind,
            customer_kind=customer_kind,
            mailbox=mailbox_id,
        ),
    )
    for rule, failure in outcome.failed:
        RoutingRule.objects.filter(pk=rule.id).update(failed_at=now(), failure=failure)
    if outcome.rule is not None and outcome.rule.team_id in house.teams:
        team = house.teams[outcome.rule.team_id]
        reason = _("Rule “%(rule)s”") % {"rule": outcome.rule.name}
        if outcome.word:
            reason += _(", because of the word “%(word)s”") % {"word": outcome.word}
        return Routed(team, outcome.rule.id, reason[:300], outcome.rule if outcome.rule.is_confidential else None)
    owner = house.subject_team(subject_id)
    if owner is not None and subject_id is not None:
        subject = house.subjects[subject_id]
        return Routed(owner, None, _("Subject “%(subject)s” belongs to this team") % {"subject": subject.name})
    if mailbox_team_id in house.teams and house.teams[mailbox_team_id].is_active:
        return Routed(house.teams[mailbox_team_id], None, _("The mailbox belongs to this team"))
    if source_team_id in house.teams and house.teams[source_team_id].is_active:
        return Routed(house.teams[source_team_id], None, _("Messages from this account belong to this team"))
    return Routed(house.front_office, None, _("No rule fits: the Servicecentrum looks at it"))
