"""Who changed a norm, when and why."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from contacts.models import ServiceNorm
from contacts.pages.norms import target, term
from organisation import wording

SHOWN = 15


@dataclass(frozen=True)
class ChangeRow:
    when: str
    who: str
    terms: str
    reason: str


def change_rows(code: str) -> tuple[ChangeRow, ...]:
    """The newest changes of all versions of a norm."""
    rows = ServiceNorm.history.filter(code=code).select_related("history_user").order_by("-history_date", "-history_id")
    return tuple(
        ChangeRow(
            when=wording.moment(row.history_date),
            who=str(row.history_user) if row.history_user else _("the machine"),
            terms=f"{term(row)}, {target(row)}",
            reason=row.history_change_reason or "",
        )
        for row in rows[:SHOWN]
    )
