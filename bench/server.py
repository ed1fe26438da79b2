"""The application as in production: gunicorn with 2 processes of 4 threads, and how much memory its processes hold."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from bench.client import Connection, request
from supervisor import ports
from supervisor.place import PYTHON, ROOT
from supervisor.processes import LEAN

PRODUCT = ("opmeer_kcc.wsgi:application", "opmeer_kcc.web.Worker")


class Server:
    """Started on a free port; without keep-alive connections spread over the processes (performance.md §6)."""

    def __init__(self, env: dict[str, str], log: Path, *, keep_alive: bool, site: tuple[str, str] = PRODUCT) -> None:
        """`site`: the application, and the kind of worker."""
        self.port = ports.free()
        application, worker = site
        command = [str(PYTHON), "-m", "gunicorn", application, f"--bind=127.0.0.1:{self.port}"]
        command += [
            f"--worker-class={worker}",
            "--workers=2",
            "--threads=4",
            "--preload",
            "--no-control-socket",
            "--log-level=warning",
        ]
        command += ["--keep-alive=5" if keep_alive else "--keep-alive=0"]
        with log.open("ab") as output:
            self.process = subprocess.Popen(command, env={**LEAN, **env}, cwd=ROOT, stdout=output, stderr=output)
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            if self.process.poll() is not None:
                raise RuntimeError("The web server stopped while starting; see the log.")
            time.sleep(0.05)
        raise RuntimeError("The web server did not start within a minute.")

    def memory_mb(self) -> float:
        """Proportional set size of the master and its workers together."""
        return sum(_pss(pid) for pid in [self.process.pid, *_children(self.process.pid)]) / 1024

    def cpu_seconds(self) -> float:
        """Processor time of the workers so far: says what a request costs also on a machine that is busy with other work."""
        return sum(_cpu(pid) for pid in _children(self.process.pid))

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _pss(pid: int) -> int:
    """In kB."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def environment(base: dict[str, str], database_url: str) -> dict[str, str]:
    """DEBUG off, no second factor, sessions and rights as always; plain http on this machine."""
    return {
        **base,
        "DATABASE_URL": database_url,
        "REDIS_URL": "",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "DEBUG": "0",
        "DEMO_MODE": "1",
        "INSECURE_HTTP": "1",
        "SECOND_FACTOR_REQUIRED": "0",
        "LOG_LEVEL": "WARNING",
        "PROXY_COUNT": "1",  # so that answers to surveys come from network addresses of their own
        "SECRET_KEY": os.environ.get("SECRET_KEY") or "bench-" + "0123456789abcdef" * 4,
        "PYTHONPATH": str(ROOT),
    }


async def sign_in(port: int, username: str, password: str) -> dict[str, str]:
    """Signs in through the page, as a person does; gives the cookies."""
    page = await Connection(port, keep=False).ask(request("GET", "/inloggen/", {}))
    cookies = _cookies(page.headers)
    token = page.body.split(b'name="csrfmiddlewaretoken" value="')[1].split(b'"')[0].decode()
    body = f"csrfmiddlewaretoken={token}&username={username}&password={password}".encode()
    sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    answer = await Connection(port, keep=False).ask(
        request("POST", "/inloggen/", {**sent, "Content-Type": "application/x-www-form-urlencoded"}, body)
    )
    if answer.status != 302:
        raise RuntimeError(f"Signing in gave {answer.status}.")
    return {**cookies, **_cookies(answer.headers)}


def _cookies(headers: dict[str, str]) -> dict[str, str]:
    found = {}
    for line in headers.get("set-cookie", "").split("\n"):
        name, equals, rest = line.partition("=")
        if equals:
            found[name.strip()] = rest.split(";")[0]
    return found
