"""Who stood in the last mail of a question, and may get a copy of the answer: never ourselves, machines, lists or addresses that do not work."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext as _

from channels_app.actions.compose import can_be_written_to
from channels_app.actions.parse_inbox import own_addresses
from channels_app.adapters.email.machine import cannot_be_answered
from channels_app.models import DeadAddress
from contacts.models import Contact, Question
from organisation.errors import Refused
from organisation.prepared import json_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST: Final = 20
"""Copies of one mail; more is a list that somebody typed out."""
_PLACES: Final = ("reply_to", "senders", "to", "cc")
_READ: Final = ("id", "remarks", "address", "address_name", "mailbox", *_PLACES)
_LIST: Final = re.compile(
    r"^(?:.*[-_.])?(?:list|lijst|leden|members|request|owner|bounces|(?:un)?subscribe|announce|nieuwsbrief|newsletter)"
    r"@|@(?:lists?|lijsten|groups)\.|@(?:googlegroups\.com|groups\.io|freelists\.org)$"
)


@dataclass(frozen=True)
class Other:
    """`address` in lower case; `where`: in which header it stood, or `wrote` for who wrote the mail."""

    address: str
    name: str
    where: str


def last_mail(question: Any) -> Subquery:
    """The last mail of a person, for `others_of`; `question` is a column of the statement around it."""
    rows = Contact.objects.filter(
        questions=question,
        channel="email",
        direction=Contact.Direction.IN,
        is_automatic=False,
        inbound__mailbox__isnull=False,
    ).annotate(mailbox=F("inbound__mailbox__address"), **{place: F(f"inbound__parsed__{place}") for place in _PLACES})
    return json_list(rows.order_by("-received_at", "-pk")[:1], **{name: name for name in _READ})


def others_in_mail(question: Question, to_address: str = "") -> list[Other]:
    """Of the last mail of a person in this question, without who gets the answer itself (else who wrote the mail)."""
    mails = Question.objects.filter(pk=question.pk).values_list(last_mail(OuterRef("pk")), flat=True).get()
    return others_of(mails, to_address)


def others_of(mails: Sequence[dict[str, Any]], to_address: str = "") -> list[Other]:
    """The same of what `last_mail` gave. A mail that a colleague passed on names colleagues: nobody."""
    for mail in mails:
        if mail["address"] and "forwarded_by_employee" not in (mail["remarks"] or []):
            writer = Other(mail["address"].lower(), mail["address_name"], "wrote")
            to = to_address.strip().lower() or writer.address
            named = _named(writer, [mail[place] for place in _PLACES])
            return _without_useless(named, {to, mail["mailbox"].lower()})
    return []


def asks_answer_at(mails: Sequence[dict[str, Any]]) -> str:
    """The address in Reply-To when nobody reads the one that the last mail came from, as with the form of another house; else empty.

    Not when nothing proves that it came from there: whoever forges such a sender would have the answer sent to himself.
    """
    if not mails or "sender_not_verified" in (mails[0]["remarks"] or []):
        return ""
    if not cannot_be_answered((mails[0]["address"] or "").lower()):
        return ""
    return next((one.address for one in others_of(mails) if one.where == "reply_to"), "")


def _named(writer: Other, lists: Iterable[Any]) -> dict[str, Other]:
    """Each address once, from the first header that names it."""
    found: dict[str, Other] = {writer.address: writer}
    for where, addresses in zip(_PLACES, lists, strict=False):
        for one in addresses or ():
            address = str(one.get("address", "")).lower()
            if address:
                found.setdefault(address, Other(address, str(one.get("name", "")), where))
    return found


def _without_useless(named: dict[str, Other], had: set[str]) -> list[Other]:
    """`had`: who wrote it and the mailbox it came to, so that most mails ask nothing more."""
    left = [
        one
        for one in named.values()
        if one.address not in had
        and not cannot_be_answered(one.address)
        and not _LIST.search(one.address)
        and can_be_written_to(one.address)
    ]
    own = {_bare(one) for one in own_addresses()} if left else set()
    left = [one for one in left if _bare(one.address) not in own]
    if not left:
        return []
    dead = set(DeadAddress.objects.filter(address__in=[one.address for one in left]).values_list("address", flat=True))
    return [one for one in left if one.address not in dead][:MOST]


def _bare(address: str) -> str:
    """`info+wmo@opmeer.nl` comes in at `info@opmeer.nl`."""
    local, _at, host = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{host}"


def checked_copies(question: Question, chosen: Sequence[str], *, to_address: str) -> list[str]:
    """The chosen addresses, each once and not the one that gets the mail itself; `Refused` for one that stood in no mail of the customer."""
    wanted = list(dict.fromkeys(one.strip().lower() for one in chosen if one.strip()))
    if not wanted:
        return []
    may = {one.address for one in others_in_mail(question, to_address)} | {to_address.strip().lower()}
    strange = [one for one in wanted if one not in may]
    if strange:
        raise Refused(
            _("%(address)s cannot get a copy: it does not stand in the last mail, or mail does not arrive there.")
            % {"address": strange[0][:100]},
            "copy",
        )
    return [one for one in wanted if one != to_address.strip().lower()]
