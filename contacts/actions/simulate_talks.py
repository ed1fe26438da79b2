"""Chats, posts and WhatsApp messages of “Simuleer drukte”: a visitor who waits, says something more and goes; a call of a service as it comes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from channels_app.actions.take_in_event import take_in_event
from channels_app.models import Channel, MessageSource
from contacts.actions.chat_begin import ChatAsked, chat_begin
from contacts.actions.chat_close import chat_close
from contacts.actions.chat_say import visitor_says
from contacts.models import Chat
from contacts.simulation import chat_plan, comment, whatsapp, written
from organisation.errors import Refused
from organisation.tokens import hashed

NAMES: Final = {"meta": "Facebook en Instagram", "whatsapp": "WhatsApp"}


def plan_chats(detail: dict[str, Any], seeds: list[str], at: datetime) -> list[tuple[str, str, str]]:
    """What the visitors do now, (seed, what, text); what they do later is noted in the row."""
    going = list(detail.get("chats", []))
    for seed in seeds:
        steps = [[when.isoformat(), what, text] for when, what, text in chat_plan(seed, at)]
        going.append({"key": seed, "steps": steps})
    now = []
    for one in going:
        due = [step for step in one["steps"] if datetime.fromisoformat(step[0]) <= at]
        one["steps"] = one["steps"][len(due) :]
        now += [(one["key"], what, text) for _when, what, text in due]
        if not due and one["steps"]:
            now.append((one["key"], "seen", ""))
    detail["chats"] = [one for one in going if one["steps"]]
    return now


def do_chat(seed: str, what: str, text: str, at: datetime) -> None:
    """One step of a visitor; a chat that is full or was ended by us leaves him with nothing to do."""
    token = f"{seed}-{'x' * 43}"[:43]
    try:
        if what == "begin":
            name, address, _subject, _text = written(seed)
            chat_begin(asked=ChatAsked(token, text, name, address), at=at, at_any_hour=True)
            return
        chat = Chat.objects.filter(token_hash=hashed(token)).exclude(state=Chat.State.CLOSED).first()
        if chat is None:
            return
        if what == "say":
            visitor_says(chat=chat, text=text, key=f"{seed}-{len(text)}"[-50:], at=at)
        elif what == "end":
            chat_close(chat=chat, by=None, at=at, ended=Chat.Ended.VISITOR)
        elif chat.seen_at < at - timedelta(seconds=20):
            Chat.objects.filter(pk=chat.pk).update(seen_at=at)
    except Refused:
        return


def post(seed: str, at: datetime) -> None:
    """A comment below a post of ours, as Facebook tells it."""
    _tell("meta", Channel.SOCIAL, seed, comment(seed, at), at)


def whatsapp_message(seed: str, at: datetime) -> None:
    _tell("whatsapp", Channel.WHATSAPP, seed, whatsapp(seed, at), at)


def _tell(kind: str, channel: str, seed: str, body: bytes, at: datetime) -> None:
    take_in_event(source=_source(kind), channel=channel, key=seed, body=body, at=at)


def _source(kind: str) -> MessageSource:
    """One without secrets: an answer to somebody who was made up must go nowhere."""
    found = MessageSource.objects.filter(kind=kind, is_active=True, secrets_encrypted="").order_by("pk").first()
    if found is not None:
        return found
    return MessageSource.objects.create(
        kind=kind, name=f"Simuleer drukte: {NAMES[kind]}", key=f"simulatie-{kind}", account="1755847768034402"
    )
