"""By what a person is recognised in running text, as one pattern for PostgreSQL and for Python (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias
from urllib.parse import quote

Part: TypeAlias = tuple[str, str, str]
"""A pattern of one thing: what stands before it and what after decide whether it is one."""

MARK: Final = "[gewist]"
"""Stands where a name, number or address stood. In the language of the texts themselves, so it is not translated."""
GONE: Final = "Gewiste klant"
SHORTEST_NAME: Final = 6
SHORTEST_HANDLE: Final = 4
_BETWEEN: Final = r"[\s().+\-/]{0,3}"
_SPACE: Final = r"[\s+]+"
_AT: Final = "(?:@|%40)"
"""A space and an at sign also as they stand in an address of ours: what somebody searched for is kept so in a saved list."""
_SPECIAL: Final = re.compile(r"([.\\+*?\[\]^$(){}|/-])")


@dataclass(frozen=True)
class Words:
    """Names as written, addresses in lower case, numbers as digits of E.164, streets with their number."""

    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    """Only replaced in a text in which one of the others stands: who lives next door has the same street."""
    left: tuple[str, ...] = field(default=())
    """Kinds that stay elsewhere because they are not of this person alone: `name`, `email`, `phone`."""

    def to_dict(self) -> dict[str, list[str]]:
        return {name: list(getattr(self, name)) for name in self.__dataclass_fields__}

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> Words:
        return cls(**{name: tuple(kept.get(name, ())) for name in cls.__dataclass_fields__})

    @property
    def pattern(self) -> str:
        """Case is not looked at; empty when nothing here tells one person from another."""
        return _any("".join(part) for part in self._parts())

    @property
    def rough_pattern(self) -> str:
        """Finds all that `pattern` finds, and more: PostgreSQL takes a third of the time when it need not look around."""
        return _any(core for _before, core, _after in self._parts())

    def _parts(self) -> Iterator[Part]:
        yield from (_name(one) for one in self.names if is_telling(one))
        yield from (
            (r"(?<![\w.+-])", _escaped(one).replace("@", _AT), r"(?![\w-]|\.\w)") for one in self.emails if "@" in one
        )
        yield from (_phone(one) for one in self.phones if len(one) >= 8)
        yield from ((r"(?<!\w)@?", _escaped(one), r"(?!\w)") for one in self.handles if len(one) >= SHORTEST_HANDLE)

    @property
    def street_pattern(self) -> str:
        return "|".join(f"(?:{''.join(_name(one))})" for one in self.streets if len(one) >= SHORTEST_NAME)

    def bytes_to_find(self) -> tuple[bytes, ...]:
        """In what is kept as it came: an address or a name as it was typed."""
        telling = [one for one in self.names if is_telling(one)]
        return tuple(one.encode() for one in (*self.emails, *telling) if len(one) >= SHORTEST_NAME)


def is_telling(name: str) -> bool:
    """Whether this name points at somebody: two words or more. `Bakker` alone is also a trade."""
    return len(name) >= SHORTEST_NAME and len(name.split()) > 1


def names_of(written: Iterable[str]) -> tuple[str, ...]:
    """Each once, without salutation, longest first."""
    found = {
        " ".join(re.sub(r"^(mevr|mw|dhr|de heer|mevrouw|meneer)\b\.?\s*", "", one, flags=re.I).split())
        for one in written
    }
    return tuple(sorted((one for one in found if one and MARK not in one), key=lambda one: (-len(one), one)))


def spaced(name: str) -> str:
    """A pattern of this name, however many spaces were typed in it."""
    return r"\s+".join(_escaped(part) for part in name.split())


def _escaped(text: str) -> str:
    """Also for PostgreSQL, where an escaped letter or space means something else."""
    return _SPECIAL.sub(r"\\\1", text)


def _any(parts: Iterable[str]) -> str:
    """The longest first."""
    return "|".join(f"(?:{part})" for part in sorted(parts, key=len, reverse=True))


def _name(text: str) -> Part:
    return r"(?<!\w)", _SPACE.join(_written(part) for part in text.split()), r"(?!\w)"


def _written(part: str) -> str:
    """As people write it, or as it stands in an address of ours."""
    in_address = quote(part)
    return _escaped(part) if in_address == part else f"(?:{_escaped(part)}|{_escaped(in_address)})"


def _phone(digits: str) -> Part:
    """`0612345678`, `06-12 34 56 78`, `+31 (0)6 12345678`, `0031612345678`."""
    home = digits[2:] if digits.startswith("31") else digits
    spaced = _BETWEEN.join(home)
    if not digits.startswith("31"):
        return r"(?<!\d)(?:\+|00)?", spaced, r"(?!\d)"
    return rf"(?<!\d)(?:(?:\+|00)?31{_BETWEEN}(?:\(?0\)?{_BETWEEN})?|0{_BETWEEN})", spaced, r"(?!\d)"
