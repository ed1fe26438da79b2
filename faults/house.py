"""The rows a fault run begins with: a municipality, teams, people, a mailbox, and the sender's token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from faults.dovecot import PASSWORD, USER

if TYPE_CHECKING:
    from faults.stack import Stack

AGENTS = 10


@dataclass(frozen=True)
class House:
    """What a sender must know."""

    token: str
    mailbox_id: int
    agents: tuple[int, ...]


def furnish(stack: Stack) -> House:
    """Writes the rows as the application does, in the database of the stack."""
    from channels_app import sealing
    from channels_app.models import Mailbox
    from contacts.actions.set_norms import add_default_norms
    from contacts.models import ApiClient
    from organisation.clock import now
    from organisation.models import CalendarHours, Membership, Municipality, Subject, Team, User, WorkingCalendar
    from organisation.roles import Role
    from organisation.tokens import hashed, hint, new_token

    Municipality.objects.update_or_create(
        pk=1, defaults={"automatic_per_hour": 1_000_000, "automatic_per_address_per_hour": 50}
    )
    calendar = WorkingCalendar.objects.create(name="Gemeente", is_default=True)
    CalendarHours.objects.bulk_create(
        CalendarHours(calendar=calendar, weekday=weekday, opens=510, closes=1020) for weekday in range(5)
    )
    front = Team.objects.create(name="Servicecentrum", code="servicecentrum", is_front_office=True)
    team = Team.objects.create(name="Openbare Ruimte", code="openbare-ruimte")
    Subject.objects.create(code="grofvuil", name="Grofvuil ophalen", team=team)
    add_default_norms(valid_from=date(2020, 1, 1))
    agents = []
    roles = [
        (Role.ADMINISTRATOR, front),
        (Role.COORDINATOR, front),
        (Role.TEAM_LEAD, team),
        *[(Role.FRONT_OFFICE, front)] * AGENTS,
    ]
    for number, (role, its_team) in enumerate(roles):
        person = User(username=f"agent{number}", name=f"Agent {number}", email=f"agent{number}@opmeer.example")
        person.set_unusable_password()
        person.save()
        Membership.objects.create(user=person, team=its_team, role=role)
        if role == Role.FRONT_OFFICE:
            agents.append(person.pk)
    token = new_token()
    ApiClient.objects.create(
        name="faults",
        token_hash=hashed(token),
        token_hint=hint(token),
        scopes=["questions.write", "questions.read", "customers.write", "calls.write"],
        created_at=now(),
        expires_at=now() + timedelta(days=2),
        requests_per_minute=1_000_000,
    )
    mailbox = Mailbox.objects.create(
        name="Servicecentrum",
        address=USER,
        host="127.0.0.1" if stack.imap else "",
        port=stack.proxies["imap"].port if stack.imap else 1,
        security=Mailbox.Security.NONE,
        username=USER,
        password_encrypted=sealing.seal(PASSWORD),
    )
    return House(token, mailbox.pk, tuple(agents))
