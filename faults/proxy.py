"""A TCP proxy of our own: cuts after so many bytes, delays, slows down, resets, refuses or freezes."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading

CHUNK = 16_384


class Proxy:
    """Listens on a free loopback port before `upstream`, in a thread of its own; its port stays the same."""

    def __init__(self, upstream: int) -> None:
        self.upstream = upstream
        self.port = 0
        self.delay = 0.0
        self.bytes_per_second = 0
        self.is_refusing = False
        self.connections = 0
        self.most_at_once = 0
        self.passed = 0
        self._cut_after: int | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._flows = asyncio.Event()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), name="proxy", daemon=True)
        self._thread.start()
        ready.wait(5)

    def freeze(self) -> None:
        """Nothing passes any more, and nobody is told."""
        self._loop.call_soon_threadsafe(self._flows.clear)

    def thaw(self) -> None:
        self._loop.call_soon_threadsafe(self._flows.set)

    def refuse(self) -> None:
        """Whoever comes is reset, and so is who was there."""
        self.is_refusing = True
        self.reset()

    def accept(self) -> None:
        self.is_refusing = False

    def reset(self) -> None:
        """Every open connection ends with a reset."""
        asyncio.run_coroutine_threadsafe(self._reset_all(), self._loop).result(5)

    def cut_after(self, count: int | None) -> None:
        """The next answers are cut after so many bytes in all; once. None: never."""
        self._cut_after = count

    @property
    def has_cut(self) -> bool:
        """What `cut_after` asked for was done."""
        return self._cut_after is None

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._flows.set()
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = int(server.sockets[0].getsockname()[1])
        ready.set()
        self._loop.run_forever()
        server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.is_refusing:
            _reset(writer)
            return
        self.connections += 1
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.upstream)
        except OSError:
            _reset(writer)
            return
        self._open |= {writer, back}
        self.most_at_once = max(self.most_at_once, len(self._open) // 2)
        ways = [
            asyncio.create_task(self._pump(reader, back, is_answer=False)),
            asyncio.create_task(self._pump(there, writer, is_answer=True)),
        ]
        await asyncio.wait(ways, return_when=asyncio.ALL_COMPLETED)
        for one in (writer, back):
            one.close()
            self._open.discard(one)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, is_answer: bool) -> None:
        try:
            while data := await reader.read(CHUNK):
                await self._flows.wait()
                if self.delay:
                    await asyncio.sleep(self.delay)
                if is_answer and self._cut_after is not None:
                    if len(data) >= self._cut_after:
                        writer.write(data[: self._cut_after])
                        self._cut_after = None
                        await writer.drain()
                        await self._reset_all()
                        return
                    self._cut_after -= len(data)
                await self._write(writer, data, is_answer=is_answer)
            if writer.can_write_eof():
                writer.write_eof()
        except (OSError, RuntimeError):
            writer.transport.abort()

    async def _write(self, writer: asyncio.StreamWriter, data: bytes, *, is_answer: bool) -> None:
        if is_answer and self.bytes_per_second:
            for byte in data:
                if not self.bytes_per_second:
                    break
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(1 / self.bytes_per_second)
            return
        writer.write(data)
        await writer.drain()
        self.passed += len(data)

    async def _reset_all(self) -> None:
        for one in list(self._open):
            _reset(one)
        self._open.clear()


def _reset(writer: asyncio.StreamWriter) -> None:
    """RST instead of FIN: what a crash or a cut cable looks like."""
    line = writer.get_extra_info("socket")
    if line is not None:
        try:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        except OSError:
            pass
    writer.transport.abort()
