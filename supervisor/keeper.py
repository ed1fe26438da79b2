"""Keeps everything running until it is told to stop, and then stops it in order."""

import http.client
import json
import os
import signal
import sys
import time
from pathlib import Path
from types import TracebackType

from supervisor import children
from supervisor.embedded import Services
from supervisor.environment import OWNER
from supervisor.kept_logs import KeptLogs
from supervisor.place import Place
from supervisor.plain import Plain, say
from supervisor.processes import Process
from supervisor.pulse import Pulse

LOOK_SECONDS = 0.3
AGAIN_SECONDS = 5
BEATING = ("worker", "beat", "stream", "mailwatch")
"""Those that give a sign of life; one that is silent is started again."""
PASSED_ON = ("DATABASE_URL", OWNER, "REDIS_URL", "DEMO_MODE", "SITE_URL", "INSECURE_HTTP", "SECRET_KEY", "FIELD_KEYS")


class Stop(BaseException):
    """Somebody asked to stop: Ctrl-C or SIGTERM."""


class Keeper:
    """The one place that knows every child."""

    def __init__(self, place: Place, services: Services) -> None:
        self.place = place
        self.services = services
        self.processes: list[Process] = []
        self.left_alone: set[object] = set()
        """Parts and processes that are down on purpose (faults/)."""

    @staticmethod
    def leftovers(place: Place) -> dict[str, str]:
        """Children of a supervisor that was killed, with the moment each began."""
        try:
            return dict(json.loads((place.data / "children.json").read_text()))
        except (OSError, ValueError):
            return {}

    def __enter__(self) -> "Keeper":
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _stop)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        self.place.running.unlink(missing_ok=True)
        for process in reversed(self.processes):
            process.stop()
        self.services.stop()
        (self.place.data / "children.json").unlink(missing_ok=True)
        return kind is Stop

    def run(self, process: Process) -> None:
        process.start()
        self.processes.append(process)
        self.note()

    def note(self) -> None:
        """Writes down who our children are, for the start after a kill -9."""
        found = [part.process for part in self.services.parts] + [process.process for process in self.processes]
        pids = {str(process.pid): children.born(process.pid) for process in found if process is not None}
        _write(self.place.data / "children.json", pids)

    def tell(self, env: dict[str, str]) -> None:
        """Lets script/manage find the same services."""
        _write(self.place.running, {name: env[name] for name in PASSED_ON if name in env})

    def wait_for_page(self, port: int) -> None:
        web = self.processes[-1]
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if web.is_dead():
                break
            answer = _answer(port)
            if answer and answer < 500:
                return
            if answer:
                break
            time.sleep(0.1)
        say(_tail(web.log), to=sys.stderr)
        raise Plain(f"The site did not start; the lines above are the end of {web.log}.")

    def watch(self) -> None:
        """Restarts what dies or falls silent, and keeps the logs small; ends only by a signal."""
        pulse, logs = self.pulse(), KeptLogs(self.place.folder("log"))
        while True:
            time.sleep(LOOK_SECONDS)
            self.look(pulse)
            logs.look()

    def pulse(self) -> Pulse:
        return Pulse(self.services.database_url, [p.name for p in self.processes if p.name in BEATING])

    def look(self, pulse: Pulse) -> None:
        """Looks once at everything, and starts again what is dead or silent; what cannot start now, on a full disk, is tried again."""
        try:
            self._look(pulse)
        except (Plain, OSError) as trouble:
            what = str(trouble)
            if isinstance(trouble, OSError):  # a full disk, but also no memory or too many processes
                what = f"{trouble.filename or 'The machine'} gives an error: {trouble.strerror}"
            _say(f"{what.rstrip('.')}. It is tried again in {AGAIN_SECONDS} seconds.")
            time.sleep(AGAIN_SECONDS)

    def _look(self, pulse: Pulse) -> None:
        for part in self.services.parts:
            if part not in self.left_alone and (part.process is None or part.process.poll() is not None):
                _say(f"The {part.name} stopped by itself and is started again.")
                if part.process is not None:
                    children.sweep(part.process)
                part.start()
                self.note()
        for process in self.processes:
            if process not in self.left_alone and process.is_dead() and process.restart():
                _say(f"The {process.name} process stopped by itself and is started again.")
                pulse.forgive(process.name)
                self.note()
        for name in pulse.silent():
            process = next(p for p in self.processes if p.name == name)
            if process in self.left_alone:
                continue
            _say(f"The {name} process gave no sign of life for 90 seconds and is started again.")
            process.renew()
            pulse.forgive(name)
            self.note()


def _stop(number: int, frame: object) -> None:
    raise Stop


def _say(sentence: str) -> None:
    say(f"{time.strftime('%H:%M:%S')} {sentence}", to=sys.stderr)


def _write(path: Path, value: object) -> None:
    draft = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
        json.dump(value, handle)
    draft.replace(path)


def _answer(port: int) -> int:
    """The status of the site; 0 while nobody listens."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", "/health/live")
        return line.getresponse().status
    except OSError:
        return 0
    finally:
        line.close()


def _tail(log: Path) -> str:
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-15:])
    except OSError:
        return ""
