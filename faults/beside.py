"""A full run in several installations side by side: much of it is waiting that a fault prescribes, and the long faults ask for no quiet."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Sequence

from supervisor import children
from supervisor.place import PYTHON, ROOT

APART = (("F30",), ("F31",), ("F3", "F15", "F16", "F18"), ("F1", "F2", "F4", "F14"))
"""Each row has an installation of its own beside that of all others."""
PATIENCE = 120
"""Seconds in which an installation is stopped and thrown away, also on a busy machine."""
MODEST = 10
"""They take the processor time which the others leave (`nice`)."""


class Beside:
    """The run of some faults in a process of its own; what it prints is told here, save its last line."""

    def __init__(self, codes: Sequence[str], options: Sequence[str], tell: Callable[[dict[str, object]], None]) -> None:
        self._tell = tell
        self._codes = codes
        self.total: dict[str, int] = {}
        die = children.dies_with_parent(signal.SIGTERM)

        def before_exec() -> None:
            die()
            os.nice(MODEST)

        self._process = subprocess.Popen(
            [str(PYTHON), "-m", "faults", "--full", "--no-speeds", *options, *codes],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=before_exec,
        )
        self._reader = threading.Thread(target=self._pass_on, name=f"beside {codes}")
        self._reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def _pass_on(self) -> None:
        for line in self._process.stdout or ():
            said = json.loads(line)
            if "faults" in said:
                self.total = {name: said[name] for name in ("faults", "not_run", "sent", "broken")}
            elif "fault" in said:
                self._tell(said)

    def wait(self) -> dict[str, int]:
        """Its last line: how many faults, not run, sent and broken; one that ended without it is broken."""
        self._reader.join()
        self._process.wait()
        return self.total or {"faults": len(self._codes), "not_run": 0, "sent": 0, "broken": 1}

    def ask_to_stop(self) -> None:
        """It stops its installation, which takes a while; nothing when it has ended."""
        if self._process.poll() is None:
            self._process.terminate()

    def stop(self) -> None:
        children.stop(self._process, patience=PATIENCE)
        self._reader.join()


def stop(running: Sequence[Beside]) -> None:
    """All are asked before the first is waited for."""
    for one in running:
        one.ask_to_stop()
    for one in running:
        one.stop()
