"""Who we are, when we are open, what people ask about, and who did what."""

from organisation.models.audit import AccessEntry, AuditEntry
from organisation.models.calendar import CalendarDay, CalendarHours, WorkingCalendar
from organisation.models.health import Heartbeat
from organisation.models.municipality import Municipality
from organisation.models.people import Membership, Presence, Team, User, with_memberships
from organisation.models.role_request import RoleRequest
from organisation.models.subject import QuestionKind, Subject

__all__ = [
    "AccessEntry",
    "AuditEntry",
    "CalendarDay",
    "CalendarHours",
    "Heartbeat",
    "Membership",
    "Municipality",
    "Presence",
    "QuestionKind",
    "RoleRequest",
    "Subject",
    "Team",
    "User",
    "WorkingCalendar",
    "with_memberships",
]
