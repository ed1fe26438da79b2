"""What a fault costs the machine."""

from __future__ import annotations

import os
from pathlib import Path

from faults.stack import children_of


def processor_seconds() -> float:
    """What this process and all below it used until now, also those that ended."""
    ticks = 0
    for pid in (os.getpid(), *children_of(os.getpid())):
        try:
            ticks += sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]))
        except OSError:
            continue
    return ticks / os.sysconf("SC_CLK_TCK")
