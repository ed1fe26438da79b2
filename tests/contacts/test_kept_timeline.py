"""A contact on the timeline that was shown before reads as if it was made now, whatever of it, the day or the language changed."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, cast

import pytest
from django.template import Context, Template
from django.utils import translation

from contacts.pages.question_contacts import CONTACT
from contacts.pages.timeline import CONTACTS, timeline
from organisation.snapshot import Organisation
from organisation.told import Told

TODAY = date(2026, 3, 2)
ROW: dict[str, Any] = {
    "id": 7, "channel": "email", "direction": "out", "received_at": "2026-03-02T09:00:00+00:00", "by": "Henk", "text": "Dag",
    "quoted": "", "subject_line": "", "address": "k@example.nl", "address_name": "", "customer": "K. Klant", "is_answer": True,
    "is_automatic": False, "remarks": [], "duration": None, "purpose": "reply", "state": "queued", "sent_at": None, "error": "",
    "delivered": None, "seen": None, "next_try": None, "source": None, "copies": [],
    "ack": None, "files": [], "letter": None,
}  # fmt: skip
CHANGES: list[dict[str, Any]] = [
    {"text": "Dag <b>"},
    {"by": "Ria"},
    {"state": "sent", "sent_at": "2026-03-02T09:05:00+00:00"},
    {"state": "failed", "error": "550 no such user"},
    {"error": "421 busy", "next_try": "2026-03-02T09:15:00+00:00"},
    {"state": "sent", "sent_at": "2026-03-02T09:05:00+00:00", "seen": "2026-03-02T09:09:00+00:00"},
    {"direction": "in"},
    {"is_automatic": True},
    {"remarks": ["sender_not_verified"]},
    {"letter": 5},
    {"duration": 95},
    {"received_at": "2026-02-27T09:00:00+00:00"},
    {"files": [{"id": 1, "name": "foto.jpg", "size": 2048, "type": "image/jpeg"}]},
    {"ack": {"state": "sent", "sent_at": "2026-03-02T09:04:00+00:00", "error": ""}},
    {"ack": {"state": "failed", "sent_at": None, "error": "bounced"}},
    {"copies": ["buurman@voorbeeld.nl"]},
]


def told(*rows: dict[str, Any]) -> list[Told]:
    return CONTACT.read(json.dumps([row[name] for name in CONTACT.names]) for row in rows)


def shown(row: dict[str, Any], today: date = TODAY, *, is_direct: bool = False) -> list[Any]:
    facts = {"contacts_": told(row), "notes_": [], "assignments_": [], "clocks_": [], "callbacks_": []}
    kept = timeline(facts, cast("Organisation", None), today, is_direct=is_direct)
    CONTACTS._held.clear()
    assert kept == timeline(facts, cast("Organisation", None), today, is_direct=is_direct)
    return kept


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: "-".join(change))
def test_what_changed_is_shown(change: dict[str, Any]) -> None:
    before = timeline(
        {"contacts_": told(ROW), "notes_": [], "assignments_": [], "clocks_": [], "callbacks_": []},
        cast("Organisation", None),
        TODAY,
        is_direct=False,
    )
    assert shown(ROW | change) != before


def test_the_day_the_language_and_how_the_question_was_answered_count() -> None:
    with translation.override("nl"):
        dutch, later = shown(ROW), shown(ROW, date(2026, 3, 3))
        direct = shown(ROW | {"direction": "in"}, is_direct=True)
        assert direct != shown(ROW | {"direction": "in"})
    with translation.override("en"):
        assert len({str(dutch), str(later), str(shown(ROW))}) == 3


def test_every_entry_can_be_a_key() -> None:
    """The template keeps its markup under all its values."""
    for change in CHANGES:
        assert {hash(entry) for entry in shown(ROW | change)}


def test_a_long_letter_is_not_kept() -> None:
    """Texts of a hundred thousand signs would otherwise fill every process for good."""
    CONTACTS.clear()
    rows = [ROW | {"id": number, "text": "a" * length} for number, length in ((1, 100_000), (2, 100))]
    facts = {
        "contacts_": told(*rows),
        "notes_": [],
        "assignments_": [],
        "clocks_": [],
        "callbacks_": [],
    }
    for _again in range(2):
        assert len(timeline(facts, cast("Organisation", None), TODAY, is_direct=False)) == 2
    assert len(CONTACTS) == 1


def test_a_long_piece_of_a_page_is_not_kept() -> None:
    page = Template("{% load kept %}{% keptrow value %}{{ value }}{% endkeptrow %}")
    node = page.nodelist[1]
    for value in ("a" * 100_000, "b"):
        assert page.render(Context({"value": value})) == value
    assert len(node.held) == 1  # type: ignore[attr-defined]
