"""How many people must sit at the phone: Erlang C, the usual sum for a queue that people wait in (pure).

Assumes that calls come by chance, that nobody hangs up, and that everybody helps equally long: it asks for rather one too many than one too few.
"""

from __future__ import annotations

import math
from typing import Final

MOST: Final = 200


def waits(traffic: float, people: int) -> float:
    """The chance that a caller waits at all. `traffic` in Erlang: calls per second times seconds per call."""
    if traffic <= 0:
        return 0.0
    if people <= traffic:
        return 1.0
    blocked = 1.0  # Erlang B, step by step: no factorials that overflow
    for count in range(1, people + 1):
        blocked = traffic * blocked / (count + traffic * blocked)
    return blocked / (1 - traffic / people * (1 - blocked))


def in_time(calls: float, span: float, length: float, people: int, limit: float) -> float:
    """The part of `calls` in `span` seconds that is picked up within `limit` seconds, when a call takes `length` seconds."""
    traffic = calls / span * length
    if traffic <= 0:
        return 1.0
    if people <= traffic:
        return 0.0
    return 1 - waits(traffic, people) * math.exp(-(people - traffic) * limit / length)


def needed(calls: float, span: float, length: float, limit: float, share: float) -> int:
    """The least number of people with which at least `share` (0 to 1) is picked up in time; 0 without calls."""
    if calls <= 0 or length <= 0:
        return 0
    people = max(1, math.floor(calls / span * length) + 1)
    while people < MOST and in_time(calls, span, length, people, limit) < share:
        people += 1
    return people
