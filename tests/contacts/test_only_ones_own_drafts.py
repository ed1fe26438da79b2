"""Half-finished contacts, lists and looks at files are of one person: with those of a colleague beside them.

Each is found by `script/mutants` when it is taken away (docs/mutants.md).
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError
from django.http import Http404
from django.test import Client, RequestFactory

from channels_app.models import StoredFile
from contacts.actions.keep_draft import MOST, keep_draft
from contacts.forms.registration import Typed
from contacts.models import Draft, SavedView
from contacts.pages.registration_tabs import tabs_of
from contacts.views import registration, registration_begin
from contacts.views.attachment import _was_recorded
from organisation.clock import now
from organisation.models import AccessEntry
from tests.cast import Cast

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_the_drafts_of_others_do_not_count(cast: Cast) -> None:
    for _number in range(MOST):
        Draft.objects.create(user=cast.henk, token=uuid.uuid4(), data={}, created_at=AT, updated_at=AT)
    for _number in range(MOST):  # the last one too
        keep_draft(by=cast.fatima, at=AT, token=uuid.uuid4(), fields={"text": "x"})
    assert Draft.objects.filter(user=cast.fatima).count() == MOST


def test_room_that_one_makes_for_oneself_is_room(cast: Cast) -> None:
    for number in range(MOST):
        Draft.objects.create(user=cast.henk, token=uuid.uuid4(), data={}, created_at=AT, updated_at=AT)
        done = {"done": 1} if not number else {}
        Draft.objects.create(user=cast.fatima, token=uuid.uuid4(), data=done, created_at=AT, updated_at=AT)
    assert keep_draft(by=cast.fatima, at=AT, token=uuid.uuid4(), fields={"text": "x"}).pk
    assert len(tabs_of(cast.fatima, "")) == MOST


def test_a_draft_of_another_that_came_first_under_the_same_token_is_not_there(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = uuid.uuid4()

    def too_late(**kwargs: Any) -> Draft:
        Draft(user=cast.henk, token=token, data={}, created_at=AT, updated_at=AT).save()
        raise IntegrityError

    monkeypatch.setattr(Draft.objects, "create", too_late)
    monkeypatch.setattr("contacts.actions.keep_draft.transaction.atomic", Open)
    with pytest.raises(Http404):
        keep_draft(by=cast.fatima, at=AT + timedelta(seconds=1), token=token, fields={"text": "x"})


def test_what_a_colleague_has_half_finished_begins_nobody_elses_contact(cast: Cast) -> None:
    fields = {"scan": "7", "call": "7", "q0-text": "Half"}
    theirs = Draft.objects.create(
        user=cast.henk, token=uuid.uuid4(), data={"fields": fields}, created_at=AT, updated_at=AT
    )
    for mine in (registration_begin._of_scan(cast.fatima, 7), registration_begin.of_call(cast.fatima, 7)):
        assert mine.token != theirs.token
    for asked in ({"concept": str(theirs.token)}, {}):
        request = RequestFactory().get("/werkplek/", asked)
        request.user = cast.fatima
        assert registration_begin.begin(request).token != theirs.token
    assert tabs_of(cast.fatima, "") == () and len(tabs_of(cast.henk, "")) == 1
    cast.fatima.after_saving = "next"
    done = SimpleNamespace(contact=SimpleNamespace(customer_id=None))
    assert str(theirs.token) not in registration._next_address(cast.fatima, Typed(uuid.uuid4(), {}), done)
    assert registration.keep(cast.fatima, Typed(theirs.token, {}), AT) is None


def test_a_list_of_a_colleague_under_the_same_name_stays_theirs(cast: Cast, client: Client) -> None:
    theirs = SavedView.objects.create(user=cast.henk, name="Mijn lijst", query="status=new")
    client.force_login(cast.fatima)
    client.post("/werkvoorraad/lijsten/", {"name": "Mijn lijst", "list": "status=open"})
    theirs.refresh_from_db()
    assert theirs.query == "status=new" and SavedView.objects.filter(user=cast.fatima).count() == 1
    assert client.post(f"/werkvoorraad/lijsten/{theirs.pk}/", {"act": "remove"}).status_code in (302, 404)
    assert SavedView.objects.filter(pk=theirs.pk, name="Mijn lijst").exists()


def test_a_look_at_a_file_by_a_colleague_is_no_look_of_mine(cast: Cast) -> None:
    stored = StoredFile(pk=-1, inbound_id=-1)
    AccessEntry.objects.create(at=now(), user=cast.henk, page="attachment")
    request = RequestFactory().get("/")
    for person, seen in ((cast.henk, True), (cast.fatima, False)):
        request.user = person
        assert _was_recorded(request, stored) is seen


class Open:
    """In place of a transaction, so that what another wrote stays."""

    def __enter__(self) -> None: ...

    def __exit__(self, *error: object) -> None: ...
