"""What the post room tells whoever listens above it."""

from dataclasses import dataclass
from datetime import datetime

from django.dispatch import Signal

outbound_settled = Signal()
"""Sent with `message` (OutboundMessage) inside the transaction that marks it sent, failed, held or dropped."""

acknowledgements_sent = Signal()
"""Sent with `messages` inside the transaction that marks several acknowledgements sent together, instead of one signal for each; none answers
a letter."""

flooded = Signal()
"""Sent with `kind` (form, chat or mail) and `at` when too much begins to come in at once."""

outbound_leaves = Signal()
"""Sent with `message` and `at` inside the transaction that claims it, before every try. Who made the message may answer `Wait` or `Stop`: what
was true when it was queued need not be true any more after an outage of the mail server."""


unsent_shown = Signal()
"""Sent with `user` and `messages` when a list of what was not sent is put together. An app above answers the ids of those whose content this
person may not see."""


@dataclass(frozen=True)
class Wait:
    """Not before this moment; the words are kept with the message."""

    until: datetime
    why: str


@dataclass(frozen=True)
class Stop:
    """Not any more: the message is held back with these words, and whoever listens is told."""

    why: str
    asks_nobody: bool = False
    """Nobody has to decide about it: it is dropped."""
