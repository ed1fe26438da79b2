"""An open line of a page goes to a process of its own, which tells it what changed; without one the page asks by itself."""

from __future__ import annotations

import asyncio
import random
import socket
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from channels_app.actions.log_events import Told, log_events
from channels_app.adapters.phone.fold import KINDS
from channels_app.live import CHANGED
from contacts.pages.call_strip import live_call, mark_of, marks_of, waiting_calls
from contacts.stream import hub as hub_module
from contacts.stream.door import Seat, hand_over, open_door
from contacts.stream.ear import Ear
from contacts.stream.hub import Hub
from contacts.stream.world import Database
from organisation.clock import AMSTERDAM, now, today
from organisation.models import Heartbeat, Membership, User
from tests.cast import Cast
from tests.loop import run_to_end

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
FATIMA, HENK = Seat(1, ("101", "fatima"), "f"), Seat(2, ("102", "henk"), "h")


class Told_(dict[Seat, str]):
    """A world of which the test says how it is."""

    gone: set[Seat]

    def marks(self, seats: Iterable[Seat]) -> dict[Seat, str]:
        return {seat: self.get(seat, "") for seat in seats}

    def still_there(self, seats: Iterable[Seat]) -> set[Seat]:
        return set(seats) - self.gone

    def beat(self, lines: int) -> None:
        return None


def run(world: Told_, act: Callable[[Hub, Callable[[Seat], socket.socket]], object]) -> None:
    """The process in this one; `act` opens lines as the web server would."""

    def opened(seat: Seat) -> socket.socket:
        page, line = socket.socketpair()
        page.settimeout(60)
        assert hand_over(line, seat)
        with pytest.raises(BrokenPipeError):
            line.send(b"HTTP/1.1 200 OK")  # the web server's own answer reaches nobody
        line.close()
        return page

    async def both() -> None:
        door = open_door()
        hub = Hub(door, world)
        task = asyncio.create_task(hub.run())
        try:
            await asyncio.to_thread(act, hub, opened)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            door.close()

    run_to_end(both())


def read(page: socket.socket, until: str) -> str:
    got = ""
    while until not in got:
        data = page.recv(4096)
        if not data:
            return got + "<closed>"
        got += data.decode()
    return got


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path / ("deep" * 30)  # longer than the address of a socket may be


def test_each_page_hears_of_its_own_call_only_and_first_how_it_stands() -> None:
    world = Told_({FATIMA: "7-ringing-0-0"})
    world.gone = set()

    def act(hub: Hub, opened: Callable[[Seat], socket.socket]) -> None:
        fatima, henk = opened(FATIMA), opened(HENK)
        head = read(fatima, "7-ringing-0-0\n\n")
        assert head.startswith("HTTP/1.1 200 OK") and "text/event-stream" in head and "X-Accel-Buffering: no" in head
        assert read(henk, "data: -\n\n").count("event: gesprek") == 1
        world[HENK] = "8-ringing-0-0"
        assert hub.loop is not None
        hub.loop.call_soon_threadsafe(hub.changed.set)
        assert read(henk, "8-ringing-0-0\n\n") == "event: gesprek\ndata: 8-ringing-0-0\n\n"
        fatima.settimeout(0.3)
        with pytest.raises(TimeoutError):
            fatima.recv(10)

    run(world, act)


def test_a_page_that_closed_and_one_of_who_signed_out_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "CHECK_EVERY", 0.2)
    monkeypatch.setattr(hub_module, "ALIVE_EVERY", 0.1)
    monkeypatch.setattr(hub_module, "MOST_OF_ONE", 2)
    world = Told_()
    world.gone = set()

    def act(hub: Hub, opened: Callable[[Seat], socket.socket]) -> None:
        pages = [opened(FATIMA) for _page in range(3)]
        henk = opened(HENK)
        assert read(pages[0], "<closed>").endswith("<closed>")  # the oldest of many
        assert "event: leeft" in read(henk, "event: leeft")
        pages[1].close()
        world.gone = {HENK}
        while "<closed>" not in read(henk, "<closed>"):
            pass
        assert {line.seat for line in hub.lines} == {FATIMA} and len(hub.lines) == 1

    run(world, act)


def test_without_the_process_the_page_is_told_to_ask_by_itself(cast: Cast) -> None:
    User.objects.filter(pk=cast.fatima.pk).update(extension="101")
    client = Client()
    client.force_login(User.objects.get(pk=cast.fatima.pk))
    page, line = socket.socketpair()
    assert client.get("/werkplek/stroom/", **{"gunicorn.socket": line}).status_code == 204
    line.send(b"still ours")
    assert page.recv(20) == b"still ours"
    door = open_door()
    assert client.get("/werkplek/stroom/", **{"gunicorn.socket": line}).status_code == 200
    with pytest.raises(BrokenPipeError):
        line.send(b"x")
    door.close()
    assert client.get("/werkplek/stroom/").status_code == 204


def test_all_desks_at_once_are_told_what_each_would_be_told_alone(cast: Cast) -> None:
    """The process that keeps the lines asks for everybody in one query; it must say the same as the page."""
    for user, extension in ((cast.fatima, "101"), (cast.henk, "102"), (cast.ria, "103")):
        User.objects.filter(pk=user.pk).update(extension=extension)
    people = list(User.objects.exclude(extension=""))
    chance = random.Random(5)
    seen = set()
    for second in range(0, 120, 2):
        moment = NINE + timedelta(seconds=second * 7)
        told = Told(
            f"c{chance.randrange(6)}",
            chance.choice(KINDS),
            moment,
            agent=chance.choice(["", "101", "102", "103", "ria"]),
            leg=chance.choice(["", "", "a", "b"]),
            is_test=chance.random() < 0.02,
        )
        log_events(source="telefonie:1", events=[told], at=moment, pickup_seconds=lambda day: 30)
        later = moment + timedelta(seconds=chance.choice([1, 200, 400]))
        desks = {person.pk: (person.extension, person.username) for person in people}
        together = marks_of(desks.values(), later)
        for person in people:
            row = live_call(person, later)
            alone = mark_of(row, waiting_calls(row, later))
            assert together[desks[person.pk]] == alone
            seen.add(alone.split("-")[1] if alone else "")
    assert {"", "ringing", "talking", "ended"} <= seen


def test_a_change_is_told_to_who_listens_and_nothing_else_is(cast: Cast) -> None:
    for kind, is_told in (("entered", True), ("ringing", True), ("ringing", False), ("answered", True)):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            event = Told("c1", kind, NINE, agent="101" if kind != "entered" else "")
            log_events(source="telefonie:1", events=[event], at=NINE, pickup_seconds=lambda day: 30)
        assert any(f"NOTIFY {CHANGED}" in one["sql"] for one in asked) == is_told, kind
    heard: list[bool] = []

    async def listen() -> None:
        ear = Ear(lambda: heard.append(ear.hears))
        task = asyncio.create_task(ear.run())
        while not heard:
            await asyncio.sleep(0.02)
        wanted = {k: v for k, v in connection.get_connection_params().items() if k not in ("cursor_factory", "context")}
        other = psycopg2.connect(**wanted)
        other.autocommit = True
        other.cursor().execute(f"NOTIFY {CHANGED}")
        other.close()
        while len(heard) < 2:
            await asyncio.sleep(0.02)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    run_to_end(asyncio.wait_for(listen(), 60))


def test_a_line_lives_as_long_as_its_session_its_phone_and_its_role(cast: Cast) -> None:
    User.objects.filter(pk=cast.fatima.pk).update(extension="101")
    client = Client()
    client.force_login(User.objects.get(pk=cast.fatima.pk))
    seat = Seat(cast.fatima.pk, ("101", cast.fatima.username), client.session.session_key or "")
    world = Database()
    assert world.still_there([seat]) == {seat} and world.marks([seat]) == {seat: ""}
    assert world.still_there([Seat(seat.user, ("102", cast.fatima.username), seat.session)]) == set()
    held = Membership.objects.filter(user=cast.fatima)
    held.update(valid_until=today())
    assert world.still_there([seat]) == set()
    held.update(valid_until=None)
    assert world.still_there([seat]) == {seat}
    client.post("/uitloggen/")
    assert world.still_there([seat]) == set()
    world.beat(3)
    assert Heartbeat.objects.get(name="stream").detail["lines"] == 3
    assert Heartbeat.objects.get(name="stream").beat_at <= now()
