"""Where the rules would bring a question that is being registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contacts.actions.route import Routed, choose_team
from organisation.numbers import whole

if TYPE_CHECKING:
    from contacts.forms.registration import Block, Typed
    from organisation.snapshot import Organisation


def routed_for(typed: Typed, block: Block, customer_kind: str | None, house: Organisation) -> Routed:
    """As it would go now, with what was typed so far."""
    subject = house.subjects.get(whole(block.subject) or 0)
    return choose_team(
        channel=typed.channel,
        subject_id=subject.pk if subject else None,
        text=block.text,
        kind=block.kind or (subject.kind if subject else "question"),
        customer_kind=customer_kind,
        house=house,
    )
