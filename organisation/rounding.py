"""How a number is rounded beside the target that it is held against (pure)."""

from __future__ import annotations

from decimal import Decimal
from math import floor


def beside(value: float, target: float | Decimal | None, decimals: int = 1) -> float:
    """The number as it may be rounded to so many decimals: 6,96 is 6,9 beside a target of 7,0, for what lies under a target is never written
    as the target itself."""
    if target is None or value >= target or round(value, decimals) < round(float(target), decimals):
        return value
    size = 10**decimals
    return floor(value * size) / size
