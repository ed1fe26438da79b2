"""Where something is: an address in words, and the point that a phone or another system gave (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

LONGEST: Final = 300
MOST_METRES: Final = 50_000
"""Less certain than this is no place."""
_STEP: Final = Decimal("0.000001")
"""A tenth of a metre."""
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{1,20})?")


@dataclass(frozen=True)
class Where:
    """Both coordinates (WGS 84) or neither; `metres` is how far off the point may be, where that is known."""

    address: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    metres: int | None = None

    @property
    def is_empty(self) -> bool:
        return not self.address and self.latitude is None

    @property
    def point(self) -> str:
        """`52.706100, 4.949500`; empty without coordinates."""
        return "" if self.latitude is None else f"{self.latitude}, {self.longitude}"

    @property
    def words(self) -> str:
        """As it stands in the text of a contact."""
        return " · ".join(part for part in (self.address, self.point) if part)


NOWHERE: Final = Where()


class NoPlace(ValueError):
    """These are no coordinates."""


def where_of(address: str = "", latitude: str = "", longitude: str = "", metres: str = "") -> Where:
    """From texts as they were typed or sent; raises `NoPlace` for half a point or one that is not on earth."""
    latitude, longitude = latitude.strip(), longitude.strip()
    if not latitude and not longitude:
        return Where(address)
    return Where(address, _degrees(latitude, 90), _degrees(longitude, 180), _metres(metres.strip()))


def _degrees(text: str, most: int) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise NoPlace(text[:40])
    try:
        value = Decimal(text).quantize(_STEP)
    except InvalidOperation as error:
        raise NoPlace(text[:40]) from error
    if not -most <= value <= most:
        raise NoPlace(text[:40])
    return value


def _metres(text: str) -> int | None:
    if not _NUMBER.fullmatch(text.split(".")[0] if text.count(".") == 1 else text):
        return None
    value = int(text.split(".")[0])
    return value if 0 <= value <= MOST_METRES else None
