"""Prepares an empty installation: municipality, calendar, Servicecentrum, norms and a first administrator."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from contacts.actions.set_norms import add_default_norms
from contacts.models import ServiceNorm
from organisation import audit
from organisation.actions.calendars import add_calendar, propose_holidays
from organisation.actions.password import give_one_time_password
from organisation.clock import now, today
from organisation.models import Membership, Municipality, Team, User, WorkingCalendar
from organisation.roles import Role

WRONG_USE = 2
OFFICE_HOURS = {day: ((510, 1020),) for day in range(5)} | {5: (), 6: ()}
"""Monday to Friday 08:30–17:00; the municipality changes it on the screen."""


class Command(BaseCommand):
    help = (
        "Prepares an empty installation and prints the one-time password of the first administrator once. "
        "What already stands is left as it is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", help="name of the first administrator; asked when left out")
        parser.add_argument("--email", help="e-mail address of the first administrator; asked when left out")
        parser.add_argument("--username", help="sign-in name; the part of the address before @ when left out")
        parser.add_argument("--municipality", help="name of the municipality, for example 'Gemeente Opmeer'")

    def handle(self, *args: Any, **options: Any) -> None:
        if Membership.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True).exists():
            raise CommandError("There is an administrator already: further people are added on the screen 'Mensen'.")
        person = self._person(options)
        with transaction.atomic():
            self._municipality((options["municipality"] or "").strip())
            self._calendar()
            if not Team.objects.filter(is_front_office=True).exists():
                Team.objects.create(name="Servicecentrum", code="servicecentrum", is_front_office=True)
            if not ServiceNorm.objects.exists():
                add_default_norms(valid_from=today())
            person.save()
            Membership.objects.create(user=person, team=None, role=Role.ADMINISTRATOR)
            password = give_one_time_password(person=person, by=None, at=now())
            audit.record(by=None, action="role.given_high", obj=person, role=str(Role.ADMINISTRATOR))
        told = {"username": person.username, "one_time_password": password, "valid_days": 7}
        self.stdout.write(json.dumps(told, ensure_ascii=False))

    def _ask(self, question: str) -> str:
        self.stderr.write(question, ending="")  # standard output is for the answer
        try:
            return input()
        except EOFError as error:
            raise CommandError("Give --name and --email when nobody can answer.", returncode=WRONG_USE) from error

    def _person(self, options: dict[str, Any]) -> User:
        """Not saved yet; wrong use is said in a sentence."""
        name = (options["name"] or self._ask("Name of the first administrator: ")).strip()
        email = (options["email"] or self._ask("E-mail address: ")).strip().lower()
        username = (options["username"] or email.partition("@")[0]).strip().lower()
        person = User(username=username, name=name, email=email)
        person.set_unusable_password()
        try:
            person.full_clean(exclude=["password"])
            wrong = set() if email else {"email"}
        except ValidationError as error:
            wrong = set(error.message_dict)
        if wrong == {"username"} and User.objects.filter(username=username).exists():
            sentence = f"The sign-in name {username} is taken; choose another with --username."
        elif wrong == {"username"}:
            sentence = (
                f"{username[:60]} cannot be a sign-in name: choose one of letters, digits and . - _ with --username."
            )
        else:
            sentence = (
                "Give a name of at most 100 letters and a full e-mail address, for example --email naam@opmeer.nl."
            )
        if wrong:
            raise CommandError(sentence, returncode=WRONG_USE)
        return person

    @staticmethod
    def _municipality(name: str) -> None:
        """Its phone number and e-mail address are for people to fill in; until then no message names one."""
        row, _is_new = Municipality.objects.get_or_create(pk=1)
        if row.version == 1:
            row.phone = row.email = ""
        if name:
            row.name = name[:100]
            row.short_name = row.name.removeprefix("Gemeente ").removeprefix("gemeente ")[:40]
            letters = "".join(sign for sign in row.short_name.upper() if "A" <= sign <= "Z")[:3]
            row.number_prefix = letters if len(letters) == 3 else row.number_prefix
        row.save()

    @staticmethod
    def _calendar() -> None:
        """Office hours, and the holidays of this year and the next to be confirmed by a person."""
        if WorkingCalendar.objects.filter(is_default=True).exists():
            return
        calendar = add_calendar(name="Gemeente", weekly=OFFICE_HOURS, by=None, is_default=True)
        for year in (today().year, today().year + 1):
            propose_holidays(calendar_id=calendar.pk, year=year, good_friday=False, liberation_day=False, by=None)
