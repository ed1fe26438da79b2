"""What a backup is made of: only the key opens it, a cut or changed one is noticed, and old ones go, never the newest."""

from __future__ import annotations

import gzip
import json
import os
import re
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from opmeer_kcc.backup import check, line, make, place, tools
from opmeer_kcc.backup.make import BASE
from opmeer_kcc.backup.restore import restore_cluster, restore_dump
from opmeer_kcc.backup.sealed import CHUNK, Sealing, WrongKey, unsealed
from opmeer_kcc.env import LIBPQ, address
from opmeer_kcc.management.commands import restore
from organisation import nightly
from organisation.models import Heartbeat
from supervisor.place import ROOT
from supervisor.plain import Plain
from supervisor.postgres import Postgres

KEY, OTHER = b"k" * 32, b"o" * 32
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def second_place(settings: Any, tmp_path: Path) -> Path:
    settings.BACKUP_DIR = str(tmp_path / "second")
    settings.BACKUP_KEYS = ["MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="]
    settings.DATA_DIR = tmp_path / "data"
    settings.FILES_DIR = tmp_path / "data" / "files"
    (tmp_path / "second").mkdir()
    return tmp_path / "second"


def sealed(path: Path, data: bytes) -> Path:
    with Sealing(path, KEY) as out:
        out.write(data)
    return path


@pytest.mark.parametrize("size", [0, 1, CHUNK, 3 * CHUNK + 7])
def test_what_was_sealed_comes_back(tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    path = sealed(tmp_path / "x", data)
    assert b"".join(unsealed(path, [OTHER, KEY])) == data
    if size >= CHUNK:  # of a single byte chance makes the same one, once in five
        assert data[:64] not in path.read_bytes()


def test_another_key_a_changed_byte_and_a_cut_end_are_noticed(tmp_path: Path) -> None:
    path = sealed(tmp_path / "x", os.urandom(2 * CHUNK))
    with pytest.raises(WrongKey, match="None of BACKUP_KEYS"):
        list(unsealed(path, [OTHER]))
    whole = path.read_bytes()
    for wrong in (whole[: len(whole) // 2], whole[: 21 + 4 + CHUNK + 16], whole[:-1] + bytes([whole[-1] ^ 1])):
        path.write_bytes(wrong)
        with pytest.raises(WrongKey):
            list(unsealed(path, [KEY]))


def test_what_a_check_that_was_stopped_left_goes_with_the_next(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    first, held = check._scratch()
    second, other = check._scratch()
    assert first.exists()  # somebody works in it
    held.close()
    other.close()
    third, last = check._scratch()
    last.close()
    assert [path for path in (first, second, third) if path.exists()] == [third]


def test_a_backup_that_breaks_off_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="full"), Sealing(tmp_path / "x", KEY) as out:  # noqa: PT012
        out.write(b"half")
        raise OSError("full")
    assert list(tmp_path.iterdir()) == []


def test_without_place_or_key_a_sentence_says_what_to_set(settings: Any, tmp_path: Path) -> None:
    settings.BACKUP_DIR, settings.BACKUP_KEYS = "", []
    for ask, name in ((place.second_place, "BACKUP_DIR"), (place.keys, "BACKUP_KEYS")):
        with pytest.raises(Plain, match=name):
            ask()
    settings.BACKUP_DIR = str(tmp_path / "not-mounted")
    with pytest.raises(Plain, match="mounted"):
        place.second_place()


def test_old_sets_go_with_the_log_before_them_and_the_newest_stays(second_place: Path) -> None:
    for days, piece in ((40, "01"), (20, "02"), (1, "03")):
        moment = AT - timedelta(days=days)
        made = place.Made(f"{moment:%Y%m%dT%H%M%SZ}", "base", moment.isoformat(), 1, 1.0, "18", f"{piece:0>24}")
        (place.folder("sets") / made.stamp).mkdir()
        place.write_manifest(made)
        place.seal_bytes(place.folder("log") / f"{piece:0>24}.sealed", b"x")
    assert len(place.forget(14, AT)) == 2
    assert [one.stamp for one in place.sets()] == ["20261123T090000Z"]
    assert [path.name for path in place.folder("log").iterdir()] == [f"{'03':0>24}.sealed"]
    assert place.forget(0, AT + timedelta(days=99)) == []
    assert place.newest().stamp == "20261123T090000Z"


def test_back_to_a_moment_goes_from_the_last_set_that_was_whole_by_then(second_place: Path) -> None:
    """A mistake of yesterday is found today, when a newer set is there: no log leads back from that one."""
    for days, seconds in ((3, 60.0), (2, 60.0), (1, 600.0)):
        moment = AT - timedelta(days=days)
        made = place.Made(f"{moment:%Y%m%dT%H%M%SZ}", "base", moment.isoformat(), 1, seconds, "18", "1")
        (place.folder("sets") / made.stamp).mkdir()
        place.write_manifest(made)

    def day(until: datetime) -> str:
        return restore.Command._made("", until).stamp[:8]

    assert restore.Command._made("", None).stamp[:8] == day(AT) == "20261123"
    assert day(AT - timedelta(days=1, hours=1)) == "20261122"
    assert day(AT - timedelta(days=1) + timedelta(seconds=300)) == "20261122"  # while the next was being made
    assert restore.Command._made("20261121T090000Z", AT).stamp[:8] == "20261121"
    with pytest.raises(Plain, match="the oldest was made"):
        day(AT - timedelta(days=30))


def test_the_programs_of_the_database_are_told_how_it_is_reached() -> None:
    """A certificate without its key, say, opens nothing: the site would run and no backup be made."""
    alive = {"keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout"}
    assert set(tools.OPTIONS) == LIBPQ - alive
    told = tools.reach(address("X", "postgresql://a:b%40c@h:5/d?sslmode=verify-full&sslkey=/k.pem"))
    assert {
        "PGSSLMODE": "verify-full",
        "PGSSLKEY": "/k.pem",
        "PGPASSWORD": "b@c",
        "PGDATABASE": "d",
    }.items() <= told.items()


def test_a_set_by_hand_and_the_watch_bring_the_log_away_together(
    second_place: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pieces = tmp_path / "log"
    pieces.mkdir()
    for number in (1, 2):
        (pieces / f"{number:0>24}.gz").write_bytes(gzip.compress(b"log"))
    monkeypatch.setattr(make.tools, "log_folder", lambda: pieces)
    real = gzip.open

    def other_was_first(path: Path) -> Any:
        if path.name.startswith(f"{1:0>24}"):
            path.unlink()
        return real(path)

    monkeypatch.setattr(make.gzip, "open", other_was_first)
    assert make.ship_log() == 1
    assert not list(pieces.iterdir())
    assert [path.name for path in place.folder("log").iterdir()] == [f"{2:0>24}.sealed"]


def test_a_set_that_cannot_be_made_whole_leaves_nothing_behind(
    second_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--watch` begins again every five minutes, each time with a copy of the whole database."""

    def copies(target: Path) -> int:
        place.seal_bytes(target / BASE, b"the whole database")
        return 18

    def has_no_room() -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(make.tools, "can_copy_the_cluster", lambda: False)
    monkeypatch.setattr(make, "_dump", copies)
    monkeypatch.setattr(place, "keep_files", has_no_room)
    with pytest.raises(OSError, match="No space left"):
        make.make_backup(at=AT)
    assert list(place.folder("sets").iterdir()) == []


@pytest.mark.django_db
def test_storage_that_lets_nothing_go_has_its_set_once_a_night(
    second_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As docs/operations.md advises: whoever holds the server cannot take the backups away."""

    def keeps(_days: int, _at: datetime) -> list[str]:
        raise PermissionError(1, "Operation not permitted", "20261101T010000Z")

    monkeypatch.setattr(make.tools, "can_copy_the_cluster", lambda: False)
    monkeypatch.setattr(make, "_dump", lambda _target: 18)
    monkeypatch.setattr(place, "forget", keeps)
    assert nightly.is_due("backup", AT)
    make.make_backup(at=AT)
    assert len(place.sets()) == 1
    assert not nightly.is_due("backup", AT + timedelta(minutes=5))
    told = line.lines(AT)[0]
    assert told.is_well and "oudere" in told.text.lower()  # no failure: it is what was asked of the storage


def test_attachments_are_brought_once_and_come_back(
    second_place: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from channels_app.files import path_of, store_bytes
    from opmeer_kcc.backup.restore import restore_files

    digest = store_bytes(b"%PDF-1.4 brief")
    assert (place.keep_files(), place.keep_files()) == (1, 0)
    original = path_of(digest)
    back = second_place.parent / "back" / "files"
    back.parent.mkdir()
    assert restore_files(back) == 1
    restored = back / original.relative_to(settings.FILES_DIR)
    assert restored.read_bytes() == b"%PDF-1.4 brief" and restored.stat().st_mode & 0o777 == 0o440

    def breaks_off(_path: Path, _keys: object) -> Iterator[bytes]:
        yield b"%PDF"
        raise OSError("full")

    restored.unlink()
    with monkeypatch.context() as broken:
        broken.setattr(place, "unsealed", breaks_off)
        with pytest.raises(OSError, match="full"):
            restore_files(back)
    assert not restored.exists() and restore_files(back) == 1


def test_a_restore_that_breaks_off_leaves_no_half_database(second_place: Path, tmp_path: Path) -> None:
    made = place.Made("20261123T090000Z", "base", AT.isoformat(), 1, 1.0, "18", "01")
    lies = place.folder("sets") / made.stamp
    lies.mkdir()
    place.seal_bytes(lies / BASE, b"this is no archive")
    folder = tmp_path / "back"
    for _try in range(2):  # the second finds no database in its way
        with pytest.raises(tarfile.ReadError):
            restore_cluster(made, folder, tmp_path / "log")
        assert list(folder.iterdir()) == []


def test_a_dump_comes_back_where_somebody_said_and_leaves_no_half_database(
    second_place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = place.Made("20261124T090000Z", "dump", AT.isoformat(), 1, 1.0, "18")
    with pytest.raises(Plain, match=r"--database .* or let --embedded"):
        restore.Command()._dump(made, tmp_path, {"until": "", "database": "", "embedded": False})
    monkeypatch.setattr(Postgres, "start", lambda self: self.data.mkdir(parents=True))
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "password").write_text("x")
    with pytest.raises(Plain):  # there is no such set
        restore.Command()._dump(made, tmp_path, {"until": "", "database": "", "embedded": True})
    assert not (tmp_path / "postgres" / "data").exists()
    (tmp_path / "postgres" / "data" / "base").mkdir(parents=True)
    with pytest.raises(Plain, match="There is a database in"):
        restore.Command()._dump(made, tmp_path, {"until": "", "database": "", "embedded": True})
    assert (tmp_path / "postgres" / "data" / "base").exists(), "that of somebody else"


def test_an_archive_that_is_none_is_said_in_a_sentence(second_place: Path, tmp_path: Path) -> None:
    made = place.Made("20261123T090000Z", "base", AT.isoformat(), 1, 1.0, "18", "01")
    (place.folder("sets") / made.stamp).mkdir()
    place.write_manifest(made)
    place.seal_bytes(place.folder("sets") / made.stamp / BASE, b"this is no archive")
    (tmp_path / "file").touch()
    for target, told in (
        (tmp_path / "back", "backup cannot be read"),
        (tmp_path / "file", "file cannot be used: File exists"),
    ):
        with pytest.raises(CommandError, match=told):
            call_command("restore", "--to", str(target))
    (place.folder("sets") / made.stamp / "manifest.json").write_text("{}")
    with pytest.raises(CommandError, match=r"manifest.json cannot be read"):
        call_command("backup", "--list")


@pytest.mark.django_db
def test_a_dump_never_comes_between_rows_that_are_there(second_place: Path) -> None:
    made = place.Made("20261123T090000Z", "dump", AT.isoformat(), 1, 1.0, "18")
    with pytest.raises(Plain, match="There are tables in"):
        restore_dump(made, connection.settings_dict)
    with pytest.raises(Plain, match="The database gives no answer"):
        restore_dump(made, {"NAME": "nothing", "USER": "nobody", "HOST": "127.0.0.1", "PORT": "1"})


@pytest.mark.django_db
def test_the_health_page_says_what_is_wrong_with_the_backups(settings: Any) -> None:
    settings.BACKUP_DIR, settings.DEMO_MODE = "", False
    assert [(one.code, one.is_well) for one in line.lines(AT)] == [("backup", False)]
    settings.BACKUP_DIR = "/second"
    assert [(one.code, one.is_well) for one in line.lines(AT)] == [("backup", False), ("backup_check", False)]
    nightly.done("backup_log", AT, shipped_at=None)
    assert [(one.is_well, one.is_starting) for one in line.lines(AT)] == [(True, True)] * 2  # the first is being made
    nightly.done("backup", AT, kind="base", bytes=10_000_000, seconds=3)
    assert [(one.is_well, one.is_starting) for one in line.lines(AT)] == [(True, False), (True, True), (True, True)]
    nightly.done("backup_log", AT + timedelta(hours=2), shipped_at=None)
    assert [one.is_well for one in line.lines(AT + timedelta(hours=2))] == [True, False, False]  # that takes too long
    nightly.done("backup_check", AT, seconds=9.0, contacts=5, violations=0, found=[])
    nightly.done("backup_log", AT, shipped_at=AT.isoformat())
    assert [one.is_well for one in line.lines(AT)] == [True, True, True]
    later = line.lines(AT + timedelta(hours=27))
    assert [one.is_well for one in later] == [False, False, False]
    nightly.done("backup_check", AT, seconds=9.0, contacts=5, violations=2, found=["I1: 2"])
    Heartbeat.objects.filter(name="backup_log").update(detail={"trouble": "Is the disk mounted?"})
    made, checked, log = line.lines(AT)
    assert (made.is_well, checked.is_well, log.is_well) == (False, False, False)
    assert "mounted" in made.text
    assert "I1: 2" in checked.text


@pytest.mark.django_db
def test_metrics_are_for_who_has_the_token_or_for_this_machine_where_that_is_said(
    client: Client, settings: Any
) -> None:
    assert client.get("/metrics").status_code == 404, "behind a proxy on this machine everybody comes from here"
    settings.METRICS_FROM_HERE = True
    text = client.get("/metrics").content.decode()
    assert 'opmeer_queue_rows{queue="inbound"} 0.0' in text
    assert 'opmeer_well{part="invariants"}' in text
    handbook = (
        (ROOT / "docs" / "operations.md")
        .read_text()
        .partition("`/metrics` for Prometheus")[2]
        .partition("security.txt")[0]
    )
    alarms = set(re.findall(r"\bopmeer_[a-z_]+", handbook))
    assert len(alarms) > 5 and {name for name in alarms if f"\n{name}" not in text} == set()
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404
    settings.METRICS_TOKEN = "een-sleutel"
    assert client.get("/metrics").status_code == 404
    assert (
        client.get("/metrics", headers={"Authorization": "Bearer een-sleutel"}, REMOTE_ADDR="192.0.2.7").status_code
        == 200
    )


def test_a_manifest_is_read_as_it_was_written(second_place: Path) -> None:
    made = place.Made("20261124T090000Z", "dump", AT.isoformat(), 5, 0.5, "15.4")
    (place.folder("sets") / made.stamp).mkdir()
    place.write_manifest(made)
    assert place.chosen(made.stamp) == made
    assert json.loads((place.folder("sets") / made.stamp / "manifest.json").read_text())["kind"] == "dump"
    with pytest.raises(Plain, match="There is no backup"):
        place.chosen("nothing")


@pytest.mark.django_db
def test_trouble_at_night_is_shown_until_it_is_over(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import Event

    from opmeer_kcc.backup import watch

    settings.BACKUP_DIR = "/second"

    def once(act: Any) -> None:
        ends, told = Event(), iter([False, True])
        monkeypatch.setattr(ends, "wait", lambda _seconds: next(told))
        watch._again(ends, act, 1.0, watch.NIGHTS)

    def full() -> None:
        raise Plain("The disk is full.")

    monkeypatch.setattr(watch.connection, "close", lambda: None)
    once(full)
    watch._tell(1)
    assert "The disk is full." in line.lines(AT)[0].text
    once(lambda: None)
    assert "The disk is full." not in line.lines(AT)[0].text
    settings.BACKUP_DIR = "/not/mounted"
    once(watch._ship)  # its first visit: a process that ends at it would be started again for ever
    assert "mounted" in line.lines(AT)[0].text

    def has_no_room() -> None:
        raise OSError(28, "No space left on device", "/second/sets")

    def was_not_foreseen() -> None:
        raise KeyError("version")

    once(was_not_foreseen)  # the thread lives on, and says what it was
    assert "KeyError" in line.lines(AT)[0].text
    once(has_no_room)
    assert "/second/sets cannot be used: No space left on device." in line.lines(AT)[0].text


def test_an_erased_attachment_goes_from_the_second_place_when_no_set_can_name_it(second_place: Path) -> None:
    from channels_app.files import path_of, store_bytes

    erased, stays = store_bytes(b"van Anna"), store_bytes(b"van Bert")
    place.keep_files()
    path_of(erased).unlink()

    def there() -> set[str]:
        return {path.name.removesuffix(".sealed") for path in (second_place / "files").rglob("*.sealed")}

    place.forget(14, AT)
    place.forget(14, AT + timedelta(days=13))
    assert there() == {erased, stays}
    place.forget(14, AT + timedelta(days=15))
    assert there() == {stays}
    path_of(stays).unlink()
    for days in (20, 60):
        place.forget(14, AT + timedelta(days=days))
    assert there() == {stays}  # no file at all here: a disk is away
