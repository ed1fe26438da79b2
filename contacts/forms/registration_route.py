"""Where the rules would bring a question that is being registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contacts.actions.route import Routed, choose_team
from organisation.numbers import whole

if TYPE_CHECKING:
    from contacts.actions.asked import NewCustomer
    from contacts.forms.registration import Block, Typed
    from contacts.models import Customer
    from organisation.snapshot import Organisation


def routed_for(typed: Typed, block: Block, customer: Customer | NewCustomer | None, house: Organisation) -> Routed:
    """As it would go now, with what was typed so far; also of a customer who is only being filled in."""
    subject = house.subjects.get(whole(block.subject) or 0)
    customer_kind = customer.kind if customer is not None else typed.new_customer_kind
    return choose_team(
        channel=typed.channel,
        subject_id=subject.pk if subject else None,
        text=block.text,
        kind=block.kind or (subject.kind if subject else "question"),
        customer_kind=customer_kind,
        house=house,
    )
