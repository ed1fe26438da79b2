"""Begins a talk by WhatsApp with a text that was approved beforehand, with somebody who said yes to that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from channels_app.accounts import accounts
from channels_app.adapters.registry import adapter_of
from channels_app.approved import filled
from channels_app.models import Channel, MessageSource
from contacts import normalize
from contacts.actions.answer import add_contact, after_message, check_may
from contacts.actions.change import changing
from contacts.actions.consent import give_consent, live_consent
from contacts.actions.send_message import Way, queue_answer
from contacts.messages.conversation import Talk, talk_of
from contacts.models import Contact
from organisation.errors import Refused
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from contacts.models import Question
    from organisation.models import User

NEVER_WROTE = timedelta(days=36_500)


def talk_source() -> MessageSource | None:
    """The account that may begin with an approved text."""
    return next((one for one in accounts() if one.templates and _takes_templates(one)), None)


def _takes_templates(source: MessageSource) -> bool:
    adapter = adapter_of(source.kind)
    return adapter is not None and adapter.channel == Channel.WHATSAPP and adapter.limits.has_templates


@one_transaction
def start_talk(
    *,
    question: Question,
    by: User,
    at: datetime,
    number: str,
    template: str,
    values: Sequence[str],
    how: str = "",
    note: str = "",
    version: int | None = None,
) -> Contact:
    """An interim message; what the customer writes back comes to this question, and then we may write freely for a day.

    `how` the customer said yes, where that was not known yet. `Refused` without consent, template or number.
    """
    digits = normalize.mobile(number)
    with changing(question, by=by, at=at, version=version, reason="talk begun") as fresh:
        check_may(fresh, "interim")
        source = talk_source()
        if source is None or (adapter := adapter_of(source.kind)) is None:
            raise Refused(_("There is no WhatsApp account with approved texts."))
        if talk_of(fresh) is not None:
            raise Refused(_("This question has a talk already: answer there."))
        if fresh.customer is None:
            raise Refused(_("Choose first whose question it is."))
        if not digits or digits not in numbers_of(fresh):
            raise Refused(_("Choose a mobile number of this customer."), "number")
        if live_consent(fresh.customer, Channel.WHATSAPP, digits) is None:
            give_consent(
                customer=fresh.customer, channel=Channel.WHATSAPP, number=digits, how=how, by=by, at=at, note=note
            )
        text = _text(source, template, values)
        talk = Talk(source, f"{source.pk}:{digits}", digits, "", at - NEVER_WROTE, "", False, {})
        contact = add_contact(fresh, by=by, at=at, text=text, channel=Channel.WHATSAPP, is_answer=False, address=digits)
        contact.outbound = queue_answer(
            Way(talk, adapter, False), question=fresh, contact=contact, purpose="interim", text=text, at=at
        )
        contact.save_without_historical_record()  # type: ignore[attr-defined]
        after_message(fresh, by=by, at=at, is_answer=False, then="interim")
    return contact


def _text(source: MessageSource, template: str, values: Sequence[str]) -> str:
    chosen = next((one for one in source.templates if one["name"] == template), None)
    if chosen is None:
        raise Refused(_("Choose an approved text."), "template")
    text = filled(chosen["text"], [normalize.clean_line(one, 200) for one in values])
    if text is None:
        raise Refused(_("Fill in every open place of the text, each on a line of its own."), "values")
    return text


def numbers_of(question: Question) -> list[str]:
    """Mobile numbers of the customer, as digits; each once."""
    if question.customer is None:
        return []
    known = question.customer.addresses.filter(kind__in=("whatsapp", "phone")).order_by("-is_preferred", "kind", "pk")
    return [one for one in dict.fromkeys(normalize.mobile(row.value) for row in known) if one]
