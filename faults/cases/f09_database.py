"""The database restarts, is killed, or is away for a while."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from urllib.parse import urlencode

from faults import oracle
from faults.fault import PATIENCE, Fault, Notes, World, fault
from faults.ledger import Load, ask
from faults.stack import kill_tree, until

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TYPED = "De lantaarnpaal voor ons huis knippert al een week."


def answers_again(world: World) -> float | None:
    """Until a contact is accepted again, from now."""
    entry = world.ledger.fresh("api")
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE:
        if world.ledger.offer(entry).status in (200, 201):
            return time.monotonic() - begun
        time.sleep(0.1)
    return None


def _form_keeps_the_text(world: World, notes: Notes) -> None:
    """The public form while nobody answers: 503, when to come back, and what was typed."""
    body = urlencode({"text": TYPED, "name": "Anna de Wit", "email": "anna@burger.example"}).encode()
    answer = ask(world.stack.web_ports[0], "POST", "/formulier/grofvuil/", body, FORM)
    notes.exactly("form_status", answer.status, 503)
    notes.exactly("form_says_when", "retry-after" in answer.headers, True)
    notes.exactly("form_keeps_the_text", TYPED.encode() in answer.body, True)


def _broken_off(world: World, notes: Notes, times: int, stop: Callable[[World], None]) -> None:
    strange: set[int] = set()
    worst: float | None = 0.0
    with Load(world.ledger, senders=4, rate=40) as load:
        for _one in range(times):
            time.sleep(1.0)
            begun = time.monotonic()
            stop(world)
            took = None if answers_again(world) is None else time.monotonic() - begun
            worst = None if took is None or worst is None else max(worst, took)
        time.sleep(1.0)
    for one in load.entries:
        strange |= {status for status in one.statuses if status not in (0, 200, 201, 503)}
    notes.figure("times", times)
    notes.figure("sent_meanwhile", len(load.entries))
    notes.figure("offered_again", sum(len(one.statuses) > 1 for one in load.entries))
    notes.exactly("not_accepted", sum(not one.is_accepted for one in load.entries), 0)
    notes.exactly("answers_other_than_503", sorted(strange), [])
    notes.within("window_of_errors_seconds", worst, 5)


def _immediate(world: World) -> None:
    server = world.stack.postgres.process
    assert server is not None
    os.kill(server.pid, signal.SIGQUIT)
    assert until(lambda: server.poll() is not None, PATIENCE, 0.01) is not None, "the database does not stop"


def _kill(world: World) -> None:
    server = world.stack.postgres.process
    assert server is not None
    kill_tree(server.pid)
    assert until(lambda: server.poll() is not None, PATIENCE, 0.01) is not None, "the database does not die"


@fault("F9")
class DatabaseRestarts(Fault):
    """PostgreSQL restarts (`-m immediate`) in the middle of requests."""

    expected = "all or nothing; 503 with Retry-After and the typed text; errors for at most 5 s"

    def run(self, world: World, notes: Notes) -> None:
        _broken_off(world, notes, world.times(3, 10), _immediate)
        with world.stack.down(world.stack.postgres):
            _immediate(world)
            _form_keeps_the_text(world, notes)


@fault("F10")
class DatabaseKilled(Fault):
    """kill -9 of PostgreSQL and all its processes under load."""

    expected = "what was acknowledged is there"

    def run(self, world: World, notes: Notes) -> None:
        _broken_off(world, notes, world.times(3, 20), _kill)


@fault("F11")
class DatabaseAway(Fault):
    """The database is away for a while; mail comes in meanwhile."""

    is_short = False
    expected = "mail stays on the server; nothing is lost"

    def run(self, world: World, notes: Notes) -> None:
        from faults.ledger import mail_bytes

        stack, ledger = world.stack, world.ledger
        with stack.down(stack.postgres):
            stack.postgres.stop()
            oracle.fresh_connection()
            if stack.imap is not None:
                stack.imap.put(*[mail_bytes(ledger.fresh("mail")) for _one in range(20)])
            time.sleep(world.times(20, 180))
            answer = ask(stack.web_ports[0], "GET", "/inloggen/")
            notes.exactly("page_status", answer.status, 503)
        assert until(lambda: stack.postgres.is_ready(), PATIENCE) is not None
        notes.within("accepts_again_seconds", answers_again(world), 10)
        oracle.nudge("channels_app.tasks.fetch")
        time.sleep(2)
