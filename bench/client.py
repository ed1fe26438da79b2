"""A small asynchronous HTTP client that keeps times and checks answers; a request is bytes, an answer status, headers and body."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Measured:
    """What a run gave; times in seconds."""

    times: list[float] = field(default_factory=list)
    errors: int = 0
    first_error: str = ""
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """In milliseconds."""
        if not self.times:
            return 0.0
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


Make = Callable[[int], bytes]
Check = Callable[[Answer], str]
"""An empty text when the answer is right, else what is wrong with it."""


class Connection:
    """One connection to the server; with `keep` it is used again."""

    def __init__(self, port: int, *, keep: bool) -> None:
        self.port, self.keep = port, keep
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, request: bytes) -> Answer:
        for attempt in (1, 2):
            fresh = self._writer is None
            try:
                return await self._once(request)
            except (ConnectionError, asyncio.IncompleteReadError):
                self.close()
                if fresh or attempt == 2:
                    raise
        raise ConnectionError

    async def _once(self, request: bytes) -> Answer:
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 22)
        assert self._reader is not None
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        headers = {}
        for line in lines[1:]:
            name, _colon, value = line.partition(":")
            key = name.strip().lower()
            headers[key] = f"{headers[key]}\n{value.strip()}" if key in headers else value.strip()
        if headers.get("transfer-encoding") == "chunked":
            body = await self._chunks(self._reader)
        else:
            body = await self._reader.readexactly(int(headers.get("content-length", "0")))
        if not self.keep or headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(int(lines[0].split()[1]), headers, body)

    @staticmethod
    async def _chunks(reader: asyncio.StreamReader) -> bytes:
        parts = []
        while True:
            size = int((await reader.readline()).split(b";")[0], 16)
            parts.append(await reader.readexactly(size))
            await reader.readline()
            if size == 0:
                return b"".join(parts)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None


def request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """The bytes of a request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers.items())]
    if body or method == "POST":
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


async def run(
    port: int, make: Make, check: Check, *, clients: int, seconds: float, keep: bool, warm: int = 3
) -> Measured:
    """So many clients, each with one request at a time, for so long; the first few are not counted."""
    measured = Measured()
    for number in range(warm * clients):
        await Connection(port, keep=False).ask(make(-1 - number))
    counter = iter(range(10**9))
    begun = time.perf_counter()
    end = begun + seconds

    async def one() -> None:
        connection = Connection(port, keep=keep)
        while (start := time.perf_counter()) < end:
            try:
                wrong = check(await connection.ask(make(next(counter))))
            except (OSError, asyncio.IncompleteReadError, ValueError) as error:
                wrong = repr(error)
            if wrong:
                measured.errors += 1
                measured.first_error = measured.first_error or wrong
            measured.times.append(time.perf_counter() - start)
        connection.close()

    await asyncio.gather(*(one() for _client in range(clients)))
    measured.seconds = time.perf_counter() - begun
    return measured
