"""The long-lived processes of the application, and how each is started and stopped."""

import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from supervisor import children
from supervisor.environment import OWNER
from supervisor.place import PYTHON, ROOT, Place
from supervisor.under_way import UnderWay

STEADY_SECONDS = 20
"""A process that lived this long did start; its next death is restarted at once."""


LEAN = {"MALLOC_ARENA_MAX": "2"}
"""Threads share two heaps: less memory, no measurable cost."""


class Process:
    """A command that is started again when it ends."""

    def __init__(
        self,
        name: str,
        command: list[str],
        env: dict[str, str],
        log: Path,
        *,
        death: int = signal.SIGTERM,
        patience: float = 10,
        knows_owner: bool = False,
        may_go_on: Callable[[], bool] = lambda: False,
    ) -> None:
        self.name = name
        self.command = command
        self.env = {**LEAN, **{name: value for name, value in env.items() if name != OWNER or knows_owner}}
        self.log = log
        self.death = death
        self.patience = patience
        self.may_go_on = may_go_on
        """Asked when it was told to stop and the patience is over."""
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.pause = 0.0

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = children.start(self.command, env=self.env, log=self.log, death=self.death, cwd=ROOT)

    def is_dead(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def restart(self) -> bool:
        """Starts a dead process again; one that keeps dying waits longer each time, at most 10 seconds."""
        alive = time.monotonic() - self.started
        if alive >= STEADY_SECONDS:
            self.pause = 0.0
        if alive < self.pause:
            return False
        if self.process is not None:
            children.sweep(self.process)
        self.pause = min(10.0, self.pause * 2 or 1.0)
        self.start()
        return True

    def renew(self) -> None:
        """Ends it and starts it again; what cannot be started now is dead, and its restart is tried."""
        if self.process is not None:
            children.stop(self.process, patience=self.patience)
        self.start()

    def stop(self) -> None:
        if self.process is not None:
            children.stop(self.process, patience=self.patience, may_go_on=self.may_go_on)
            self.process = None


def web(place: Place, env: dict[str, str], port: int) -> Process:
    """gunicorn with 2 processes of 4 threads; behind a proxy in production."""
    command = [str(PYTHON), "-m", "gunicorn", "opmeer_kcc.wsgi:application", f"--bind=127.0.0.1:{port}"]
    command += [
        "--worker-class=opmeer_kcc.web.Worker",
        "--workers=2",
        "--threads=4",
        "--preload",
        "--no-control-socket",
    ]
    command += ["--timeout=30", "--graceful-timeout=8", "--keep-alive=5", "--max-requests=20000", "--log-level=warning"]
    command += ["--max-requests-jitter=2000", f"--worker-tmp-dir={place.folder('tmp')}"]
    return Process("web", command, env, place.data / "log" / "web.log", death=signal.SIGTERM, patience=12)


def stream(place: Place, env: dict[str, str]) -> Process:
    """Keeps the open lines of all pages, which it gets from the web processes (docs/adr/0023)."""
    command = [str(PYTHON), "manage.py", "stream"]
    return Process("stream", command, env, place.data / "log" / "stream.log", patience=5)


def mailwatch(place: Place, env: dict[str, str]) -> Process:
    """Listens to the mailboxes; 25 MB until there is one to read."""
    command = [str(PYTHON), "supervisor/mail_watch.py"]
    slow = {**env, "STATEMENT_TIMEOUT_MS": env.get("WORKER_STATEMENT_TIMEOUT_MS", "").strip() or "60000"}
    return Process("mailwatch", command, slow, place.data / "log" / "mailwatch.log", patience=5)


def asterisk(place: Place, env: dict[str, str]) -> Process:
    """Follows an Asterisk; only where one is set."""
    return Process(
        "asterisk", [str(PYTHON), "manage.py", "asterisk"], env, place.data / "log" / "asterisk.log", patience=5
    )


def worker(place: Place, env: dict[str, str]) -> Process:
    """The Celery worker: two pool processes, so that a slow mailbox does not hold up the rest."""
    command = [str(PYTHON), "-m", "opmeer_kcc.background", "worker", "--concurrency=2"]
    slow = {**env, "STATEMENT_TIMEOUT_MS": env.get("WORKER_STATEMENT_TIMEOUT_MS", "").strip() or "60000"}
    log, may_go_on = place.data / "log" / "worker.log", UnderWay(env.get("DATABASE_URL", ""))
    return Process("worker", command, slow, log, death=signal.SIGQUIT, patience=15, may_go_on=may_go_on)


def beat(place: Place, env: dict[str, str]) -> Process:
    """Celery beat: only ticks, and loads nothing else."""
    command = [str(PYTHON), "-m", "opmeer_kcc.background", "beat", f"--schedule={place.folder('beat') / 'schedule'}"]
    return Process("beat", command, env, place.data / "log" / "beat.log", patience=5)


def backup(place: Place, env: dict[str, str]) -> Process:
    """Makes, ships and checks backups; the one process that may read everything."""
    command = [str(PYTHON), "manage.py", "backup", "--watch"]
    slow = {**env, "STATEMENT_TIMEOUT_MS": "600000"}
    return Process("backup", command, slow, place.data / "log" / "backup.log", patience=20, knows_owner=True)
