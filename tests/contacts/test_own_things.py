"""Drafts, lists, notices, viewing and second factors are of one person: what a colleague does or has touches none of them."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.http import Http404
from django.test import Client
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from channels_app.models import OutboundMessage
from contacts.actions import keep_draft as drafts
from contacts.actions.notify import _digest, mark_read
from contacts.actions.register import Asked, register
from contacts.actions.viewing import leave, look
from contacts.models import Draft, Notice, Question, QuestionViewer, SavedView
from contacts.pages.notices import notices_page
from organisation import second_factor
from organisation.clock import now
from organisation.models import User
from tests.cast import Cast


@pytest.fixture
def question(cast: Cast) -> Question:
    made = register(
        by=cast.fatima, at=now(), channel="phone", received_at=now(), customer=None, text="Een bank",
        asked=[Asked(title="Een bank", subject_id=cast.grofvuil.pk)],
    )  # fmt: skip
    return Question.objects.get(pk=made.questions[0].pk)


def _draft(by: User, **data: object) -> Draft:
    old = now() - timedelta(hours=1)
    return Draft.objects.create(
        token=uuid.uuid4(), user=by, data={"fields": {}, **data}, created_at=old, updated_at=old
    )


def test_drafts(cast: Cast) -> None:
    theirs, done = _draft(cast.bas), _draft(cast.bas, done=5)
    for _number in range(drafts.MOST):
        _draft(cast.bas)
    mine = drafts.keep_draft(by=cast.henk, at=now(), token=uuid.uuid4(), fields={"a": "x"})
    with pytest.raises(Http404):
        drafts.keep_draft(by=cast.henk, at=now(), token=theirs.token, fields={"a": "x"})
    assert drafts.bring_back(by=cast.henk, at=now(), contact_id=5, customer_id=None) is None
    assert not drafts.drop_draft(by=cast.henk, at=now(), token=theirs.token)
    assert not drafts.pick_up_draft(by=cast.henk, at=now(), token=theirs.token)
    drafts.finish_draft(by=cast.henk, at=now(), token=mine.token, fields={}, contact_id=6)
    assert Draft.objects.filter(user=cast.bas, pk__in=[theirs.pk, done.pk]).count() == 2


def test_lists(cast: Cast) -> None:
    theirs = SavedView.objects.create(user=cast.bas, name="Mijn lijst", query="lijst=alle")
    SavedView.objects.bulk_create(SavedView(user=cast.bas, name=f"{n}", query="") for n in range(30))
    client = Client()
    client.force_login(cast.henk)
    client.post("/werkvoorraad/lijsten/", {"name": "Mijn lijst", "list": "lijst=team"})
    mine = SavedView.objects.get(user=cast.henk)
    assert (mine.name, SavedView.objects.get(pk=theirs.pk).query) == ("Mijn lijst", "lijst=alle")
    assert client.post(f"/werkvoorraad/lijsten/{theirs.pk}/", {"act": "remove"}).status_code == 404
    client.post(f"/werkvoorraad/lijsten/{mine.pk}/", {"name": "7"})
    assert SavedView.objects.get(pk=mine.pk).name == "7", "a name that only a colleague uses"


def test_notices(cast: Cast, question: Question) -> None:
    at = now()
    theirs = Notice.objects.create(user=cast.ria, kind="new_contact", question=question, key="a", at=at)
    assert mark_read(user=cast.henk, at=at) == 0
    assert notices_page(cast.henk, at).rows == [] and len(notices_page(cast.ria, at).rows) == 1
    assert _digest(cast.henk, at) == 0 and Notice.objects.get(pk=theirs.pk).mailed_at is None
    Notice.objects.create(user=cast.ria, kind="overdue", question=question, key="b", at=at, mailed_at=at)
    Notice.objects.create(user=cast.henk, kind="overdue", question=question, key="b", at=at)
    assert _digest(cast.henk, at) > 0, "a colleague's mail of a moment ago makes nobody wait"
    assert OutboundMessage.objects.filter(to_address=cast.henk.email).count() == 1 and mail.outbox == []


def test_viewing(cast: Cast, question: Question) -> None:
    look(question=question, by=cast.ria, at=now(), is_writing=False)
    leave(question=question, by=cast.henk)
    assert QuestionViewer.objects.filter(user=cast.ria).exists()


def test_second_factors(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_factor, "ROUNDS", 10)
    theirs = TOTPDevice.objects.create(user=cast.ria, name="app", confirmed=True)
    begun = TOTPDevice.objects.create(user=cast.ria, name="app", confirmed=False)
    second_factor.new_recovery_codes(cast.ria)
    assert not second_factor.has_second_factor(cast.henk)
    assert second_factor.unfinished_device(cast.henk, begun.pk).user_id == cast.henk.pk
    code = second_factor.new_recovery_codes(cast.henk)[0]
    assert StaticDevice.objects.filter(user=cast.ria).exists()
    assert second_factor.match(cast.ria, code) is None and second_factor.match(cast.henk, code) is not None
    second_factor.remove(cast.henk, by=cast.beheer)
    assert set(TOTPDevice.objects.all()) == {theirs, begun} and StaticDevice.objects.get().user_id == cast.ria.pk
