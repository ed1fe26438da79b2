"""Asterisk tells of its queues in a file and by its manager; both give the calls that happened, each line once."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from channels_app.actions.log_events import Told
from channels_app.actions.read_queue_log import read_queue_log, told
from channels_app.adapters.phone.asterisk import blocks, read_event, read_line
from channels_app.exchanges import exchanges
from channels_app.models import Call, LiveCall, PhoneEvent
from contacts.management.commands import asterisk as command
from organisation.models import User
from organisation.snapshot import organisation
from tests.cast import Cast
from tests.loop import run_to_end

EPOCH = 1772438400  # Monday 2 March 2026, 09:00 in Amsterdam
AT = datetime.fromtimestamp(EPOCH + 600, UTC)
LOG = """\
1772438390|NONE|NONE|NONE|QUEUESTART|
1772438400|1772438399.1|algemeen|NONE|ENTERQUEUE||0226351244|1
1772438409|1772438399.1|algemeen|PJSIP/102|RINGNOANSWER|6000
1772438421|1772438399.1|algemeen|PJSIP/101|CONNECT|21|1772438410.2|11
1772438521|1772438399.1|algemeen|PJSIP/101|COMPLETECALLER|21|100|1
1772438430|1772438429.3|algemeen|NONE|ENTERQUEUE||anonymous|1
1772438470|1772438429.3|algemeen|NONE|ABANDON|1|1|40
1772438440|1772438439.4|algemeen|NONE|ENTERQUEUE||0612345678|2
1772438500|1772438439.4|algemeen|NONE|EXITWITHTIMEOUT|2|2|60
1772438450|1772438449.5|algemeen|NONE|ENTERQUEUE||0612345679|3
1772438455|1772438449.5|algemeen|Local/103@from-queue/n|CONNECT|5|1772438450.6|4
1772438500|1772438449.5|algemeen|Local/103@from-queue/n|BLINDTRANSFER|2100|from-internal|5|45|1
1772438300|realtime|algemeen|PJSIP/101|ADDMEMBER|
"""
OUTCOMES = {
    "1772438399.1": ("answered", 21, "+31226351244"),
    "1772438429.3": ("abandoned", 40, ""),
    "1772438439.4": ("overflow", 0, "+31612345678"),
    "1772438449.5": ("answered", 5, "+31612345679"),
}


def calls() -> dict[str, tuple[str, int, str]]:
    rows = Call.objects.values_list("external_key", "outcome", "wait_seconds", "caller")
    return {key: (outcome, wait, caller) for key, outcome, wait, caller in rows}


@pytest.fixture
def path(tmp_path: Path, settings: Any) -> Path:
    settings.ASTERISK_QUEUE_LOG = str(tmp_path / "queue_log")
    return tmp_path / "queue_log"


def read() -> int:
    return read_queue_log(at=AT, pickup_seconds=lambda day: 30)


def test_a_file_of_queues_becomes_calls_and_each_line_counts_once(cast: Cast, path: Path) -> None:
    User.objects.filter(pk=cast.fatima.pk).update(extension="101")
    half = LOG.index("1772438421") + 20
    path.write_text(LOG[:half])  # in the middle of a line
    assert read() == 3 and set(calls()) == set()
    path.write_text(LOG)
    assert read() > 0 and read() == 0
    assert calls() == OUTCOMES
    assert Call.objects.get(external_key="1772438399.1").answered_by == cast.fatima
    assert not LiveCall.objects.exclude(state="ended").exists()
    count = PhoneEvent.objects.count()
    path.write_text(LOG + "1772438540|1772438539.7|algemeen|NONE|ENTERQUEUE||0612345680|1\n")
    assert read() == 1 and PhoneEvent.objects.count() == count + 1


def test_a_file_that_was_rotated_emptied_or_taken_away_loses_nothing(cast: Cast, path: Path) -> None:
    lines = LOG.splitlines(keepends=True)
    path.write_text("".join(lines[:3]))
    read()
    with path.open("a") as file:
        file.write("".join(lines[3:7]))
    path.rename(path.with_name("queue_log.1"))
    path.write_text("".join(lines[7:10]))
    read()
    path.unlink()
    read()
    [told_] = exchanges(organisation(), AT)
    assert told_.trouble == "No such file or directory"
    path.write_text("".join(lines[10:]))
    read()
    assert calls() == OUTCOMES
    assert [one.trouble for one in exchanges(organisation(), AT)] == [""]
    path.write_text("")  # emptied in place
    read()
    path.write_text(lines[1].replace("1772438399.1", "other"))
    assert read() == 1


def test_without_a_file_nothing_is_read(cast: Cast) -> None:
    assert read() == 0 and exchanges(organisation(), AT) == []


@pytest.mark.parametrize(
    "line",
    [
        "",
        "|||||",
        "x|c|q|a|CONNECT|1",
        "99999999999999999999|c|q|a|CONNECT|1",
        "1772438400|" + "c" * 300 + "|q|a|CONNECT",
        "1772438400|c|q",
        "²²²²²²²²²²|c|q|a|CONNECT",
        "1772438400|c|q|a|RINGNOANSWER|²",
        "\x00|\x00|\x00|\x00|\x00",
        "1772438400|c|q|NONE|ENTERQUEUE",
    ],
)
def test_a_strange_line_stops_nothing(line: str) -> None:
    for one in read_line(line):
        assert one.call == "c" and one.at is not None


JOIN = (
    "Event: QueueCallerJoin\r\nUniqueid: 77.1\r\nLinkedid: 77.1\r\nQueue: algemeen\r\nCallerIDNum: 0226351244\r\n\r\n"
)
CALLED = "Event: AgentCalled\r\nUniqueid: 77.1\r\nDestUniqueid: 77.{leg}\r\nQueue: algemeen\r\nInterface: PJSIP/{ext}\r\n\r\n"
AMI = (
    JOIN
    + CALLED.format(leg=2, ext=102)
    + "Event: AgentRingNoAnswer\r\nUniqueid: 77.1\r\nDestUniqueid: 77.2\r\nInterface: PJSIP/102\r\n\r\n"
    + CALLED.format(leg=3, ext=101)
    + "Event: AgentConnect\r\nUniqueid: 77.1\r\nDestUniqueid: 77.3\r\nInterface: PJSIP/101\r\nHoldTime: 20\r\n\r\n"
    + "Event: Hold\r\nUniqueid: 77.3\r\nLinkedid: 77.1\r\n\r\n"
    + "Event: Unhold\r\nUniqueid: 77.3\r\nLinkedid: 77.1\r\n\r\n"
    + "Event: AgentComplete\r\nUniqueid: 77.1\r\nReason: caller\r\n\r\n"
    + "Event: Hangup\r\nUniqueid: 77.1\r\nLinkedid: 77.1\r\n\r\n"
    + "Event: Hangup\r\nUniqueid: 88.1\r\nLinkedid: 88.1\r\n\r\n"  # a call to the outside
)


def test_what_the_manager_tells_is_the_call_as_it_stands(cast: Cast) -> None:
    found, rest = blocks(AMI + "Event: Cut")
    assert rest == "Event: Cut"
    states = []
    for number, fields in enumerate(found):
        moment = AT + timedelta(seconds=number)
        command.take([told(one, moment) for one in read_event(fields)], at=moment)
        if live := LiveCall.objects.first():
            states.append((live.state, live.agent))
    assert states == [
        ("waiting", ""),
        ("ringing", "102"),
        ("waiting", ""),
        ("ringing", "101"),
        ("talking", "101"),
        ("held", "101"),
        ("talking", "101"),
        ("ended", "101"),
        ("ended", "101"),
        ("ended", "101"),
    ]
    assert calls() == {"77.1": ("answered", 4, "+31226351244")}
    assert [one.name for one in exchanges(organisation(), AT)] == ["Asterisk"]
    assert read_event({"event": "QueueCallerJoin", "uniqueid": "1.2", "timestamp": "1772438400.25"})[0].at == (
        datetime.fromtimestamp(1772438400.25, UTC)
    )


def test_the_follower_signs_in_comes_back_and_says_why_it_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[Told] = []
    troubles: list[str] = []
    asked: list[str] = []
    monkeypatch.setattr(command, "_write", lambda part: kept.extend(part))
    monkeypatch.setattr(command, "_trouble", troubles.append)
    monkeypatch.setattr(command, "GATHER", 0.01)
    real = asyncio.sleep
    monkeypatch.setattr(command.asyncio, "sleep", lambda seconds: real(min(seconds, 0.02)))

    async def manager(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"Asterisk Call Manager/9.0.0\r\n")
        asked.append((await reader.readuntil(b"\r\n\r\n")).decode())
        if len(asked) == 1:
            writer.write(b"Response: Error\r\nMessage: Authentication failed\r\n\r\n")
        else:
            writer.write(b"Response: Success\r\n\r\n" + AMI.encode())
            await writer.drain()
            await real(0.1)
        writer.close()

    async def act() -> None:
        server = await asyncio.start_server(manager, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        task = asyncio.create_task(command.follow(f"ami://kcc:ge%3Aheim@127.0.0.1:{port}"))
        while len(asked) < 3:
            await real(0.02)
        server.close()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    run_to_end(asyncio.wait_for(act(), 20))
    assert "Username: kcc\r\nSecret: ge:heim" in asked[0]
    assert troubles[:2] == ["login refused", ""] and "connection closed" in troubles
    assert [one.kind for one in kept][:2] == ["entered", "ringing"]


def test_the_longest_names_that_an_exchange_gives_fit(cast: Cast, path: Path) -> None:
    path.write_text(f"{EPOCH}|c1|{'q' * 300}|{'a' * 300}|RINGNOANSWER|6000\n")
    assert read() == 2
    event = {"event": "BlindTransfer", "transfereelinkedid": "c1", "extension": "1" * 300}
    command.take([told(one, AT) for one in read_event(event)], at=AT)
    assert PhoneEvent.objects.filter(kind="transferred").count() == 1
