"""Writes to a person that the answer takes longer, until when and why (AVG, article 12, paragraph 3)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from channels_app.actions.send import compose_message, queue_message
from channels_app.models import OutboundMessage
from contacts.answers import NOT_LEFT
from contacts.merged import where_merged
from organisation import wording
from organisation.snapshot import organisation

if TYPE_CHECKING:
    from contacts.models import Customer
    from privacy.models import RightsRequest

KEY: Final = "right:"


def address_of(customer: Customer) -> str:
    """Where mail to this person arrives, as far as we know; empty when nowhere. Addresses went along with who was merged."""
    own = where_merged(customer).addresses.filter(kind="email", bounced_at=None).order_by("-is_preferred", "pk")
    return own.values_list("value", flat=True).first() or ""


def mail_key(one: RightsRequest) -> str:
    """It is put off once, so there is one such mail."""
    return f"{KEY}{one.pk}"


def mail_of(one: RightsRequest) -> OutboundMessage | None:
    return OutboundMessage.objects.filter(purpose=OutboundMessage.Purpose.INTERIM, object_key=mail_key(one)).first()


def is_untold(one: RightsRequest, mail: OutboundMessage | None) -> bool:
    """Whether somebody must still tell this person that it takes longer, because the e-mail did not arrive."""
    is_by_mail = one.answered_at is None and one.told_by == one.Told.EMAIL
    return is_by_mail and mail is not None and mail.state in NOT_LEFT


def tell_of_delay(one: RightsRequest, *, address: str, at: datetime) -> None:
    """In the transaction of the act, in the language of citizens."""
    town = organisation().municipality
    with translation.override("nl"):
        body = render_to_string(
            "mail/right_put_off.txt",
            {
                "name": one.customer.name,
                "kind": one.get_kind_display(),
                "number": one.number,
                "asked": wording.day_long(one.received_on),
                "last_day": wording.day_long(one.last_on),
                "reason": one.extension_reason,
                "municipality": town,
            },
        )
        subject = _("Your request about your personal data (%(number)s)") % {"number": one.number}
    queue_message(
        compose_message(
            purpose=OutboundMessage.Purpose.INTERIM,
            object_key=mail_key(one),
            to_address=address,
            to_name=one.customer.name,
            subject=subject,
            body=body.strip() + "\n",
            at=at,
        )
    )
