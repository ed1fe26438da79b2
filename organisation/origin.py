"""From which address and network something public came, as marks that only count: nobody can read an address back from them."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from organisation.client_address import client_address

WIDTHS: Final = {4: 24, 6: 48}
"""Bits of an address that name the network of one owner: who has it changes the rest as often as he likes."""
SHARED: Final = "+"
"""Begins the marks of an exit that many people share."""


@dataclass(frozen=True)
class Origin:
    """Both marks are empty for what did not come from a network: an employee, a job, the demo."""

    address: str = ""
    network: str = ""

    @property
    def is_shared(self) -> bool:
        """A way out of many people, that the administrator named (`SHARED_EXITS`): the wifi of the hall, a school."""
        return self.address.startswith(SHARED)


NO_ORIGIN: Final = Origin()


def origin_of(request: HttpRequest) -> Origin:
    return marks_of(client_address(request))


def marks_of(text: str) -> Origin:
    """Of an address as `client_address` gives it."""
    try:
        address = ip_address(text)
    except ValueError:
        return Origin(_mark(text), _mark(text))
    shared = next((exit for exit in _exits() if address.version == exit.version and address in exit), None)
    if shared is not None:
        mark = SHARED + _mark(str(shared))
        return Origin(mark, mark)
    network = ip_network((address, WIDTHS[6 if isinstance(address, IPv6Address) else 4]), strict=False)
    return Origin(_mark(str(address)), _mark(str(network)))


def _exits() -> list[object]:
    return [ip_network(one, strict=False) for one in settings.SHARED_EXITS]


def _mark(text: str) -> str:
    return salted_hmac("organisation.origin", text, algorithm="sha256").hexdigest()[:30]
