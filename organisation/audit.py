"""Writes the audit trail and the read log; both append-only, in the transaction of the act or page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import HttpRequest

from organisation.clock import now
from organisation.models import AuditEntry
from organisation.prepared import Statement
from organisation.signals import account_changed

if TYPE_CHECKING:
    from django.db.models import Model

    from organisation.models import User

_SEEN: Final = {
    "at": "timestamptz",
    "user_id": "bigint",
    "client": "text",
    "customer_id": "bigint",
    "question_id": "bigint",
    "page": "text",
    "reason": "text",
    "request_id": "text",
}
_VIEWED: Final = Statement(
    "INSERT INTO organisation_accessentry (at, user_id, client, customer_id, question_id, page, reason, request_id)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s) RETURNING id",
    params=tuple((True, name) for name in _SEEN),
    types=tuple(_SEEN.items()),
    make=list,
)
"""Written with every page: the same row through a model costs more in Python than in the database."""


def record(*, by: User | None, action: str, obj: Model | None = None, **detail: object) -> None:
    """Adds who did what to the audit trail; `detail` must be JSON without personal data."""
    AuditEntry.objects.create(
        at=now(),
        user=by,
        action=action,
        object_type=obj._meta.label_lower if obj is not None else "",
        object_id=str(obj.pk) if obj is not None else "",
        detail=detail,
    )


def record_account(*, by: User | None, action: str, person: User, **detail: object) -> None:
    """Adds a change of somebody's way in or rights, and lets them hear of it: they know best whether it should have been."""
    record(by=by, action=action, obj=person, **detail)
    account_changed.send(sender=type(person), person=person, action=action, by=by, at=now(), earlier_email="")


def record_view(
    request: HttpRequest, *, page: str, customer_id: int | None = None, question_id: int | None = None, reason: str = ""
) -> None:
    """Adds who looked at whom; when this cannot be written the page is not shown (quality rule 40)."""
    client = getattr(request, "auth", None)
    user = request.user if getattr(request, "user", None) and request.user.is_authenticated else None
    _VIEWED.run(
        {
            "at": now(),
            "user_id": user.pk if user is not None else None,
            "client": client.name if client is not None else "",
            "customer_id": customer_id,
            "question_id": question_id,
            "page": page,
            "reason": reason,
            "request_id": getattr(request, "id", ""),
        }
    )
