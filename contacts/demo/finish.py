"""How a question stands at the end of the story: what ran out, who was told, and what the lists show."""

from __future__ import annotations

from datetime import datetime, timedelta

from contacts.actions.settle import TOLD_NOBODY
from contacts.demo.case import Case
from contacts.demo.people import People
from contacts.demo.sheet import Row
from contacts.models import Question
from contacts.norms.promises import CALLBACK, KEPT_BY_A_MACHINE


def finish(case: Case, people: People) -> None:
    """Settles what ran out, marks who was told, and brings the projection for lists up to date."""
    until = case.books.until
    leads = people.leads[case.row["team_id"]].pk
    assignee = case.row["assignee_id"]
    for clock in case.clocks:
        if clock["state"] == "running" and clock["due_at"] <= until:
            case.missed(clock)
        if clock["state"] == "running" and clock["soon_at"] <= until:
            _told(case, clock, "soon_told_at", "told_almost_due", clock["soon_at"], "almost_due", {assignee or leads})
        if clock["state"] != "missed":
            continue
        _told(case, clock, "late_told_at", "told_overdue", clock["due_at"], "overdue", {leads, assignee} - {None})
        if clock["escalate_at"] <= until:
            sanne = people.users["sanne"].pk
            _told(case, clock, "escalated_at", "told_coordinator", clock["escalate_at"], "overdue_long", {sanne})
    pending = [clock for clock in case.clocks if case.row["status"] in Question.OPEN and _pending(case, clock, until)]
    if pending:
        first = min(clock["due_at"] for clock in pending)
        case.row.update(due_at=first, sort_at=first, soon_at=min(clock["soon_at"] for clock in pending))


def _told(case: Case, clock: Row, mark: str, kind: str, at: datetime, notice: str, who: set[int]) -> None:
    """Marks the clock; people see a notice while there is still something to do."""
    clock[mark] = at
    closed_at = case.row["closed_at"]
    waited = (closed_at is None or closed_at > at) and _pending(case, clock, at)
    case.event(clock, kind, at=at, cause="" if waited else TOLD_NOBODY)
    if case.row["status"] in Question.OPEN and _pending(case, clock, case.books.until):
        for user_id in sorted(who):
            case.books.notices.add(
                user_id=user_id,
                kind=notice,
                question_id=case.id,
                clock_id=clock["id"],
                key=f"clock:{clock['id']}",
                at=at,
                mailed_at=at + timedelta(hours=9),
                read_at=at + timedelta(hours=10) if at < case.books.until - timedelta(days=3) else None,
            )


def _pending(case: Case, clock: Row, at: datetime) -> bool:
    if clock["state"] == "running":
        return True
    if clock["state"] != "missed" or clock["code"] in KEPT_BY_A_MACHINE:
        return False
    if clock["code"] == CALLBACK:
        return case.callback is not None and (case.callback["settled_at"] is None or case.callback["settled_at"] > at)
    answered = case.row["answered_at"]
    return answered is None or answered < clock["started_at"] or answered > at
