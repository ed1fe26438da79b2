"""`manage.py asterisk`: follows the events of an Asterisk's manager (AMI), and comes back when the line is lost (docs/telephone.md)."""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from datetime import datetime
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from channels_app.actions.log_events import AT_ONCE, Told, log_events
from channels_app.actions.read_queue_log import ASTERISK, NAME, told
from channels_app.adapters.phone.asterisk import blocks, read_event
from channels_app.exchanges import heard, in_trouble
from channels_app.models import LiveCall
from contacts.rulebook import pickup_seconds_on
from organisation.clock import now

log = logging.getLogger(__name__)
GATHER: Final = 0.1
LONGEST: Final = 1_000_000
"""Bytes that wait for the end of one message: more is no manager of Asterisk."""
SILENCE: Final = 60.0
PING_EVERY: Final = 20.0
LONGEST_PAUSE: Final = 60.0
MOST_WAITING: Final = 100_000
BEGINS: Final = ("entered", "ringing", "answered")


class Refused(Exception):
    """The manager does not let us in."""


class Command(BaseCommand):
    """Runs until it is told to stop."""

    help = "Follows the events of an Asterisk's manager."
    requires_system_checks = [Tags.security]  # the others load every page of the site, 25 MB for as long as it runs

    def handle(self, **options: Any) -> None:
        if not settings.ASTERISK_AMI:
            raise CommandError("Set ASTERISK_AMI: ami://user:secret@host:5038")
        asyncio.run(_until_told())


async def _until_told() -> None:
    task = asyncio.create_task(follow(settings.ASTERISK_AMI))
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    await asyncio.gather(task, return_exceptions=True)


async def follow(address: str) -> None:
    """Until it is cancelled; each time that the line is lost it waits a little longer."""
    waiting: list[Told] = []
    pause = 1.0
    while True:
        begun = time.monotonic()
        trouble = ""
        try:
            await _listen(address, waiting)
        except Refused:
            trouble = "login refused"
        except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError) as failure:
            trouble = getattr(failure, "strerror", None) or type(failure).__name__
        log.warning("the line to Asterisk is lost", extra={"error": trouble})
        await asyncio.to_thread(_trouble, trouble or "connection closed")
        await _keep(waiting)
        pause = 1.0 if time.monotonic() - begun > SILENCE else min(LONGEST_PAUSE, pause * 2)
        await asyncio.sleep(pause)


async def _listen(address: str, waiting: list[Told]) -> None:
    parts = urlsplit(address)
    reader, writer = await asyncio.wait_for(asyncio.open_connection(parts.hostname, parts.port or 5038), 10)
    keeper = asyncio.create_task(_keep_on(waiting, writer))
    try:
        await asyncio.wait_for(reader.readline(), 10)  # the greeting
        _say(writer, "Login", Username=unquote(parts.username or ""), Secret=unquote(parts.password or ""), Events="on")
        rest, is_in = "", False
        while data := await asyncio.wait_for(reader.read(65_536), SILENCE):
            found, rest = blocks(rest + data.decode("utf-8", "replace"))
            for fields in found:
                if not is_in and "response" in fields:
                    if fields["response"].lower() != "success":
                        raise Refused
                    is_in = True
                    await asyncio.to_thread(_trouble, "")
                moment = now()
                waiting += [told(one, moment) for one in read_event(fields)]
            if len(rest) > LONGEST or len(waiting) > MOST_WAITING:
                raise ValueError("too much")
    finally:
        keeper.cancel()
        writer.close()


async def _keep_on(waiting: list[Told], writer: asyncio.StreamWriter) -> None:
    pinged = time.monotonic()
    while True:
        await asyncio.sleep(GATHER)
        await _keep(waiting)
        if time.monotonic() - pinged > PING_EVERY:
            pinged = time.monotonic()
            _say(writer, "Ping")


async def _keep(waiting: list[Told]) -> None:
    """What cannot be kept now waits for the next time; each event is known by what it says, so twice is once."""
    while part := waiting[:AT_ONCE]:
        try:
            await asyncio.to_thread(_write, part)
        except Exception:
            log.warning("events of Asterisk wait for the database", exc_info=True)
            return
        del waiting[: len(part)]


def _write(part: list[Told]) -> None:
    close_old_connections()
    take(part, at=now())


def take(part: list[Told], *, at: datetime) -> None:
    """The manager tells of every channel: what goes on in a call is only ours when the call came into a queue."""
    begun = {one.call for one in part if one.kind in BEGINS}
    others = {one.call for one in part} - begun
    known = LiveCall.objects.filter(source=ASTERISK, external_key__in=others).values_list("external_key", flat=True)
    ours = begun | set(known)
    if events := [one for one in part if one.call in ours]:
        log_events(source=ASTERISK, events=events, at=at, pickup_seconds=pickup_seconds_on)
    heard(ASTERISK, NAME, at)


def _trouble(words: str) -> None:
    try:
        close_old_connections()
        in_trouble(ASTERISK, NAME, words, now())
    except Exception:
        log.warning("the state of Asterisk was not written", exc_info=True)


def _say(writer: asyncio.StreamWriter, action: str, **fields: str) -> None:
    lines = [f"Action: {action}", *(f"{name}: {_one_line(value)}" for name, value in fields.items())]
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())


def _one_line(text: str) -> str:
    return " ".join(text.split())
