"""The telephone (`--only phone_events`, `screen_pop`): a thousand events a second with nothing lost, and calls that ring on 200 open screens."""

from __future__ import annotations

import asyncio
import json
import subprocess
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from bench.client import Connection, Measured, request, run
from bench.server import Server
from supervisor.place import PYTHON, ROOT

RATE, BATCH, SENDERS = 1_000, 100, 4
SCREENS = 200
STEPS = ("entered", "ringing", "answered", "held", "resumed", "ended")
"""Of each call: six events; every tenth caller gives up after the second."""


def inside(env: dict[str, str], *arguments: str) -> dict[str, Any]:
    command = [str(PYTHON), "-m", "bench.inside.phone", *arguments]
    done = subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout))


def _post(facts: dict[str, Any], events: list[dict[str, str]]) -> bytes:
    headers = {"Authorization": f"Bearer {facts['token']}", "Content-Type": "application/json"}
    return request("POST", "/api/v1/telefonie/events", headers, json.dumps({"events": events}).encode())


def _event(call: str, step: str, extension: str) -> dict[str, str]:
    return {
        "eventId": f"{call}:{step}",
        "callId": call,
        "type": step,
        "at": datetime.now(UTC).isoformat(),
        "queue": "algemeen",
        "caller": f"+3122635{abs(hash(call)) % 10_000:04d}",
        "agent": "" if step in ("entered", "ended") else extension,
    }


async def phone_events(port: int, facts: dict[str, Any], env: dict[str, str], seconds: float) -> dict[str, Any]:
    """So many a second, in the order of an exchange with a hundred desks, in batches; what is refused is sent again."""
    begin = f"b{uuid.uuid4().hex[:8]}-"
    total = int(RATE * seconds)
    waves: list[tuple[str, str, str]] = []
    wave = 0
    while len(waves) < total:
        calls = [(f"{begin}{wave}-{desk}", f"7{desk:04d}") for desk in range(100)]
        for place, step in enumerate(STEPS):
            waves += [(c, step, e) for c, e in calls if not (c.endswith("7") and 1 < place < 5)]
        wave += 1
    parts = [waves[n : n + BATCH] for n in range(0, total, BATCH)]
    queue: asyncio.Queue[tuple[float, list[tuple[str, str, str]]]] = asyncio.Queue()
    times: list[float] = []
    refused = 0
    begun = time.perf_counter()

    async def feed() -> None:
        for number, part in enumerate(parts):
            due = begun + number * BATCH / RATE
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            queue.put_nowait((due, part))

    async def send() -> None:
        nonlocal refused
        line = Connection(port, keep=True)
        while True:
            due, part = await queue.get()
            body = _post(facts, [_event(*one) for one in part])
            while True:
                try:
                    status = (await line.ask(body)).status
                except (OSError, asyncio.IncompleteReadError):
                    status = 0
                if status == 202:
                    break
                refused += 1
                await asyncio.sleep(0.2)
            times.append(time.perf_counter() - due)
            queue.task_done()

    senders = [asyncio.create_task(send()) for _sender in range(SENDERS)]
    await feed()
    await queue.join()
    took = time.perf_counter() - begun
    for sender in senders:
        sender.cancel()
    held = inside(env, "check", begin)
    sent = sum(len(part) for part in parts)
    late = sorted(times)
    return {
        "workload": "phone_events",
        "sent": sent,
        "kept": held["events"],
        "lost": sent - held["events"],
        "seconds": round(took, 1),
        "per_second": round(sent / took),
        "batch": BATCH,
        "p95_ms": round(late[int(len(late) * 0.95) - 1] * 1000),
        "refused_and_sent_again": refused,
        "calls": held["live"],
        "outcomes": held["outcomes"],
    }


class Screen:
    """One open page: an open line, and the call asked for when it says that something changed."""

    def __init__(self, port: int, cookie: str, extension: str) -> None:
        self.port, self.cookie, self.extension = port, cookie, extension
        self.mark = ""
        self.shown = asyncio.Event()
        self.stands = asyncio.Event()

    async def live(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        headers = {"Cookie": self.cookie, "Accept": "text/event-stream"}
        writer.write(request("GET", "/werkplek/stroom/", headers))
        try:
            while text := await reader.readline():
                if text.startswith(b"data: ") and text.strip() != b"data: 1":
                    await self._look(text[6:].strip().decode())
        finally:
            writer.close()

    async def _look(self, mark: str) -> None:
        first = not self.stands.is_set()
        self.stands.set()
        self.mark, before = ("" if mark == "-" else mark), self.mark
        if first or self.mark == before:
            return
        path = f"/werkplek/gesprek/?nu={before}"
        answer = await Connection(self.port, keep=False).ask(request("GET", path, {"Cookie": self.cookie}))
        if b"call-strip" in answer.body:
            self.shown.set()


async def screen_pop(
    server: Server, facts: dict[str, Any], env: dict[str, str], seconds: float, page: Callable[[int], bytes]
) -> list[dict[str, Any]]:
    """The queue page without lines, then with 200, while a call rings at another screen five times a second."""
    told = inside(env, "desks", str(SCREENS))
    right = lambda answer: "" if answer.status == 200 else f"status {answer.status}"  # noqa: E731

    async def queue_page() -> Measured:
        return await run(server.port, page, right, clients=1, seconds=seconds, keep=False)

    alone = await queue_page()
    screens = [Screen(server.port, f"{told['cookie']}={key}", number) for number, key in told["desks"].items()]
    tasks = [asyncio.create_task(one.live()) for one in screens]
    begun = time.perf_counter()
    await asyncio.wait_for(asyncio.gather(*(one.stands.wait() for one in screens)), 60)
    opened = time.perf_counter() - begun
    idle = await queue_page()
    pops: list[float] = []
    missed = 0
    busy = asyncio.create_task(queue_page())
    line = Connection(server.port, keep=True)
    begin = f"p{uuid.uuid4().hex[:8]}-"
    end = time.perf_counter() + seconds
    number = 0
    while time.perf_counter() < end:
        screen, call = screens[number * 37 % len(screens)], f"{begin}{number}"
        number += 1
        screen.shown.clear()
        start = time.perf_counter()
        await line.ask(_post(facts, [_event(call, step, screen.extension) for step in ("entered", "ringing")]))
        try:
            await asyncio.wait_for(screen.shown.wait(), 5)
            pops.append(time.perf_counter() - start)
        except TimeoutError:
            missed += 1
        await line.ask(_post(facts, [_event(call, "ended", screen.extension)]))
        await asyncio.sleep(max(0.0, 0.2 - (time.perf_counter() - start)))
    during = await busy
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    ordered = sorted(pops) or [0.0]
    pages = {"queue_alone": alone, "queue_with_lines": idle, "queue_with_calls": during}
    return [
        {
            "workload": "screen_pop",
            "screens": len(screens),
            "all_open_after_s": round(opened, 1),
            "pops": len(pops),
            "missed": missed,
            "p50_ms": round(median(ordered) * 1000),
            "p95_ms": round(ordered[int(len(ordered) * 0.95) - 1 if len(ordered) > 1 else 0] * 1000),
            **{f"{name}_p95_ms": round(one.percentile(0.95)) for name, one in pages.items()},
            **{f"{name}_p50_ms": round(one.percentile(0.5)) for name, one in pages.items()},
        }
    ]


def stream(env: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    """The process that keeps the lines."""
    with log.open("ab") as output:
        return subprocess.Popen([str(PYTHON), "manage.py", "stream"], env=env, cwd=ROOT, stdout=output, stderr=output)
