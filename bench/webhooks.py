"""Services that call (`--only webhooks`): 500 messages, each told twice at once, answered at once and registered within half a minute."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import subprocess
import time
import uuid
from typing import Any

from bench.client import Connection, request
from bench.server import Server
from supervisor.place import PYTHON, ROOT

COUNT, TIMES, SENDERS = 500, 2, 8
FIELD_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
"""Seals the secret of the source that the bench makes."""


def inside(env: dict[str, str], *arguments: str) -> dict[str, Any]:
    command = [str(PYTHON), "-m", "bench.inside.webhooks", *arguments]
    done = subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout))


def _call(told: dict[str, Any], begin: str, number: int) -> bytes:
    sender = f"316{number:08d}"
    message = {
        "from": sender,
        "id": f"{begin}{number}",
        "timestamp": str(int(time.time())),
        "type": "text",
        "text": {"body": f"Mijn container is niet geleegd. Wanneer komt u langs? ({number})"},
    }
    value = {"contacts": [{"profile": {"name": f"Meting {number}"}, "wa_id": sender}], "messages": [message]}
    entry = {"id": "1", "changes": [{"field": "messages", "value": value}]}
    body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
    mark = "sha256=" + hmac.new(told["secret"].encode(), body, hashlib.sha256).hexdigest()
    return request("POST", told["path"], {"Content-Type": "application/json", "X-Hub-Signature-256": mark}, body)


async def webhooks(server: Server, env: dict[str, str]) -> dict[str, Any]:
    """From the first call to the last question; the sweeps run in one process, as one worker does."""
    told = inside(env, "begin")
    begin = f"wamid.{uuid.uuid4().hex[:8]}-"
    calls = [_call(told, begin, number) for number in range(COUNT) for _again in range(TIMES)]
    queue: asyncio.Queue[bytes] = asyncio.Queue()
    for call in calls:
        queue.put_nowait(call)
    times: list[float] = []
    wrong = 0

    async def send() -> None:
        nonlocal wrong
        line = Connection(server.port, keep=False)
        while not queue.empty():
            call = queue.get_nowait()
            start = time.perf_counter()
            wrong += (await line.ask(call)).status != 200
            times.append(time.perf_counter() - start)

    cpu, begun = server.cpu_seconds(), time.perf_counter()
    await asyncio.gather(*(send() for _sender in range(SENDERS)))
    taken, cpu = time.perf_counter() - begun, server.cpu_seconds() - cpu
    held = inside(env, "work", begin)
    times.sort()
    return {
        "workload": "webhooks",
        "messages": COUNT,
        "calls": len(calls),
        "errors": wrong,
        "answered_s": round(taken, 2),
        "p50_ms": round(times[len(times) // 2] * 1000, 1),
        "p95_ms": round(times[int(len(times) * 0.95)] * 1000, 1),
        "cpu_ms": round(cpu / len(calls) * 1000, 1),
        "registered_s": held["seconds"],
        "registered_cpu_s": held["cpu"],
        "total_s": round(taken + held["seconds"], 1),
        "contacts_made": held["contacts"],
        "lost_or_doubled": COUNT - held["contacts"],
        "questions_made": held["questions"],
    }
