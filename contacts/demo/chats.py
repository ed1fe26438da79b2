"""Chats of the demo, by the steps of real ones: one that waits, one that goes on with its talk, one that was ended with its answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from contacts.actions.chat_begin import ChatAsked, chat_begin
from contacts.actions.chat_close import chat_close
from contacts.actions.chat_hand import chat_take
from contacts.actions.chat_say import desk_says, visitor_says
from contacts.models import Chat

if TYPE_CHECKING:
    from collections.abc import Callable

    from contacts.demo.people import People

STAYS = timedelta(days=400)
"""Nobody sits behind the page of a demo's visitor: it must not look as if he left."""


def add_chats(people: People, moment: Callable[[int, int], datetime], *, until: datetime) -> None:
    fatima, mees = people.users["fatima"], people.users["mees"]
    at = moment(1, 600)
    done = _begin("klaar", at, "Jolanda Kok", "Hoe laat kan ik mijn rijbewijs ophalen?")
    chat_take(chat=done, by=fatima, at=at + timedelta(seconds=40))
    _talk(
        done,
        at,
        fatima,
        (1, "desk", "Goedemorgen. U kunt vandaag tot 17 uur terecht. Een afspraak is niet nodig."),
        (2, "visitor", "Fijn. Moet ik het oude meenemen?"),
        (3, "desk", "Ja, dat leveren we dan meteen in."),
        (4, "visitor", "Dank u wel!"),
    )
    chat_close(chat=done, by=fatima, at=at + timedelta(minutes=5), ended=Chat.Ended.DESK, answered=True)

    at = moment(1, 1010)
    going = _begin("loopt", at, "Peter", "De container voor papier is vol. Kan die eerder worden geleegd?")
    chat_take(chat=going, by=mees, at=at + timedelta(minutes=1))
    _talk(
        going,
        at,
        mees,
        (2, "desk", "Goedemiddag. Om welke container gaat het?"),
        (3, "visitor", "Die bij de supermarkt in Spanbroek."),
        (4, "desk", "Ik kijk het voor u na. Heeft u een ogenblik?"),
        (5, "visitor", "Ja hoor."),
    )
    waits = _begin("wacht", moment(1, 1018), "", "Is de balie morgenavond open?")
    Chat.objects.filter(pk__in=[going.pk, waits.pk]).update(seen_at=until + STAYS, last_line_at=until + STAYS)


def _begin(key: str, at: datetime, name: str, text: str) -> Chat:
    return chat_begin(asked=ChatAsked(f"demo-chat-{key}".ljust(43, "x"), text, name), at=at, at_any_hour=True)


def _talk(chat: Chat, begin: datetime, by: object, *lines: tuple[int, str, str]) -> None:
    """Minutes after the beginning, who, and what."""
    for number, (minute, who, text) in enumerate(lines):
        at, key = begin + timedelta(minutes=minute), f"demo-regel-{number:02d}"
        if who == "desk":
            desk_says(chat=chat, by=by, text=text, key=key, at=at)  # type: ignore[arg-type]
        else:
            visitor_says(chat=chat, text=text, key=key, at=at)
