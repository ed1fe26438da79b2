"""A whole installation of its own: database, broker, two web servers, two workers, beat, IMAP and SMTP, with a proxy before each.

The product's own supervisor starts and restarts it; this process is a Django process as well, so the oracle reads with the models.
"""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from faults import dovecot
from faults.proxy import Proxy
from faults.sink import Sink
from supervisor import environment, ports, prepare, processes
from supervisor.embedded import Services
from supervisor.keeper import LOOK_SECONDS, Keeper
from supervisor.place import ROOT, Place
from supervisor.secret import secret

if TYPE_CHECKING:
    from supervisor.postgres import Postgres
    from supervisor.processes import Process
    from supervisor.valkey import Valkey

PATIENCE = 240.0
"""So long anything is waited for: how soon it came is a figure, that it came is the promise on every machine."""
NOT_OURS = (
    "DATABASE_URL",
    "MIGRATE_DATABASE_URL",
    "REDIS_URL",
    "DEMO_MODE",
    "SITE_URL",
    "SMTP_URL",
    "FAILPOINTS",
    "BACKUP_DIR",
)


class Stack:
    """Use as a context: everything is stopped and thrown away at the end."""

    def __init__(self) -> None:
        for name in NOT_OURS:
            os.environ.pop(name, None)
        (ROOT / "var").mkdir(exist_ok=True)
        self.scratch = Path(tempfile.mkdtemp(prefix="faults-", dir=ROOT / "var"))
        self.scratch.chmod(0o755)  # as root, PostgreSQL and Dovecot work as somebody else
        self.place = Place(self.scratch / "data")
        self.place.data.mkdir()
        self.services = Services(self.place)
        self.keeper = Keeper(self.place, self.services)
        self.lock = threading.RLock()
        self.sink = Sink()
        self.imap = dovecot.Dovecot(self.scratch / "dovecot") if dovecot.BINARY else None
        self.failpoint_file = self.scratch / "failpoint"
        self.web_ports = [ports.free(), ports.free()]
        self._ends = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="watch", daemon=True)
        self.proxies: dict[str, Proxy] = {}
        self.env: dict[str, str] = {}

    def __enter__(self) -> Stack:
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        self._ends.set()
        self.failpoint_file.unlink(missing_ok=True)
        if self._watcher.ident:
            self._watcher.join(30)
        for process in reversed(self.keeper.processes):
            if process.process is not None and process.process.poll() is None:
                os.kill(process.process.pid, signal.SIGCONT)
            process.stop()
        for proxy in self.proxies.values():
            proxy.close()
        self.services.stop()
        self.sink.close()
        if self.imap is not None:
            self.imap.stop()
        shutil.rmtree(self.scratch, ignore_errors=True)

    @property
    def postgres(self) -> Postgres:
        assert self.services.postgres is not None
        return self.services.postgres

    @property
    def valkey(self) -> Valkey:
        assert self.services.valkey is not None
        return self.services.valkey

    def process(self, name: str) -> Process:
        return next(one for one in self.keeper.processes if one.name == name)

    @property
    def workers(self) -> list[Process]:
        return [one for one in self.keeper.processes if one.name.startswith("worker")]

    @property
    def webs(self) -> list[Process]:
        return [one for one in self.keeper.processes if one.name.startswith("web")]

    @contextmanager
    def told(self, parts: list[Process], **more: str) -> Iterator[None]:
        """These processes are started anew with other settings, and with the old ones afterwards."""
        before = [one.env for one in parts]
        try:
            self._again(parts, [{**env, **more} for env in before])
            yield
        finally:
            self._again(parts, before)

    def _again(self, parts: list[Process], environments: list[dict[str, str]]) -> None:
        with self.down(*parts):
            for one, env in zip(parts, environments, strict=True):
                one.stop()
                one.env = env
                one.start()
        if until(lambda: all(_is_up(port) for port in self.web_ports), PATIENCE) is None:
            raise RuntimeError("no page after a start with other settings")

    @contextmanager
    def down(self, *parts: object) -> Iterator[None]:
        """These stay as they are meanwhile: the supervisor leaves them alone."""
        with self.lock:
            self.keeper.left_alone.update(parts)
        try:
            yield
        finally:
            with self.lock:
                self.keeper.left_alone.difference_update(parts)

    @contextmanager
    def supervised(self, *parts: object) -> Iterator[None]:
        """Inside `down`: these are started again when they die."""
        with self.lock:
            self.keeper.left_alone.difference_update(parts)
        try:
            yield
        finally:
            with self.lock:
                self.keeper.left_alone.update(parts)

    def arm(self, point: str) -> None:
        """The next process that comes by this failpoint dies."""
        draft = self.failpoint_file.with_suffix(".draft")
        draft.write_text(point)
        draft.replace(self.failpoint_file)

    @property
    def is_armed(self) -> bool:
        return self.failpoint_file.exists()

    def disarm(self) -> None:
        self.failpoint_file.unlink(missing_ok=True)

    def _start(self) -> None:
        os.environ |= {"BACKUP_DIR": str(self.scratch / "backup"), "BACKUP_KEYS": secret(self.scratch, "backup_key")}
        (self.scratch / "backup").mkdir()
        self.postgres.keep_log()
        self.services.start()
        self.proxies = {"database": Proxy(self.postgres.port), "broker": Proxy(self.valkey.port)}
        self.proxies["smtp"] = Proxy(self.sink.port)
        os.environ |= {"DEMO_MODE": "1", "SECOND_FACTOR_REQUIRED": "0", "LOG_LEVEL": "WARNING"}
        direct = self._environment(self.postgres.url, self.valkey.url, self.postgres.owner_url)
        with prepare.Files(self.place, direct) as files:
            prepare.everything(self.place, direct, is_ours=True, load=False, files=files)
        if self.imap is not None:
            self.imap.start()
            self.proxies["imap"] = Proxy(self.imap.port)
        os.environ |= direct
        import django

        django.setup()
        self.env = self._environment(
            _through(self.postgres.url, self.proxies["database"]), _through(self.valkey.url, self.proxies["broker"])
        )

    def run(self) -> None:
        """Starts the processes of the application; the house is furnished by now."""
        for number, port in enumerate(self.web_ports):
            self._run(processes.web(self.place, self.env, port), f"web{number or ''}")
        if until(lambda: all(_is_up(port) for port in self.web_ports), PATIENCE) is None:
            raise RuntimeError(
                f"no page within {PATIENCE:.0f} s: {(self.place.data / 'log' / 'web.log').read_text()[-2000:]}"
            )
        for number in range(2):
            self._run(processes.worker(self.place, self.env), f"worker{number or ''}", f"--name=w{number}")
        self._run(processes.beat(self.place, self.env), "beat")
        self._watcher.start()
        if until(_jobs_run, PATIENCE, 0.5) is None:
            raise RuntimeError("worker and beat gave no sign of life")

    def _run(self, process: Process, name: str, *more: str) -> None:
        process.name = name
        process.command += more
        self.keeper.run(process)

    def _environment(self, database_url: str, redis_url: str, owner_url: str = "") -> dict[str, str]:
        env = environment.environment(
            self.place, database_url=database_url, redis_url=redis_url, owner_url=owner_url, port=self.web_ports[0]
        )
        env |= {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
        env |= {
            "SMTP_URL": f"smtp://127.0.0.1:{self.proxies['smtp'].port}",
            "FAILPOINTS": f"@{self.failpoint_file}",
            "PYTHONPATH": str(ROOT),
        }
        return env

    def _watch(self) -> None:
        pulse = self.keeper.pulse()
        while not self._ends.wait(LOOK_SECONDS):
            with self.lock:
                self.keeper.look(pulse)


def _is_up(port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.request("GET", "/health/live")
        return line.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def _jobs_run() -> bool:
    from organisation.models import Heartbeat

    return Heartbeat.objects.filter(name__in=["worker", "beat"]).count() == 2


def _through(url: str, proxy: Proxy) -> str:
    parts = urlsplit(url)
    credentials, _, _place = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{credentials}@127.0.0.1:{proxy.port}"))


def children_of(pid: int, *, but: Collection[int] = ()) -> list[int]:
    """All below a process; without some of its children and what is below these."""
    try:
        found = [
            int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split() if int(one) not in but
        ]
    except OSError:
        return []
    return found + [child for one in found for child in children_of(one)]


def kill_tree(pid: int) -> None:
    """kill -9 of a process and everything below it, at once."""
    for one in [pid, *children_of(pid)]:
        try:
            os.kill(one, signal.SIGKILL)
        except ProcessLookupError:
            pass


def talks_to(pid: int, port: int) -> bool:
    """Whether this process has a TCP connection open to the port on this machine."""
    wanted = f"0100007F:{port:04X}"
    inodes = set()
    try:
        for line in Path(f"/proc/{pid}/net/tcp").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[2] == wanted and fields[3] == "01":
                inodes.add(f"socket:[{fields[9]}]")
        return any(os.readlink(one) in inodes for one in Path(f"/proc/{pid}/fd").iterdir())
    except OSError:
        return False


def until(condition: Callable[[], object], seconds: float, pause: float = 0.05) -> float | None:
    """Waits until the condition holds; the seconds it took, None when it never did."""
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        if condition():
            return time.monotonic() - begun
        time.sleep(pause)
    return None
