"""How much may come in from one place, and who may use how much of the automatic mail of an hour (pure).

One sender at one address meets the ceiling of his address, with many addresses that of his network, and a crowd of networks only uses up
the share of the page that they come by: chat, forms and mail stay open for the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from organisation.origin import Origin


@dataclass(frozen=True)
class Ceiling:
    """At most so many from one address, from one network, and by one exit that many people share (`SHARED_EXITS`)."""

    address: int
    network: int
    shared: int

    def is_reached(self, origin: Origin, *, by_address: int, by_network: int) -> bool:
        if origin.is_shared:
            return by_network >= self.shared
        return by_address >= self.address or by_network >= self.network


WAITING_CHATS: Final = Ceiling(5, 15, 25)
"""At the same time."""
AN_HOUR: Final[dict[str, Ceiling]] = {"chat": Ceiling(20, 60, 150), "form": Ceiling(30, 90, 200)}
"""Begun or sent within an hour."""
MAILS: Final = Ceiling(20, 60, 120)
"""Automatic mails within an hour that answer what came from there."""

EMAIL: Final = "email"
NOTICE: Final = "notice"
SHARES: Final[Mapping[str, int]] = {EMAIL: 80, "form": 30, "chat": 20, "app": 20, NOTICE: 30}
"""Percent of all automatic mail of an hour that one kind may use."""
OTHERS: Final = 50
"""Percent that all kinds but e-mail may use together: the other half is there for who mails us."""


def kind_of(cause: str, *, is_notice: bool) -> str:
    """What an employee registered is as good as mail: nobody outside can make more of it."""
    if is_notice:
        return NOTICE
    return cause if cause in SHARES else EMAIL


def most_of(kind: str, total: int) -> int:
    """So many of this kind; at least one, however small the total is."""
    return max(1, total * SHARES[kind] // 100)


def most_of_others(total: int) -> int:
    return max(1, total * OTHERS // 100)
