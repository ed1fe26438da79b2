"""The history rows that belong to what was copied in: one when a row was made, one for how it stands now."""

from __future__ import annotations

from django.db import connection, models

from contacts.models import CallbackRequest, Contact, ContactAddress, Customer, Note, Question

AS_IT_BEGAN = {
    "status": "CASE WHEN r.version = 1 THEN r.status ELSE 'new' END",
    "close_reason": "CASE WHEN r.version = 1 THEN r.close_reason ELSE '' END",
    "assignee_id": "CASE WHEN r.version = 1 THEN r.assignee_id END",
    "answered_at": "CASE WHEN r.version = 1 THEN r.answered_at END",
    "closed_at": "CASE WHEN r.version = 1 THEN r.closed_at END",
    "closed_on": "CASE WHEN r.version = 1 THEN r.closed_on END",
    "transfer_count": "0",
    "version": "1",
}


def histories() -> list[type[models.Model]]:
    """The tables that `write_history` fills."""
    traced = (Customer, ContactAddress, Contact, Note, Question, CallbackRequest)
    return [model.history.model for model in traced]  # type: ignore[attr-defined]


def write_history() -> None:
    """Writes the history of customers, contacts, questions, notes and call-backs in SQL."""
    _write(Customer, "r.created_at", "NULL")
    _write(ContactAddress, "(SELECT c.created_at FROM contacts_customer c WHERE c.id = r.customer_id)", "NULL")
    _write(Contact, "r.registered_at", "r.registered_by_id")
    _write(Note, "r.created_at", "r.created_by_id")
    _write(Question, "r.registered_at", "r.registered_by_id", changed=AS_IT_BEGAN)
    _write(
        Question,
        "coalesce(r.closed_at, r.answered_at, r.last_contact_at)",
        "r.assignee_id",
        kind="~",
        where="r.version > 1",
    )
    began = {"state": "'open'", "settled_at": "NULL", "settled_by_id": "NULL", "version": "1"}
    _write(CallbackRequest, "r.created_at", "r.created_by_id", changed=began)
    _write(CallbackRequest, "r.settled_at", "r.settled_by_id", kind="~", where="r.version > 1")


def _write(
    model: type[models.Model],
    at: str,
    by: str,
    *,
    kind: str = "+",
    where: str = "TRUE",
    changed: dict[str, str] | None = None,
) -> None:
    history = model.history.model  # type: ignore[attr-defined]
    columns = [history._meta.get_field(field.name).column for field in history.tracked_fields]
    values = [(changed or {}).get(column, f"r.{column}") for column in columns]
    names = ", ".join([*columns, "history_date", "history_type", "history_user_id"])
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {history._meta.db_table} ({names})"
            f" SELECT {', '.join(values)}, {at}, '{kind}', {by} FROM {model._meta.db_table} r WHERE {where} ORDER BY r.id"
        )
