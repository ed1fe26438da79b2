"""A service on this machine that answers as it is told, and misbehaves when it is told to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass
class FakeService:
    """`answers`: status, body (dict as JSON, or bytes) and seconds to wait, one by one; then `usual`. `drip`: byte by byte."""

    address: str = ""
    asked: list[Asked] = field(default_factory=list)
    answers: list[tuple[int, Any, float]] = field(default_factory=list)
    by_path: dict[str, tuple[int, Any]] = field(default_factory=dict)
    usual: tuple[int, Any] = (200, {})
    drip: bool = False

    @property
    def host(self) -> str:
        return self.address.removeprefix("http://")

    def answer_to(self, path: str) -> tuple[int, Any, float]:
        if self.answers:
            return self.answers.pop(0)
        for start, answer in self.by_path.items():
            if path.startswith(start):
                return (*answer, 0)
        return (*self.usual, 0)


@contextmanager
def fake_service() -> Iterator[FakeService]:
    fake = FakeService()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            fake.asked.append(Asked(self.command, self.path, headers, self.rfile.read(size)))
            status, told, seconds = fake.answer_to(self.path)
            time.sleep(seconds)
            if status == 0:  # hangs up without a word
                self.connection.close()
                return
            body = told if isinstance(told, bytes) else json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            if 300 <= status < 400:
                self.send_header("Location", "http://127.0.0.1/")
            self.end_headers()
            pieces = [body[n : n + 1] for n in range(len(body))] if fake.drip else [body]
            for piece in pieces:
                try:
                    self.wfile.write(piece)
                    self.wfile.flush()
                except OSError:
                    return
                time.sleep(0.05 if fake.drip else 0)

        do_GET = do_POST = do_DELETE = answer

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    fake.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
