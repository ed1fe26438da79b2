"""A filter on person, team or confidentiality leaves out what is not theirs: with rows of somebody else beside one's own.

Each is found by `script/mutants` when it is taken away (docs/mutants.md).
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.http import Http404

from contacts.actions.confidential import set_confidential
from contacts.actions.keep_draft import MOST, keep_draft
from contacts.actions.letter_questions import came_along
from contacts.actions.register import Asked, register
from contacts.models import Draft, Question
from contacts.news import asked_by_all
from organisation.actions.set_presence import arrive, set_presence
from organisation.models import Presence
from tests.cast import Cast

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def questions(cast: Cast, *, channel: str = "counter", count: int = 2) -> list[Question]:
    """In one contact."""
    asked = [Asked(text=f"Vraag {number}", subject_id=cast.grofvuil.pk, end="forward") for number in range(count)]
    made = register(by=cast.fatima, at=AT, channel=channel, received_at=AT, customer=None, text="", asked=asked)
    return list(Question.objects.filter(pk__in=[one.pk for one in made.questions]).order_by("pk"))


def test_who_signs_in_is_there_whoever_else_was_there_already(cast: Cast) -> None:
    set_presence(user=cast.henk, status="meeting", at=AT)
    arrive(user=cast.fatima, at=AT)
    assert dict(Presence.objects.values_list("user__username", "status")) == {"henk": "meeting", "fatima": "available"}


def test_a_confidential_question_counts_in_no_number_of_the_house(cast: Cast) -> None:
    _open, hidden = questions(cast)
    set_confidential(question=hidden, by=cast.sanne, at=AT, is_confidential=True)
    assert asked_by_all(AT.date()) == {cast.grofvuil.pk: 1}


def test_a_letter_names_no_confidential_question_also_when_its_writer_may_see_it(cast: Cast) -> None:
    one, other, hidden = questions(cast, channel="letter", count=3)
    set_confidential(question=hidden, by=cast.sanne, at=AT, is_confidential=True, people=[cast.henk.pk])
    assert Question.objects.visible_to(cast.henk).filter(pk=hidden.pk).exists()
    assert came_along(one, by=cast.henk) == [other]


def test_the_drafts_of_others_do_not_count(cast: Cast) -> None:
    for _number in range(MOST):
        Draft.objects.create(user=cast.henk, token=uuid.uuid4(), data={}, created_at=AT, updated_at=AT)
    for _number in range(MOST):  # the last one too
        keep_draft(by=cast.fatima, at=AT, token=uuid.uuid4(), fields={"text": "x"})
    assert Draft.objects.filter(user=cast.fatima).count() == MOST


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


class Open:
    """In place of a transaction, so that what another wrote stays."""

    def __enter__(self) -> None: ...

    def __exit__(self, *error: object) -> None: ...
