"""Work for the other processor: while this process waits for the database, a copy of it works something out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from threading import Thread
from typing import Any

from django.db import connection

FORK = get_context("fork")
"""The copy has everything that we have at that moment; nothing is handed over but what it worked out."""


@contextmanager
def beside(work: Callable[[], Iterable[Any]]) -> Iterator[Iterator[Any]]:
    """What `work` gives, one by one, made in a copy of this process that is at most one ahead of us.

    It asks the database nothing, as the connection is ours, and ends with us, whatever ends us.
    """
    ours, its = FORK.Pipe()
    process = FORK.Process(target=_hand_over, args=(work, ours, its), daemon=True)
    process.start()
    its.close()
    try:
        yield _taken(ours, process)
    finally:
        process.kill()
        process.join()
        ours.close()


def _hand_over(work: Callable[[], Iterable[Any]], ours: Connection, its: Connection) -> None:
    ours.close()  # who takes it is only the other one
    connection.execute_wrappers.append(_refuse)
    Thread(target=_end_with_the_other, args=(its,), daemon=True).start()
    for one in work():
        its.send(one)


def _end_with_the_other(its: Connection) -> None:
    """Who waits for us says nothing; what comes is its end."""
    with suppress(EOFError, OSError):
        its.recv_bytes()
    os._exit(1)


def _refuse(*_statement: Any) -> None:
    raise RuntimeError("What is worked out beside asks the database nothing.")


def _taken(ours: Connection, process: ForkProcess) -> Iterator[Any]:
    with suppress(EOFError):
        while True:
            yield ours.recv()
    process.join()
    if process.exitcode:
        raise ChildProcessError(f"What was worked out beside this stopped half-way ({process.exitcode}).")
