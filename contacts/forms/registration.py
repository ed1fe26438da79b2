"""What was typed on the registration screen: kept as typed, and judged only when it is saved."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.http import QueryDict

from channels_app.models import Channel
from contacts import normalize
from organisation.clock import AMSTERDAM
from organisation.numbers import whole

MAX_BLOCKS = 10
MAX_NOTE = 10_000
MAX_FIELD = 20_000
"""Longer is cut off when kept as a draft; what is longer than `MAX_NOTE` is refused with a sentence."""
ADDS = ("add", "add_answered")
"""Ends of a contact that belongs to a question that is there already."""
ENDS = ("direct", "forward", "callback", "waiting", "acknowledge", *ADDS)
WITHOUT_ANSWER = ("wrong_number", "internal", "connected", "spam")
PANELS = ("forward", "callback", "waiting")
CHANNELS = frozenset(Channel.values)  # `values` puts every label into words, each time
LINES = {
    "channel": 12,
    "customer_query": 200,
    "customer": 19,
    "customer_state": 8,
    "new_name": 200,
    "new_kind": 12,
    "new_salutation": 4,
    "new_phone": 40,
    "new_email": 320,
    "new_street": 100,
    "new_house_number": 20,
    "new_postcode": 10,
    "new_place": 80,
    "received_on": 10,
    "received_time": 8,
    "appointment": 8,
    "shaped_for": 12,
    "address": 320,
    "panel": 10,
    "forward_team": 19,
    "forward_who": 19,
    "forward_reason": 200,
    "callback_who": 24,
    "callback_phone": 40,
    "callback_name": 200,
    "callback_moment": 100,
    "callback_other": 100,
    "call": 19,
    "scan": 19,
    "stamp_of": 19,
}
"""Fields of one line, with their greatest length."""
BLOCK_FIELDS = ("subject", "subject_query", "text", "kind", "confidential", "add_to", "end", "article", "phone")


@dataclass(frozen=True)
class Block:
    """One question in the contact, as typed."""

    index: int
    subject: str = ""
    subject_query: str = ""
    text: str = ""
    kind: str = ""
    confidential: str = ""
    add_to: str = ""
    end: str = ""
    article: str = ""
    """The answer of the knowledge base that was opened or put in the note."""
    phone: str = ""
    """Where a question that is not the first is called back."""

    @property
    def is_empty(self) -> bool:
        return not (self.subject or self.subject_query or self.text or self.add_to)


@dataclass(frozen=True)
class Typed:
    """Everything on the screen; `fields` as they are kept in the draft."""

    token: uuid.UUID
    fields: Mapping[str, str] = field(default_factory=dict)
    seen: str = ""
    """How the draft was that this was read from (`stamp_of`)."""

    def get(self, name: str, default: str = "") -> str:
        return self.fields.get(name, default)

    @property
    def channel(self) -> str:
        channel = self.get("channel")
        return channel if channel in CHANNELS else Channel.PHONE

    @property
    def block_count(self) -> int:
        return min(max(whole(self.get("blocks")) or 1, 1), MAX_BLOCKS)

    @property
    def blocks(self) -> list[Block]:
        return [
            Block(index, **{name: self.get(f"q{index}-{name}") for name in BLOCK_FIELDS})
            for index in range(self.block_count)
        ]

    @property
    def is_empty(self) -> bool:
        """Nothing but a channel: not worth keeping."""
        return all(block.is_empty for block in self.blocks) and not any(
            self.get(name) for name in ("customer_query", "customer", "new_name", "address", "callback_phone", "scan")
        )

    @property
    def new_customer_kind(self) -> str | None:
        """Of the customer who is being filled in; None when nobody is."""
        return (self.get("new_kind") or "person") if self.get("customer_state") == "new" else None

    def with_fields(self, **changes: str) -> Typed:
        return Typed(self.token, {**self.fields, **changes})

    def without_block(self, index: int) -> Typed:
        """The same without this question; later ones move up. Of the first one the end and the number stand in the panel."""
        blocks = [block for block in self.blocks if block.index != index] or [Block(0)]
        kept = {name: value for name, value in self.fields.items() if not name.startswith("q")}
        for place, block in enumerate(blocks):
            kept |= {f"q{place}-{name}": getattr(block, name) for name in BLOCK_FIELDS}
        first = blocks[0]
        if first.index and first.end in PANELS:
            kept |= {"panel": first.end, "callback_phone": first.phone or self.get("callback_phone")}
        return Typed(self.token, {**kept, "blocks": str(len(blocks))})


def token_of(text: str) -> uuid.UUID:
    """The draft's token; a new one when there is none or it is damaged."""
    try:
        return uuid.UUID(text)
    except (ValueError, AttributeError, TypeError):
        return uuid.uuid4()


def typed_from(post: QueryDict) -> Typed:
    """Reads the known fields of the form; without characters that cannot be seen or stored."""
    blocks = min(max(whole(post.get("blocks", "")) or 1, 1), MAX_BLOCKS)
    fields = {"blocks": str(blocks)}
    for name in LINES:
        fields[name] = normalize.clean_line(post.get(name, ""), MAX_FIELD)
    if fields["shaped_for"] == Channel.LETTER and fields["channel"] != Channel.LETTER:
        fields["received_on"] = ""  # the stamp belonged to the letter
    fields["recipient"] = normalize.clean(post.get("recipient", ""), MAX_FIELD)
    for index in range(blocks):
        for name in BLOCK_FIELDS:
            value = post.get(f"q{index}-{name}", "")
            cut = normalize.clean if name == "text" else normalize.clean_line
            fields[f"q{index}-{name}"] = cut(value, MAX_FIELD)
    return Typed(token_of(post.get("token", "")), fields)


def received_at(typed: Typed, at: datetime) -> datetime | None:
    """The moment of receipt: now when nothing was filled in; None when it is no date or time."""
    on_text, time_text = typed.get("received_on"), typed.get("received_time")
    if typed.channel == Channel.LETTER:
        time_text = ""
    if not on_text and not time_text:
        return at
    try:
        on = date.fromisoformat(on_text) if on_text else at.astimezone(AMSTERDAM).date()
        clock = time.fromisoformat(time_text) if time_text else None
    except ValueError:
        return None
    if clock is not None and clock.tzinfo is not None:
        return None
    moment = datetime.combine(on, clock or time(12), AMSTERDAM)
    if clock is None and moment > at and on == at.astimezone(AMSTERDAM).date():
        return at
    return moment
