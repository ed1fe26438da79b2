"""The life of one question in the books, by the same rules as the desk's own acts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from contacts.demo.books import Books
from contacts.demo.sheet import Row
from contacts.models.question import FAR_FUTURE
from contacts.norms.clock import remaining, resumed
from organisation.models import Subject, User
from organisation.workdays import local_day

FAR = datetime.fromisoformat(FAR_FUTURE)


class Case:
    """One question from its first contact on; every method is an act at a moment, in order of time."""

    def __init__(
        self,
        books: Books,
        *,
        contact: Row,
        subject: Subject | None,
        kind: str,
        title: str,
        text: str,
        team_id: int,
        reason: str,
        by: User | None,
        rule_id: int | None = None,
        assignee: User | None = None,
    ) -> None:
        self.books = books
        at = contact["registered_at"]
        self.row = books.questions.add(
            number=books.number(at),
            kind=kind,
            subject_id=subject.pk if subject else None,
            customer_id=contact["customer_id"],
            channel=contact["channel"],
            title=title[:200],
            summary=text[:2000],
            status="in_progress" if assignee else "new",
            close_reason="",
            team_id=team_id,
            assignee_id=assignee.pk if assignee else None,
            is_confidential=False,
            received_at=contact["received_at"],
            registered_at=at,
            registered_by_id=by.pk if by else None,
            answered_at=None,
            closed_at=None,
            closed_on=None,
            is_direct=False,
            due_at=None,
            soon_at=None,
            sort_at=FAR,
            last_contact_at=contact["received_at"],
            contact_count=0,
            transfer_count=0,
            version=1,
        )
        self.id: int = self.row["id"]
        self.clocks: list[Row] = []
        self.callback: Row | None = None
        self.assignment: Row = {}
        self._hold(at, by, reason, rule_id)
        self.attach(contact, is_first=True)
        books.cases.append(self)

    # --- who holds it ---------------------------------------------------------------------------------
    def _hold(self, at: datetime, by: User | None, reason: str, rule_id: int | None = None) -> None:
        if self.assignment:
            self.assignment["until_at"] = at
        self.assignment = self.books.assignments.add(
            question_id=self.id,
            team_id=self.row["team_id"],
            assignee_id=self.row["assignee_id"],
            rule_id=rule_id,
            reason=reason[:300],
            assigned_by_id=by.pk if by else None,
            from_at=at,
            until_at=None,
        )

    def _changed(self) -> None:
        """The trail keeps two versions: how it began and how it stands now."""
        self.row["version"] = 2

    def assign(self, to: User, *, at: datetime, by: User) -> None:
        self.row["assignee_id"] = to.pk
        self._changed()
        if self.row["status"] == "new":
            self.row["status"] = "in_progress"
        self._hold(at, by, f"Opgepakt door {to.name}" if to is by else f"Toegewezen door {by.name}")

    def forward(self, team_id: int, *, at: datetime, by: User, reason: str) -> None:
        self.row.update(team_id=team_id, assignee_id=None)
        self._changed()
        self.row["transfer_count"] += 1
        if self.row["status"] == "in_progress":
            self.row["status"] = "new"
        for clock in self.live():
            clock["team_id"] = team_id
        self._hold(at, by, reason)

    # --- contacts ----------------------------------------------------------------------------------------
    def attach(self, contact: Row, *, is_first: bool = False) -> None:
        self.books.question_contacts.add(question_id=self.id, contact_id=contact["id"], is_first=is_first)
        self.row["contact_count"] += 1
        self.row["last_contact_at"] = max(self.row["last_contact_at"], contact["received_at"])

    def note(self, text: str, *, at: datetime, by: User) -> None:
        self.books.notes.add(question_id=self.id, text=text, created_at=at, created_by_id=by.pk)

    # --- clocks ------------------------------------------------------------------------------------------
    def live(self) -> list[Row]:
        return [clock for clock in self.clocks if clock["state"] in ("running", "paused")]

    def start(self, code: str, contact: Row, *, by: User | None) -> Row | None:
        """Starts a clock at the moment of receipt; None when the municipality has no such norm."""
        norm = self.books.norm(code, self.row["team_id"])
        if norm is None or norm.length is None:
            return None
        start = contact["received_at"]
        ends = self.books.deadline(norm, start)
        clock = self.books.clocks.add(
            question_id=self.id,
            contact_id=contact["id"],
            norm_id=norm.pk,
            code=code,
            norm_version=norm.version,
            unit=norm.unit,
            length=norm.length,
            may_pause=norm.may_pause,
            calendar_id=self.books.calendar.pk,
            calendar_version=self.books.calendar.version,
            team_id=self.row["team_id"],
            channel=contact["channel"],
            subject_id=self.row["subject_id"],
            state="running",
            started_at=start,
            due_at=ends.due_at,
            soon_at=ends.soon_at,
            escalate_at=ends.escalate_at,
        )
        self.clocks.append(clock)
        self.event(clock, "started", at=start, by=by, cause=f"contact:{contact['id']}")
        return clock

    def event(
        self, clock: Row, kind: str, *, at: datetime, by: User | None = None, cause: str = "", detail: Any = None
    ) -> None:
        self.books.events.add(
            clock_id=clock["id"],
            kind=kind,
            at=at,
            by_id=by.pk if by else None,
            cause=cause,
            due_at=clock["due_at"],
            norm_version=clock["norm_version"],
            calendar_version=clock["calendar_version"],
            detail=detail or {},
        )

    def missed(self, clock: Row) -> None:
        """At its own deadline, whether or not an answer follows."""
        due = clock["due_at"]
        clock.update(state="missed", settled_at=due, settled_on=local_day(due), paused_at=None, remaining=None)
        self.event(clock, "missed", at=due)

    def stop(self, *, at: datetime, by: User | None, cause: str, codes: frozenset[str] | None = None) -> None:
        """Met when in time, else missed at its own deadline."""
        for clock in self.live():
            if codes is not None and clock["code"] not in codes:
                continue
            if clock["state"] == "paused":
                self._resume(clock, at=at, by=by)
            if at >= clock["due_at"]:
                self.missed(clock)
            else:
                clock.update(
                    state="met", stopped_at=at, settled_at=at, settled_on=local_day(at), stop_reason=cause[:60]
                )
                self.event(clock, "met", at=at, by=by, cause=cause)

    def cancel_clocks(self, *, at: datetime, by: User | None, cause: str) -> None:
        for clock in self.live():
            clock.update(
                state="cancelled",
                settled_at=at,
                settled_on=local_day(at),
                stop_reason=cause,
                paused_at=None,
                remaining=None,
            )
            self.event(clock, "cancelled", at=at, by=by, cause=cause)

    def _resume(self, clock: Row, *, at: datetime, by: User | None) -> None:
        ends = resumed(unit=clock["unit"], left=clock["remaining"], at=at, calendar=self.books.rules, escalate_days=2)
        clock.update(
            due_at=ends.due_at,
            soon_at=ends.soon_at,
            escalate_at=ends.escalate_at,
            state="running",
            paused_at=None,
            remaining=None,
        )
        self.event(clock, "resumed", at=at, by=by, cause="customer reacted")

    # --- steps of the desk ----------------------------------------------------------------------------
    def wait(self, *, at: datetime, by: User) -> None:
        self.row["status"] = "waiting"
        self._changed()
        for clock in self.live():
            if clock["state"] != "running" or not clock["may_pause"]:
                continue
            if at >= clock["due_at"]:
                self.missed(clock)
                continue
            left = remaining(unit=clock["unit"], due_at=clock["due_at"], at=at, calendar=self.books.rules)
            clock.update(state="paused", paused_at=at, remaining=left)
            self.event(clock, "paused", at=at, by=by, cause="waiting for customer", detail={"left": left})

    def resume(self, *, at: datetime, by: User | None) -> None:
        self.row["status"] = "in_progress"
        self._changed()
        for clock in self.live():
            if clock["state"] == "paused":
                self._resume(clock, at=at, by=by)

    def answered(self, *, at: datetime, by: User, cause: str = "answered") -> None:
        """A human answer: the answer clocks stop."""
        if self.row["answered_at"] is None:
            self.row["answered_at"] = at
        self.stop(at=at, by=by, cause=cause)

    def close(self, *, at: datetime, by: User | None, reason: str = "answered") -> None:
        self.row.update(status="closed", close_reason=reason, closed_at=at, closed_on=local_day(at))
        self._changed()

    def cancel(self, *, at: datetime, by: User | None, reason: str) -> None:
        self.cancel_clocks(at=at, by=by, cause=reason)
        self.row.update(status="cancelled", close_reason=reason, closed_at=at, closed_on=local_day(at))
        self._changed()

    def reopen(self) -> None:
        self.row.update(status="in_progress", close_reason="", closed_at=None, closed_on=None)
        self._changed()
