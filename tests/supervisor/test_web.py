"""What the web server refuses by itself (no view is asked) is a page in Dutch that says what helps, and its processes count together;
over a real socket."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from supervisor import children, ports
from supervisor.place import ROOT


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """gunicorn as `supervisor.processes.web` starts it, with a database that is not there."""
    free = ports.free()
    command = [sys.executable, "-m", "gunicorn", "opmeer_kcc.wsgi:application", f"--bind=127.0.0.1:{free}"]
    command += ["--worker-class=opmeer_kcc.web.Worker", "--workers=2", "--threads=2", "--preload"]
    command += ["--no-control-socket", "--log-level=error"]
    nowhere = f"postgresql://nobody:nothing@127.0.0.1:{ports.free()}/nothing"
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "opmeer_kcc.settings_test", "PYTHONPATH": str(ROOT)}
    env |= {"DATABASE_URL": nowhere, "MIGRATE_DATABASE_URL": nowhere, "METRICS_FROM_HERE": "1"}
    server: subprocess.Popen[bytes] = children.start(command, env=env, log=None, cwd=ROOT)
    end = time.monotonic() + 120
    while not ports.is_taken(free) and server.poll() is None and time.monotonic() < end:
        time.sleep(0.05)
    yield free
    children.stop(server)


def ask(port: int, sent: bytes) -> tuple[str, str]:
    with socket.create_connection(("127.0.0.1", port), timeout=120) as line:
        line.sendall(sent)
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    head, _, page = answer.partition(b"\r\n\r\n")
    assert f"Content-Length: {len(page)}".encode() in head
    return head.decode("latin1"), page.decode()


HOST = b"Host: 127.0.0.1\r\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        (b"GET /?zoek=" + b"a" * 60_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 414, "Dit adres is te lang"),
        (b"GET / HTTP/1.1\r\n" + HOST + b"Cookie: a=" + b"b" * 20_000 + b"\r\n\r\n", 431, "de cookies van deze site"),
        (b"GET / HTTP/1.1\r\n" + HOST + b"X: y\r\n" * 200 + b"\r\n", 431, "de cookies van deze site"),
        (b"<script>alert(1)</script>\r\n\r\n", 400, "Dit is niet te lezen"),
        (b"GET / HTTP/9.9\r\n" + HOST + b"\r\n", 400, "Dit is niet te lezen"),
        (b"G(T / HTTP/1.1\r\n" + HOST + b"\r\n", 400, "Dit is niet te lezen"),
        (b"GET / HTTP/1.1\r\n" + HOST + b"Bad Name: x\r\n\r\n", 400, "Dit is niet te lezen"),
        (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: twee\r\n\r\n", 400, "Dit is niet te lezen"),
        (b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: magie\r\n\r\n", 501, "Dit is niet te lezen"),
    ],
    ids=["address", "cookie", "headers", "no http", "version", "method", "header", "length", "coding"],
)
def test_what_gunicorn_refuses_is_said_in_dutch(port: int, sent: bytes, status: int, words: str) -> None:
    head, page = ask(port, sent)
    assert head.startswith(f"HTTP/1.1 {status} ")
    assert "text/html; charset=utf-8" in head
    assert "no-store" in head
    assert words in page
    assert "alert(1)" not in page
    assert "<title>" in page
    assert "Naar de startpagina" in page


@pytest.mark.slow
def test_what_both_processes_answered_is_counted_also_while_the_database_is_away(port: int) -> None:
    def scraped() -> dict[str, float]:
        _head, text = ask(port, b"GET /metrics HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")
        lines = [line.rpartition(" ") for line in text.splitlines() if not line.startswith("#")]
        return {name: float(value) for name, _, value in lines}

    before = scraped()
    for path in (b"/health/live", b"/health/ready") * 8:
        ask(port, b"GET " + path + b" HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")
    after = scraped()
    told = {name: after[name] - before[name] for name in before}
    assert told['opmeer_requests_total{status="2xx"}'] == 8 + 1  # with the first look at the counts
    assert told['opmeer_requests_total{status="5xx"}'] == 8
    assert told['opmeer_request_seconds_bucket{le="+Inf"}'] == told["opmeer_request_seconds_count"] == 17
    assert told["opmeer_request_seconds_sum"] > 0 and after["opmeer_up"] == 0
