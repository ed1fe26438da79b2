"""`take_in FILE.eml…`: e-mail from files through the very same intake; one JSON object a line on standard output."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandParser

from channels_app.adapters.email.sandbox import Sandbox
from contacts.actions.take_in_mail import take_in_mail
from organisation.clock import now


class Command(BaseCommand):
    """Exit 0 when every file has its outcome, 1 when one could not be read from disk, 2 on wrong use."""

    requires_system_checks = [Tags.security]  # the others load every page of the site
    help = "Takes in e-mail from files and prints what became of each."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE.eml")

    def handle(self, *args: Any, files: list[str], **options: Any) -> None:
        is_failed = False
        with Sandbox() as sandbox:
            for name in files:
                shown = os.fsencode(name).decode(errors="replace")  # a name that is no UTF-8 cannot be printed
                try:
                    raw = Path(name).read_bytes()
                except OSError as error:
                    is_failed = True
                    self.stderr.write(f"{shown}: {error.strerror}")
                    continue
                result = take_in_mail(raw=raw, source="command", at=now(), sandbox=sandbox)
                self.stdout.write(json.dumps({"file": shown, **result.as_dict()}, ensure_ascii=False))
                self.stdout.flush()
        if is_failed:
            sys.exit(1)
