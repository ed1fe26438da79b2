"""Keeps, finishes and brings back half-finished registrations of a person."""

from __future__ import annotations

import json
import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from contacts.models import Draft
from organisation.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from organisation.models import User

MOST = 30
DRAFT_DAYS = 14
"""So long after the last change a draft goes."""
UNDO_TIME = timedelta(seconds=60)


def keep_draft(*, by: User, at: datetime, token: uuid.UUID, fields: Mapping[str, str], label: str = "") -> Draft:
    """Writes what was typed under its token; the last save wins. Another person's token is not there (404)."""
    data = {"fields": {name: value for name, value in fields.items() if value}, "label": label[:60]}
    draft = Draft.objects.filter(token=token).first()
    if draft is not None and draft.user_id != by.pk:
        raise Http404
    if draft is None:
        mine = Draft.objects.filter(user=by)
        if mine.count() >= MOST:
            _forget_finished(by, at)
            if mine.count() >= MOST:
                raise Refused(
                    _("You have %(count)s unfinished contacts. Save or throw away some first.") % {"count": MOST}
                )
        try:
            with transaction.atomic():
                return Draft.objects.create(token=token, user=by, data=data, created_at=at, updated_at=at)
        except IntegrityError as error:  # two saves of the same new draft at once
            draft = Draft.objects.filter(token=token, user=by).first()
            if draft is None:
                raise Http404 from error
    if "done" not in draft.data:
        Draft.objects.filter(pk=draft.pk).exclude(data__has_key="done").update(data=data, updated_at=at)
        draft.data = data
    return draft


def finish_draft(*, by: User, at: datetime, token: uuid.UUID, fields: Mapping[str, str], contact_id: int) -> None:
    """The draft became a contact: out of the tabs, kept for as long as it can be taken back."""
    _forget_finished(by, at)
    data = {"fields": {name: value for name, value in fields.items() if value}, "done": contact_id}
    with connection.cursor() as cursor:  # also when the same draft is just being kept by another tab
        cursor.execute(
            "INSERT INTO contacts_draft AS kept (token, user_id, data, created_at, updated_at) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (token) DO UPDATE SET data = EXCLUDED.data, updated_at = EXCLUDED.updated_at"
            " WHERE kept.user_id = EXCLUDED.user_id",
            [token, by.pk, json.dumps(data), at, at],
        )


def bring_back(*, by: User, at: datetime, contact_id: int, customer_id: int | None) -> Draft | None:
    """The draft of a contact that is taken back, under a new token; None when it is not kept any more."""
    draft = Draft.objects.filter(user=by, data__done=contact_id).first()
    if draft is None:
        return None
    fields = dict(draft.data.get("fields", {}))
    if customer_id is not None and fields.get("customer_state") == "new":
        fields |= {"customer": str(customer_id), "customer_state": "chosen"}
    draft.token = uuid.uuid4()
    draft.data = {"fields": fields, "label": ""}
    draft.updated_at = at
    draft.save()
    return draft


def drop_draft(*, by: User, token: uuid.UUID) -> bool:
    """Throws a half-finished registration away; only one's own."""
    return bool(Draft.objects.filter(user=by, token=token).delete()[0])


def _forget_finished(by: User, at: datetime) -> None:
    Draft.objects.filter(user=by, data__has_key="done", updated_at__lt=at - UNDO_TIME * 2).delete()
