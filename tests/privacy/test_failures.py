"""What of erasing and destroying does not succeed: it holds up nothing else, and who can do something about it sees why and since when."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import DataError, OperationalError
from django.test import Client

from channels_app.files import path_of
from contacts.models import Customer
from privacy.actions import count, destruction, erase
from privacy.actions.ask import ask, refuse
from privacy.actions.count import count_asked
from privacy.actions.destruction import destroy_approved
from privacy.actions.erase import erase_due
from privacy.actions.remove_files import remove_files, to_remove
from privacy.failures import FILES, lasting
from privacy.models import FileToRemove
from tests.cast import Cast
from tests.privacy.scene import MONDAY, left_everywhere
from tests.privacy.test_erase import LATER, WHY, decided
from tests.privacy.test_terms import AFTER, approved


@pytest.fixture
def person(cast: Cast, settings: Any, tmp_path: Any) -> Customer:
    settings.FILES_DIR = tmp_path
    return left_everywhere(cast, files=tmp_path)


@pytest.mark.parametrize("error", [OperationalError("lock timeout"), ValueError("iets anders")])
def test_what_does_not_succeed_stands_on_the_screens_until_it_does(
    cast: Cast, person: Customer, monkeypatch: pytest.MonkeyPatch, client: Client, error: Exception
) -> None:
    """At once, or after half an hour when it may pass by itself; with why and what to do, on every page of who can do something."""
    request = decided(cast, person)
    real, broken = erase._wipe_own, [True]

    def breaks(*args: Any) -> None:
        if broken:
            raise error
        real(*args)

    monkeypatch.setattr(erase, "_wipe_own", breaks)
    passes = isinstance(error, OperationalError)
    for at, is_shown in ((LATER, not passes), (LATER + timedelta(minutes=31), True)):
        with time_machine.travel(at, tick=False):
            with suppress(ValueError):
                erase_due(at=at)
            shown = _where_failing(cast, client, request.number)
        assert shown == {"request": is_shown, "list": is_shown, "manage": is_shown, "health": is_shown}, at
    broken.clear()
    assert erase_due(at=at) == 1
    assert not any(_where_failing(cast, client, request.number).values())


def test_what_was_refused_is_no_failure_any_more(cast: Cast, person: Customer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its list nobody can approve it, so refusing is what is left; nothing tries it again."""

    def breaks(*args: Any) -> None:
        raise DataError("value too long")

    monkeypatch.setattr(count, "_plan", breaks)
    request = ask(customer=person, kind="erase", reason=WHY, by=cast.sanne, at=LATER)
    with pytest.raises(DataError):
        count_asked(at=LATER)
    assert list(lasting(LATER)) == [request.number]
    refuse(request=request, by=cast.ria, at=LATER, remark="Dit is een ander mens")
    count_asked(at=LATER)
    assert not lasting(LATER)


def _where_failing(cast: Cast, client: Client, number: str) -> dict[str, bool]:
    pages = {}
    for name, user, address in (
        ("request", cast.sanne, f"/beheer/verzoeken/{number.rpartition('-')[2]}/"),
        ("list", cast.sanne, "/beheer/verzoeken/"),
        ("manage", cast.sanne, "/beheer/"),
        ("health", cast.beheer, "/beheer/gezondheid/"),
    ):
        client.force_login(user)
        page = client.get(address).content.decode()
        pages[name] = "lukt niet" in page or "Lukt niet" in page
    return pages


def test_a_batch_of_a_list_or_a_file_that_cannot_go_keeps_no_other(
    cast: Cast, person: Customer, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    made = approved(cast)
    monkeypatch.setattr(destruction, "AT_ONCE", 1)
    first = made.entries.order_by("question").values_list("question_id", flat=True)[0]
    real = destruction.wipe_questions

    def breaks(*, questions: list[int], at: datetime) -> dict[str, int]:
        if first in questions:
            raise DataError("value too long")
        return real(questions=questions, at=at)

    monkeypatch.setattr(destruction, "wipe_questions", breaks)
    with pytest.raises(DataError):
        destroy_approved(at=AFTER)
    assert list(made.entries.values_list("question_id", flat=True)) == [first]
    client.force_login(cast.beheer)
    page = client.get(f"/beheer/vernietiging/{made.pk}/").content.decode()
    assert "de database weigert een wijziging (DataError)" in page
    assert f"{made.number} lukt niet" in client.get("/beheer/").content.decode()
    monkeypatch.undo()
    destroy_approved(at=AFTER)
    made.refresh_from_db()
    assert made.state == "done" and not lasting(AFTER)


def test_a_file_that_cannot_be_removed_is_seen_and_keeps_no_other(db: None, settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path
    digests = [letter * 64 for letter in "ab"]
    to_remove(digests, at=MONDAY)
    for digest in digests:
        path_of(digest).parent.mkdir(parents=True, exist_ok=True)
        path_of(digest).write_bytes(b"x")
        os.utime(path_of(digest), (0, 0))
    stuck = path_of(digests[0])
    stuck.unlink()
    stuck.mkdir()  # no way to unlink it, also for who may everything
    os.utime(stuck, (0, 0))
    with pytest.raises(OSError):
        remove_files(at=LATER)
    assert (
        list(FileToRemove.objects.values_list("sha256", flat=True)) == digests[:1] and not path_of(digests[1]).exists()
    )
    assert list(lasting(LATER)) == [FILES]
    stuck.rmdir()
    remove_files(at=LATER)
    assert not lasting(LATER) and not FileToRemove.objects.exists()
