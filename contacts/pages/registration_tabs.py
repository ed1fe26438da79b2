"""The unfinished registrations of a person, as tabs above the form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.actions.keep_draft import stamp_of
from contacts.models import Draft
from organisation import wording
from organisation.prepared import rows_prepared

if TYPE_CHECKING:
    from organisation.models import User


@dataclass(frozen=True)
class Tab:
    """A half-finished registration."""

    token: str
    label: str
    icon: str
    tag: str
    is_current: bool
    url: str
    stamp: str
    """How the draft is now (`keep_draft.stamp_of`)."""


def tab_of(draft: Draft, current: str) -> Tab:
    """The tab of a draft: the customer, else the subject, else the channel."""
    fields = draft.data.get("fields", {})
    channel = fields.get("channel") or "phone"
    label = (
        draft.data.get("label")
        or fields.get("new_name")
        or fields.get("customer_query")
        or fields.get("q0-subject_query")
    )
    return Tab(
        token=str(draft.token),
        label=(label or str(wording.channel_name(channel)))[:40],
        icon=wording.CHANNEL_ICONS.get(channel, "message-circle"),
        tag=_("draft"),
        is_current=str(draft.token) == current,
        url=f"{reverse('contacts:registration')}?concept={draft.token}",
        stamp=stamp_of(draft),
    )


def tabs_of(user: User, current: str) -> tuple[Tab, ...]:
    """The unfinished registrations of this person, oldest first; one query."""
    drafts = rows_prepared("drafts", lambda marks: unfinished(marks["user"]).order_by("created_at"), {"user": user.pk})
    return tuple(tab_of(draft, current) for draft in drafts)


def last_of(user: User) -> Draft | None:
    """The unfinished registration that this person was at last."""
    newest = rows_prepared(
        "last draft", lambda marks: unfinished(marks["user"]).order_by("-updated_at")[:1], {"user": user.pk}
    )
    return next(iter(newest), None)


def unfinished(user_id: int) -> QuerySet[Draft]:
    return Draft.objects.filter(user=user_id).exclude(data__has_key="done")
