"""Who is asked how it went after a contact (pure; issue 4 §1).

The same contact always gives the same answer: the draw comes from its key and not from chance, and everything is held against the
moment the contact ended and not against now. So a job that runs again, late or twice asks the same people.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

ASK: Final = "ask"
NO_RULE: Final = "no_rule"
CONFIDENTIAL: Final = "confidential"
AUTOMATIC: Final = "automatic"
NOT_ANSWERED: Final = "not_answered"
"""Still open, or ended as spam, wrong number, double, internal or cancelled."""
NO_ADDRESS: Final = "no_address"
OPTED_OUT: Final = "opted_out"
TOO_EARLY: Final = "too_early"
STALE: Final = "stale"
NOT_DRAWN: Final = "not_drawn"
ASKED_BEFORE: Final = "asked_before"
SAME_ADDRESS: Final = "same_address"
"""Two customers with one address: one of them is asked."""


@dataclass(frozen=True)
class Rule:
    """How a channel asks: which share of its contacts (0 to 100), how long after the end."""

    share: int
    delay: timedelta


@dataclass(frozen=True)
class Limits:
    """What holds for all channels. `between`: the shortest time between two questions to one customer."""

    between: timedelta
    stale_after: timedelta


@dataclass(frozen=True)
class Ended:
    """A contact of which every question is settled. `key` never changes; `last_asked_at` is of the same customer or address."""

    key: str
    ended_at: datetime
    is_answered: bool
    is_confidential: bool
    is_automatic: bool
    has_address: bool
    has_opted_out: bool
    last_asked_at: datetime | None = None


def draw(key: str) -> float:
    """A number from 0 up to 1, always the same for a key and evenly spread over keys."""
    return int.from_bytes(hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()[:8], "big") / 2**64


def verdict(contact: Ended, rule: Rule | None, limits: Limits, at: datetime) -> str:
    """`ask`, or the first reason why not."""
    if rule is None or rule.share <= 0:
        return NO_RULE
    if contact.is_confidential:
        return CONFIDENTIAL
    if contact.is_automatic:
        return AUTOMATIC
    if not contact.is_answered:
        return NOT_ANSWERED
    if not contact.has_address:
        return NO_ADDRESS
    if contact.has_opted_out:
        return OPTED_OUT
    if at - contact.ended_at > limits.stale_after:
        return STALE
    if at < contact.ended_at + rule.delay:
        return TOO_EARLY
    if draw(contact.key) * 100 >= rule.share:
        return NOT_DRAWN
    if contact.last_asked_at is not None and contact.ended_at - contact.last_asked_at < limits.between:
        return ASKED_BEFORE
    return ASK


def sample_size(population: int, *, is_share: bool, size: int) -> int:
    """How many are drawn: a share of the population (rounded up), or a number; never more than there are."""
    return min(population, -(-population * size // 100) if is_share else size)


def is_quiet(local: time, quiet_from: int, quiet_until: int) -> bool:
    """Whether nothing is sent at this time of the clock on the wall; whole hours, over midnight too. Equal hours: never quiet."""
    if quiet_from == quiet_until:
        return False
    if quiet_from < quiet_until:
        return quiet_from <= local.hour < quiet_until
    return local.hour >= quiet_from or local.hour < quiet_until


def quiet_ends(local: datetime, quiet_until: int) -> datetime:
    """When the quiet hours that hold at this moment are over, as the clock on the wall says it."""
    end = local.replace(hour=quiet_until, minute=0, second=0, microsecond=0, fold=0)
    return end if end > local else end + timedelta(days=1)


def leaves_time(delay: timedelta, quiet_from: int, quiet_until: int, stale_after: timedelta) -> bool:
    """Whether a contact that ends at any hour can be asked about before it is too old."""
    return delay + timedelta(hours=(quiet_until - quiet_from) % 24) < stale_after
