"""Who sees a question, and by what: its team, or the people who were named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from contacts.pages.timeline_entry import moment_of
from organisation import wording

if TYPE_CHECKING:
    from contacts.models import Question


def who_sees(question: Question, named: list[dict[str, Any]], team: str) -> str:
    if question.is_confidential:
        names = ", ".join(dict.fromkeys(_seer(row) for row in named))
        said = _("Confidential: only %(names)s") % {"names": names or _("nobody")}
        by_rule = next((row["reason"] for row in named if row["by"] is None and row["reason"]), "")
        return f"{said}. {by_rule}." if by_rule else said
    return _("%(team)s, the Servicecentrum and the coordinator") % {"team": team}


def _seer(row: dict[str, Any]) -> str:
    """The name; of who opened it for an hour also until when."""
    if row["until"] is None:
        return str(row["name"])
    return _("%(name)s (until %(time)s)") % {"name": row["name"], "time": wording.clock(moment_of(row["until"]))}
