"""Filling the demo's tables in one go leaves their foreign keys and indexes as they were, and lets no row in without what it belongs to."""

import pytest
from django.db import IntegrityError, connection, transaction

from contacts.demo.keys import filled_at_once
from contacts.models import Note, Question
from organisation.clock import now
from organisation.models import User


def keys() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated, condeferrable, condeferred"
            " FROM pg_constraint WHERE contype = 'f' ORDER BY 1, 2"
        )
        return list(cursor.fetchall())


def indexes() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1")
        return list(cursor.fetchall())


def test_the_keys_are_the_same_again_and_find_a_row_without_its_question(fatima: User) -> None:
    before, built = keys(), indexes()
    with filled_at_once([Note, Question]):
        assert len(keys()) < len(before)
        assert len(indexes()) < len(built)
    assert (keys(), indexes()) == (before, built)
    note = Note(question_id=-1, text="Van geen vraag", created_at=now(), created_by=fatima)
    with pytest.raises(IntegrityError), transaction.atomic(), filled_at_once([Note]):
        Note.objects.bulk_create([note])
    assert keys() == before
