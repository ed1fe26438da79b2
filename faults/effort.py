"""What a fault costs the machine, and how it costs less."""

from __future__ import annotations

import os
from collections.abc import Collection
from contextlib import AbstractContextManager
from pathlib import Path

from faults.stack import Stack, children_of


def straight(stack: Stack) -> AbstractContextManager[None]:
    """Database and broker are asked past our proxies: where nothing is asked of these, they cost a tenth and more of the work."""
    return stack.told(stack.keeper.processes, DATABASE_URL=stack.postgres.url, REDIS_URL=stack.valkey.url)


def processor_seconds(*, but: Collection[int] = ()) -> float:
    """What this process and all below it used until now, also those that ended; without these processes and what is below them."""
    ticks = 0
    for pid in (os.getpid(), *children_of(os.getpid(), but=but)):
        try:
            ticks += sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]))
        except OSError:
            continue
    return ticks / os.sysconf("SC_CLK_TCK")
