"""Makes a second registration under the same key give the answer of the first."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import gettext as _

from contacts.actions.asked import Asked, Registered
from contacts.models import Contact, IdempotencyKey, Question
from organisation.errors import Refused

if TYPE_CHECKING:
    from contacts.models import ApiClient
    from organisation.models import User

KEY_DAYS = 30
"""So long an answer is kept for who asks the same again."""


def claim_key(
    key: str,
    *,
    by: User | None,
    client: ApiClient | None,
    at: datetime,
    contact_id: int,
    numbers: list[str],
    asked: Sequence[Asked],
    besides: Sequence[object] = (),
) -> Registered | None:
    """Takes the key together with the answer to be; what was registered under it before, when somebody was first.

    `besides`: what else was said with the questions, such as the text. A client that says something else under its key is refused;
    of a person the answer says it.
    """
    owner = f"client:{client.pk}" if client is not None else f"user:{by.pk}" if by is not None else "machine"
    answer = {"contact": contact_id, "questions": numbers, "added": [one.add_to for one in asked if one.add_to]}
    digest = hashlib.sha256(repr((asked, *besides)).encode("utf-8", "surrogatepass")).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO contacts_idempotencykey (owner, key, request_sha256, answer, created_at)"
            " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (owner, key) DO NOTHING RETURNING id",
            [owner, key[:120], digest, json.dumps(answer), at],
        )
        if cursor.fetchone() is not None:
            return None
    first = IdempotencyKey.objects.get(owner=owner, key=key[:120])
    is_other = first.request_sha256 != digest
    if client is not None and is_other:
        raise Refused(_("This key was used before for something else."), "key")
    known = first.answer or {}
    contact = Contact.objects.filter(pk=known.get("contact", 0)).first()
    if contact is None:
        raise Refused(_("What was registered under this key is no longer there."), "key")
    found = Question.objects.filter(number__in=known.get("questions", [])) | Question.objects.filter(
        pk__in=known.get("added", [])
    )
    return Registered(contact, list(found.order_by("pk")), is_repeat=True, is_other=is_other)
