"""The history of a question in words, and who looked at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from contacts.models import Question
from organisation import wording
from organisation.clock import today
from organisation.models import AccessEntry, QuestionKind, User
from organisation.pages.log_words import page_words
from organisation.snapshot import organisation

MOST = 200
FIELDS = (
    "title",
    "kind",
    "subject_id",
    "customer_id",
    "status",
    "close_reason",
    "team_id",
    "assignee_id",
    "is_confidential",
    "received_at",
)


@dataclass(frozen=True)
class Change:
    when: str
    who: str
    lines: list[str]


@dataclass(frozen=True)
class Looked:
    when: str
    who: str
    page: str
    reason: str


def history_rows(question: Question) -> list[Change]:
    """Newest first, at most so many; each row says what differs from the one before."""
    newest = question.history.order_by("-history_date", "-history_id")  # type: ignore[attr-defined]
    rows = list(newest.values(*FIELDS, "history_date", "history_user_id", "history_change_reason")[: MOST + 1])[::-1]
    is_cut = len(rows) > MOST
    ids = {row[name] for row in rows for name in ("assignee_id", "history_user_id") if row[name]}
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))
    changes = []
    before: dict[str, Any] | None = None
    day = today()
    for row in rows:
        if before is None:
            lines = [] if is_cut else _registered(question, row)
        else:
            lines = _differences(before, row, names)
        changes.append(
            Change(wording.moment(row["history_date"], day), names.get(row["history_user_id"], _("the machine")), lines)
        )
        before = row
    return [change for change in reversed(changes) if change.lines]


def _registered(question: Question, row: dict[str, Any]) -> list[str]:
    """Also that it was confidential from the start, and by which rule."""
    if not row["is_confidential"]:
        return [_("registered")]
    by_rule = question.access.filter(granted_by=None).exclude(reason="").values_list("reason", flat=True).first()
    closed = f"{_('Confidential')}: {_('yes')}"
    return [_("registered"), f"{closed}. {by_rule}" if by_rule else closed]


def _differences(old: dict[str, Any], new: dict[str, Any], names: dict[int, str]) -> list[str]:
    house = organisation()
    labels = {
        "title": _("Question"),
        "kind": _("Kind"),
        "subject_id": _("Subject"),
        "customer_id": _("Customer"),
        "status": _("Status"),
        "close_reason": _("Closed as"),
        "team_id": _("Team"),
        "assignee_id": _("Assignee"),
        "is_confidential": _("Confidential"),
        "received_at": _("Received"),
    }

    def words(field: str, value: Any) -> str:
        if value in (None, ""):
            return "–"
        if field == "team_id":
            return house.teams[value].name if value in house.teams else "–"
        if field == "subject_id":
            return house.subjects[value].name if value in house.subjects else "–"
        if field == "assignee_id":
            return names.get(value, "–")
        if field == "is_confidential":
            return _("yes") if value else _("no")
        if field == "received_at":
            return wording.moment(value)
        if field == "customer_id":
            return _("another customer")
        table = {"status": Question.Status, "close_reason": Question.CloseReason, "kind": QuestionKind}.get(field)
        return str(table(value).label) if table else str(value)

    return [f"{labels[f]}: {words(f, old[f])} → {words(f, new[f])}" for f in FIELDS if old[f] != new[f]]


def looked_rows(question: Question) -> list[Looked]:
    """Who saw the question, newest first."""
    day = today()
    rows = AccessEntry.objects.filter(question_id=question.pk).order_by("-at", "-id")
    return [
        Looked(
            wording.moment(row["at"], day),
            row["user__name"] or row["client"] or "–",
            page_words(row["page"]),
            row["reason"],
        )
        for row in rows.values("at", "user__name", "client", "page", "reason")[:MOST]
    ]
