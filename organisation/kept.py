"""Results that are kept in the process under everything they were made from, a bounded number of them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """The longest unused makes room for the newest.

    What is kept is never renewed: whoever asks puts every value that the result depends on in the key, so another value is another key.
    """

    def __init__(self, most: int, fits: Callable[[T], bool] | None = None) -> None:
        """`fits` says of a result whether it is small enough: without it a few letters of a megabyte would fill the process."""
        self._most = most
        self._fits = fits
        self._held: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        with self._lock:
            try:
                held = self._held[key]
            except KeyError:
                pass
            else:
                self._held.move_to_end(key)
                return held
        made = make()
        if self._fits is not None and not self._fits(made):
            return made
        with self._lock:
            self._held[key] = made
            if len(self._held) > self._most:
                self._held.popitem(last=False)
        return made

    def clear(self) -> None:
        """For tests, whose rolled-back values come again with another meaning."""
        with self._lock:
            self._held.clear()

    def __len__(self) -> int:
        return len(self._held)
