"""Django's migrate, as the owner of the tables; afterwards the application's role has exactly its rights."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connection

from organisation.actions.grant_rights import CannotGrant, grant_rights, refuse_strangers
from organisation.head_start import give_head_start
from organisation.owner import as_owner, has_two_roles
from organisation.quick_models import quick_models
from organisation.role_rights import SEE

ONE_ROLE = (
    "MIGRATE_DATABASE_URL must name the owner of the tables, another role than the one of DATABASE_URL:"
    f" outside a demo the application may not alter or drop its own tables. Nothing was changed. {SEE}"
)
MADE_AT_ONCE = "The tables of the empty database are made, in one go for all migrations together."


@contextmanager
def _without_limit() -> Iterator[None]:
    """An index on a million rows takes longer than a page may; broken off, it would stand in the way of the next migrate."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    yield
    with connection.cursor() as cursor:  # who calls this command from a program goes on with its own limit
        cursor.execute("RESET statement_timeout")


class Command(migrate.Command):
    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--step-by-step", action="store_true", help="runs every migration on an empty database too: no head start"
        )

    def execute(self, *args: Any, **options: Any) -> str | None:
        """The checks before it speak as the owner too: the application's role need not be there yet."""
        if not (settings.DEMO_MODE or has_two_roles()):
            raise CommandError(ONE_ROLE)
        with as_owner():
            try:
                refuse_strangers()
            except CannotGrant as error:
                raise CommandError(str(error)) from error
            return super().execute(*args, **options)

    def handle(self, *args: Any, **options: Any) -> None:
        only_looks = options["plan"] or options["check_unapplied"]
        does_all = not (only_looks or options["step_by_step"] or options["app_label"] or options["fake"])
        if does_all and give_head_start() and options["verbosity"]:
            self.stdout.write(MADE_AT_ONCE)
        with quick_models(), _without_limit():
            super().handle(*args, **options)
        if only_looks:
            return
        try:
            grant_rights()
        except CannotGrant as error:
            raise CommandError(str(error)) from error
