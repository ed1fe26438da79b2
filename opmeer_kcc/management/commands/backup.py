"""`backup`: makes an encrypted backup in BACKUP_DIR; `--watch` keeps doing so, `--check` brings the newest back to try it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError, CommandParser

from opmeer_kcc.backup import make, place
from opmeer_kcc.backup.check import check_backup
from opmeer_kcc.backup.sealed import WrongKey
from opmeer_kcc.backup.watch import watch
from organisation.clock import now
from supervisor.plain import Plain


class Command(BaseCommand):
    help = "Makes an encrypted backup of the database and the attachments in BACKUP_DIR; prints one JSON object."
    requires_system_checks = [Tags.security]  # the others load every page of the site, 25 MB for as long as it runs

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--watch", action="store_true", help="goes on: ships the log, and a backup and check a night"
        )
        which.add_argument(
            "--check", action="store_true", help="brings the newest backup back, checks it, throws it away"
        )
        which.add_argument("--list", action="store_true", help="what there is")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["watch"]:
                watch()
                return
            place.second_place()
            place.keys()
            if options["list"]:
                for one in place.sets():
                    self._say(asdict(one))
            elif options["check"]:
                result = check_backup(at=now())
                self._say(asdict(result))
                if result.violations:
                    raise CommandError("The backup could not be brought back as it should; see what was found.")
            else:
                self._say(asdict(make.make_backup(at=now())))
        except (Plain, WrongKey) as sentence:
            raise CommandError(str(sentence)) from sentence
        except OSError as error:
            raise CommandError(place.told(error)) from error

    def _say(self, found: dict[str, object]) -> None:
        self.stdout.write(json.dumps(found, ensure_ascii=False))
