"""A visitor of the website begins to chat: the first line is a question with its clock, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten
from typing import Final

from django.db import connection
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from channels_app.actions.arrive import arrive
from channels_app.ceilings import WAITING_CHATS
from channels_app.exchanges import CHAT, heard
from channels_app.floods import Crowded
from channels_app.models import Channel
from contacts import normalize
from contacts.actions.asked import Asked
from contacts.actions.chat_line import add_line, read_line
from contacts.actions.register import register
from contacts.actions.sender_of_form import sender_of_form
from contacts.chats.hours import is_open
from contacts.models import Chat, ChatLine
from organisation.errors import Refused
from organisation.origin import NO_ORIGIN, Origin
from organisation.snapshot import organisation
from organisation.tokens import hashed
from organisation.transact import one_transaction

MOST_WAITING: Final = 50
"""More visitors than this are not kept waiting: the form is there for them."""


@dataclass(frozen=True)
class ChatAsked:
    """`token` is made up by the visitor's page: who sends it again gets the same chat."""

    token: str
    text: str
    name: str = ""
    email: str = ""
    site: str = ""
    origin: Origin = NO_ORIGIN


@one_transaction
def chat_begin(*, asked: ChatAsked, at: datetime, at_any_hour: bool = False) -> Chat:
    """Refused outside opening hours; `Crowded` when too many wait already, here or from one network. `at_any_hour`: of the demo."""
    house, token_hash = organisation(), hashed(asked.token)
    text = read_line(asked.text, of_visitor=True)
    with connection.cursor() as cursor:  # two of the same at one moment wait for each other
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 30))", [token_hash])
    known = Chat.objects.filter(token_hash=token_hash).first()
    if known is not None:
        return known
    if not at_any_hour and not is_open(house, at):
        raise Refused(_("The chat is closed now."))
    arrive(kind=Channel.CHAT, origin=asked.origin, at=at)
    _check_room(asked.origin)
    customer, remarks = sender_of_form(name=asked.name, email=asked.email, phone="")
    made = register(
        by=None,
        at=at,
        channel=Channel.CHAT,
        received_at=at,
        asked=[Asked(text=text, title=shorten(normalize.clean_line(text, 400), 80, placeholder=" …"))],
        customer=customer,
        text=text,
        address=asked.email,
        address_name=asked.name,
        remarks=remarks,
        acknowledge=False,
        origin=asked.origin,
    )
    chat = Chat.objects.create(
        token_hash=token_hash,
        question=made.questions[0],
        name=asked.name,
        email=asked.email,
        site=asked.site,
        origin=asked.origin.address,
        origin_network=asked.origin.network,
        begun_at=at,
        waits_since=at,
        seen_at=at,
        last_line_at=at,
    )
    add_line(chat, who=ChatLine.Who.VISITOR, text=text, key="first", at=at)
    heard(CHAT, "", at)
    return chat


def _check_room(origin: Origin) -> None:
    """One sender fills his own part of those who wait, not that of the others. One query."""
    waiting = Chat.objects.filter(state=Chat.State.WAITING)
    found = waiting.aggregate(
        all=Count("pk"),
        network=Count("pk", filter=Q(origin_network=origin.network)),
        address=Count("pk", filter=Q(origin=origin.address)),
    )
    is_crowd = bool(origin.network) and WAITING_CHATS.is_reached(
        origin, by_address=found["address"], by_network=found["network"]
    )
    if is_crowd or found["all"] >= MOST_WAITING:
        raise Crowded(Channel.CHAT, _("It is too busy in the chat now. Please use the form."))
