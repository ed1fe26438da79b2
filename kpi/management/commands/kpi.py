"""`kpi CODE --from D --to D [--team T] [--channel C] [--subject S]`: one figure as one JSON line."""

import json
import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand

from contacts.rulebook import rulebook
from kpi.answer import figure, not_counted
from kpi.lookup import NotFound, scope_of
from kpi.periods import NoSuchPeriod, between
from kpi.registry import MEASURES
from organisation.clock import now, today
from organisation.snapshot import organisation


class Command(BaseCommand):
    requires_system_checks = [Tags.security]  # the others load every page of the site
    help = "Prints one figure as a JSON object. Both days are included; without data the values are null."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="for example phone.pickup or email.answer")
        parser.add_argument("--from", dest="first", required=True, help="first day, YYYY-MM-DD")
        parser.add_argument("--to", dest="last", required=True, help="last day, YYYY-MM-DD")
        parser.add_argument("--team", help="code or name of a team")
        parser.add_argument("--channel", help="code or name of a channel")
        parser.add_argument("--subject", help="code or name of a subject; what lies below it counts too")

    def handle(self, *args: Any, **options: Any) -> None:
        measure = MEASURES.get(options["code"])
        house = organisation()
        if measure is None and options["code"] not in rulebook(house).norms:
            self._refuse(f"There is no figure “{options['code']}”. There are: {', '.join(MEASURES)}.")
        narrowed = {name: options[name] for name in ("team", "channel", "subject")}
        if empty := [name for name, value in narrowed.items() if value == ""]:
            self._refuse(f"Name a {empty[0]}, or leave --{empty[0]} out.")
        try:
            period = between(_day(options["first"]), _day(options["last"]))
            scope = scope_of(house, period, **{name: value or "" for name, value in narrowed.items()})
        except NotFound as error:
            self._refuse(str(error))
        except NoSuchPeriod:
            self._refuse("The first day must lie before the last, between 2000 and 2200, at most ten years apart.")
        except ValueError:
            self._refuse("Write both days as YYYY-MM-DD.")
        if measure is None:
            answer = not_counted(options["code"], scope, house, today())
        else:
            answer = figure(measure, scope, at=now(), house=house)
        self.stdout.write(json.dumps(answer))

    def _refuse(self, sentence: str) -> None:
        """Wrong use: the sentence on standard error, nothing on standard output."""
        self.stderr.write(sentence)
        sys.exit(2)


def _day(text: str) -> date:
    return date.fromisoformat(text.strip())
