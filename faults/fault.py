"""One fault: what it does, what is expected, and what was measured."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from faults.house import House
from faults.ledger import Ledger
from faults.stack import Stack

BACK_TO_NORMAL = 60.0


@dataclass
class Notes:
    """What was measured, and which promises did not hold."""

    figures: dict[str, Any] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    is_busy: bool = False
    """Other programs held the processors when this run began: how fast something was says nothing then."""

    def figure(self, name: str, value: Any) -> None:
        self.figures[name] = round(value, 3) if isinstance(value, float) else value

    def at_most(self, name: str, value: float | None, limit: float) -> None:
        """A promise with a limit; None: it never came."""
        self.figure(name, value if value is not None else "never")
        if value is None or value > limit:
            self.broken.append(f"{name}: {self.figures[name]}, promised at most {limit}")

    def fast(self, name: str, value: float | None, limit: float) -> None:
        """As `at_most`, for a speed: on a busy machine it is noted and not judged, unless it never came."""
        if value is not None and value > limit and self.is_busy:
            self.figure(name, value)
            self.figure(f"{name}_not_judged", f"the machine was busy; promised at most {limit}")
        else:
            self.at_most(name, value, limit)

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
