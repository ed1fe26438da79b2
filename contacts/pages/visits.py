"""What the reception shows beside its form: today's visits, and the colleagues who can be warned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _

from contacts.finding.subject_index import subject_entries
from contacts.models import QuestionContact
from contacts.pages.registration_answer import AT_WORK
from organisation import wording
from organisation.models import Membership, Presence
from organisation.snapshot import Organisation
from organisation.workdays import day_start, local_day

if TYPE_CHECKING:
    from organisation.models import User

MOST_VISITS = 100
STATES = {
    "new": "warning",
    "in_progress": "active",
    "waiting": "inactive",
    "closed": "success",
    "cancelled": "inactive",
}


@dataclass(frozen=True)
class Somebody:
    """A team or a person present in it; `value` is what the form sends."""

    value: str
    label: str
    team_id: int
    user_id: int | None = None


@dataclass(frozen=True)
class Warned:
    """A team with those of its people who are here today."""

    team: str
    people: tuple[Somebody, ...]


@dataclass(frozen=True)
class Visit:
    time: str
    name: str
    about: str
    state: str
    badge: str
    is_open: bool


def warned_people(house: Organisation, at: datetime) -> tuple[Warned, ...]:
    """Every team in use, each with its colleagues who are at work; one query."""
    rows = (
        Membership.objects.valid_on(local_day(at))
        .filter(
            user__is_active=True,
            user__presence__status__in=AT_WORK,
            user__presence__changed_at__gte=day_start(local_day(at)),
            role__in=["front_office", "team_member", "team_lead", "coordinator"],
            team_id__isnull=False,
        )
        .order_by("user__name")
        .values("team_id", "user_id", name=F("user__name"), status=F("user__presence__status"))
    )
    here: dict[int, dict[int, str]] = {}
    for row in rows:
        here.setdefault(row["team_id"], {})[row["user_id"]] = _name_and_where(row["name"], row["status"])
    teams = sorted((team for team in house.teams.values() if team.is_active), key=lambda team: team.name)
    return tuple(
        Warned(
            team.name,
            (
                Somebody(f"team:{team.pk}", _("Team %(team)s") % {"team": team.name}, team.pk),
                *(
                    Somebody(f"team:{team.pk}:user:{pk}", words, team.pk, pk)
                    for pk, words in here.get(team.pk, {}).items()
                ),
            ),
        )
        for team in teams
    )


def _name_and_where(name: str, status: str) -> str:
    """A visitor is not sent to who works at home or talks to somebody else."""
    if status in (Presence.Status.AVAILABLE, Presence.Status.WRAP_UP):
        return _("%(name)s (present)") % {"name": name}
    return f"{name} ({str(Presence.Status(status).label).lower()})"


def subject_names(house: Organisation) -> Sequence[str]:
    """What the subject field proposes."""
    return sorted(house.subjects[one.id].name for one in subject_entries(house))


def visits_today(user: User, house: Organisation, at: datetime) -> list[Visit]:
    """Today's visits, newest first; a confidential one without name or subject. One query."""
    start = day_start(local_day(at))
    rows = (
        QuestionContact.objects.visits(user, since=start, until=at + timedelta(minutes=2))
        .select_related("contact", "question", "question__assignee", "question__customer")
        .order_by("-contact__received_at", "-contact_id")[:MOST_VISITS]
    )
    return [_visit(row, house) for row in rows]


def _visit(row: QuestionContact, house: Organisation) -> Visit:
    question, contact = row.question, row.contact
    customer = question.customer
    name = customer.full_name if customer is not None else contact.address_name
    subject = house.subjects.get(question.subject_id) if question.subject_id else None
    team = house.teams.get(question.team_id)
    parts = [
        subject.name if subject is not None and not question.is_confidential else "",
        team.name if team is not None else "",
        question.assignee.name if question.assignee is not None else "",
    ]
    return Visit(
        time=wording.clock(contact.received_at),
        name=_("Confidential") if question.is_confidential else name or _("Unknown visitor"),
        about=" · ".join(part for part in parts if part),
        state=question.get_status_display(),
        badge=STATES.get(question.status, "inactive"),
        is_open=question.status == "new",
    )
