"""Where a new question goes, and whether a rule makes it confidential: the team that was chosen, who answers at once, or what the rules say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contacts.actions.confidential_by_rule import Seers, seers
from contacts.actions.route import Routed, choose_team
from contacts.rulebook import rulebook
from organisation.errors import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from channels_app.models import Mailbox, MessageSource
    from contacts.actions.asked import Asked
    from contacts.models import Contact
    from contacts.routing.match import Rule
    from organisation.models import Team, User
    from organisation.origin import Origin
    from organisation.snapshot import Organisation


@dataclass(frozen=True)
class Way:
    """The way by which a registration comes in: by whom and when, in which house, and through which mailbox or service."""

    by: User | None
    at: datetime
    house: Organisation
    mailbox: Mailbox | None
    source: MessageSource | None
    origin: Origin
    reason: str
    """What the history says of it."""
    appointment_at: datetime | None = None
    """Of a visitor: the time of the appointment, when there is one."""


def place(one: Asked, *, contact: Contact, way: Way, kind: str, text: str) -> Routed:
    """The team that was chosen, else who answers at once, else what the rules say; a rule makes it confidential in each case."""
    by, house = way.by, way.house

    def by_rules() -> Routed:
        return choose_team(
            channel=contact.channel,
            subject_id=one.subject_id,
            text=f"{one.title} {text}",
            kind=kind,
            customer_kind=contact.customer.kind if contact.customer else None,
            mailbox_id=way.mailbox.pk if way.mailbox else None,
            mailbox_team_id=way.mailbox.team_id if way.mailbox else None,
            source_team_id=way.source.team_id if way.source else None,
            house=house,
        )

    def confidential_by() -> Rule | None:
        return by_rules().confidential_by if rulebook(house).may_make_confidential else None

    if one.team_id is not None:
        team = house.teams.get(one.team_id)
        if team is None or not team.is_active:
            raise Refused(_("Choose a team that is in use."), "team")
        reason = (one.team_reason or _("Chosen by %(name)s") % {"name": by or _("the sender")})[:300]
        return Routed(team, None, reason, confidential_by())
    if one.end == "direct" or one.close_reason:
        name = str(by) if by is not None else _("the machine")
        return Routed(_own_team(by, house), None, _("Answered at once by %(name)s") % {"name": name}, confidential_by())
    return by_rules()


def seers_of(one: Asked, routed: Routed, contact: Contact, way: Way) -> Seers | None:
    """Who sees what a rule makes confidential; None when no rule does.

    What comes from a confidential question keeps the people of that one.
    """
    rule = routed.confidential_on(contact.channel)
    if rule is None or (one.is_confidential and way.by is None):
        return None
    seen = seers(rule, way.at, team_id=one.team_id)
    return seen if seen.people else None


def _own_team(by: User | None, house: Organisation) -> Team:
    """The team in whose name this person answers: the Servicecentrum when a member, else the own team."""
    ids = by.team_ids if by is not None else frozenset()
    if house.front_office.id in ids or not ids:
        return house.front_office
    return house.teams.get(min(ids), house.front_office)
