"""What the web server refuses by itself (no view is asked) is a page in Dutch that says what helps; over a real socket."""

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
    """gunicorn as `supervisor.processes.web` starts it, with one process and a database that is not there."""
    free = ports.free()
    command = [sys.executable, "-m", "gunicorn", "opmeer_kcc.wsgi:application", f"--bind=127.0.0.1:{free}"]
    command += ["--worker-class=opmeer_kcc.web.Worker", "--threads=2", "--no-control-socket", "--log-level=error"]
    nowhere = f"postgresql://nobody:nothing@127.0.0.1:{ports.free()}/nothing"
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "opmeer_kcc.settings_test", "PYTHONPATH": str(ROOT)}
    env |= {"DATABASE_URL": nowhere, "MIGRATE_DATABASE_URL": nowhere}
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
