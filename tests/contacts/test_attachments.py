"""An attachment follows its question, and is only ever a download."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from channels_app.files import store_file
from channels_app.models import OutboundMessage, StoredFile
from contacts.actions.answer import answer
from contacts.actions.confidential import set_confidential
from contacts.actions.register import Asked, register
from contacts.models import PlannedReply, Question
from organisation.clock import now
from organisation.models import AccessEntry, User
from tests.cast import Cast

BYTES = b"\x89PNG\r\n\x1a\n" + b"x" * 2000


def login(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def sent(cast: Cast, tmp_path: Path, settings: Any) -> tuple[Question, StoredFile]:
    """A question with a reply that carries a file."""
    settings.FILES_DIR = tmp_path
    at = now()
    question = register(
        by=None,
        at=at,
        channel="email",
        received_at=at,
        asked=[Asked(title="Foto", subject_id=cast.grofvuil.pk)],
        text="Zie foto",
        acknowledge=False,
    ).questions[0]
    contact = answer(
        question=question, by=cast.henk, at=at, text="Zie bijlage", to_address="d@voorbeeld.nl", then="interim"
    )
    outbound = OutboundMessage.objects.get(pk=contact.outbound_id)
    return question, store_file(data=BYTES, name="koelkast <b>.png", at=at, outbound=outbound)


def test_a_download_with_a_plain_name_and_nothing_that_runs(cast: Cast, sent: tuple[Question, StoredFile]) -> None:
    question, stored = sent
    client = login(cast.henk)
    page = client.get(f"/vragen/{question.number}/").content.decode()
    assert f'href="/bijlagen/{stored.pk}/bekijken/"' in page
    assert f'<img src="/bijlagen/{stored.pk}/bladzijde/1/" alt="{escape(stored.name)}" loading="lazy"' in page
    response = client.get(f"/bijlagen/{stored.pk}/")
    assert b"".join(response.streaming_content) == BYTES
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert AccessEntry.objects.filter(user=cast.henk, page="attachment", question_id=question.pk).exists()


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "application/xhtml+xml", "text/javascript"])
def test_a_type_that_could_run_is_only_bytes(cast: Cast, sent: tuple[Question, StoredFile], kind: str) -> None:
    StoredFile.objects.update(content_type=kind)
    assert login(cast.henk).get(f"/bijlagen/{sent[1].pk}/")["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("name", "status"), [("henk", 200), ("fatima", 200), ("sanne", 200), ("bas", 404), ("joost", 403), ("beheer", 403)]
)
def test_the_file_follows_its_question(cast: Cast, sent: tuple[Question, StoredFile], name: str, status: int) -> None:
    assert login(getattr(cast, name)).get(f"/bijlagen/{sent[1].pk}/").status_code == status


def test_the_file_of_a_confidential_question_is_closed_to_others(cast: Cast, sent: tuple[Question, StoredFile]) -> None:
    set_confidential(question=sent[0], by=cast.henk, at=now(), is_confidential=True)
    assert login(cast.henk).get(f"/bijlagen/{sent[1].pk}/").status_code == 200
    for other in (cast.ria, cast.fatima, cast.sanne):
        assert login(other).get(f"/bijlagen/{sent[1].pk}/").status_code == 404


def test_a_file_that_the_disk_lost_is_not_found(cast: Cast, sent: tuple[Question, StoredFile]) -> None:
    StoredFile.objects.update(sha256="0" * 64)
    assert login(cast.henk).get(f"/bijlagen/{sent[1].pk}/").status_code == 404


def test_a_file_without_a_question_belongs_to_nobody(cast: Cast, sent: tuple[Question, StoredFile]) -> None:
    StoredFile.objects.update(outbound=None)
    assert login(cast.henk).get(f"/bijlagen/{sent[1].pk}/").status_code == 404


def test_a_look_at_a_file_that_did_not_leave_yet_is_of_its_own_question(
    cast: Cast, sent: tuple[Question, StoredFile]
) -> None:
    """And not of whichever question comes first."""
    other, at = sent[0], now()
    question = register(
        by=None, at=at, channel="email", received_at=at, asked=[Asked(title="Bank", subject_id=cast.grofvuil.pk)], acknowledge=False
    ).questions[0]  # fmt: skip
    planned = PlannedReply.objects.create(
        question=question, created_by=cast.henk, created_at=at, send_at=at, channel="email", to_address="d@voorbeeld.nl", text="x",
        then="close",
    )  # fmt: skip
    waiting = store_file(data=BYTES, name="kaart.png", at=at)
    planned.files.add(waiting)
    assert login(cast.henk).get(f"/bijlagen/{waiting.pk}/").status_code == 200
    seen = AccessEntry.objects.filter(user=cast.henk, page="attachment").values_list("question_id", flat=True)
    assert list(seen) == [question.pk] != [other.pk]
    StoredFile.objects.filter(pk=waiting.pk).update(check_state="waiting")
    assert login(cast.henk).get(f"/bijlagen/{waiting.pk}/")["Location"] == f"/vragen/{question.number}/"
