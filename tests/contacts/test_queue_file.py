"""The list as a file: who gets it, what is on record, and no cell that runs."""

from __future__ import annotations

import csv
import io

import pytest

from contacts.csv_cells import guarded
from organisation.models import AuditEntry, Membership
from organisation.roles import Role
from tests.cast import Cast
from tests.contacts.test_queue import ask, login, said


def test_the_list_as_a_file_needs_the_right_a_reason_and_is_on_record(cast: Cast) -> None:
    question = ask(cast, title="=HYPERLINK(0)")
    assert login(cast.henk).post("/werkvoorraad/bestand/", {"reason": "Voor het overleg"}).status_code == 403
    client = login(cast.ria)
    assert client.post("/werkvoorraad/bestand/", {"reason": ""}).status_code == 302
    response = client.post("/werkvoorraad/bestand/", {"reason": "Voor het overleg", "list": ""})
    assert response["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(response.content.decode().lstrip("\ufeff")), delimiter=";"))
    assert rows[1][:2] == [question.number, "'=HYPERLINK(0)"]
    entry = AuditEntry.objects.get(action="export.list")
    assert (entry.user, entry.detail["rows"], entry.detail["reason"]) == (cast.ria, 1, "Voor het overleg")


def test_a_list_that_is_too_long_is_refused_and_not_cut_off(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(cast)
    ask(cast)
    monkeypatch.setattr("organisation.role_reach.FEW", 1)
    response = login(cast.ria).post("/werkvoorraad/bestand/", {"reason": "Voor het overleg"})
    assert response.status_code == 302
    assert "meer dan 1" in said(response)


def test_who_leads_a_team_and_works_at_the_desk_takes_along_the_list_of_that_team_alone(cast: Cast) -> None:
    ask(cast)
    ask(cast, team=cast.burgerzaken.pk)
    Membership.objects.create(user=cast.ria, team=cast.servicecentrum, role=Role.FRONT_OFFICE)
    client = login(cast.ria)
    whole = {"reason": "Voor het overleg", "list": "lijst=alles"}
    refused = client.post("/werkvoorraad/bestand/", whole)
    assert refused.status_code == 302 and "lijsten mee van de teams" in said(refused)
    own = client.post("/werkvoorraad/bestand/", whole | {"list": f"lijst=alles&team={cast.openbare_ruimte.pk}"})
    assert own["Content-Disposition"].startswith("attachment") and len(own.content.decode().splitlines()) == 2


def test_the_log_keeps_no_words_that_somebody_searched_for(cast: Cast) -> None:
    ask(cast)
    login(cast.ria).post("/werkvoorraad/bestand/", {"reason": "Voor het overleg", "list": "lijst=team&zoek=grofvuil"})
    detail = AuditEntry.objects.get(action="export.list").detail
    assert "zoek" not in detail["list"] and detail["by_words"] is True


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        (" +31", "' +31"),
        ("-2", "'-2"),
        ("@x", "'@x"),
        ("\t=1", "'\t=1"),
        ("\n=1", "'\n=1"),
        ("＝1", "'＝1"),
        ("\u3000=1", "'\u3000=1"),
        ("\x0b\u200e=1", "'\x0b\u200e=1"),
        ("Grofvuil", "Grofvuil"),
        (None, ""),
        (-2, "-2"),
    ],
)
def test_no_cell_can_be_run_as_a_formula(cell: object, safe: str) -> None:
    assert guarded(cell) == safe
