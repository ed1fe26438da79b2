"""`restore`: brings a backup back, into a new folder for script/server or into an empty database of your own."""

from __future__ import annotations

import json
import signal
import sys
import tarfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_datetime

from opmeer_kcc.backup import place
from opmeer_kcc.backup.restore import (
    began_as,
    restore_cluster,
    restore_dump,
    restore_dump_there,
    restore_files,
    seconds_since,
)
from opmeer_kcc.backup.sealed import WrongKey
from opmeer_kcc.env import SettingError, address
from supervisor.plain import Plain
from supervisor.postgres import Postgres


def _stop(*_told: object) -> None:
    """What is half done goes, as after any other failure; told once more (with its group, and when script/manage has gone) that still ends."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(143)


class Command(BaseCommand):
    help = "Brings a backup of BACKUP_DIR back; what stands there already is never overwritten."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to", required=True, help="new folder of data: its database (when embedded) and its files"
        )
        parser.add_argument(
            "--set", default="", metavar="STAMP", help="which backup; when left out the newest that fits"
        )
        parser.add_argument(
            "--until", default="", metavar="MOMENT", help="up to this moment, e.g. 2026-11-29T14:05:00+01:00"
        )
        parser.add_argument(
            "--database", default="", metavar="URL", help="owner's address of an empty database, for a dump"
        )
        parser.add_argument(
            "--embedded", action="store_true", help="a dump comes into a database in the new folder, for script/server"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.monotonic()
        signal.signal(signal.SIGTERM, _stop)
        try:
            until = self._moment(options["until"])
            made = self._made(options["set"], until)
            target = Path(options["to"]).expanduser().resolve()
            target.mkdir(parents=True, exist_ok=True)
            if made.kind == "base":
                self._began(restore_cluster(made, target / "postgres", target / "restore.log", until=until), target)
            else:
                self._dump(made, target, options)
            files = restore_files(target / "files")
        except (Plain, WrongKey, SettingError) as sentence:
            raise CommandError(str(sentence)) from sentence
        except (OSError, tarfile.TarError) as error:
            raise CommandError(place.told(error)) from error
        told = {"set": made.stamp, "kind": made.kind, "files": files, "seconds": seconds_since(begun)}
        self.stdout.write(json.dumps(told))

    @staticmethod
    def _made(stamp: str, until: datetime | None) -> place.Made:
        if stamp:
            return place.chosen(stamp)
        return place.newest_before(until) if until is not None else place.newest()

    @staticmethod
    def _moment(given: str) -> datetime | None:
        moment = parse_datetime(given) if given else None
        if given and (moment is None or moment.tzinfo is None):
            raise Plain("Write the moment with its time zone, for example 2026-11-29T14:05:00+01:00.")
        return moment

    def _dump(self, made: place.Made, target: Path, options: dict[str, Any]) -> None:
        if options["until"]:
            raise Plain("A dump is of one moment: only a backup of the embedded database goes on to any other.")
        if options["embedded"] and options["database"]:
            raise Plain("Choose --embedded or --database, not both.")
        if options["embedded"]:
            self._began(restore_dump_there(made, target / "postgres", target / "restore.log"), target)
        elif options["database"]:
            restore_dump(made, address("--database", options["database"]))
        else:
            raise Plain(
                "This backup is a dump: name an empty database with --database postgresql://owner:…@host/name, or let"
                " --embedded make one in the new folder, for script/server."
            )

    @staticmethod
    def _began(copy: Postgres, target: Path) -> None:
        try:
            (target / "mode").write_text(began_as(copy))
        finally:
            copy.stop()
