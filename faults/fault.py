"""One fault: what it does, what is expected, and what was measured."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from faults.house import House
from faults.ledger import Ledger
from faults.stack import PATIENCE, Stack

__all__ = ["BACK_TO_NORMAL", "FAULTS", "PATIENCE", "Fault", "NotHere", "Notes", "World", "fault", "measured"]

BACK_TO_NORMAL = 60.0


class NotHere(Exception):
    """This machine cannot do what the fault asks for; it is counted as not run, and says why."""


@dataclass
class Notes:
    """What was measured, and which promises did not hold."""

    figures: dict[str, Any] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    is_busy: bool = False
    """Other programs hold the processors, or nobody knows whether they do: how fast something was says nothing then."""

    def figure(self, name: str, value: Any) -> None:
        self.figures[name] = round(value, 3) if isinstance(value, float) else value

    def at_most(self, name: str, value: float, limit: float) -> None:
        """A count that says the same on every machine."""
        self.figure(name, value)
        if value > limit:
            self.broken.append(f"{name}: {self.figures[name]}, promised at most {limit}")

    def within(self, name: str, value: float | None, limit: float) -> None:
        """How soon something came; None: never, which is broken everywhere. On a busy machine the rest is noted and not judged."""
        self.figure(name, value if value is not None else "never")
        if value is None:
            self.broken.append(f"{name}: never")
        elif value > limit and self.is_busy:
            self.figure(f"{name}_not_judged", f"the machine was busy; promised at most {limit}")
        elif value > limit:
            self.broken.append(f"{name}: {self.figures[name]}, promised at most {limit}")

    def few(self, name: str, count: int, of: int, *, when_busy: float = 0.25) -> None:
        """Refusals that must be 0; on a busy machine a part may be refused for being too slow, as all is offered again and counted."""
        self.figure(name, count)
        if count > (of * when_busy if self.is_busy else 0):
            self.broken.append(f"{name}: {count} of {of}, promised 0")

    def exactly(self, name: str, value: Any, wanted: Any) -> None:
        self.figure(name, value)
        if value != wanted:
            self.broken.append(f"{name}: {value}, promised {wanted}")


@dataclass(frozen=True)
class World:
    """What a fault works with."""

    stack: Stack
    ledger: Ledger
    house: House
    is_full: bool
    is_busy: bool
    items: int
    """So many are sent in all."""

    def times(self, short: int, full: int) -> int:
        return full if self.is_full else short


class Fault(ABC):
    """Its docstring says what it does."""

    code: ClassVar[str]
    is_short: ClassVar[bool] = True
    expected: ClassVar[str]
    needs_imap: ClassVar[bool] = False

    @abstractmethod
    def run(self, world: World, notes: Notes) -> None:
        """Breaks something, waits, and notes what was seen."""


FAULTS: dict[str, type[Fault]] = {}


def fault(code: str) -> Callable[[type[Fault]], type[Fault]]:
    def add(kind: type[Fault]) -> type[Fault]:
        kind.code = code
        FAULTS[code] = kind
        return kind

    return add


def measured(run: Callable[[], object]) -> float:
    begun = time.monotonic()
    run()
    return time.monotonic() - begun
