"""Keeps, finishes and brings back half-finished registrations of a person."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from contacts.models import Draft
from organisation import wording
from organisation.errors import Refused
from organisation.prepared import Statement, rows_prepared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from organisation.models import User

MOST = 30
DRAFT_DAYS = 14
"""So long after the last change a draft goes."""
UNDO_TIME = timedelta(seconds=60)
_KEEP: Final = Statement(
    "UPDATE contacts_draft SET data = %s, updated_at = %s WHERE id = %s AND NOT data ? 'done' RETURNING id",
    params=((True, "data"), (True, "at"), (True, "draft")),
    types=(("data", "jsonb"), ("at", "timestamptz"), ("draft", "bigint")),
    make=list,
)
"""Every two seconds while somebody types."""
_FORGET = "DELETE FROM contacts_draft WHERE user_id = %s AND data ? 'done' AND updated_at < %s"
_FINISH = (
    "INSERT INTO contacts_draft AS kept (token, user_id, data, created_at, updated_at) VALUES (%s, %s, %s, %s, %s)"
    " ON CONFLICT (token) DO UPDATE SET data = EXCLUDED.data, updated_at = EXCLUDED.updated_at"
    " WHERE kept.user_id = EXCLUDED.user_id"
)


@dataclass(frozen=True)
class Window:
    """From which page a draft is kept, and how the draft was when that page was made (`stamp_of`)."""

    page: str = ""
    seen: str = ""


class KeptElsewhere(Refused):
    """The same draft was changed in another window since; nothing was written."""


def stamp_of(draft: Draft | None) -> str:
    """Tells one state of a draft from the next."""
    return draft.updated_at.astimezone(UTC).isoformat() if draft is not None else ""


def keep_draft(
    *,
    by: User,
    at: datetime,
    token: uuid.UUID,
    fields: Mapping[str, str],
    label: str = "",
    window: Window | None = None,
) -> Draft:
    """Writes what was typed under its token. Another person's token is not there (404).

    With a `window`: `KeptElsewhere` when another one wrote since; without one this save wins. What was registered already is `Refused`.
    What stands there word for word is not written again: then no window is behind because of it.
    """
    data: dict[str, object] = {"fields": _filled(fields), "label": label[:60]}
    if window is not None:
        data["window"] = window.page
    found: list[Draft] = rows_prepared(
        "draft", lambda marks: Draft.objects.filter(token=marks["token"]).order_by(), {"token": token}
    )
    draft = next(iter(found), None)
    if draft is not None and draft.user_id != by.pk:
        raise Http404
    if draft is None:
        _refuse_too_many(by)
        try:
            with transaction.atomic():
                return Draft.objects.create(token=token, user=by, data=data, created_at=at, updated_at=at)
        except IntegrityError as error:  # two saves of the same new draft at once
            draft = Draft.objects.filter(token=token, user=by).first()
            if draft is None:
                raise Http404 from error
    if "done" not in draft.data:
        if draft.data.get("fields") == data["fields"]:
            return draft
        _refuse_behind(draft, window)
        if _KEEP.run({"data": json.dumps(data), "at": at, "draft": draft.pk}):
            draft.data, draft.updated_at = data, at
            return draft
    raise Refused(
        _("Not saved: this draft was registered or thrown away in another window. Copy your text to a new contact.")
    )


def refuse_behind(*, by: User, token: uuid.UUID, fields: Mapping[str, str], window: Window | None) -> None:
    """`KeptElsewhere` when another window wrote something else since; until the transaction ends none writes any more."""
    found: list[Draft] = rows_prepared(
        "draft that ends",
        lambda marks: (
            Draft.objects.select_for_update()
            .filter(user=marks["user"], token=marks["token"])
            .exclude(data__has_key="done")
            .order_by()
        ),
        {"user": by.pk, "token": token},
    )
    for draft in found:
        if draft.data.get("fields") != _filled(fields):
            _refuse_behind(draft, window)


def _refuse_behind(draft: Draft, window: Window | None) -> None:
    if window is not None and draft.data.get("window", "") != window.page and stamp_of(draft) != window.seen:
        told = {"time": wording.clock(draft.updated_at)}
        raise KeptElsewhere(_("Not saved: this draft was changed in another window, at %(time)s.") % told)


def _filled(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value}


def _refuse_too_many(by: User) -> None:
    """What is only kept to be taken back does not count."""
    if Draft.objects.filter(user=by).exclude(data__has_key="done").count() >= MOST:
        raise Refused(_("You have %(count)s unfinished contacts. Save or throw away some first.") % {"count": MOST})


def finish_draft(*, by: User, at: datetime, token: uuid.UUID, fields: Mapping[str, str], contact_id: int) -> None:
    """The draft became a contact: out of the tabs, kept for as long as it can be taken back. One round trip."""
    data = {"fields": _filled(fields), "done": contact_id}
    with connection.cursor() as cursor:  # also when the same draft is just being kept by another tab
        cursor.execute(f"{_FORGET}; {_FINISH}", [by.pk, _over(at), token, by.pk, json.dumps(data), at, at])


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


def drop_draft(*, by: User, at: datetime, token: uuid.UUID) -> bool:
    """Throws a half-finished registration away; only one's own. Kept for as long as that can be taken back."""
    _forget_finished(by, at)
    draft = Draft.objects.filter(user=by, token=token).exclude(data__has_key="done").first()
    if draft is None:
        return False
    draft.data, draft.updated_at = {**draft.data, "done": None}, at
    draft.save()
    return True


def pick_up_draft(*, by: User, at: datetime, token: uuid.UUID) -> bool:
    """A draft that was thrown away a moment ago is back."""
    fresh = Draft.objects.filter(user=by, token=token, updated_at__gt=at - UNDO_TIME, data__done=None).first()
    if fresh is None:
        return False
    fresh.data = {name: value for name, value in fresh.data.items() if name != "done"}
    fresh.updated_at = at
    fresh.save()
    return True


def forget_finished_drafts(*, at: datetime) -> None:
    """Of everybody, also of who went home after it."""
    Draft.objects.filter(data__has_key="done", updated_at__lt=_over(at)).delete()


def _forget_finished(by: User, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [by.pk, _over(at)])


def _over(at: datetime) -> datetime:
    """What ended before this moment is not taken back any more."""
    return at - UNDO_TIME * 2
