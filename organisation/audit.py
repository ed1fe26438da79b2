"""Writes the audit trail and the read log; both append-only, in the transaction of the act or page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import HttpRequest

from organisation.clock import now
from organisation.models import AuditEntry
from organisation.prepared import Frame, Statement
from organisation.signals import account_changed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import Model

    from organisation.models import User

_LOOK: Final = {
    "look_at": "timestamptz",
    "look_user": "bigint",
    "look_client": "text",
    "look_page": "text",
    "look_reason": "text",
    "look_request": "text",
    "look_customer": "bigint",
    "look_question": "bigint",
}
_OF_WHOM: Final = ("look_customer", "look_question")
_INSERT: Final = (
    "INSERT INTO organisation_accessentry (at, user_id, client, page, reason, request_id, customer_id, question_id)"
)
_VIEWED: Final = Statement(
    f"{_INSERT} VALUES (%s, %s, %s, %s, %s, %s, %s, %s) RETURNING id",
    params=tuple((True, name) for name in _LOOK),
    types=tuple(_LOOK.items()),
    make=list,
)
"""Written with every page: the same row through a model costs more in Python than in the database."""

WRITES_LOOK: Final = Frame(f"WITH look AS ({_INSERT} VALUES (%s, %s, %s, %s, %s, %s, %s, %s)) {{}}", before=_LOOK)
"""The look is written by the statement that reads what is shown: a round trip less."""
WRITES_LOOK_AT_IT: Final = Frame(
    "WITH found AS ({}), look AS ("  # noqa: S608 - of our own texts
    + _INSERT
    + " SELECT %s, %s, %s, %s, %s, %s, found.of_customer, found.of_question FROM found) SELECT * FROM found",
    after={name: kind for name, kind in _LOOK.items() if name not in _OF_WHOM},
)
"""The same of what the statement finds, which says by `of_customer` and `of_question` whom it is about; nothing found is nothing seen."""
WRITES_LOOK_AT_ROWS: Final = Frame(
    "WITH found AS ({}), look AS ("  # noqa: S608 - of our own texts
    + _INSERT
    + " SELECT %s, %s, %s, %s, %s, %s, %s, %s WHERE EXISTS (SELECT FROM found)) SELECT * FROM found",
    after=_LOOK,
)
"""The same of a list that names nobody in the read log; a list without rows shows nobody."""


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
    write_look({**looking(request, page, reason), "look_customer": customer_id, "look_question": question_id})


def write_look(look: Mapping[str, Any]) -> None:
    """By itself, of what `looking` gave."""
    _VIEWED.run(look)


def looking(request: HttpRequest, page: str, reason: str = "") -> dict[str, Any]:
    """Who looks, for a statement that writes it along: at nobody by name."""
    client = getattr(request, "auth", None)
    user = request.user if getattr(request, "user", None) and request.user.is_authenticated else None
    return {
        "look_at": now(),
        "look_user": user.pk if user is not None else None,
        "look_client": client.name if client is not None else "",
        "look_page": page,
        "look_reason": reason,
        "look_request": getattr(request, "id", ""),
        **dict.fromkeys(_OF_WHOM),
    }
